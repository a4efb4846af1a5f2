"""The knowledge: service items, their guides, and the search for the one a citizen means.

The names below are loaded when they are first used, so that reading guides does not load the search.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from knowledge_base.answers import Answer, compose
    from knowledge_base.cases import read_facts
    from knowledge_base.checks import Finding, check_items
    from knowledge_base.comparison import compare
    from knowledge_base.encoder import Encoder
    from knowledge_base.index import build_index, open_index
    from knowledge_base.items import Catalogue, ServiceItem, load_catalogue
    from knowledge_base.search import Searcher, SearchResult

_MODULE_OF = {
    "Answer": "answers",
    "Catalogue": "items",
    "Encoder": "encoder",
    "Finding": "checks",
    "SearchResult": "search",
    "Searcher": "search",
    "ServiceItem": "items",
    "build_index": "index",
    "check_items": "checks",
    "compare": "comparison",
    "compose": "answers",
    "load_catalogue": "items",
    "open_index": "index",
    "read_facts": "cases",
}

__all__ = [
    "Answer",
    "Catalogue",
    "Encoder",
    "Finding",
    "SearchResult",
    "Searcher",
    "ServiceItem",
    "build_index",
    "check_items",
    "compare",
    "compose",
    "load_catalogue",
    "open_index",
    "read_facts",
]


def __getattr__(name: str) -> object:
    """Load a public name from its module."""
    if name not in _MODULE_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULE_OF[name]}"), name)
