"""Train the shipped encoder on our own ways of asking and guides."""

from __future__ import annotations

import json
import logging
import math
import os
import random
import shutil
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from knowledge_base.corpus import Corpus, IndexedItem, Kind, is_held_out, make_corpus
from knowledge_base.encoder_model import PADDING, UNKNOWN, CharacterSoundTransformer, unit_vectors
from knowledge_base.noise import Noise, load_phrases
from knowledge_base.text import NO_GLOSSARY, Glossary, ngrams, pinyin_syllables, tokens

logger = logging.getLogger(__name__)

Progress = Callable[[str, float], None]


@dataclass(frozen=True)
class TrainingPlan:
    """How long and how hard to train; the defaults take some minutes on one core."""

    steps: int = 900
    items_a_batch: int = 64
    outside_a_batch: int = 32
    learning_rate: float = 1.5e-3
    warm_up_share: float = 0.08
    scale: float = 20.0
    prototype_weight: float = 1.0
    spoiled_share: float = 0.4
    unknown_share: float = 0.12
    pair_unknown_share: float = 0.3
    least_pairs: int = 4
    outside_prototypes: int = 12
    width: int = 192
    layers: int = 3
    heads: int = 4
    dropout: float = 0.1
    seed: int = 7
    threads: int = 2


@dataclass(frozen=True)
class TrainingRecord:
    """What was trained on, and how it went."""

    items: int
    sentences: int
    outside: int
    held_out: int
    steps: int
    seconds: float
    final_loss: float
    plan: TrainingPlan = field(default_factory=TrainingPlan)


def train_encoder(
    items: Sequence[IndexedItem],
    asks: Mapping[str, Mapping[str, Sequence[str]]],
    out_of_scope: Mapping[str, Sequence[str]],
    out_dir: Path,
    progress: Progress,
    glossary: Glossary = NO_GLOSSARY,
    plan: TrainingPlan = TrainingPlan(),
) -> TrainingRecord:
    """Train an encoder from nothing and write it to `out_dir` as a sentence-transformers folder.

    Multiple-negatives ranking between sentences of one item, and cross-entropy against one prototype an item and
    several for what is outside the desk, whose sentences are negatives too. Sentences for which `is_held_out`
    holds are never seen. The same data and plan give the same encoder on the same machine.
    """
    began = time.monotonic()
    progress("sentences", 0.0)
    corpus = make_corpus(items, asks, out_of_scope, glossary)
    pools = _Pools(corpus, plan.seed)
    torch.manual_seed(plan.seed)
    torch.set_num_threads(plan.threads)
    model = CharacterSoundTransformer(
        *_units(corpus, plan.least_pairs), width=plan.width, layers=plan.layers, heads=plan.heads, dropout=plan.dropout
    )
    trainer = _Trainer(model, pools, plan)
    loss = 0.0
    for step in range(plan.steps):
        loss = trainer.step(step)
        if step % 10 == 0:
            progress("training", step / plan.steps)
        if step % 50 == 0:
            logger.info("encoder training step %d of %d, loss %.3f", step, plan.steps, loss)
    record = TrainingRecord(
        items=corpus.size,
        sentences=sum(len(pool) for pool in pools.inside),
        outside=len(pools.outside),
        held_out=sum(is_held_out(sentence) for sentence in corpus.sentences),
        steps=plan.steps,
        seconds=round(time.monotonic() - began, 1),
        final_loss=round(loss, 4),
        plan=plan,
    )
    _write(model.eval(), record, out_dir)
    progress("training", 1.0)
    return record


def _units(corpus: Corpus, least_pairs: int, least: int = 2) -> tuple[list[str], list[str], list[str]]:
    """Return the characters (and words) and the pairs seen often enough, and the syllables of all."""
    counts: Counter[str] = Counter()
    pairs: Counter[str] = Counter()
    for sentence in corpus.sentences:
        if not is_held_out(sentence):
            units = tokens(sentence.text)
            counts.update(units)
            pairs.update(ngrams(units, 2, 2))
    letters = set("abcdefghijklmnopqrstuvwxyz0123456789")
    characters = sorted({unit for unit, count in counts.items() if count >= least} | letters)
    syllables = {pinyin_syllables(unit)[0] for unit in counts if len(unit) == 1 and not unit.isascii()}
    return characters, sorted(syllables), sorted(pair for pair, count in pairs.items() if count >= least_pairs)


