"""What a client says of itself decides how a session begins; nonsense decides nothing."""

from __future__ import annotations

from assistant.speech.hello import ELDER_ONE_MOMENT_S, Hello
from assistant.speech.manner import ELDER_SPEED, Manner


def test_given_nothing_but_hello_then_it_is_a_hands_free_session_in_pcm_at_the_usual_pace() -> None:
    hello = Hello.of({"type": "hello"})

    assert (hello.hands_free, hello.voice_out) == (True, True)
    assert not any((hello.half_duplex, hello.elder, hello.hall, hello.opus))
    assert hello.manner == Manner()


def test_given_an_elderly_citizen_then_speech_is_slower_and_they_are_waited_for() -> None:
    hello = Hello.of({"elder": True})

    assert hello.manner == Manner(ELDER_SPEED)
    assert hello.settings(500).one_moment_after == ELDER_ONE_MOMENT_S


def test_given_a_pace_then_it_goes_before_that_of_the_elderly() -> None:
    assert Hello.of({"elder": True, "speed": 1.2, "volume": 0.5}).manner == Manner(1.2, 0.5)
    assert Hello.of({"elder": True, "speed": "fast"}).manner == Manner(ELDER_SPEED)


def test_given_a_wish_to_look_first_then_what_is_understood_is_only_shown() -> None:
    assert Hello.of({"review": True}).settings(500).reviews
    assert not Hello.of({"review": "yes"}).settings(500).reviews


def test_given_a_kiosk_in_a_hall_with_opus_then_it_is_known() -> None:
    hello = Hello.of({"hall": True, "format": "opus", "mode": "hold", "half_duplex": True, "voice": False})

    assert (hello.hall, hello.opus, hello.half_duplex) == (True, True, True)
    assert (hello.hands_free, hello.voice_out) == (False, False)
    assert hello.settings(7).longest_text == 7
