"""Synthesisers from outside: a command that writes a WAV file, a server that answers with one."""

from __future__ import annotations

import asyncio
import os
import shlex
import signal
import subprocess
from contextlib import suppress
from dataclasses import dataclass
from tempfile import TemporaryFile

from voice.synthesis.clip import BadClip, Clip
from voice.synthesis.contract import SpeechSynthesizer, SynthesisFailed, SynthesisRequest
from voice.synthesis.watchdog import watchdog

OURS = "pyttsx3"
_COMMAND = "command:"
_LARGEST_ANSWER = 32 * 2**20
_SHOWN = 200


class UnknownSynthesizer(Exception):
    """This names no synthesiser: give `pyttsx3`, `command:PROGRAM ARGUMENT…` or an http(s) address."""


def synthesizer_from(setting: str | None, time_limit: float = 5.0) -> SpeechSynthesizer | None:
    """Return the synthesiser a setting names, None for ours (`pyttsx3`, or nothing); the limit is seconds a sentence.

    Raises:
        UnknownSynthesizer: it names none.
    """
    setting = (setting or "").strip()
    if setting in ("", OURS):
        return None
    if setting.startswith(_COMMAND):
        return CommandSynthesizer(setting[len(_COMMAND) :], time_limit)
    if setting.startswith(("http://", "https://")):
        return HttpSynthesizer(setting, time_limit)
    raise UnknownSynthesizer(f"{UnknownSynthesizer.__doc__} (given: {setting})")


@dataclass(frozen=True)
class CommandSynthesizer:
    """Run a command for each sentence: text on its standard input, a WAV file on its standard output.

    `{voice}` and `{speed}` in its arguments are filled in; no shell takes part.
    """

    command: str
    time_limit: float
    """seconds a sentence"""
    at_once: int = 2

    def __post_init__(self) -> None:
        """Check that there is a program to run."""
        try:
            named = bool(shlex.split(self.command))
        except ValueError as error:
            raise UnknownSynthesizer(f"{UnknownSynthesizer.__doc__} ({error})") from error
        if not named:
            raise UnknownSynthesizer(UnknownSynthesizer.__doc__)

    @property
    def _program(self) -> str:
        return shlex.split(self.command)[0]

    def fingerprint(self, request: SynthesisRequest) -> str:
        """Return the command and the request."""
        return f"{_COMMAND}{self.command} {request}"

    def speak(self, request: SynthesisRequest) -> Clip:
        """Return what the command writes.

        Raises:
            SynthesisFailed: it cannot be started, fails, takes too long, or writes no WAV file.
        """
        filled = [
            part.replace("{voice}", request.voice).replace("{speed}", f"{request.speed:g}")
            for part in shlex.split(self.command)
        ]
        with TemporaryFile() as complaints:
            try:
                process = subprocess.Popen(
                    filled,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=complaints,
                    start_new_session=True,  # so that its children can be ended with it
                )
            except OSError as error:
                raise _failed(f"{self._program} does not start: {error.strerror}.") from error
            sound = self._output(process, request.text.encode())
            complaints.seek(0)
            said = complaints.read(_SHOWN).decode(errors="replace").strip()
        if process.returncode:
            raise _failed(f"{self._program} ended with {process.returncode}: {said}")
        return _clip(sound, request.volume)

    def _output(self, process: subprocess.Popen[bytes], text: bytes) -> bytes:
        """Return what a process writes when given a text, once it has ended."""
        assert process.stdin and process.stdout
        with process, watchdog(self.time_limit, lambda: _end_group(process)) as overdue:
            try:
                with suppress(BrokenPipeError), process.stdin:  # it need not read to the end
                    process.stdin.write(text)
                sound = process.stdout.read(_LARGEST_ANSWER + 1)
                if len(sound) <= _LARGEST_ANSWER:
                    process.wait()
            finally:
                _end_group(process)
        if overdue.is_set():
            raise _failed(f"{self._program} took longer than {self.time_limit:g} s.")
        if len(sound) > _LARGEST_ANSWER:
            raise _failed(f"{self._program} wrote more than {_LARGEST_ANSWER} bytes.")
        return sound

    def close(self) -> None:
        """Do nothing: a command ends with its sentence, or its time."""


@dataclass(frozen=True)
class HttpSynthesizer:
    """Ask a server for each sentence: JSON `{text, voice, speed}` is posted, a WAV file is the answer."""

    address: str
    time_limit: float
    """seconds a sentence, from the first byte sent to the last one received"""
    at_once: int = 4

    def fingerprint(self, request: SynthesisRequest) -> str:
        """Return the address and the request."""
        return f"{self.address} {request}"

    def speak(self, request: SynthesisRequest) -> Clip:
        """Return what the server answers.

        Raises:
            SynthesisFailed: it cannot be reached, refuses, takes too long, or answers with no WAV file.
        """
        return _clip(asyncio.run(self._answer(request)), request.volume)

    async def _answer(self, request: SynthesisRequest) -> bytes:
        import aiohttp

        asked = {"text": request.text, "voice": request.voice, "speed": request.speed}
        limit = aiohttp.ClientTimeout(total=self.time_limit)
        try:
            async with aiohttp.ClientSession(timeout=limit) as session, session.post(self.address, json=asked) as got:
                if got.status != 200:
                    raise _failed(f"{self.address} answered with status {got.status}.")
                sound = bytearray()
                async for piece in got.content.iter_chunked(65_536):
                    sound += piece
                    if len(sound) > _LARGEST_ANSWER:
                        raise _failed(f"{self.address} answered with more than {_LARGEST_ANSWER} bytes.")
                return bytes(sound)
        except asyncio.TimeoutError as error:
            raise _failed(f"{self.address} took longer than {self.time_limit:g} s.") from error
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise _failed(f"{self.address} could not be asked: {error}") from error

    def close(self) -> None:
        """Do nothing: a connection ends with its sentence."""


def _end_group(process: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def _failed(reason: str) -> SynthesisFailed:
    return SynthesisFailed(f"{SynthesisFailed.__doc__} {reason}")


def _clip(sound: bytes, volume: float) -> Clip:
    try:
        clip = Clip.from_wav(sound)
    except BadClip as error:
        raise _failed(str(error)) from error
    if not len(clip.samples):
        raise _failed("The answer holds no sound.")
    return clip.louder(volume)
