"""The files of an index: versions beside each other, one pointer, and checks before anything is read."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FORMAT = "wenban-search-index"
FORMAT_VERSION = 4
MANIFEST = "manifest.json"
_POINTER = "current"
BUILDING = ".building-"
_KEPT_VERSIONS = 2
_ABANDONED_SECONDS = 6 * 3600


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
    passages: int = 0
    figures: dict[str, float] = field(default_factory=dict)
    thresholds: dict[str, Any] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    revisions: str = ""
    """which approved revisions of guides it was built with; empty for none"""

    @property
    def version(self) -> str:
        """Return the name of the version's folder."""
        return self.content[:16]


def current_version(out_dir: Path) -> str:
    """Return the name of the current version; raises IndexMissing."""
    try:
        return (out_dir / _POINTER).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        raise IndexMissing(f"There is no search index in {out_dir}; build it with `wenban index`.") from None


def present_manifest(out_dir: Path) -> IndexManifest | None:
    """Return the manifest of the current version where it is whole."""
    try:
        folder = out_dir / current_version(out_dir)
        manifest = read_manifest(folder)
        check_files(folder, manifest)
    except IndexUnusable:
        return None
    return manifest


def read_manifest(folder: Path) -> IndexManifest:
    """Read the manifest of a version; raises IndexForeign, IndexOutdated or IndexDamaged."""
    try:
        content = json.loads((folder / MANIFEST).read_text("utf-8"))
    except FileNotFoundError:
        raise IndexDamaged(f"The index version {folder.name} has no manifest.") from None
    except ValueError:
        raise IndexDamaged(f"The manifest of the index version {folder.name} cannot be read.") from None
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise IndexForeign(f"{folder} is not a search index of this program.")
    if content.get("format_version") != FORMAT_VERSION:
        raise IndexOutdated(
            f"The index in {folder} has format {content.get('format_version')}, this program reads "
            f"{FORMAT_VERSION}; build it again with `wenban index`."
        )
    try:
        return IndexManifest(**content)
    except TypeError:
        raise IndexDamaged(f"The manifest of the index version {folder.name} lacks an entry.") from None


def check_files(folder: Path, manifest: IndexManifest) -> None:
    """Compare every file with its checksum; raises IndexDamaged."""
    for name, digest in manifest.files.items():
        path = folder / name
        if not path.is_file():
            raise IndexDamaged(f"The index lacks its file {name}; build it again.")
        if _digest(path) != digest:
            raise IndexDamaged(f"The index file {name} was cut short or changed; build it again.")


def publish(beside: Path, out_dir: Path, version: str) -> None:
    """Move the finished version into place, point to it, and drop versions and broken-off builds of old."""
    target = out_dir / version
    if target.exists():
        shutil.rmtree(target)
    beside.chmod(0o755)
    os.replace(beside, target)
    pointer = out_dir / f".{_POINTER}.new"
    pointer.write_text(version, encoding="utf-8")
    os.replace(pointer, out_dir / _POINTER)
    versions = sorted(
        (path for path in out_dir.iterdir() if (path / MANIFEST).exists()), key=lambda path: path.stat().st_mtime
    )
    for old in versions[:-_KEPT_VERSIONS]:
        if old.name != version:
            shutil.rmtree(old, ignore_errors=True)
    for left in out_dir.glob(f"{BUILDING}*"):
        if target.stat().st_mtime - left.stat().st_mtime > _ABANDONED_SECONDS:
            shutil.rmtree(left, ignore_errors=True)


def digests(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of every file below a folder."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): _digest(path) for path in paths}


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        for block in iter(lambda: stream.read(1 << 20), b""):
            digest.update(block)
    return digest.hexdigest()
