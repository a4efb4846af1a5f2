"""Clips kept on disk: found again, bounded, and gone without harm when a file or the disk fails."""

from __future__ import annotations

import os
import resource
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

from voice.synthesis.clip import Clip
from voice.synthesis.clip_cache import ClipCache

_SIZE = 16 + 44 + 2 * 1_000  # digest, WAV header, samples


def _clip(value: int = 7, samples: int = 1_000) -> Clip:
    return Clip(np.full(samples, value, np.int16), 16_000)


@contextmanager
def _files_no_larger_than(size: int) -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_given_a_kept_clip_when_asked_for_by_another_cache_then_it_is_found(tmp_path: Path) -> None:
    ClipCache(tmp_path / "clips", 10_000).put("您好 mandarin", _clip())

    found = ClipCache(tmp_path / "clips", 10_000).get("您好 mandarin")

    assert found and (found.samples.tolist(), found.rate) == ([7] * 1_000, 16_000)
    assert ClipCache(tmp_path / "clips", 10_000).get("您好 cantonese") is None


def test_given_no_room_when_kept_then_the_least_recently_used_go(tmp_path: Path) -> None:
    cache = ClipCache(tmp_path, 3 * _SIZE)
    for age, name in ((300, "a"), (200, "b"), (100, "c")):
        known = set(tmp_path.iterdir())
        cache.put(name, _clip())
        (new,) = set(tmp_path.iterdir()) - known
        os.utime(new, (1_000_000_000 - age,) * 2)
    assert cache.get("a")

    cache.put("d", _clip())

    assert [name for name in "abcd" if cache.get(name)] == ["a", "c", "d"]
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) <= 3 * _SIZE


def test_given_a_clip_larger_than_the_bound_when_kept_then_nothing_else_goes(tmp_path: Path) -> None:
    cache = ClipCache(tmp_path, 2 * _SIZE)
    cache.put("a", _clip())

    cache.put("b", _clip(samples=10_000))

    assert cache.get("a") and not cache.get("b")


def test_given_what_a_crash_left_when_room_is_needed_then_it_goes_first(tmp_path: Path) -> None:
    left = tmp_path / "tmp123.part"
    left.write_bytes(b"x" * _SIZE)
    os.utime(left, (1_000_000_000,) * 2)
    cache = ClipCache(tmp_path, 2 * _SIZE)

    cache.put("a", _clip())
    cache.put("b", _clip())

    assert not left.exists() and cache.get("a") and cache.get("b")


@pytest.mark.parametrize("damage", ["empty", "truncated", "one bit", "rubbish"])
def test_given_a_damaged_file_when_asked_for_then_it_is_dropped_and_can_be_kept_anew(
    tmp_path: Path, damage: str
) -> None:
    cache = ClipCache(tmp_path, 10_000)
    cache.put("a", _clip())
    (file,) = tmp_path.iterdir()
    content = bytearray(file.read_bytes())
    content[500] ^= 1
    file.write_bytes({"empty": b"", "truncated": content[:700], "one bit": content, "rubbish": b"RIFF" * 99}[damage])

    assert cache.get("a") is None
    assert not file.exists()
    cache.put("a", _clip())
    assert cache.get("a")


def test_given_a_full_disk_when_kept_then_it_goes_on_without(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    cache = ClipCache(tmp_path, 10_000)
    cache.put("a", _clip())

    with _files_no_larger_than(500):
        cache.put("b", _clip())

    assert "could not be kept" in caplog.text
    assert cache.get("b") is None and cache.get("a")
    assert len(list(tmp_path.iterdir())) == 1


def test_given_a_folder_that_cannot_be_made_when_used_then_it_goes_on_without(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    cache = ClipCache(tmp_path / "file" / "clips", 10_000)

    cache.put("a", _clip())

    assert cache.get("a") is None


def test_given_many_threads_when_keeping_and_asking_then_every_clip_found_is_whole(tmp_path: Path) -> None:
    cache = ClipCache(tmp_path, 4 * _SIZE)

    def use(number: int) -> bool:
        cache.put(str(number % 8), _clip(number % 8))
        found = cache.get(str(number * 3 % 8))
        return found is None or set(found.samples.tolist()) == {number * 3 % 8}

    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(use, range(200)))
