"""The gate's classifier of emergencies."""

from __future__ import annotations

from assistant.built import is_current, mark_current
from assistant.preparation.inputs import emergency_inputs
from assistant.progress import progress
from assistant.settings import Settings


def train_emergency_classifier(settings: Settings, force: bool = False) -> None:
    """Train the gate's classifier of emergencies when its examples or anything it tells them from changed."""
    inputs = emergency_inputs(settings)
    if not force and is_current(settings.built, "emergencies", inputs) and settings.emergency_model.exists():
        return
    from assistant.citizen.emergency_classifier import EmergencyClassifier, load_examples
    from assistant.nlu.phrases import load_phrases
    from knowledge_base.asks import load_asks, load_out_of_scope

    with progress("Training the classifier of emergencies") as report:
        report("training", 0.1)
        asks = load_asks(settings.data / "asks").values()
        beyond = load_out_of_scope(settings.data / "asks" / "out_of_scope.yml").values()
        classifier = EmergencyClassifier.fit(
            load_examples(settings.data / "emergencies" / "examples.yml"),
            [
                *(text for facets in asks for texts in facets.values() for text in texts),
                *(text for texts in beyond for text in texts),
                *load_phrases(settings.data / "nlu"),
            ],
        )
        classifier.save(settings.emergency_model)
        report("done", 1.0)
    mark_current(settings.built, "emergencies", inputs)
