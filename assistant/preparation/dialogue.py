"""The dialogue: Rasa's model of intents and rules."""

from __future__ import annotations

from contextlib import redirect_stderr, redirect_stdout

from assistant.built import is_current, mark_current
from assistant.preparation.inputs import dialogue_inputs
from assistant.progress import progress
from assistant.quiet import quiet_rasa
from assistant.settings import Settings


class TrainingFailed(Exception):
    """Rasa could not train the dialogue model."""


def train_dialogue(settings: Settings, force: bool = False) -> None:
    """Train the Rasa model when its configuration, domain, phrases, rules, encoder or components changed."""
    inputs = dialogue_inputs(settings)
    if not force and is_current(settings.built, "dialogue", inputs) and any(settings.rasa_models.glob("*.tar.gz")):
        return
    with progress("Training the dialogue") as report:
        report("loading Rasa", 0.0)
        quiet_rasa()
        from rasa.model_training import train

        from assistant.nlu import resources

        resources.use(settings)
        report("training intents and rules", 0.3)
        settings.rasa_models.mkdir(parents=True, exist_ok=True)
        log = settings.rasa_models / "training.log"
        with log.open("w") as written, redirect_stdout(written), redirect_stderr(written):
            result = train(
                domain=str(settings.home / "domain"),
                config=str(settings.home / "config.yml"),
                training_files=[str(settings.data / "nlu"), str(settings.data / "rules")],
                output=str(settings.rasa_models),
                force_training=True,
            )
        if result.code != 0 or not result.model:
            raise TrainingFailed(f"Rasa could not train the dialogue; {log} says why.")
        report("done", 1.0)
    for old in sorted(settings.rasa_models.glob("*.tar.gz"), key=lambda path: path.stat().st_mtime)[:-2]:
        old.unlink()
    mark_current(settings.built, "dialogue", inputs)
