"""Speech out as a session uses it: real espeak-ng through pyttsx3, several speakers, another synthesiser first."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import psutil
import pytest

from voice.session.settings import SessionSettings
from voice.synthesis.contract import SynthesisFailed, SynthesizerBusy, UnknownVoice
from voice.synthesis.synthesizer import SpokenSentence, SynthesisSettings, Synthesizer

_REPLY = "您好，我是问办。您想办什么事？直接说就行。"


@pytest.fixture(scope="module")
def synthesizer() -> Iterator[Synthesizer]:
    with Synthesizer() as synthesizer:
        synthesizer.warm_up()
        yield synthesizer


async def _spoken(synthesizer: Synthesizer, text: str, **how: object) -> list[SpokenSentence]:
    return [sentence async for sentence in synthesizer.speak(text, **how)]  # type: ignore[arg-type]


def _workers() -> list[psutil.Process]:
    return [
        child
        for child in psutil.Process().children(recursive=True)
        if "synthesis/worker.py" in " ".join(child.cmdline())
    ]


async def test_given_a_reply_when_spoken_then_it_comes_sentence_by_sentence(synthesizer: Synthesizer) -> None:
    spoken = await _spoken(synthesizer, _REPLY)

    assert [sentence.text for sentence in spoken] == ["您好，我是问办。", "您想办什么事？", "直接说就行。"]
    assert all(0.7 < sentence.clip.seconds < 4 for sentence in spoken)
    assert all(np.abs(sentence.clip.samples).max() > 3_000 for sentence in spoken)


async def test_given_a_long_reply_when_spoken_then_the_first_sentence_comes_at_once(synthesizer: Synthesizer) -> None:
    started = time.monotonic()
    async for _ in synthesizer.speak(_REPLY * 50):
        break

    assert time.monotonic() - started < 0.5


async def test_given_several_speakers_when_they_speak_together_then_each_gets_its_own(synthesizer: Synthesizer) -> None:
    replies = ["好。" * count for count in range(1, 7)] + [
        "请您核对以上信息再确认提交。" * count for count in range(1, 4)
    ]
    alone = [[sentence.clip.seconds for sentence in await _spoken(synthesizer, reply)] for reply in replies]

    together = await asyncio.gather(*(_spoken(synthesizer, reply) for reply in replies))

    for reply, expected, spoken in zip(replies, alone, together, strict=True):
        assert "".join(sentence.text for sentence in spoken) == reply
        assert [sentence.clip.seconds for sentence in spoken] == pytest.approx(expected, abs=0.06)


async def test_given_the_worker_killed_again_and_again_when_spoken_then_the_reply_comes_whole(
    synthesizer: Synthesizer,
) -> None:
    spoken = []
    async for sentence in synthesizer.speak(_REPLY):
        spoken.append(sentence.text)
        for worker in _workers():
            worker.kill()

    assert "".join(spoken) == _REPLY
    assert len(await _spoken(synthesizer, _REPLY)) == 3


async def test_given_a_speaker_that_leaves_when_others_speak_then_they_are_served(synthesizer: Synthesizer) -> None:
    leaving = asyncio.create_task(_spoken(synthesizer, _REPLY * 20))
    await asyncio.sleep(0.03)
    leaving.cancel()

    assert len(await _spoken(synthesizer, _REPLY)) == 3
    assert leaving.cancelled()


async def test_given_a_worker_that_hangs_when_waited_for_then_the_loop_goes_on() -> None:
    others = _workers()
    with Synthesizer(SynthesisSettings(time_limit=0.8)) as synthesizer:
        await asyncio.to_thread(synthesizer.warm_up)
        for worker in _workers():
            if worker not in others:
                worker.suspend()
        speaking = asyncio.create_task(_spoken(synthesizer, "请稍候。"))
        longest, before = 0.0, time.monotonic()
        while not speaking.done():
            await asyncio.sleep(0.001)
            longest, before = max(longest, time.monotonic() - before), time.monotonic()

    assert longest < 0.4
    assert len(speaking.result()) == 1


def test_given_a_text_when_said_then_it_is_one_clip(synthesizer: Synthesizer) -> None:
    parts = sum(sentence.clip.seconds for sentence in asyncio.run(_spoken(synthesizer, _REPLY)))

    assert synthesizer.say(_REPLY).seconds == pytest.approx(parts, abs=0.1)
    assert synthesizer.say("").seconds == 0


def test_given_numbers_when_said_then_they_are_said_as_people_do(synthesizer: Synthesizer) -> None:
    by_digit, by_value = synthesizer.say("请拨打13800138000。"), synthesizer.say("请拨打。")

    assert by_digit.seconds - by_value.seconds > 1.5


def test_given_a_text_that_is_half_broken_when_said_then_the_rest_is_said(synthesizer: Synthesizer) -> None:
    assert synthesizer.say("您好\ud83d，欢迎\x00光临").seconds > 1


@pytest.mark.parametrize("number", ["12345678901234567890%", "٣٤", "²", "1" * 300, "1.2.3.4", "0/0", "￥" * 9])
def test_given_a_number_that_is_hard_to_say_when_said_then_it_is_said_or_given_back_as_text(
    synthesizer: Synthesizer, number: str
) -> None:
    try:
        assert synthesizer.say(f"共{number}份").seconds > 0.3
    except SynthesisFailed as failure:
        assert "show it as text" in str(failure)


async def test_given_an_unknown_voice_when_spoken_then_it_is_refused(synthesizer: Synthesizer) -> None:
    with pytest.raises(UnknownVoice, match="cantonese"):
        await _spoken(synthesizer, _REPLY, voice="klingon")


async def test_given_more_speakers_than_may_wait_when_spoken_then_the_last_are_told_so() -> None:
    with Synthesizer(SynthesisSettings(most_waiting=3)) as synthesizer:
        results = await asyncio.gather(*(_spoken(synthesizer, "您好") for _ in range(5)), return_exceptions=True)

    assert [isinstance(result, SynthesizerBusy) for result in results] == [False] * 3 + [True] * 2


async def test_given_a_closed_synthesiser_when_spoken_then_it_fails_and_no_process_is_left() -> None:
    before = {worker.pid for worker in _workers()}
    synthesizer = Synthesizer()
    await asyncio.to_thread(synthesizer.warm_up)
    (worker,) = (worker for worker in _workers() if worker.pid not in before)

    synthesizer.close()

    assert not worker.is_running()
    with pytest.raises(SynthesisFailed, match="closed"):
        await _spoken(synthesizer, _REPLY)


async def test_given_a_reply_under_way_when_closed_then_its_speaker_is_told() -> None:
    synthesizer = Synthesizer(SynthesisSettings(time_limit=30.0))
    await asyncio.to_thread(synthesizer.warm_up)
    for worker in _workers():
        worker.suspend()
    speaking = asyncio.gather(*(_spoken(synthesizer, _REPLY) for _ in range(3)), return_exceptions=True)
    await asyncio.sleep(0.05)

    synthesizer.close()

    assert all(isinstance(result, SynthesisFailed) for result in await asyncio.wait_for(speaking, 5))


async def test_given_fixed_sentences_when_spoken_again_then_they_come_from_disk_without_a_process(
    tmp_path: Path,
) -> None:
    settings = SynthesisSettings(cache_folder=tmp_path / "clips")
    with Synthesizer(settings) as synthesizer:
        first = await _spoken(synthesizer, _REPLY, keep=True)
    before = _workers()

    with Synthesizer(settings) as synthesizer:
        again = await _spoken(synthesizer, _REPLY, keep=True)

        assert _workers() == before
        slow = await _spoken(synthesizer, _REPLY, keep=True, speed=0.7)

    assert [one.clip.samples.tobytes() for one in again] == [one.clip.samples.tobytes() for one in first]
    assert slow[0].clip.seconds > 1.2 * first[0].clip.seconds


async def test_given_sentences_that_may_not_be_kept_when_spoken_then_none_is_on_disk(tmp_path: Path) -> None:
    with Synthesizer(SynthesisSettings(cache_folder=tmp_path / "clips")) as synthesizer:
        await _spoken(synthesizer, "张三的手机号是13800138000。")
        assert not (tmp_path / "clips").exists()

        await _spoken(synthesizer, "请稍候。张三的手机号是13800138000。", keep=lambda sentence: sentence == "请稍候。")

    assert len(list((tmp_path / "clips").iterdir())) == 1


async def test_given_a_damaged_clip_on_disk_when_spoken_then_it_is_spoken_anew(tmp_path: Path) -> None:
    settings = SynthesisSettings(cache_folder=tmp_path)
    with Synthesizer(settings) as synthesizer:
        (first,) = await _spoken(synthesizer, "请稍候。", keep=True)
        (file,) = tmp_path.iterdir()
        file.write_bytes(file.read_bytes()[:1_000])

        (again,) = await _spoken(synthesizer, "请稍候。", keep=True)

    assert again.clip.seconds == pytest.approx(first.clip.seconds, abs=0.06)


def test_given_another_synthesiser_when_it_works_then_it_speaks() -> None:
    settings = SynthesisSettings(synthesizer="command:espeak-ng --stdout -v sit/yue -s 80", voice="cantonese")
    with Synthesizer(settings) as other, Synthesizer(SynthesisSettings(voice="cantonese")) as ours:
        slow, usual = other.say("您好，欢迎"), ours.say("您好，欢迎")

    assert slow.seconds > 1.5 * usual.seconds


async def test_given_another_synthesiser_when_it_fails_then_ours_speaks_and_it_rests(tmp_path: Path) -> None:
    calls = tmp_path / "calls"
    now = [0.0]
    command = f"command:sh -c 'echo called >> {calls}; exit 3'"
    with Synthesizer(
        SynthesisSettings(synthesizer=command, cache_folder=tmp_path / "clips"), lambda: now[0]
    ) as synthesizer:
        spoken = await _spoken(synthesizer, _REPLY, keep=True)
        assert calls.read_text() == "called\n"
        now[0] += 31
        await _spoken(synthesizer, "请稍候。")

    assert [sentence.clip.seconds > 0.7 for sentence in spoken] == [True] * 3
    assert calls.read_text() == "called\n" * 2


async def test_given_both_synthesisers_fail_when_spoken_then_it_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "pyttsx3.py").write_text("raise RuntimeError('no espeak-ng')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with Synthesizer(SynthesisSettings(synthesizer="command:false")) as synthesizer:
        with pytest.raises(SynthesisFailed, match="no espeak-ng"):
            await _spoken(synthesizer, _REPLY)
        with pytest.raises(SynthesisFailed, match="no espeak-ng"):
            await asyncio.to_thread(synthesizer.warm_up)


def test_given_the_module_when_imported_then_the_engine_is_not_loaded(project: Path) -> None:
    code = "import sys, voice.synthesis.synthesizer; print([name for name in ('pyttsx3', 'scipy', 'aiohttp') if name in sys.modules])"

    loaded = subprocess.run([sys.executable, "-c", code], cwd=project, capture_output=True, text=True, check=True)

    assert loaded.stdout == "[]\n"


def test_given_another_synthesiser_that_hangs_then_ours_has_time_before_a_session_gives_the_sentence_up() -> None:
    assert SessionSettings().synthesis_limit - SynthesisSettings().external_time_limit >= 1.5
