"""Train the bare bot when its files changed, and open it."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.program import CACHE, HOME

if TYPE_CHECKING:
    from rasa.core.agent import Agent

FOLDER = Path(__file__).parent
FILES = ("config.yml", "domain.yml", "data")


class BareBotNotTrained(Exception):
    """Rasa could not train the bare bot."""


@contextmanager
def opened_bare_bot() -> Iterator[Agent]:
    """Open the bare bot on a tracker database of its own, of the class that the program uses."""
    from rasa.core.agent import Agent

    from assistant.tracker_store import BoundedTrackerStore

    model = trained_model()
    with tempfile.TemporaryDirectory(prefix="bare-bot-") as folder:
        agent = Agent(tracker_store=BoundedTrackerStore(url=f"sqlite:///{Path(folder) / 'tracker.db'}"))
        agent.load_model(model)
        yield agent


def trained_model() -> Path:
    """Return the model for the files as they are, trained in a process of its own if there is none yet.

    Raises:
        BareBotNotTrained: Rasa refused; its output is shown.
    """
    from assistant.built import content_hash

    name = f"bare-bot-{content_hash([FOLDER / file for file in FILES])[:16]}"
    model = CACHE / f"{name}.tar.gz"
    if not model.exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        trained = subprocess.run([sys.executable, "-m", "benchmarks.bare_bot.bot", name], cwd=HOME)
        if trained.returncode != 0:
            raise BareBotNotTrained(BareBotNotTrained.__doc__)
    return model


def train(name: str) -> bool:
    """Train the bare bot into the cache under this name and tell whether it worked."""
    from rasa.model_training import train as train_rasa

    from assistant.quiet import quiet_rasa

    quiet_rasa()
    trained = train_rasa(
        domain=str(FOLDER / "domain.yml"),
        config=str(FOLDER / "config.yml"),
        training_files=[str(FOLDER / "data")],
        output=str(CACHE),
        fixed_model_name=name,
        force_training=True,
    )
    return trained.code == 0 and trained.model is not None


if __name__ == "__main__":
    sys.exit(0 if train(sys.argv[1]) else 1)
