"""Speaking in a terminal, as far as it goes without a microphone."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from voice.session.events import AudioClip, ReplyGiven
from voice.session.reply import SpokenReply
from voice.synthesis.clip import Clip


async def test_given_no_loudspeaker_then_replies_are_shown_all_the_same(
    assistant: Any, voice: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from assistant.speech import microphone

    def without_loudspeaker(clip: Clip) -> None:
        raise microphone.NoMicrophone

    monkeypatch.setattr(microphone, "_play", without_loudspeaker)
    terminal = microphone._Terminal(assistant, voice, assistant.start())

    await terminal._show(AudioClip(1, 2, Clip(np.ones(10, np.int16), 22_050)))
    await terminal._show(ReplyGiven(2, None, SpokenReply(("您好。",))))

    assert "您好。" in capsys.readouterr().out
