"""The OpenAPI document of the citizen's and the staff's routes."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml


@lru_cache(maxsize=1)
def openapi_document() -> dict[str, Any]:
    """Return the document that assistant/openapi.yml holds."""
    document: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("openapi.yml").read_text(encoding="utf-8"))
    return document
