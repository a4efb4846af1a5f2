"""A spoken dialogue without a microphone: clips in, replies as text and sound out, with the time each stage took."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from actions.reply import Choice
from actions.status import AnswerStatus
from actions.texts import Texts
from assistant.batch import opened
from assistant.citizen.awaited import awaited
from assistant.settings import Settings
from assistant.speech.expectations import expectation
from assistant.speech.number_check import NumberCheck
from assistant.speech.read_back import Said
from assistant.speech.spoken_reply import spoken_reply
from assistant.speech.voice import Voice
from voice.audio import AudioTooLong, EmptyAudio, UnreadableAudio, decode
from voice.endpointing.settings import EndpointSettings
from voice.endpointing.whole_speech import speech_in
from voice.language.expectation import Expectation
from voice.recognition.whisper_model import folder_of
from voice.synthesis.clip import joined
from voice.synthesis.contract import SynthesisFailed, SynthesizerBusy


def talk(settings: Settings, clips: Sequence[Path], out: Path, identity: str | None) -> Iterator[dict[str, Any]]:
    """Say each clip as a turn of one conversation; yield a record a turn and write its reply as a WAV file.

    A clip that cannot be read, or in which nothing is understood, is a turn too, which the assistant never hears of.

    Raises:
        NoSpeechModel: the recogniser that is set is not there.
    """
    folder_of(settings.recognizer.model, settings.speech_models)  # told before minutes of loading
    out.mkdir(parents=True, exist_ok=True)
    with opened(settings) as assistant:
        voice = Voice.open(settings, assistant.services)
        try:
            conversation = assistant.start(assistant.demo_identity(identity) if identity else None)
            dialogue = Dialogue(assistant, voice, conversation)
            for number, path in enumerate(clips, start=1):
                assistant.services.connector.advance()
                yield dialogue.turn(number, path, out)
        finally:
            voice.close()


class Dialogue:
    """One spoken conversation, turn by turn."""

    def __init__(self, assistant: Any, voice: Voice, conversation_id: str) -> None:
        """Keep the parts."""
        self._assistant = assistant
        self._voice = voice
        self._conversation_id = conversation_id
        self._texts = Texts.load(assistant.settings.data / "texts" / "speech.yml")
        self._choices: tuple[Choice, ...] = ()
        self._check = NumberCheck(assistant.services, self._texts, conversation_id)

    def turn(self, number: int, clip: Path, out: Path) -> dict[str, Any]:
        """Take a clip as a turn and return its record (docs/interfaces.md)."""
        stages: dict[str, float] = {}
        record: dict[str, Any] = {"turn": number, "clip": clip.name, "stages_ms": stages}
        began = time.perf_counter()
        try:
            audio = speech_in(decode(clip.read_bytes()))
        except (UnreadableAudio, EmptyAudio, AudioTooLong, OSError) as error:
            return {**record, **self._not_heard("", 0.0), "error": str(error), "audio": None}
        stages["find_speech"] = _since(began)
        began = time.perf_counter()
        heard = self._voice.transcribe_now(audio, self._expected())
        stages["recognise"] = _since(began)
        began = time.perf_counter()
        if heard.text:
            record |= self._taken(Said(heard.text, heard.confidence))
        else:
            record |= self._not_heard(heard.doubt.value if heard.doubt else "", heard.confidence)
        stages["answer"] = _since(began)
        record["audio"] = self._spoken(record["spoken"], out / f"reply-{number}.wav", stages)
        # The silence that ends an utterance is waited for before anything is done.
        stages["end_of_speech"] = 1000.0 * EndpointSettings().patience_s
        stages["first_sound"] = round(sum(stages[name] for name in _UNTIL_FIRST_SOUND), 1)
        return record

    def _expected(self) -> Expectation:
        services = self._assistant.services
        return expectation(awaited(services, self._conversation_id), [choice.label for choice in self._choices])

    def _taken(self, heard: Said) -> dict[str, Any]:
        """Make sure of a number, or have a turn answered."""
        said = self._check(heard)
        if isinstance(said, Said):
            return self._answered(said.text, said.confidence)
        return {
            "heard": _DIGIT.sub("*", heard.text),
            "heard_confidence": round(heard.confidence, 3),
            "status": AnswerStatus.FLOW_ASKED.value,
            "text": "".join(said.sentences),
            "spoken": list(said.sentences),
        }

    def _answered(self, text: str, confidence: float) -> dict[str, Any]:
        from assistant.citizen.wire import reply_payload, reply_record

        answered = asyncio.run(self._assistant.turn(self._conversation_id, text, confidence))
        self._choices = answered.reply.choices
        payload = reply_payload(answered.reply, answered.latency_ms)
        said = spoken_reply(self._assistant.services, self._texts, self._conversation_id, payload)
        told = {"heard": answered.heard, "heard_confidence": round(confidence, 3), "spoken": list(said.sentences)}
        return {**told, **reply_record(answered.reply, answered.latency_ms)}

    def _not_heard(self, why: str, confidence: float) -> dict[str, Any]:
        text = self._texts("notices_say_again")
        return {
            "heard": "",
            "heard_confidence": round(confidence, 3),
            "doubt": why or None,
            "status": AnswerStatus.NOT_UNDERSTOOD.value,
            "text": text,
            "spoken": [text],
        }

    def _spoken(self, sentences: Sequence[str], path: Path, stages: dict[str, float]) -> str | None:
        """Say the sentences into a file and return its path; None where there is no voice, and they can be read."""
        began, clips = time.perf_counter(), []
        try:
            for sentence in sentences:
                clips.append(self._voice.synthesizer.say(sentence))
                stages.setdefault("speak_first_sentence", _since(began))
        except (SynthesisFailed, SynthesizerBusy):
            return None
        finally:
            stages.setdefault("speak_first_sentence", 0.0)
            stages["speak"] = _since(began)
        path.write_bytes(joined(clips).wav)
        return str(path)


_DIGIT = re.compile(r"\d")
_UNTIL_FIRST_SOUND = ("end_of_speech", "recognise", "answer", "speak_first_sentence")


def _since(began: float) -> float:
    return round((time.perf_counter() - began) * 1000.0, 1)
