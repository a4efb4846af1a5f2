"""Where utterances begin and end: real speech by espeak-ng, judged by the real Silero model."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.sounds import melody, noise, pink_noise
from tests.voice.speech import spoken
from voice.audio import SAMPLE_RATE
from voice.endpointing.endpointer import Endpointer
from voice.endpointing.events import (
    EndReason,
    SoundHeard,
    SoundPassed,
    SpeechConfirmed,
    SpeechEnded,
    SpeechEvent,
    SpeechPaused,
    SpeechStarted,
)
from voice.endpointing.settings import ELDER_SETTINGS, EndpointSettings, InvalidEndpointSettings, PatienceHint
from voice.endpointing.voice_activity import SileroModel, VoiceActivity

SENTENCE = "我要办理居住证需要什么材料"
ROOM_DBFS = -65.0
NOON = 1_000.0


class Listening:
    """An endpointer that hears sounds one after another, 20 ms at a time, on a clock that begins at noon."""

    def __init__(self, silero: SileroModel, endpoint_settings: EndpointSettings | None = None) -> None:
        self.endpointer = Endpointer(endpoint_settings, VoiceActivity(silero))
        self.now = NOON
        self.events: list[SpeechEvent] = []

    def hear(self, *sounds: np.ndarray, frame: int = 320, room: float = ROOM_DBFS) -> list[SpeechEvent]:
        """Hear sounds in a room's noise and return what was told meanwhile."""
        sound = np.concatenate(sounds)
        sound = sound + noise(len(sound) / SAMPLE_RATE, room, seed=7)[: len(sound)]
        told = []
        for start in range(0, len(sound), frame):
            part = sound[start : start + frame]
            self.now += len(part) / SAMPLE_RATE
            told += self.endpointer.feed(part, self.now)
        self.events += told
        return told

    def ended(self) -> list[SpeechEnded]:
        return [event for event in self.events if isinstance(event, SpeechEnded)]


@pytest.fixture
def listening(silero: SileroModel) -> Listening:
    return Listening(silero)


def quiet(seconds: float) -> np.ndarray:
    return np.zeros(round(seconds * SAMPLE_RATE), np.float32)


def kinds(events: list[SpeechEvent]) -> list[type]:
    return [type(event) for event in events]


def burst(seconds: float, dbfs: float = -15.0) -> np.ndarray:
    """Return a burst of noise that dies away, as a cough or a slammed door does."""
    fading = np.exp(-np.arange(round(seconds * SAMPLE_RATE)) / (0.3 * seconds * SAMPLE_RATE))
    return (noise(seconds, dbfs) * fading).astype(np.float32)


def test_given_a_sentence_between_silences_when_heard_then_each_event_comes_once_in_order(listening: Listening) -> None:
    listening.hear(quiet(1.0), spoken(SENTENCE), quiet(1.5))
    assert kinds(listening.events) == [SoundHeard, SpeechStarted, SpeechConfirmed, SpeechPaused, SpeechEnded]
    heard, started, confirmed, _, ended = listening.events
    begins, ends = NOON + 1.0, NOON + 1.0 + len(spoken(SENTENCE)) / SAMPLE_RATE
    assert heard.at <= begins + 0.2
    assert isinstance(started, SpeechStarted)
    assert started.started_at == pytest.approx(begins, abs=0.1)
    assert begins + 0.2 <= started.at <= begins + 0.4
    assert begins + 0.5 <= confirmed.at <= begins + 0.7
    assert isinstance(ended, SpeechEnded)
    assert ended.reason is EndReason.SILENCE
    assert ended.utterance.ended_at == pytest.approx(ends, abs=0.2)
    assert ended.at == pytest.approx(ends + 0.7, abs=0.2)


