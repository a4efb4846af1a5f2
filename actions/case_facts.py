"""What is known of a citizen's case when a turn comes: told before, told now, or settled by a choice."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from actions.turn import Turn
from knowledge_base.cases import read_facts, value_told
from knowledge_base.chinese_numbers import the_number
from knowledge_base.items import Catalogue, ServiceItem
from knowledge_base.text import normalise

PUNCTUATION = " ,.!?;:"


def facts_of_turn(turn: Turn, focus: Mapping[str, Any], item: ServiceItem, catalogue: Catalogue) -> dict[str, Any]:
    """Return the facts of the case.

    A choice that was offered and is not made by the reply counts as not known: it is not asked twice.
    """
    same = focus.get("item") == item.item_id
    known = dict(focus.get("facts") or {}) if same else {}
    told: dict[str, Any] = dict(read_facts(turn.text, catalogue, item))
    dimension = item.dimensions.get(str(focus.get("choosing"))) if same else None
    if dimension is not None and not told and not turn.facts and turn.facet == focus.get("facet"):
        told = {dimension.key: value_told(turn.text, dimension, catalogue.fact_words)}
    return {**known, **_number_asked_for(turn.text, focus), **told, **turn.facts}


def _number_asked_for(text: str, focus: Mapping[str, Any]) -> dict[str, float]:
    """Return the number that was asked for, when the text tells one (61, 六十一, 我今年70了)."""
    number = the_number(normalise(text).strip(PUNCTUATION)) if focus.get("asked") else None
    return {str(focus["asked"]): number} if number is not None else {}
