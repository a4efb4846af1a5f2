"""Train the shipped recogniser on what citizens of this desk may say."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from random import Random

from assistant.progress import progress
from assistant.settings import Settings
from assistant.speech.training_texts import guide_sentences, item_names, load_stories, training_sentences

_HELD_OUT_IN = 50
_UNSEEN_LINES = 300
_SEED = 7
LINES, UNSEEN = "lines.jsonl", "unseen.jsonl"


def write_training_lines(settings: Settings, folder: Path, count: int) -> None:
    """Write what the clips say, and sentences kept from them, as two files."""
    from voice.training.corpus import Corpus
    from voice.training.lines import write_lines

    folder.mkdir(parents=True, exist_ok=True)
    with progress("Writing what is to be said") as report:
        report("sentences", 0.0)
        kept, held_out = _parted(training_sentences(settings))
        told, told_apart = _parted(load_stories(settings.data / "spoken"))
        names = item_names(settings)
        corpus = Corpus(kept, names, Random(_SEED), told)
        report("lines", 0.2)
        write_lines(list(corpus.lines(count)), folder / LINES)
        write_lines(list(Corpus(held_out, names, Random(_SEED + 1), told_apart).lines(_UNSEEN_LINES)), folder / UNSEEN)


def train_recognizer(settings: Settings, target: Path, count: int, minutes: float) -> None:
    """Write the lines, record them, train, and put the recogniser where it is loaded from."""
    from voice.training.espeak_library import EspeakLibrary
    from voice.training.export import export
    from voice.training.lines import read_lines
    from voice.training.plan import Plan
    from voice.training.training import train

    folder = settings.home / ".build" / "asr"
    write_training_lines(settings, folder, count)
    lines, unseen = read_lines(folder / LINES), read_lines(folder / UNSEEN)
    with progress("Training the recogniser") as report:
        outcome = train(lines, unseen, EspeakLibrary().data, Plan(minutes=minutes), report)
    export(outcome.network.state_dict(), outcome.vocabulary, outcome.record, target)
    count_words(settings, target)


def count_words(settings: Settings, target: Path) -> None:
    """Write the words of our texts, by which a recogniser spells what it heard, into its folder."""
    from voice.language.word_counts import WordCounts
    from voice.recognition.whisper_model import WORDS
    from voice.training.spelling import well_spelled

    with progress("Counting words") as report:
        report("asked", 0.0)
        asked = well_spelled(_parted(training_sentences(settings))[0])
        report("read", 0.5)
        told = _parted(load_stories(settings.data / "spoken"))[0]
        WordCounts.of([*asked, *told, *item_names(settings), *guide_sentences(settings)]).save(target / WORDS)


def stories_held_out(settings: Settings) -> list[str]:
    """Return the stories that the recogniser does not learn, written."""
    return _parted(load_stories(settings.data / "spoken"))[1]


def adopt_weights(settings: Settings, folder: Path, target: Path) -> None:
    """Put a recogniser that was trained elsewhere where it is loaded from."""
    from voice.training.export import export
    from voice.training.weights import load_weights

    weights = load_weights(folder)
    export(weights.state, weights.vocabulary, weights.record, target)
    count_words(settings, target)


def _parted(sentences: Sequence[str]) -> tuple[list[str], list[str]]:
    """Keep one sentence in fifty, chosen by its hash, from the training."""
    kept: list[str] = []
    held_out: list[str] = []
    for sentence in sentences:
        number = int(hashlib.sha256(sentence.encode()).hexdigest(), 16)
        (kept if number % _HELD_OUT_IN else held_out).append(sentence)
    return kept, held_out
