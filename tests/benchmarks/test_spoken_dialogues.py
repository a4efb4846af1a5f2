"""The dialogues that are said, how they are counted, and that nothing leaves the machine meanwhile."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
import yaml

from benchmarks.dialogue_player import Played, number_answers
from benchmarks.offline import blocked_network, is_outside
from benchmarks.spoken_dialogues import FILE, group_details, group_figures

DATA = Path(__file__).resolve().parents[2] / "data"
DIALOGUES = yaml.safe_load(FILE.read_text(encoding="utf-8"))["dialogues"]


def played(submitted: bool, wrong: int = 0, noise_db: float | None = None) -> Played:
    return Played("", 150, noise_db, "办证", submitted, wrong, ("flow_asked",), ("办证",))


def test_given_the_dialogues_then_no_wish_stands_in_what_anything_is_trained_or_measured_on():
    texts = [path.read_text(encoding="utf-8") for path in DATA.rglob("*.yml")]

    assert len(DIALOGUES) >= 10
    assert not [turns[0] for turns in DIALOGUES if any(turns[0] in text for text in texts)]


def test_given_the_dialogues_then_every_turn_can_be_said():
    from benchmarks.spoken_clips import said

    for text in (text for turns in DIALOGUES for text in turns):
        words = said(text)
        assert len(words.spoken.replace(",", "").split()) == len(words.text)


def test_given_played_dialogues_when_counted_then_failures_and_wrong_ones_are_told_apart():
    failed, wrong = group_figures(
        "trained voices", [played(True), played(True, wrong=1), played(False)] + [played(True)]
    )

    assert (failed.value, failed.passed) == (25.0, False)
    assert (wrong.value, wrong.passed) == (1, False)


def test_given_played_dialogues_when_split_then_each_share_has_its_interval():
    details = group_details([played(True), played(False, noise_db=20.0)])

    assert details["submitted"]["noise_db"]["quiet"]["submitted"] == 1
    assert details["submitted"]["noise_db"]["noise at 20 dB"]["high"] < 1.0
    assert details["statuses"] == {"flow_asked": 2}
    assert len(details["failed"]) == 1


@pytest.mark.parametrize(
    ("said", "spoken", "still_asked", "next_said"),
    [
        ("找工作用的", ["请问手机号是多少？"], True, []),
        ("幺三九零零零零五六七八", ["请说说您要留的话。"], False, []),
        ("幺三九零零零零五六七八", ["您说的手机号是13900005678，", "对吗？"], True, ["对"]),
        ("幺三九零零零零五六七八", ["您说的手机号是13900005676，对吗？"], True, ["不对", "幺三九零零零零五六七八"]),
        ("幺三九零零零零五六七八", ["我听到了 10 位，手机号是 11 位。"], True, ["幺三九零零零零五六七八"]),
    ],
)
def test_a_citizen_makes_sure_of_a_number_that_was_said(said, spoken, still_asked, next_said):
    assert number_answers(said, spoken, still_asked) == next_said


@pytest.mark.parametrize(
    ("host", "outside"),
    [("127.0.0.1", False), ("::1", False), ("localhost", False), (None, False), (b"example.org", True)]
    + [("10.0.0.1", True), ("huggingface.co", True)],
)
def test_a_host_is_outside_unless_it_is_this_machine(host, outside):
    assert is_outside(host) is outside


def test_given_a_blocked_network_then_what_is_tried_is_refused_and_counted_and_this_machine_is_reached():
    with socket.create_server(("127.0.0.1", 0)) as server, blocked_network() as refused:
        socket.create_connection(server.getsockname()).close()
        with pytest.raises(OSError, match="blocked"):
            socket.create_connection(("192.0.2.1", 9), timeout=1)

    assert len(refused) == 1
    assert "192.0.2.1" in refused[0]