def test_given_a_sentence_when_it_ends_then_its_sound_holds_every_sample_of_it_from_before_its_start(
    listening: Listening,
) -> None:
    listening.hear(quiet(1.0), spoken(SENTENCE), quiet(1.5))
    (ended,) = listening.ended()
    utterance = ended.utterance
    assert NOON + 0.4 <= utterance.audio_from <= NOON + 0.6
    begin = round((NOON + 1.0 - utterance.audio_from) * SAMPLE_RATE)
    held = utterance.samples[begin : begin + len(spoken(SENTENCE))]
    assert np.corrcoef(held, spoken(SENTENCE))[0, 1] > 0.999
    assert utterance.snr_db > 30.0
    assert 0.6 <= utterance.voiced_s / (len(spoken(SENTENCE)) / SAMPLE_RATE) <= 1.2


def test_given_a_pause_when_no_more_is_said_then_the_end_brings_the_same_utterance(listening: Listening) -> None:
    listening.hear(quiet(1.0), spoken(SENTENCE), quiet(1.5))
    paused, ended = listening.events[-2:]
    assert isinstance(paused, SpeechPaused) and isinstance(ended, SpeechEnded)
    assert paused.at < ended.at - 0.2
    assert paused.utterance == ended.utterance
    assert np.array_equal(paused.utterance.samples, ended.utterance.samples)


def test_given_speech_from_the_first_sample_when_heard_then_its_first_syllable_is_kept(listening: Listening) -> None:
    listening.hear(spoken(SENTENCE), quiet(1.5))
    (ended,) = listening.ended()
    assert ended.utterance.audio_from == pytest.approx(NOON, abs=0.001)


def test_given_a_first_syllable_apart_when_the_rest_follows_then_both_are_in_the_utterance(
    listening: Listening,
) -> None:
    listening.hear(quiet(1.0), spoken("对", speed=200), quiet(0.9), spoken(SENTENCE), quiet(1.5))
    (ended,) = listening.ended()
    assert ended.utterance.audio_from <= NOON + 1.0


@settings(deadline=None, max_examples=15)
@given(frames=st.lists(st.integers(0, 3000), min_size=1, max_size=30))
def test_given_frames_of_any_lengths_when_heard_then_the_events_are_the_same(
    silero: SileroModel, frames: list[int]
) -> None:
    def heard(lengths: list[int]) -> list[tuple[type, float]]:
        sound = np.concatenate([quiet(0.5), spoken("我要转人工"), quiet(1.0)])
        listening, start, told = Listening(silero), 0, []
        while start < len(sound):
            for length in [*lengths, 160]:
                part = sound[start : start + length]
                start += length
                told += listening.endpointer.feed(part, NOON + min(start, len(sound)) / SAMPLE_RATE)
        return [(type(event), round(event.at, 3)) for event in told]

    assert heard(frames) == heard([320])


def test_given_two_sentences_with_a_long_silence_when_heard_then_they_are_two_and_share_no_sound(
    listening: Listening,
) -> None:
    listening.hear(quiet(0.5), spoken(SENTENCE), quiet(0.85), spoken("我要转人工"), quiet(1.5))
    first, second = (ended.utterance for ended in listening.ended())
    assert second.audio_from >= first.audio_from + len(first.samples) / SAMPLE_RATE - 0.001


@pytest.mark.parametrize(
    ("hint", "pause", "utterances"),
    [
        (PatienceHint.NONE, 0.45, 1),
        (PatienceHint.NONE, 1.1, 2),
        (PatienceHint.COMPLETE_ANSWER, 0.6, 2),
        (PatienceHint.DIGITS_UNFINISHED, 1.1, 1),
        (PatienceHint.DIGITS_UNFINISHED, 1.9, 2),
    ],
)
def test_given_a_pause_between_words_when_the_words_hint_at_more_or_not_then_patience_follows(
    listening: Listening, hint: PatienceHint, pause: float, utterances: int
) -> None:
    listening.hear(quiet(0.5), spoken("幺三八零零幺三八"))
    listening.endpointer.hint(hint)
    listening.hear(quiet(pause), spoken("零零零幺二三"), quiet(2.5))
    assert len(listening.ended()) == utterances


