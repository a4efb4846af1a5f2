"""Stand-ins for the ways of asking that nobody has written: names cut short, as often as not with a part asked for.

An imported item has names and nothing else. Stand-ins tell what a match that may be trusted looks like beside what is
not for the desk, so the confidence is fitted on them; how citizens speak they do not tell, so the channels are not
weighed by them.
"""

from __future__ import annotations

import random

from knowledge_base.channels.lexical import general_cutter
from knowledge_base.corpus import Corpus, Kind, Sentence
from knowledge_base.facet_examples import GENERAL, load_facet_phrases

LEAST, MOST = 120, 1500
"""stand-ins altogether: of few items several each, of very many items one of some"""
_KEPT = 0.65
"""share of a name's words that a stand-in keeps"""
_ASKS_A_PART = 0.6
_SEED = 5


def stand_ins(corpus: Corpus) -> list[Sentence]:
    """Return ways of asking for the items that have none."""
    chooser = random.Random(_SEED)
    names: dict[int, list[str]] = {}
    for place in corpus.of_kinds(Kind.NAME, Kind.ALIAS):
        sentence = corpus.sentences[place]
        if sentence.owner not in corpus.asked:
            names.setdefault(sentence.owner, []).append(sentence.text)
    if not names:
        return []
    cutter = general_cutter()
    owners = sorted(names)
    phrases = load_facet_phrases()
    made = []
    chosen = owners[:: max(1, -(-len(owners) // MOST))]
    for owner in chosen * max(1, -(-LEAST // len(chosen))):
        text, facet = _shortened(cutter.lcut(chooser.choice(names[owner]), HMM=False), chooser), GENERAL
        if chooser.random() < _ASKS_A_PART:
            facet = chooser.choice(sorted(phrases))
            text = f"{text}{chooser.choice(('', ','))}{chooser.choice(phrases[facet])}"
        made.append(Sentence(text, owner, Kind.ASK, facet))
    return made


def _shortened(parts: list[str], chooser: random.Random) -> str:
    """Leave out some of the words, never all."""
    kept = [part for part in parts if chooser.random() < _KEPT]
    return "".join(kept or parts[-2:])
