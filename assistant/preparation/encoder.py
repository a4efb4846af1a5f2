"""The sentence encoder, which is shipped: it is trained when told, and never because something changed."""

from __future__ import annotations

from pathlib import Path

from assistant.progress import progress
from assistant.settings import Settings


def train_sentence_encoder(settings: Settings, out: Path | None) -> None:
    """Train the shipped encoder on the items and the ways of asking."""
    from assistant.nlu import resources
    from knowledge_base.asks import load_asks, load_out_of_scope
    from knowledge_base.encoder_training import train_encoder
    from knowledge_base.indexing import indexed_items
    from knowledge_base.items import load_catalogue

    with progress("Training the sentence encoder") as report:
        train_encoder(
            indexed_items(load_catalogue(settings.data).items.values()),
            load_asks(settings.data / "asks"),
            load_out_of_scope(settings.data / "asks" / "out_of_scope.yml"),
            out or settings.home / "models" / "encoder",
            report,
            glossary=resources.glossary_at(settings.data),
        )
