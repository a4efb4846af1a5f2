"""Build, keep and open the search index: versions beside each other, one pointer, nothing half-written is read."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import numpy as np

from knowledge_base.channels import Vector
from knowledge_base.channels.bank import ChannelBank
from knowledge_base.confidence import Confidence
from knowledge_base.corpus import Corpus, IndexedItem, make_corpus
from knowledge_base.encoder import Encoder
from knowledge_base.facets import FacetClassifier
from knowledge_base.fitting import fit
from knowledge_base.fusion import Fusion
from knowledge_base.scope import ScopeClassifier
from knowledge_base.text import NO_GLOSSARY, Glossary
from knowledge_base.thresholds import Risk, Thresholds

__all__ = ["IndexManifest", "IndexedItem", "SearchIndex", "build_index", "current_version", "open_index"]

FORMAT = "wenban-search-index"
FORMAT_VERSION = 1
_POINTER = "current"
_MANIFEST = "manifest.json"
_KEPT_VERSIONS = 2
_ENCODE_BATCH = 256

Progress = Callable[[str, float], None]


class IndexUnusable(RuntimeError):
    """An index cannot be used; the message says why and what to do."""


class IndexMissing(IndexUnusable):
    """There is no index where one was looked for."""


class IndexForeign(IndexUnusable):
    """The folder holds something else, or an index made with another encoder."""


class IndexOutdated(IndexUnusable):
    """The index has another format version than this program reads."""


class IndexDamaged(IndexUnusable):
    """A file of the index is missing, cut short or changed."""


class NothingToIndex(ValueError):
    """An index was asked for without any item."""


@dataclass(frozen=True)
class IndexManifest:
    """What an index is made of; `content` identifies the inputs, `files` maps file → SHA-256."""

    format: str
    format_version: int
    encoder: str
    encoder_name: str
    content: str
    built_at: str
    items: int
    sentences: int
    vectors_reused: int
    figures: dict[str, float] = field(default_factory=dict)
    thresholds: dict[str, Any] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)

    @property
    def version(self) -> str:
        """Return the name of the version's folder."""
        return self.content[:16]


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
    thresholds: Thresholds


def build_index(
    items: Sequence[IndexedItem],
    asks: Mapping[str, Mapping[str, Sequence[str]]],
    out_of_scope: Mapping[str, Sequence[str]],
    encoder: Encoder,
    out_dir: Path,
    progress: Progress,
    glossary: Glossary = NO_GLOSSARY,
    risk: Risk = Risk(),
    clock: Callable[[], datetime] = lambda: datetime.now(timezone.utc),
) -> IndexManifest:
    """Build the index beside the present one and make it the current one in a single step.

    Vectors of sentences that the present index has already, from the same encoder, are taken over. When
    nothing changed, nothing is built and the present manifest comes back. Raises NothingToIndex without items.
    """
    if not items:
        raise NothingToIndex("There is no item to build an index from.")
    out_dir.mkdir(parents=True, exist_ok=True)
    corpus = make_corpus(items, asks, out_of_scope, glossary)
    content = _content_hash(corpus, glossary, encoder, risk)
    present = _present(out_dir)
    if present is not None and present.content == content:
        progress("unchanged", 1.0)
        return present
    vectors, reused = _vectors(corpus, encoder, out_dir, present, progress)
    fitted = fit(corpus, vectors, encoder, progress, risk)
    progress("channels", 0.0)
    beside = Path(tempfile.mkdtemp(prefix=".building-", dir=out_dir))
    try:
        _write_parts(beside, corpus, vectors, glossary)
        fitted.fusion.save(beside)
        if fitted.confidence is not None:
            fitted.confidence.save(beside)
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
            vectors_reused=reused,
            figures=fitted.figures,
            thresholds=fitted.thresholds.as_dict(),
            files={str(path.relative_to(beside)): _digest(path) for path in sorted(beside.rglob("*")) if path.is_file()},
        )
        (beside / _MANIFEST).write_text(json.dumps(asdict(manifest), ensure_ascii=False, indent=1), "utf-8")
        _publish(beside, out_dir, manifest.version)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    progress("done", 1.0)
    return manifest


def current_version(out_dir: Path) -> str:
    """Return the name of the current version; raises IndexMissing."""
    try:
        return (out_dir / _POINTER).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        raise IndexMissing(f"There is no search index in {out_dir}; build it with `wenban index build`.") from None


def open_index(out_dir: Path, encoder: Encoder | None = None) -> SearchIndex:
    """Read the current version after checking it whole.

    Raises IndexMissing, IndexForeign (also when `encoder` is not the one it was built with), IndexOutdated or
    IndexDamaged.
    """
    version = current_version(out_dir)
    if not version or Path(version).name != version:
        raise IndexForeign(f"The pointer file in {out_dir} names no index version.")
    folder = out_dir / version
    manifest = _read_manifest(folder)
    _check_files(folder, manifest)
    if encoder is not None and encoder.fingerprint != manifest.encoder:
        raise IndexForeign(
            f"The index in {out_dir} was built with the encoder {manifest.encoder_name} ({manifest.encoder}), "
            f"not with {Path(encoder.name_or_path).name} ({encoder.fingerprint}); build it again."
        )
    try:
        return _load(folder, manifest)
    except (OSError, ValueError, KeyError, RuntimeError) as error:
        raise IndexDamaged(f"The index in {folder} cannot be read: {error}") from error


