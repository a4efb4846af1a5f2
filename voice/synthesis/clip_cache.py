"""Spoken sentences kept on disk within a bound, the least recently used dropped first.

Only for sentences that are the same for everybody: what is kept stays on disk until the room is needed.
"""

from __future__ import annotations

import hashlib
import logging
import os
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

from voice.synthesis.clip import BadClip, Clip

logger = logging.getLogger(__name__)

_DIGEST_BYTES = 16


class ClipCache:
    """A folder of clips, each found by a text that decides its sound; several processes may share it."""

    def __init__(self, folder: Path, most_bytes: int) -> None:
        """Use a folder, made when the first clip is kept, for at most so many bytes."""
        self._folder = folder
        self._most_bytes = most_bytes

    def get(self, fingerprint: str) -> Clip | None:
        """Return the clip kept for a fingerprint; a damaged file is removed and counts as none."""
        path = self._path(fingerprint)
        try:
            content = path.read_bytes()
        except OSError:
            return None
        digest, wav = content[:_DIGEST_BYTES], content[_DIGEST_BYTES:]
        try:
            if digest != _digest(wav):
                raise BadClip("The file is damaged.")
            clip = Clip.from_wav(wav)
        except BadClip as error:
            logger.warning("A kept clip is spoken anew: %s", error)
            with suppress(OSError):
                path.unlink()
            return None
        with suppress(OSError):
            os.utime(path)  # the time of change is the time of last use
        return clip

    def put(self, fingerprint: str, clip: Clip) -> None:
        """Keep a clip, if there is room for it; a disk that is full or read-only is reported in the log alone."""
        wav = clip.wav
        size = _DIGEST_BYTES + len(wav)
        if size > self._most_bytes:
            return
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._make_room(size)
            self._write(self._path(fingerprint), _digest(wav) + wav)
        except OSError as error:
            logger.warning("A clip could not be kept: %s", error)

    def _path(self, fingerprint: str) -> Path:
        return self._folder / f"{hashlib.sha256(fingerprint.encode()).hexdigest()}.clip"

    def _write(self, path: Path, content: bytes) -> None:
        """Write beside and swap in; what a crash leaves beside is dropped in its turn, like any file not used."""
        with NamedTemporaryFile(dir=self._folder, suffix=".part", delete=False) as file:
            try:
                file.write(content)
                file.flush()
                os.replace(file.name, path)
            except OSError:
                os.unlink(file.name)
                raise

    def _make_room(self, size: int) -> None:
        kept = []
        for entry in os.scandir(self._folder):
            with suppress(FileNotFoundError):  # another process has just dropped it
                if entry.is_file(follow_symlinks=False) and entry.name.endswith((".clip", ".part")):
                    status = entry.stat()
                    kept.append((status.st_mtime_ns, status.st_size, entry.path))
        excess = sum(entry_size for _, entry_size, _ in kept) + size - self._most_bytes
        for _, entry_size, path in sorted(kept):
            if excess <= 0:
                break
            with suppress(FileNotFoundError):
                os.unlink(path)
            excess -= entry_size


def _digest(content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=_DIGEST_BYTES).digest()
