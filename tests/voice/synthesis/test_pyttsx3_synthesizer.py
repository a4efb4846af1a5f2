"""pyttsx3 on espeak-ng: what it is given to say, and what comes of it."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator

import numpy as np
import pytest

from voice.language.pinyin import syllables
from voice.synthesis.contract import SynthesisRequest, VoiceName
from voice.synthesis.pyttsx3_synthesizer import Pyttsx3Synthesizer, characters, pinyin


@pytest.fixture(scope="module")
def synthesizer() -> Iterator[Pyttsx3Synthesizer]:
    synthesizer = Pyttsx3Synthesizer()
    yield synthesizer
    synthesizer.close()


def _request(text: str, voice: VoiceName = "mandarin", speed: float = 1.0, volume: float = 1.0) -> SynthesisRequest:
    return SynthesisRequest(text, voice, speed, volume)


def _phonemes(text: str, voice: str) -> str:
    command = ["espeak-ng", "-q", "-x", "-v", voice, text]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("您好，请重新办理。", "nin2 hao3 ， qing3 chong2 xin1 ban4 li3 。"),
        ("下载PDF文件", "xia4 zai4 P D F wen2 jian4"),
        ("用随申办app", "yong4 sui2 shen1 ban4 A P P"),
        ("一个不是", "yi2 ge4 bu2 shi4"),
        ("😀好▲的\ud83d", "hao3 de5"),
        ("——", ""),
    ],
)
def test_given_a_text_when_written_for_mandarin_then_it_is_pinyin(text: str, given: str) -> None:
    assert pinyin(text) == given


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("请重新预约", "qing3 chong2 xin1 yu4 yue1"),
        ("银行行政处罚", "yin2 hang2 xing2 zheng4 chu3 fa2"),
        ("还款还没完", "huan2 kuan3 hai2 mei2 wan2"),
        ("参与和参加", "can1 yu4 he2 can1 jia1"),
        ("最长六个月", "zui4 chang2 liu4 ge4 yue4"),
        ("家长陪同", "jia1 zhang3 pei2 tong2"),
        ("申请调整额度", "shen1 qing3 tiao2 zheng3 e2 du4"),
        ("税率为百分之三", "shui4 lv4 wei2 bai3 fen1 zhi1 san1"),
        ("单位为您缴费", "dan1 wei4 wei4 nin2 jiao3 fei4"),
        ("发卡银行", "fa1 ka3 yin2 hang2"),
        ("登记的当天", "deng1 ji4 de5 dang4 tian1"),
        ("办好了结婚登记", "ban4 hao3 le5 jie2 hun1 deng1 ji4"),
        ("下载电子照片", "xia4 zai4 dian4 zi3 zhao4 pian4"),
        ("适用于护理假", "shi4 yong4 yu2 hu4 li3 jia4"),
    ],
)
def test_given_characters_of_several_readings_when_written_for_mandarin_then_ours_is_meant(
    text: str, read: str
) -> None:
    assert syllables(text) == read.split()


def test_given_a_text_when_written_for_cantonese_then_characters_stay() -> None:
    assert characters("请带PDF😀文件，好吗？") == "请带 P D F 文件 ， 好吗 ？"
    assert characters("尾号幺二三") == "尾号一二三"


def test_given_latin_letters_when_read_by_espeak_then_each_has_its_name_in_mandarin() -> None:
    phonemes = _phonemes(pinyin("编号ABCDEFGHIJKLMNOPQRSTUVWXYZ"), "cmn-latn-pinyin")

    assert len(re.findall(r"_\|", phonemes)) == 2 + 26
    assert "(en)" not in phonemes


def test_given_common_characters_when_read_by_espeak_then_none_falls_to_english() -> None:
    text = "办理居民身份证需要什么材料女绿略旅儿嗯哦呢吗二日月区局"

    assert "(en)" not in _phonemes(pinyin(text), "cmn-latn-pinyin")


@pytest.mark.parametrize("voice", ["mandarin", "cantonese"])
def test_given_a_sentence_when_spoken_then_its_length_is_plausible_and_it_is_not_silent(
    synthesizer: Pyttsx3Synthesizer, voice: VoiceName
) -> None:
    text = "请您核对以上信息，确认提交吗？"

    clip = synthesizer.speak(_request(text, voice))

    assert 13 / 6 < clip.seconds < 13 / 2.5  # between 2.5 and 6 syllables a second
    loud = np.abs(clip.samples) > 1_000
    assert loud.mean() > 0.3 and loud[: clip.rate // 5].any()


def test_given_the_same_text_when_spoken_in_turn_by_two_voices_then_each_sounds_as_before(
    synthesizer: Pyttsx3Synthesizer,
) -> None:
    voices: list[VoiceName] = ["mandarin", "cantonese", "mandarin", "cantonese"]

    first, other, again, other_again = (synthesizer.speak(_request("您好，欢迎", voice)).seconds for voice in voices)

    assert (first, other) == (pytest.approx(again, abs=0.05), pytest.approx(other_again, abs=0.05))
    assert abs(first - other) > 0.15


@pytest.mark.parametrize("text", ["", "。。", "😀", "——"])
def test_given_a_text_without_sound_when_spoken_then_the_clip_is_empty(
    synthesizer: Pyttsx3Synthesizer, text: str
) -> None:
    assert synthesizer.speak(_request(text)).seconds == 0


def test_given_speed_and_volume_when_spoken_then_they_are_heard(synthesizer: Pyttsx3Synthesizer) -> None:
    usual, slow, fast, quiet = (
        synthesizer.speak(_request("请带身份证原件", speed=speed, volume=volume))
        for speed, volume in ((1.0, 1.0), (0.7, 1.0), (1.5, 1.0), (1.0, 0.4))
    )

    assert slow.seconds > usual.seconds > fast.seconds
    assert np.abs(quiet.samples).max() < 0.6 * np.abs(usual.samples).max()


@pytest.mark.parametrize(("speed", "volume"), [(0.0, -1.0), (1e6, 1e6)])
def test_given_impossible_speed_and_volume_when_spoken_then_they_are_kept_in_bounds(
    synthesizer: Pyttsx3Synthesizer, speed: float, volume: float
) -> None:
    assert synthesizer.speak(_request("您好", speed=speed, volume=volume)).seconds > 0.2


def test_given_what_changes_the_sound_when_fingerprinted_then_the_fingerprint_changes() -> None:
    requests = [
        _request("您好"),
        _request("你好"),
        _request("您好", voice="cantonese"),
        _request("您好", speed=1.2),
        _request("您好", volume=0.5),
    ]
    synthesizers = [Pyttsx3Synthesizer(), Pyttsx3Synthesizer(rate=150), Pyttsx3Synthesizer(pitch=70)]

    fingerprints = [synthesizer.fingerprint(request) for synthesizer in synthesizers for request in requests]

    assert len(set(fingerprints)) == len(fingerprints)
    assert Pyttsx3Synthesizer().fingerprint(_request("您好")) == fingerprints[0]
