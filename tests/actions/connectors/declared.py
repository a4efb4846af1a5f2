"""A data folder of its own in which the police take the applications for one item."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import yaml

from tests.actions.connectors.dispatching import DATA, ITEM

TOKEN = "WENBAN_POLICE_TOKEN"


def data_with_police(folder: Path, url: str) -> Path:
    """Copy the data folder, without what only training reads, and hand the item to the police at this address."""
    shutil.copytree(DATA, folder, ignore=shutil.ignore_patterns("eval", "nlu", "asks"))
    return declare_police(folder, url)


def declare_police(data: Path, url: str, **more: Any) -> Path:
    """Hand the item to the police in a data folder, and return the folder."""
    police = {"name": "police", "base_url": url, "token_env": TOKEN, "poll_every": 60, **more}
    (data / "connectors.yml").write_text(yaml.safe_dump({"connectors": [police]}), "utf-8")
    flow = data / "flows" / f"{ITEM}.yml"
    flow.write_text(flow.read_text("utf-8").replace("connector: embedded", "connector: police"), "utf-8")
    return data