def test_given_a_hint_when_the_utterance_is_over_then_the_next_knows_nothing_of_it(listening: Listening) -> None:
    listening.hear(quiet(0.5), spoken("是的没错"))
    listening.endpointer.hint(PatienceHint.COMPLETE_ANSWER)
    listening.hear(quiet(1.0))
    assert len(listening.ended()) == 1
    listening.endpointer.hint(PatienceHint.COMPLETE_ANSWER)
    listening.hear(spoken(SENTENCE), quiet(0.45), spoken(SENTENCE), quiet(1.0))
    assert len(listening.ended()) == 2


def test_given_an_elder_who_pauses_for_a_second_when_heard_with_elder_settings_then_it_is_one_utterance(
    silero: SileroModel,
) -> None:
    said = (quiet(0.5), spoken(SENTENCE, speed=140), quiet(0.95), spoken(SENTENCE, speed=140), quiet(2.0))
    patient, usual = Listening(silero, ELDER_SETTINGS), Listening(silero)
    patient.hear(*said)
    usual.hear(*said)
    assert len(patient.ended()) == 1
    assert len(usual.ended()) == 2


@pytest.mark.parametrize("seconds", [0.005, 0.05, 0.15])
def test_given_a_click_or_a_cough_when_heard_then_it_is_no_speech(listening: Listening, seconds: float) -> None:
    for _ in range(5):
        listening.hear(quiet(1.5), burst(seconds), quiet(1.5))
    assert set(kinds(listening.events)) <= {SoundHeard, SoundPassed}


def test_given_a_short_voiced_sound_when_it_is_over_then_it_was_heard_and_passed(listening: Listening) -> None:
    listening.hear(quiet(1.0), spoken("对", speed=200), quiet(1.5))
    assert kinds(listening.events) == [SoundHeard, SoundPassed]
    assert listening.events[0].at <= NOON + 1.2


@pytest.mark.parametrize("expects_short_answer", [False, True])
def test_given_a_listener_who_hums_when_heard_then_it_does_not_interrupt(
    listening: Listening, expects_short_answer: bool
) -> None:
    listening.endpointer.expects_short_answer = expects_short_answer
    listening.hear(quiet(1.0), spoken("嗯", speed=120), quiet(1.5))
    assert SoundHeard in kinds(listening.events)
    assert SpeechConfirmed not in kinds(listening.events)


@pytest.mark.parametrize("variant", ["", "+m3", "+f4"])
@pytest.mark.parametrize("answer", ["是", "对", "好", "不是", "确认", "取消"])
def test_given_a_short_answer_when_one_is_expected_then_it_is_speech(
    listening: Listening, answer: str, variant: str
) -> None:
    listening.endpointer.expects_short_answer = True
    listening.hear(quiet(1.0), spoken(answer, variant), quiet(1.5))
    assert len(listening.ended()) == 1


@pytest.mark.parametrize(
    "sound",
    [noise(60.0, -30.0), pink_noise(60.0, -20.0), melody(60.0, 4), melody(60.0, 10), melody(60.0, 4, voices=3)],
    ids=["white", "pink", "organ", "strings", "chords"],
)
def test_given_noise_or_music_when_heard_for_a_minute_then_nobody_speaks(
    listening: Listening, sound: np.ndarray
) -> None:
    listening.hear(sound)
    assert set(kinds(listening.events)) <= {SoundHeard, SoundPassed}


@pytest.mark.parametrize("snr_db", [20.0, 10.0])
@pytest.mark.parametrize("kind", [noise, pink_noise])
def test_given_a_noisy_hall_when_someone_speaks_then_the_whole_sentence_is_one_utterance(
    listening: Listening,
    kind,  # type: ignore[no-untyped-def]
    snr_db: float,
) -> None:
    sentence = spoken(SENTENCE)
    level = 20.0 * np.log10(np.sqrt(np.mean(sentence**2)))
    sound = np.concatenate([quiet(5.0), sentence, quiet(1.5)])
    listening.hear(sound + kind(len(sound) / SAMPLE_RATE, level - snr_db)[: len(sound)])
    (ended,) = listening.ended()
    assert ended.utterance.audio_from <= NOON + 5.0
    assert ended.utterance.ended_at >= NOON + 5.0 + len(sentence) / SAMPLE_RATE - 0.2
    assert ended.utterance.snr_db == pytest.approx(snr_db, abs=5.0)
    assert listening.endpointer.noise_dbfs == pytest.approx(level - snr_db, abs=4.0)


