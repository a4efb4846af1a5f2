"""Build the search index beside the present one, and open it."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timezone
from importlib import resources
from importlib.abc import Traversable
from itertools import chain
from pathlib import Path
from typing import Any

from knowledge_base.calibration import FILE as CALIBRATION_FILE
from knowledge_base.calibration import Calibration
from knowledge_base.channels.bank import ChannelBank
from knowledge_base.confidence import Confidence
from knowledge_base.corpus import Corpus, IndexedItem, make_corpus
from knowledge_base.encoder import Encoder
from knowledge_base.facets import FacetClassifier
from knowledge_base.fitting import fit
from knowledge_base.fusion import Fusion
from knowledge_base.index_files import (
    BUILDING,
    FORMAT,
    FORMAT_VERSION,
    MANIFEST,
    IndexDamaged,
    IndexForeign,
    IndexManifest,
    IndexMissing,
    IndexOutdated,
    IndexUnusable,
    check_files,
    current_version,
    digests,
    present_manifest,
    publish,
    read_manifest,
)
from knowledge_base.index_parts import take_over, write_fitted, write_parts
from knowledge_base.passages.index import PassageIndex
from knowledge_base.passages.passage import Passage
from knowledge_base.scope import ScopeClassifier
from knowledge_base.text import NO_GLOSSARY, Glossary, normalise
from knowledge_base.thresholds import Risk, Thresholds
from knowledge_base.vectors import KnownVectors, Progress

__all__ = [
    "IndexDamaged",
    "IndexForeign",
    "IndexManifest",
    "IndexMissing",
    "IndexOutdated",
    "IndexUnusable",
    "IndexedItem",
    "NothingToIndex",
    "SearchIndex",
    "build_index",
    "current_version",
    "open_index",
]

PASSAGES = "passages"
"""the folder of the passages in an index version"""
_SHAPING = (
    "confidence",
    "corpus",
    "facet_examples",
    "facets",
    "fitting",
    "fusion",
    "index",
    "index_parts",
    "noise",
    "scope",
    "sparse",
    "stand_ins",
    "text",
    "thresholds",
    "vectors",
)

AsksByItem = Mapping[str, Mapping[str, Sequence[str]]]


class NothingToIndex(ValueError):
    """An index was asked for without any item."""


@dataclass(frozen=True)
class SearchIndex:
    """A whole index in memory, ready to be searched; never changed after it was opened."""

    manifest: IndexManifest
    item_ids: tuple[str, ...]
    glossary: Glossary
    bank: ChannelBank
    fusion: Fusion
    confidence: Confidence | None
    scope: ScopeClassifier | None
    facets: FacetClassifier | None
    calibration: Calibration | None
    passages: PassageIndex | None = None

    @property
    def thresholds(self) -> Thresholds:
        """Return the calibrated thresholds, or the cautious ones that were chosen when the index was built."""
        return self.calibration.thresholds if self.calibration else Thresholds.from_dict(self.manifest.thresholds)


def build_index(
    items: Sequence[IndexedItem],
    asks: AsksByItem,
    out_of_scope: Mapping[str, Sequence[str]],
    encoder: Encoder,
    out_dir: Path,
    progress: Progress,
    glossary: Glossary = NO_GLOSSARY,
    risk: Risk = Risk(),
    facet_asks: AsksByItem | None = None,
    clock: Callable[[], datetime] = lambda: datetime.now(timezone.utc),
    passages: Sequence[Passage] = (),
    revisions: str = "",
    refit: bool = True,
    ambiguous: Sequence[str] = (),
) -> IndexManifest:
    """Build the index beside the present one and make it the current one in a single step.

    Vectors of sentences that the present index has already, from the same encoder, are taken over. When
    nothing changed, nothing is built and the present manifest comes back. `facet_asks`, those of other items, teach the
    facets where the items have no ways of asking of their own; `ambiguous` questions, which fit several items, teach
    when to ask back. Raises NothingToIndex without items.

    Without `refit` only what holds the sentences is made anew; what is learnt from them (how the channels are fused,
    the facets, the confidence with its calibration) is taken over from the present index too. Meant for a few sentences
    more or less; where there is no index to take from, everything is fitted.
    """
    if not items:
        raise NothingToIndex("There is no item to build an index from.")
    out_dir.mkdir(parents=True, exist_ok=True)
    corpus = make_corpus(items, asks, out_of_scope, glossary)
    lessons = _facet_lessons(corpus, asks, facet_asks or {}, glossary)
    present = present_manifest(out_dir)
    taken = present if present is not None and not refit and present.encoder == encoder.fingerprint else None
    unclear = [normalise(text, glossary) for text in ambiguous]
    content = _content_hash(corpus, lessons, glossary, encoder, risk, passages, revisions, unclear, taken)
    if present is not None and present.content == content:
        progress("unchanged", 1.0)
        return present
    known = _known_vectors(out_dir, present, encoder)
    vectors, reused = known.of(corpus.sentences, encoder, progress)
    passage_index = PassageIndex.fit(passages, glossary, corpus, lambda new: known.of(new, encoder, progress)[0])
    fitted = fit(corpus, vectors, encoder, progress, risk, unclear) if taken is None else None
    progress("channels", 0.0)
    beside = Path(tempfile.mkdtemp(prefix=BUILDING, dir=out_dir))
    try:
        write_parts(beside, corpus, vectors, glossary, unclear)
        if passage_index is not None:
            passage_index.save(beside / PASSAGES)
        if fitted is not None:
            write_fitted(beside, lessons, glossary, fitted)
            figures, thresholds = fitted.figures, fitted.thresholds.as_dict()
        elif taken is not None:
            take_over(out_dir / taken.version, beside)
            figures, thresholds = taken.figures, taken.thresholds
        progress("writing", 0.0)
        manifest = IndexManifest(
            format=FORMAT,
            format_version=FORMAT_VERSION,
            encoder=encoder.fingerprint,
            encoder_name=Path(encoder.name_or_path).name,
            content=content,
            built_at=clock().isoformat(timespec="seconds"),
            items=corpus.size,
            sentences=len(corpus.sentences),
            passages=len(passages),
            vectors_reused=reused,
            figures=figures,
            thresholds=thresholds,
            files=_checked_files(beside),
            revisions=revisions,
        )
        (beside / MANIFEST).write_text(json.dumps(asdict(manifest), ensure_ascii=False, indent=1), "utf-8")
        publish(beside, out_dir, manifest.version)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    progress("done", 1.0)
    return manifest


def open_index(out_dir: Path, encoder: Encoder | None = None, calibrated: bool = True) -> SearchIndex:
    """Read the current version after checking it whole, with its calibration where it has one and it is wanted.

    Raises IndexMissing, IndexForeign (also when `encoder` is not the one it was built with), IndexOutdated or
    IndexDamaged.
    """
    version = current_version(out_dir)
    if not version or Path(version).name != version:
        raise IndexForeign(f"The pointer file in {out_dir} names no index version.")
    folder = out_dir / version
    manifest = read_manifest(folder)
    check_files(folder, manifest)
    if encoder is not None and encoder.fingerprint != manifest.encoder:
        raise IndexForeign(
            f"The index in {out_dir} was built with the encoder {manifest.encoder_name} ({manifest.encoder}), "
            f"not with {Path(encoder.name_or_path).name} ({encoder.fingerprint}); build it again."
        )
    try:
        return _load(folder, manifest, calibrated)
    except (OSError, ValueError, KeyError, RuntimeError) as error:
        raise IndexDamaged(f"The index in {folder} cannot be read: {error}") from error


def _load(folder: Path, manifest: IndexManifest, calibrated: bool) -> SearchIndex:
    words = json.loads((folder / "glossary.json").read_text("utf-8"))
    glossary = Glossary(words["english"], words["dialect"])
    return SearchIndex(
        manifest=manifest,
        item_ids=tuple(json.loads((folder / "items.json").read_text("utf-8"))),
        glossary=glossary,
        bank=ChannelBank.load(folder),
        fusion=Fusion.load(folder),
        confidence=Confidence.load(folder) if "right.judge.npz" in manifest.files else None,
        scope=ScopeClassifier.load(folder) if "scope_pinyin.linear.npz" in manifest.files else None,
        facets=FacetClassifier.load(folder) if "facets.json" in manifest.files else None,
        calibration=Calibration.load(folder) if calibrated else None,
        passages=PassageIndex.load(folder / PASSAGES, glossary) if manifest.passages else None,
    )


def _checked_files(folder: Path) -> dict[str, str]:
    """Return the digests of the files; a calibration may be made anew without the index."""
    return {name: digest for name, digest in digests(folder).items() if name != CALIBRATION_FILE}


def _facet_lessons(corpus: Corpus, asks: AsksByItem, others: AsksByItem, glossary: Glossary) -> Corpus:
    """Return what the facets are learnt from: the ways of asking, and those of other items where they are given."""
    if not others:
        return corpus
    strangers = [IndexedItem(item_id, "") for item_id in others if item_id not in {one.item_id for one in corpus.items}]
    return make_corpus([*corpus.items, *strangers], {**others, **asks}, {}, glossary)


def _known_vectors(out_dir: Path, present: IndexManifest | None, encoder: Encoder) -> KnownVectors:
    """Return the vectors of the present index, where the same encoder made them."""
    known = KnownVectors()
    if present is not None and present.encoder == encoder.fingerprint:
        known.take_over(out_dir / present.version)
        known.take_over(out_dir / present.version / PASSAGES)
    return known


def _content_hash(
    corpus: Corpus,
    lessons: Corpus,
    glossary: Glossary,
    encoder: Encoder,
    risk: Risk,
    passages: Sequence[Passage],
    revisions: str,
    ambiguous: Sequence[str],
    taken: IndexManifest | None,
) -> str:
    digest = hashlib.sha256()
    parts: list[Any] = [
        FORMAT_VERSION,
        [part.read_text(encoding="utf-8") for part in _recipe()],
        encoder.fingerprint,
        asdict(risk),
        dict(glossary.english),
        dict(glossary.dialect),
        [passage.as_json() for passage in passages],
        revisions,
        ambiguous,
        None if taken is None else [taken.figures, taken.thresholds],
    ]
    items = (vars(item) for item in corpus.items)
    sentences = (
        (one.text, one.owner, one.kind.value, one.label) for part in (corpus, lessons) for one in part.sentences
    )
    for part in chain(parts, items, sentences):
        digest.update(json.dumps(part, ensure_ascii=False, sort_keys=True).encode() + b"\n")
    return digest.hexdigest()


def _recipe() -> list[Traversable]:
    """Return the files of this package that shape an index: its phrases, and the code that fits and writes."""
    package = resources.files("knowledge_base")
    parts = [package / f"{name}.py" for name in _SHAPING]
    for folder in (package / "channels", package / "passages", package / "resources"):
        parts += sorted((path for path in folder.iterdir() if path.is_file()), key=lambda path: path.name)
    return parts
