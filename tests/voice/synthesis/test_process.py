"""The synthesiser's process under its keeper: killed, hung, refused, orphaned."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest

from voice.synthesis.contract import SynthesisFailed
from voice.synthesis.process import Order, SynthesisProcess

_ORDER = Order("nin2 hao3 ， qing3 wen4 nin2 yao4 ban4 shen2 me5", "sit/cmn-latn-pinyin", 190, 1.0, 50)


_LIMIT = 2.0
"""seconds; a busy machine needs one for a new worker's first sentence"""


@pytest.fixture
def process() -> Iterator[SynthesisProcess]:
    process = SynthesisProcess(time_limit=_LIMIT, start_limit=15.0)
    yield process
    process.close()


def _worker(process: SynthesisProcess) -> psutil.Process:
    assert process.worker_id
    return psutil.Process(process.worker_id)


def _gone(process: psutil.Process) -> bool:
    return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE


def _waited_until(condition: object, seconds: float = 5.0) -> bool:
    deadline = time.monotonic() + seconds
    while not condition():  # type: ignore[operator]
        if time.monotonic() > deadline:
            return False
        time.sleep(0.01)
    return True


def test_given_orders_when_spoken_then_one_worker_serves_them_all(process: SynthesisProcess) -> None:
    clips = [process.speak(_ORDER) for _ in range(3)]

    assert {round(clip.seconds, 2) for clip in clips} == {round(clips[0].seconds, 2)}
    assert 1.5 < clips[0].seconds < 5
    assert abs(clips[0].samples).max() > 3_000
    assert len(psutil.Process().children()) >= 1


def test_given_a_worker_killed_between_orders_when_spoken_then_a_new_one_speaks(process: SynthesisProcess) -> None:
    before = process.speak(_ORDER).seconds
    worker = _worker(process)
    worker.kill()

    assert process.speak(_ORDER).seconds == pytest.approx(before)
    assert process.worker_id not in (None, worker.pid)


def test_given_a_worker_killed_in_the_middle_when_spoken_then_the_sentence_still_comes(
    process: SynthesisProcess,
) -> None:
    before = process.speak(_ORDER).seconds
    worker = _worker(process)
    worker.suspend()  # it holds the order and does not answer

    with ThreadPoolExecutor(1) as threads:
        started = time.monotonic()
        clip = threads.submit(process.speak, _ORDER)
        time.sleep(0.05)
        worker.kill()

        assert clip.result().seconds == pytest.approx(before)
        assert time.monotonic() - started < _LIMIT


def test_given_a_worker_that_hangs_when_spoken_then_its_time_is_limited_and_the_sentence_still_comes(
    process: SynthesisProcess,
) -> None:
    process.speak(_ORDER)
    worker = _worker(process)
    worker.suspend()

    started = time.monotonic()

    assert process.speak(_ORDER).seconds > 1
    assert _LIMIT <= time.monotonic() - started < 2 * _LIMIT
    assert _gone(worker)


def test_given_no_time_when_spoken_then_it_fails_after_two_workers_and_the_next_is_served() -> None:
    process = SynthesisProcess(time_limit=0.0001, start_limit=15.0)
    with pytest.raises(SynthesisFailed, match="failed 2 times"):
        process.speak(Order("ni3 hao3 " * 2_000, "sit/cmn-latn-pinyin", 190, 1.0, 50))

    assert process.worker_id is None
    process.close()


def test_given_an_unknown_voice_when_spoken_then_it_is_refused_and_the_worker_stays(process: SynthesisProcess) -> None:
    process.speak(_ORDER)
    worker = process.worker_id

    with pytest.raises(SynthesisFailed, match="klingon"):
        process.speak(Order("ni3 hao3", "sit/klingon", 190, 1.0, 50))

    assert process.speak(_ORDER).seconds > 1
    assert process.worker_id == worker


def test_given_a_closed_process_when_spoken_then_it_fails_and_nothing_is_left(process: SynthesisProcess) -> None:
    process.speak(_ORDER)
    worker = _worker(process)

    process.close()
    process.close()

    assert _gone(worker)
    with pytest.raises(SynthesisFailed, match="closed"):
        process.speak(_ORDER)


def test_given_a_sentence_in_hand_when_closed_then_it_fails_at_once(process: SynthesisProcess) -> None:
    process.speak(_ORDER)
    _worker(process).suspend()

    with ThreadPoolExecutor(1) as threads:
        clip = threads.submit(process.speak, _ORDER)
        time.sleep(0.05)
        process.close()

        with pytest.raises(SynthesisFailed, match="closed"):
            clip.result(timeout=0.4)


def test_given_no_espeak_when_spoken_then_the_reason_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    broken = tmp_path / "pyttsx3.py"
    broken.write_text("raise RuntimeError('eSpeak-ng is not installed')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    process = SynthesisProcess(time_limit=_LIMIT, start_limit=15.0)

    with pytest.raises(SynthesisFailed, match="eSpeak-ng is not installed"):
        process.speak(_ORDER)
    process.close()


@pytest.mark.parametrize("hung", [False, True], ids=["idle", "hung"])
def test_given_a_parent_that_is_killed_when_it_dies_then_the_worker_ends(project: Path, hung: bool) -> None:
    parent = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import time\n"
            "from voice.synthesis.process import Order, SynthesisProcess\n"
            "process = SynthesisProcess(5.0, 15.0)\n"
            f"process.speak(Order({_ORDER.text!r}, {_ORDER.voice!r}, 190, 1.0, 50))\n"
            "print(process.worker_id, flush=True)\n"
            "time.sleep(60)\n",
        ],
        cwd=project,
        stdout=subprocess.PIPE,
    )
    assert parent.stdout
    worker = psutil.Process(int(parent.stdout.readline()))
    if hung:
        worker.suspend()

    os.kill(parent.pid, signal.SIGKILL)
    parent.wait()
    parent.stdout.close()

    assert _waited_until(lambda: _gone(worker))