class _Pools:
    """Draw batches: pairs of sentences of one item, neighbours together, and sentences from outside."""

    def __init__(self, corpus: Corpus, seed: int) -> None:
        self.inside: list[list[str]] = [[] for _ in corpus.items]
        self.outside: list[str] = []
        for sentence in corpus.sentences:
            if is_held_out(sentence):
                continue
            if sentence.kind is Kind.OUTSIDE:
                self.outside.append(sentence.text)
            else:
                self.inside[sentence.owner].append(sentence.text)
        places = {item.item_id: place for place, item in enumerate(corpus.items)}
        self._neighbours = [[places[other] for other in item.neighbours if other in places] for item in corpus.items]
        self._random = random.Random(seed)
        self._noise = Noise((sentence.text for sentence in corpus.sentences), load_phrases(), seed)
        self._usable = [place for place, pool in enumerate(self.inside) if len(pool) >= 2]

    def draw(self, items: int, outside: int, spoiled: float) -> tuple[list[str], list[int]]:
        """Return 2 × items sentences (first the anchors, then their partners) and the outside ones; the owners."""
        count = min(items, len(self._usable))
        chosen = dict.fromkeys(self._random.sample(self._usable, max(1, count // 2)))
        for place in list(chosen):
            for other in self._random.sample(self._neighbours[place], min(2, len(self._neighbours[place]))):
                if len(chosen) < count and len(self.inside[other]) >= 2:
                    chosen[other] = None
        spare = [place for place in self._usable if place not in chosen]
        chosen.update(dict.fromkeys(self._random.sample(spare, min(count - len(chosen), len(spare)))))
        owners = list(chosen)
        pairs = [self._random.sample(self.inside[owner], 2) for owner in owners]
        strangers = self._random.sample(self.outside, min(outside, len(self.outside)))
        texts = [pair[0] for pair in pairs] + [pair[1] for pair in pairs] + strangers
        spoil = self._noise.spoil
        return [spoil(text) if self._random.random() < spoiled else text for text in texts], owners


class _Trainer:
    """One optimiser over the network and the items' prototypes."""

    def __init__(self, model: CharacterSoundTransformer, pools: _Pools, plan: TrainingPlan) -> None:
        self._model = model.train()
        self._pools = pools
        self._plan = plan
        self._items = len(pools.inside)
        self._prototypes = nn.Parameter(torch.randn(self._items + plan.outside_prototypes, plan.width) * 0.1)
        parameters = [*model.parameters(), self._prototypes]
        self._optimiser = torch.optim.AdamW(parameters, lr=plan.learning_rate, weight_decay=0.01)
        self._parameters = parameters
        self._generator = torch.Generator().manual_seed(plan.seed)

    def step(self, number: int) -> float:
        """Take one step; return its loss."""
        plan = self._plan
        for group in self._optimiser.param_groups:
            group["lr"] = plan.learning_rate * _schedule(number / plan.steps, plan.warm_up_share)
        texts, owners = self._pools.draw(plan.items_a_batch, plan.outside_a_batch, plan.spoiled_share)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            vectors = self._encode(texts)
        loss = self._loss(unit_vectors(vectors.float()), torch.tensor(owners))
        self._optimiser.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(self._parameters, 1.0)
        self._optimiser.step()
        return float(loss.detach())

    def _loss(self, vectors: Tensor, owners: Tensor) -> Tensor:
        count, scale = len(owners), self._plan.scale
        anchors, partners, strangers = vectors[:count], vectors[count : 2 * count], vectors[2 * count :]
        targets = torch.arange(count)
        forth = functional.cross_entropy(scale * anchors @ torch.cat([partners, strangers]).T, targets)
        back = functional.cross_entropy(scale * partners @ torch.cat([anchors, strangers]).T, targets)
        similarities = scale * vectors @ unit_vectors(self._prototypes).T
        logits = torch.cat(
            [similarities[:, : self._items], similarities[:, self._items :].logsumexp(1, keepdim=True)], dim=1
        )
        truth = torch.cat([owners, owners, torch.full((len(strangers),), self._items)])
        return (forth + back) / 2 + self._plan.prototype_weight * functional.cross_entropy(logits, truth)

    def _encode(self, texts: list[str]) -> Tensor:
        """Encode in parts of like length, so that little is padding."""
        units = [self._model.units(text) for text in texts]
        order = sorted(range(len(texts)), key=lambda place: len(units[place]))
        parts = []
        for start in range(0, len(order), 40):
            features = self._model.pad([units[place] for place in order[start : start + 40]])
            self._forget(features)
            parts.append(self._model(features)["sentence_embedding"])
        back = torch.empty(len(order), dtype=torch.long)
        back[torch.tensor(order)] = torch.arange(len(order))
        return torch.cat(parts)[back]

    def _forget(self, features: dict[str, Tensor]) -> None:
        """Hide some characters, their sound kept, some sounds, their character kept, and some pairs."""
        ids, sounds = features["input_ids"], features["syllable_ids"]
        chance = torch.rand(ids.shape, generator=self._generator)
        hidden = (chance < self._plan.unknown_share) & (ids != PADDING)
        features["input_ids"] = ids.masked_fill(hidden, UNKNOWN)
        lost = torch.rand(ids.shape, generator=self._generator) < self._plan.pair_unknown_share
        features["pair_ids"] = features["pair_ids"].masked_fill(lost | hidden, PADDING)
        features["syllable_ids"] = sounds.masked_fill(chance > 1 - self._plan.unknown_share / 2, PADDING)


def _schedule(done: float, warm_up: float) -> float:
    if done < warm_up:
        return (done + 1e-3) / warm_up
    return 0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * (done - warm_up) / (1 - warm_up)))


def _write(model: CharacterSoundTransformer, record: TrainingRecord, out_dir: Path) -> None:
    """Write the model beside the old one and put it in its place; a model card already there stays."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Normalize

    beside = out_dir.with_name(f".{out_dir.name}.new")
    shutil.rmtree(beside, ignore_errors=True)
    SentenceTransformer(modules=[model, Normalize()], device="cpu").save(
        str(beside), create_model_card=False, safe_serialization=True
    )
    (beside / "training.json").write_text(json.dumps(_plain(record), indent=2) + "\n", encoding="utf-8")
    card = out_dir / "README.md"
    if card.exists():
        shutil.copy2(card, beside / "README.md")
    old = out_dir.with_name(f".{out_dir.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if out_dir.exists():
        os.replace(out_dir, old)
    os.replace(beside, out_dir)
    shutil.rmtree(old, ignore_errors=True)


def _plain(record: TrainingRecord) -> dict[str, Any]:
    return asdict(record)
