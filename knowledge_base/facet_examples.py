"""Make the examples the facet classifier learns from: asks alone, within stories, and after another need."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources

from knowledge_base.corpus import Sentence
from knowledge_base.noise import Noise, load_phrases
from knowledge_base.text import NO_GLOSSARY, Glossary, normalise

GENERAL = "general"
_PHRASE_ALONE = 4
_SEED = 7


@dataclass(frozen=True)
class Example:
    """One text, its facet and the position of the item it speaks of."""

    text: str
    facet: str
    owner: int


def facet_examples(asks: Sequence[Sentence], glossary: Glossary = NO_GLOSSARY) -> list[Example]:
    """Return the asks and variants of them in which the facet is asked late or early in a longer text.

    Our asks are long where they are general and short where they ask one thing; citizens tell their need and
    then ask. Without the variants length alone would say `general`.
    """
    chooser = random.Random(_SEED)
    noise = Noise((ask.text for ask in asks), load_phrases(), _SEED)
    examples = [Example(ask.text, ask.label, ask.owner) for ask in asks]
    return examples + _within_stories(asks, noise, chooser) + _with_phrases(asks, glossary, chooser)


def load_facet_phrases(glossary: Glossary = NO_GLOSSARY) -> dict[str, list[str]]:
    """Load the item-free ways to ask for a facet, normalised."""
    import yaml

    source = resources.files("knowledge_base") / "resources" / "facet_phrases.yml"
    content = yaml.safe_load(source.read_text(encoding="utf-8"))
    return {facet: [normalise(str(text), glossary) for text in texts] for facet, texts in content.items()}


def _within_stories(asks: Sequence[Sentence], noise: Noise, chooser: random.Random) -> list[Example]:
    """Put each ask into a story, or beside a general ask of its item."""
    needs: dict[int, list[str]] = defaultdict(list)
    for ask in asks:
        if ask.label == GENERAL:
            needs[ask.owner].append(ask.text)
    made = []
    for ask in asks:
        draw = chooser.random()
        if ask.label == GENERAL or draw >= 0.7 or not needs[ask.owner]:
            text = noise.story(ask.text)
        else:
            need = chooser.choice(needs[ask.owner])
            text = f"{need},{ask.text}" if draw < 0.6 else f"{ask.text},{need}"
        made.append(Example(text, ask.label, ask.owner))
    return made


def _with_phrases(asks: Sequence[Sentence], glossary: Glossary, chooser: random.Random) -> list[Example]:
    """Join an item-free phrase to each general ask, and let each phrase stand alone for several items."""
    known = {ask.label for ask in asks}
    phrases = {facet: texts for facet, texts in load_facet_phrases(glossary).items() if facet in known}
    if not phrases:
        return []
    owners = sorted({ask.owner for ask in asks})[:_PHRASE_ALONE]
    made = [Example(text, facet, owner) for facet, texts in phrases.items() for text in texts for owner in owners]
    for ask in asks:
        if ask.label != GENERAL:
            continue
        facet = chooser.choice(list(phrases))
        phrase = chooser.choice(phrases[facet])
        comma = chooser.choice(("", ",", ",", ","))
        text = f"{ask.text}{comma}{phrase}" if chooser.random() < 0.85 else f"{phrase},{ask.text}"
        made.append(Example(text, facet, ask.owner))
    return made
