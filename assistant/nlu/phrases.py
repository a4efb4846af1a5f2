"""The example phrases of the intents, as Rasa's training files hold them."""

from __future__ import annotations

from pathlib import Path

import yaml


def load_phrases(folder: Path) -> list[str]:
    """Return every example of every intent in a folder of Rasa training files, without their intents."""
    phrases: list[str] = []
    for path in sorted(folder.glob("*.yml")):
        for entry in yaml.safe_load(path.read_text(encoding="utf-8")).get("nlu", ()):
            lines = str(entry.get("examples", "")).splitlines() if "intent" in entry else ()
            phrases += [line.removeprefix("- ").strip() for line in lines if line.strip()]
    return phrases