def test_given_someone_who_does_not_stop_when_the_longest_is_reached_then_it_ends_and_goes_on_with_nothing_lost(
    silero: SileroModel,
) -> None:
    listening = Listening(silero, EndpointSettings(longest_s=5.0))
    said = np.concatenate([spoken(SENTENCE)] * 5)
    listening.hear(quiet(0.5), said, quiet(1.5))
    first, *others = listening.ended()
    assert first.reason is EndReason.TOO_LONG
    assert first.at == pytest.approx(NOON + 5.5, abs=0.2)
    assert others[-1].reason is EndReason.SILENCE
    kept = sum(len(ended.utterance.samples) for ended in listening.ended()) / SAMPLE_RATE
    assert kept >= len(said) / SAMPLE_RATE


def test_given_a_held_button_when_silences_are_long_then_all_until_the_release_is_one_utterance(
    listening: Listening,
) -> None:
    listening.hear(quiet(1.0))
    told = listening.endpointer.hold(listening.now)
    assert kinds(told) == [SpeechStarted]
    told = listening.hear(quiet(0.5), spoken(SENTENCE), quiet(3.0), spoken(SENTENCE), quiet(0.2))
    assert SpeechEnded not in kinds(told)
    (ended,) = listening.endpointer.release(listening.now)
    assert isinstance(ended, SpeechEnded)
    assert ended.reason is EndReason.RELEASED
    assert ended.utterance.audio_from == pytest.approx(NOON + 0.5, abs=0.1)
    whole = 0.5 + 0.5 + 3.0 + 0.2 + 2 * len(spoken(SENTENCE)) / SAMPLE_RATE
    assert len(ended.utterance.samples) / SAMPLE_RATE == pytest.approx(whole, abs=0.1)
    assert kinds(listening.hear(quiet(1.0), spoken(SENTENCE), quiet(1.5)))[-1] is SpeechEnded


def test_given_a_button_pressed_in_the_middle_of_speech_when_released_then_the_beginning_is_in_it(
    listening: Listening,
) -> None:
    listening.hear(quiet(1.0), spoken(SENTENCE))
    assert listening.endpointer.hold(listening.now) == []
    listening.hear(spoken(SENTENCE))
    (ended,) = listening.endpointer.release(listening.now)
    assert isinstance(ended, SpeechEnded)
    assert ended.utterance.audio_from <= NOON + 1.0


def test_given_a_button_held_in_silence_when_released_then_the_utterance_holds_no_speech(listening: Listening) -> None:
    listening.endpointer.hold(listening.now)
    listening.hear(quiet(1.0))
    (ended,) = listening.endpointer.release(listening.now)
    assert isinstance(ended, SpeechEnded)
    assert ended.utterance.voiced_s == 0.0
    assert listening.endpointer.release(listening.now) == []


def test_given_a_button_held_beyond_the_longest_when_released_then_it_ended_once(silero: SileroModel) -> None:
    listening = Listening(silero, EndpointSettings(longest_s=1.0, longest_held_s=2.0))
    listening.endpointer.hold(listening.now)
    listening.hear(spoken(SENTENCE), spoken(SENTENCE))
    assert [ended.reason for ended in listening.ended()] == [EndReason.TOO_LONG]
    assert listening.endpointer.release(listening.now) == []


