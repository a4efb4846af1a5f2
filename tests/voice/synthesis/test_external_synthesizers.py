"""Synthesisers from outside: a real command, a real server, and how both fail."""

from __future__ import annotations

import json
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import numpy as np
import psutil
import pytest

from voice.synthesis.clip import Clip
from voice.synthesis.contract import SynthesisFailed, SynthesisRequest
from voice.synthesis.external_synthesizers import (
    CommandSynthesizer,
    HttpSynthesizer,
    UnknownSynthesizer,
    synthesizer_from,
)

_REQUEST = SynthesisRequest("您好，请带身份证。", "mandarin", 1.5, 0.5)
_WAV = Clip(np.full(8_000, 1_000, np.int16), 16_000).wav
_LIMIT = 0.5


class _SpeechServer(BaseHTTPRequestHandler):
    """Answer by the path asked for."""

    asked: list[dict[str, object]] = []
    leave = threading.Event()

    def do_POST(self) -> None:
        self.asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        if self.path == "/stall":
            self.leave.wait(10)
        elif self.path == "/cut":
            self._begin(200, len(_WAV))
            self.wfile.write(_WAV[:100])
        elif self.path == "/drip":
            self._begin(200, len(_WAV))
            while not self.leave.wait(0.05):
                self.wfile.write(b"R")
        else:
            status, answer = {
                "/tts": (200, _WAV),
                "/fail": (500, b"out of order"),
                "/page": (200, b"<html>hello</html>" * 50),
                "/silent": (200, Clip(np.zeros(0, np.int16), 16_000).wav),
                "/empty": (200, b""),
            }[self.path]
            self._begin(status, len(answer))
            self.wfile.write(answer)

    def _begin(self, status: int, size: int) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(size))
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


class _QuietServer(ThreadingHTTPServer):
    def handle_error(self, *_: object) -> None:  # callers that left are what these tests are about
        pass


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    server = _QuietServer(("127.0.0.1", 0), _SpeechServer)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    _SpeechServer.leave.set()
    server.shutdown()
    thread.join()
    server.server_close()


def _command(code: str) -> CommandSynthesizer:
    return CommandSynthesizer(f"{sys.executable} -c '{code}'", _LIMIT)


def test_given_a_setting_when_read_then_it_names_a_synthesiser() -> None:
    assert synthesizer_from(None) is synthesizer_from("") is synthesizer_from(" pyttsx3 ") is None
    assert synthesizer_from("command:piper --model x --output_file -", 2.0) == CommandSynthesizer(
        "piper --model x --output_file -", 2.0
    )
    assert synthesizer_from("http://127.0.0.1:5500/tts", 2.0) == HttpSynthesizer("http://127.0.0.1:5500/tts", 2.0)


@pytest.mark.parametrize("setting", ["piper", "command:", "command: ", "command:'piper", "ftp://x/tts"])
def test_given_a_setting_that_names_none_when_read_then_it_is_refused(setting: str) -> None:
    with pytest.raises(UnknownSynthesizer, match="pyttsx3"):
        synthesizer_from(setting)


def test_given_a_real_command_when_spoken_then_its_sound_comes() -> None:
    quiet, loud = (
        CommandSynthesizer("espeak-ng --stdout -v sit/yue", 5.0).speak(
            SynthesisRequest("您好，欢迎", "cantonese", 1.0, volume)
        )
        for volume in (0.3, 1.0)
    )

    assert 1 < quiet.seconds == loud.seconds < 3
    assert np.abs(quiet.samples).max() == pytest.approx(0.3 * np.abs(loud.samples).max(), rel=0.01)


def test_given_voice_and_speed_in_a_command_when_spoken_then_they_are_filled_in_without_a_shell() -> None:
    code = 'import sys; sys.exit(" ".join(sys.argv[1:]) + sys.stdin.read())'
    command = CommandSynthesizer(f"{sys.executable} -c '{code}' {{voice}} --speed={{speed}} $HOME", 5.0)

    with pytest.raises(SynthesisFailed, match=r"mandarin --speed=1.5 \$HOME您好，请带身份证。"):
        command.speak(_REQUEST)


@pytest.mark.parametrize(
    ("command", "reason"),
    [
        (CommandSynthesizer("no-such-program", _LIMIT), "no-such-program does not start"),
        (CommandSynthesizer("false", _LIMIT), "ended with 1"),
        (CommandSynthesizer("echo rubbish", _LIMIT), "16-bit"),
        (CommandSynthesizer("true", _LIMIT), "16-bit"),
        (CommandSynthesizer("sleep 30", _LIMIT), "longer than 0.5 s"),
        (CommandSynthesizer("sh -c 'sleep 30 | cat'", _LIMIT), "longer than 0.5 s"),
        (_command('print("x" * 40_000_000)'), "more than"),
        (_command('import sys; sys.stdin.close(); sys.exit("out of memory" * 9)'), "out of memory"),
        (_command("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)"), "ended with -11"),
    ],
    ids=["missing", "fails", "rubbish", "empty", "stalls", "stalls in a child", "endless", "complains", "crashes"],
)
def test_given_a_command_that_fails_when_spoken_then_the_reason_is_told_in_time(
    command: CommandSynthesizer, reason: str
) -> None:
    started = time.monotonic()

    with pytest.raises(SynthesisFailed, match=reason):
        command.speak(_REQUEST)

    assert time.monotonic() - started < _LIMIT + 1
    assert not [child for child in psutil.Process().children(recursive=True) if "sleep" in child.name()]


def test_given_a_command_that_reads_nothing_when_given_a_long_text_then_its_sound_still_comes() -> None:
    code = f'import sys; sys.stdin.close(); sys.stdout.buffer.write(bytes.fromhex("{_WAV[:1_044].hex()}"))'
    request = SynthesisRequest("长" * 100_000, "mandarin", 1.0, 1.0)

    assert CommandSynthesizer(f"{sys.executable} -c '{code}'", 5.0).speak(request).seconds == pytest.approx(
        1_000 / 32_000
    )


def test_given_a_server_when_spoken_then_it_is_told_what_to_say_and_its_sound_comes(server: str) -> None:
    clip = HttpSynthesizer(f"{server}/tts", _LIMIT).speak(_REQUEST)

    assert (clip.rate, clip.seconds, clip.samples[0]) == (16_000, 0.5, 500)
    assert _SpeechServer.asked[-1] == {"text": "您好，请带身份证。", "voice": "mandarin", "speed": 1.5}


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/fail", "status 500"),
        ("/page", "16-bit"),
        ("/silent", "no sound"),
        ("/empty", "16-bit"),
        ("/cut", "could not be asked"),
        ("/stall", "longer than 0.5 s"),
        ("/drip", "longer than 0.5 s"),
    ],
)
def test_given_a_server_that_fails_when_spoken_then_the_reason_is_told_in_time(
    server: str, path: str, reason: str
) -> None:
    started = time.monotonic()

    with pytest.raises(SynthesisFailed, match=reason):
        HttpSynthesizer(f"{server}{path}", _LIMIT).speak(_REQUEST)

    assert time.monotonic() - started < _LIMIT + 1


@pytest.mark.parametrize("address", ["http://127.0.0.1:9/tts", "http://", "http://[::1"])
def test_given_an_address_without_a_server_when_spoken_then_it_fails(address: str) -> None:
    with pytest.raises(SynthesisFailed, match="could not be asked"):
        HttpSynthesizer(address, _LIMIT).speak(_REQUEST)
