"""Everything that is built, brought up to date."""

from __future__ import annotations

from assistant.built import is_current, mark_current
from assistant.preparation.calibration import calibrate_search_index
from assistant.preparation.data_check import DataRefused, print_findings
from assistant.preparation.dialogue import train_dialogue
from assistant.preparation.emergencies import train_emergency_classifier
from assistant.preparation.inputs import data_inputs
from assistant.preparation.search_index import build_search_index
from assistant.settings import Settings


def prepare_all(settings: Settings) -> None:
    """Bring everything that is built up to date with what it is built from.

    Raises:
        DataRefused: an item, a phrase or a flow is wrong; nothing is built then.
    """
    if not is_current(settings.knowledge_built, "data", data_inputs(settings)):
        if print_findings(settings):
            raise DataRefused(DataRefused.__doc__)
        mark_current(settings.knowledge_built, "data", data_inputs(settings))
    build_search_index(settings)
    calibrate_search_index(settings)
    train_emergency_classifier(settings)
    train_dialogue(settings)
