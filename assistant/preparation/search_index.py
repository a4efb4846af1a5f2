"""The search index: built anew, or with the approved revisions taken in."""

from __future__ import annotations

from assistant.built import is_current, mark_current
from assistant.preparation.inputs import calibration_inputs, index_inputs
from assistant.progress import progress
from assistant.settings import Settings


def build_search_index(settings: Settings, force: bool = False) -> None:
    """Build the index when items, ways of asking, encoder or the code that builds it changed.

    Where only the approved revisions of guides changed, they are taken into it and nothing is fitted anew.
    """
    inputs = index_inputs(settings)
    if not force and is_current(settings.knowledge_built, "index", inputs) and (settings.index / "current").exists():
        take_revisions_into_index(settings)
        return
    _build_index(settings, refit=True)
    mark_current(settings.knowledge_built, "index", inputs)


def take_revisions_into_index(settings: Settings) -> None:
    """Put the revisions in force into the index unless they are in it; nothing is fitted anew."""
    from assistant.revised_knowledge import indexed_revisions, revisions_in_force, revisions_mark

    if indexed_revisions(settings.index) == revisions_mark(revisions_in_force(settings)):
        return
    was_calibrated = is_current(settings.knowledge_built, "calibration", calibration_inputs(settings))
    _build_index(settings, refit=False)
    if was_calibrated:  # the calibration was taken over with the rest
        mark_current(settings.knowledge_built, "calibration", calibration_inputs(settings))


def _build_index(settings: Settings, refit: bool) -> None:
    from assistant.nlu import resources
    from assistant.revised_knowledge import knowledge_in_force
    from knowledge_base.asks import AMBIGUOUS_FILE, load_ambiguous, load_asks
    from knowledge_base.index import build_index
    from knowledge_base.indexing import indexed_items
    from knowledge_base.passages.loading import load_passages

    with progress("Building the search index") as report:
        report("loading", 0.0)
        encoder = resources.encoder_at(settings.encoder)
        knowledge = knowledge_in_force(settings)
        build_index(
            indexed_items(knowledge.catalogue.items.values()),
            knowledge.asks,
            _strangers(settings),
            encoder,
            settings.index,
            report,
            glossary=resources.glossary_at(settings.data),
            facet_asks=load_asks(settings.data / "asks") if settings.has_own_knowledge else None,
            passages=load_passages(settings.passages, settings.data),
            revisions=knowledge.mark,
            refit=refit,
            ambiguous=[one.text for one in load_ambiguous(settings.knowledge / "asks" / AMBIGUOUS_FILE)],
        )


def _strangers(settings: Settings) -> dict[str, list[str]]:
    """Return what citizens ask that is not for the desk, by kind.

    Knowledge of its own without such sentences takes those of the data folder that are for no desk at all; services of
    others may be among its own.
    """
    from knowledge_base.asks import OUT_OF_SCOPE_FILE, SERVICES_OF_OTHERS, load_out_of_scope

    own = load_out_of_scope(settings.knowledge / "asks" / OUT_OF_SCOPE_FILE)
    if own or not settings.has_own_knowledge:
        return own
    shared = load_out_of_scope(settings.data / "asks" / OUT_OF_SCOPE_FILE)
    return {kind: texts for kind, texts in shared.items() if kind not in SERVICES_OF_OTHERS}
