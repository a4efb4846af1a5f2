"""The calibration of the search index, and the thresholds that follow from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.built import is_current, mark_current
from assistant.preparation.inputs import calibration_inputs, calibration_sets
from assistant.progress import progress
from assistant.settings import Settings

if TYPE_CHECKING:
    from knowledge_base.thresholds import Risk, Thresholds


def calibrate_search_index(settings: Settings, force: bool = False, risk: Risk | None = None) -> Thresholds | None:
    """Calibrate the index on the open questions of data/eval when it or they changed; return the thresholds chosen.

    An index about whose items too little is asked keeps its cautious thresholds: None, and it is said.
    """
    inputs = calibration_inputs(settings)
    if not force and is_current(settings.knowledge_built, "calibration", inputs):
        return None
    from assistant.nlu import resources
    from knowledge_base.calibration import TooFewQuestions, calibrate, load_known_questions
    from knowledge_base.index import current_version
    from knowledge_base.search import Searcher
    from knowledge_base.thresholds import CALIBRATED

    chosen = None
    with progress("Calibrating the search index") as report:
        report("loading", 0.0)
        searcher = Searcher.open(settings.index, resources.encoder_at(settings.encoder), calibrated=False)
        questions = load_known_questions(*calibration_sets(settings))
        try:
            calibration = calibrate(searcher, questions, risk or CALIBRATED, report)
            calibration.save(settings.index / current_version(settings.index))
            chosen = calibration.thresholds
        except TooFewQuestions as few:
            report(str(few), 1.0)
    mark_current(settings.knowledge_built, "calibration", inputs)
    return chosen
