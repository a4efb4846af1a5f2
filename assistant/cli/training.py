"""`wenban train`: train the models that are shipped."""

from __future__ import annotations

from pathlib import Path

import typer

from assistant.cli.options import command_group, settings_of

train = command_group("Train the models that are shipped.")


@train.command("asr")
def train_asr(
    out: Path | None = typer.Option(None, help="Where the recogniser goes; models/asr unless told."),
    minutes: float = typer.Option(120.0, min=1.0, help="How long to train; more is better."),
    lines: int = typer.Option(100_000, min=1000, help="How many clips to record at most."),
    lines_only: Path | None = typer.Option(
        None, help="Only write what would be said into this folder, to train elsewhere with `python -m voice.training`."
    ),
    weights: Path | None = typer.Option(
        None, exists=True, file_okay=False, help="Take over what `python -m voice.training` wrote; nothing is trained."
    ),
    words_only: bool = typer.Option(False, help="Only count the words anew by which it spells what it heard."),
) -> None:
    """Train the shipped recogniser from our own texts and espeak-ng's voices."""
    from assistant.speech.training import adopt_weights, count_words, train_recognizer, write_training_lines

    settings = settings_of()
    target = out or settings.home / "models" / "asr"
    if weights is not None:
        adopt_weights(settings, weights, target)
    elif words_only:
        count_words(settings, target)
    elif lines_only is not None:
        write_training_lines(settings, lines_only, lines)
    else:
        train_recognizer(settings, target, lines, minutes)


@train.command("encoder")
def train_encoder(
    out: Path | None = typer.Option(None, help="Where the encoder goes; models/encoder unless told."),
) -> None:
    """Train the sentence encoder on the items' own texts."""
    from assistant.preparation.encoder import train_sentence_encoder

    train_sentence_encoder(settings_of(), out)