def _load(folder: Path, manifest: IndexManifest) -> SearchIndex:
    glossary = json.loads((folder / "glossary.json").read_text("utf-8"))
    return SearchIndex(
        manifest=manifest,
        item_ids=tuple(json.loads((folder / "items.json").read_text("utf-8"))),
        glossary=Glossary(glossary["english"], glossary["dialect"]),
        bank=ChannelBank.load(folder),
        fusion=Fusion.load(folder),
        confidence=Confidence.load(folder) if "right.judge.npz" in manifest.files else None,
        scope=ScopeClassifier.load(folder) if "scope_pinyin.linear.npz" in manifest.files else None,
        facets=FacetClassifier.load(folder) if "facets.json" in manifest.files else None,
        thresholds=Thresholds.from_dict(manifest.thresholds),
    )


def _write_parts(folder: Path, corpus: Corpus, vectors: Vector, glossary: Glossary) -> None:
    """Write what is fitted on all sentences, and the vectors under their content hashes."""
    ChannelBank.fit(corpus, vectors).save(folder)
    scope = ScopeClassifier.fit(corpus)
    if scope is not None:
        scope.save(folder)
    facets = FacetClassifier.fit(corpus)
    if facets is not None:
        facets.save(folder)
    _write_json(folder / "items.json", [item.item_id for item in corpus.items])
    _write_json(folder / "glossary.json", {"english": dict(glossary.english), "dialect": dict(glossary.dialect)})
    _write_json(folder / "sentences.json", [sentence.key for sentence in corpus.sentences])
    np.save(folder / "vectors.npy", vectors, allow_pickle=False)


def _vectors(
    corpus: Corpus, encoder: Encoder, out_dir: Path, present: IndexManifest | None, progress: Progress
) -> tuple[Vector, int]:
    """Return the vector of each sentence, and how many came from the present index."""
    known: dict[str, Vector] = {}
    if present is not None and present.encoder == encoder.fingerprint:
        folder = out_dir / present.version
        keys = json.loads((folder / "sentences.json").read_text("utf-8"))
        known = dict(zip(keys, np.load(folder / "vectors.npy", allow_pickle=False)))
    fresh = list({sentence.key: sentence.text for sentence in corpus.sentences if sentence.key not in known}.items())
    for start in range(0, len(fresh), _ENCODE_BATCH):
        progress("vectors", start / len(fresh))
        part = fresh[start : start + _ENCODE_BATCH]
        known.update(zip((key for key, _ in part), encoder.encode([text for _, text in part])))
    vectors = np.stack([known[sentence.key] for sentence in corpus.sentences])
    new = {key for key, _ in fresh}
    reused = sum(sentence.key not in new for sentence in corpus.sentences)
    return vectors.astype(np.float32), reused


def _present(out_dir: Path) -> IndexManifest | None:
    """Return the manifest of the current version where it is whole."""
    try:
        folder = out_dir / current_version(out_dir)
        manifest = _read_manifest(folder)
        _check_files(folder, manifest)
    except IndexUnusable:
        return None
    return manifest


def _read_manifest(folder: Path) -> IndexManifest:
    try:
        content = json.loads((folder / _MANIFEST).read_text("utf-8"))
    except FileNotFoundError:
        raise IndexDamaged(f"The index version {folder.name} has no manifest.") from None
    except ValueError:
        raise IndexDamaged(f"The manifest of the index version {folder.name} cannot be read.") from None
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise IndexForeign(f"{folder} is not a search index of this program.")
    if content.get("format_version") != FORMAT_VERSION:
        raise IndexOutdated(
            f"The index in {folder} has format {content.get('format_version')}, this program reads "
            f"{FORMAT_VERSION}; build it again with `wenban index build`."
        )
    try:
        return IndexManifest(**content)
    except TypeError:
        raise IndexDamaged(f"The manifest of the index version {folder.name} lacks an entry.") from None


def _check_files(folder: Path, manifest: IndexManifest) -> None:
    for name, digest in manifest.files.items():
        path = folder / name
        if not path.is_file():
            raise IndexDamaged(f"The index lacks its file {name}; build it again.")
        if _digest(path) != digest:
            raise IndexDamaged(f"The index file {name} was cut short or changed; build it again.")


def _publish(beside: Path, out_dir: Path, version: str) -> None:
    """Move the finished version into place, point to it, and drop versions no longer needed."""
    target = out_dir / version
    if target.exists():
        shutil.rmtree(target)
    os.replace(beside, target)
    pointer = out_dir / f".{_POINTER}.new"
    pointer.write_text(version, encoding="utf-8")
    os.replace(pointer, out_dir / _POINTER)
    versions = sorted(
        (path for path in out_dir.iterdir() if (path / _MANIFEST).exists()), key=lambda path: path.stat().st_mtime
    )
    for old in versions[:-_KEPT_VERSIONS]:
        if old.name != version:
            shutil.rmtree(old, ignore_errors=True)


def _content_hash(corpus: Corpus, glossary: Glossary, encoder: Encoder, risk: Risk) -> str:
    digest = hashlib.sha256()
    parts: list[Any] = [
        FORMAT_VERSION,
        encoder.fingerprint,
        asdict(risk),
        dict(glossary.english),
        dict(glossary.dialect),
        [asdict(item) for item in corpus.items],
        [(sentence.text, sentence.owner, sentence.kind.value, sentence.label) for sentence in corpus.sentences],
    ]
    digest.update(json.dumps(parts, ensure_ascii=False, sort_keys=True).encode())
    return digest.hexdigest()


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        for block in iter(lambda: stream.read(1 << 20), b""):
            digest.update(block)
    return digest.hexdigest()


def _write_json(path: Path, content: Any) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
