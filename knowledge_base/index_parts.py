"""Write the parts of an index: what holds the sentences, and what is learnt from them."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from knowledge_base.calibration import FILE as CALIBRATION_FILE
from knowledge_base.channels import Vector
from knowledge_base.channels.bank import ChannelBank
from knowledge_base.corpus import Corpus
from knowledge_base.facets import FacetClassifier
from knowledge_base.fitting import Fitted
from knowledge_base.scope import ScopeClassifier
from knowledge_base.text import Glossary
from knowledge_base.vectors import save_vectors

_LEARNT = ("fusion.npz", "*.judge.npz", "facets*", CALIBRATION_FILE)


def write_parts(
    folder: Path, corpus: Corpus, vectors: Vector, glossary: Glossary, ambiguous: Sequence[str] = ()
) -> None:
    """Write what holds the sentences, and their vectors under their content hashes.

    Questions that fit several items are for the desk too.
    """
    ChannelBank.fit(corpus, vectors).save(folder)
    scope = ScopeClassifier.fit(corpus, ambiguous)
    if scope is not None:
        scope.save(folder)
    _write_json(folder / "items.json", [item.item_id for item in corpus.items])
    _write_json(folder / "glossary.json", {"english": dict(glossary.english), "dialect": dict(glossary.dialect)})
    save_vectors(folder, corpus.sentences, vectors)


def write_fitted(folder: Path, lessons: Corpus, glossary: Glossary, fitted: Fitted) -> None:
    """Write what is learnt from the sentences; `lessons` teach the facets."""
    fitted.fusion.save(folder)
    if fitted.confidence is not None:
        fitted.confidence.save(folder)
    facets = FacetClassifier.fit(lessons, glossary)
    if facets is not None:
        facets.save(folder)


def take_over(present: Path, folder: Path) -> None:
    """Copy what is learnt, and its calibration, from the present version."""
    for pattern in _LEARNT:
        for path in present.glob(pattern):
            shutil.copy2(path, folder / path.name)


def _write_json(path: Path, content: Any) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