def test_given_deaf_ears_when_our_own_voice_sounds_then_nothing_is_heard_until_the_time_is_over(
    listening: Listening,
) -> None:
    listening.hear(quiet(1.0))
    assert listening.endpointer.mute(until=listening.now + 3.0) == []
    assert listening.hear(spoken(SENTENCE)[:40_000], quiet(3.0 - 40_000 / SAMPLE_RATE)) == []
    listening.hear(spoken(SENTENCE), quiet(1.5))
    (ended,) = listening.ended()
    assert ended.utterance.audio_from == pytest.approx(NOON + 4.0, abs=0.01)


def test_given_deaf_ears_without_an_end_when_they_open_then_speech_is_heard(listening: Listening) -> None:
    listening.endpointer.mute()
    assert listening.hear(spoken(SENTENCE), quiet(1.5)) == []
    listening.endpointer.unmute()
    assert SpeechEnded in kinds(listening.hear(quiet(0.5), spoken(SENTENCE), quiet(1.5)))


def test_given_deaf_ears_when_the_button_is_held_then_they_open(listening: Listening) -> None:
    listening.endpointer.mute()
    listening.hear(quiet(1.0))
    listening.endpointer.hold(listening.now)
    listening.hear(spoken(SENTENCE))
    (ended,) = listening.endpointer.release(listening.now)
    assert isinstance(ended, SpeechEnded)
    assert ended.utterance.voiced_s > 1.0


def test_given_no_pre_roll_when_it_is_quiet_for_long_then_the_utterance_begins_with_the_speech(
    silero: SileroModel,
) -> None:
    listening = Listening(silero, EndpointSettings(pre_roll_s=0.0))
    listening.hear(quiet(3.0), spoken(SENTENCE), quiet(1.5))
    (ended,) = listening.ended()
    assert ended.utterance.audio_from == ended.utterance.started_at


def test_given_someone_speaking_when_the_ears_are_closed_then_what_was_said_is_told(listening: Listening) -> None:
    listening.hear(quiet(1.0), spoken(SENTENCE))
    (ended,) = listening.endpointer.mute()
    assert isinstance(ended, SpeechEnded)
    assert ended.reason is EndReason.MUTED
    assert len(ended.utterance.samples) >= len(spoken(SENTENCE))


def test_given_a_line_that_goes_silent_when_time_passes_then_the_utterance_ends(listening: Listening) -> None:
    listening.hear(quiet(1.0), spoken(SENTENCE))
    nothing = quiet(0.0)
    assert listening.endpointer.feed(nothing, listening.now + 1.0) == []
    (ended,) = listening.endpointer.feed(nothing, listening.now + 2.5)
    assert isinstance(ended, SpeechEnded)
    assert ended.reason is EndReason.STALLED
    assert listening.endpointer.feed(nothing, listening.now + 5.0) == []


def test_given_someone_speaking_when_asked_then_the_utterance_so_far_grows(listening: Listening) -> None:
    assert listening.endpointer.utterance_so_far() is None
    listening.hear(quiet(1.0), spoken(SENTENCE)[:16_000])
    first = listening.endpointer.utterance_so_far()
    listening.hear(spoken(SENTENCE)[16_000:])
    second = listening.endpointer.utterance_so_far()
    assert first and second
    assert len(second.samples) > len(first.samples) > 16_000
    assert np.array_equal(second.samples[: len(first.samples)], first.samples)


def test_given_a_reset_in_the_middle_of_speech_when_it_is_quiet_then_nothing_is_told(listening: Listening) -> None:
    listening.hear(quiet(1.0), spoken(SENTENCE))
    listening.endpointer.reset()
    assert listening.hear(quiet(2.0)) == []


@pytest.mark.parametrize(
    "contradiction",
    [{"patience_s": 0.1}, {"shortest_s": 0.0}, {"confirmed_s": 30.0}, {"pre_roll_s": -0.1}],
)
def test_given_settings_that_contradict_each_other_when_made_then_they_are_refused(
    contradiction: dict[str, float],
) -> None:
    with pytest.raises(InvalidEndpointSettings):
        EndpointSettings(**contradiction)
