"""The citizen's routes around ratings, on a real server."""

from __future__ import annotations

import pytest

from storage.follow_ups import FollowUps
from storage.ratings import Ratings

pytestmark = pytest.mark.server


@pytest.fixture
def asked(server):
    """A citizen who got an answer and said goodbye, and the question that came then."""
    citizen = server.talk()
    citizen.say("身份证丢了怎么补办")
    citizen.say("谢谢，再见")
    (question,) = [event["payload"] for event in citizen.events() if event["type"] == "rating-asked"]
    return citizen, question


def rate(citizen, body, token=None):
    path = f"/api/conversations/{citizen.id}/ratings"
    return citizen.server.call("POST", path, body, token or citizen.token)


def given(citizen):
    return [event["payload"] for event in citizen.events() if event["type"] == "rated"]


def test_given_a_goodbye_when_the_level_is_sent_twice_then_it_is_kept_and_told_once(asked):
    citizen, question = asked
    body = {"rating_id": question["rating_id"], "level": 5}

    first, second = rate(citizen, body), rate(citizen, body)

    assert (first.status, second.status) == (200, 200)
    assert first.json["label"] == "非常满意" and [one["type"] for one in first.json["events"]] == ["rated"]
    assert second.json["events"] == []
    assert [one["level"] for one in given(citizen)] == [5]


def test_given_a_low_level_when_reasons_and_a_comment_follow_then_they_are_kept_masked_and_followed_up(asked, storage):
    citizen, question = asked
    rate(citizen, {"rating_id": question["rating_id"], "level": 1})

    answer = rate(
        citizen,
        {"rating_id": question["rating_id"], "level": 1, "reasons": ["time"], "comment": "请回电13812345678"},
    )

    assert "前请专人处理" in answer.json["thanks"]
    kept = Ratings(storage).get(question["rating_id"], citizen.id).given
    assert (kept.level, kept.reasons, kept.comment) == (1, ("time",), "请回电[手机号1]")
    assert [one for one in FollowUps(storage).pending() if one.rating.id == question["rating_id"]]
    assert "13812345678" not in str(citizen.events())


def test_given_a_comment_cut_off_within_an_emoji_when_it_is_sent_then_the_rest_is_kept(asked, storage):
    citizen, question = asked

    answer = rate(citizen, {"rating_id": question["rating_id"], "level": 2, "comment": "等太久\ud83d"})

    assert answer.status == 200
    assert Ratings(storage).get(question["rating_id"], citizen.id).given.comment == "等太久"


@pytest.mark.parametrize(
    "wrong",
    [
        {"level": 6},
        {"level": "5"},
        {"level": True},
        {},
        {"level": 1, "reasons": ["attitude"]},
        {"level": 1, "reasons": "time"},
        {"level": 1, "comment": "长" * 301},
    ],
)
def test_given_bad_input_when_it_is_sent_then_a_sentence_says_so_and_nothing_is_kept(asked, storage, wrong):
    citizen, question = asked

    answer = rate(citizen, {"rating_id": question["rating_id"], **wrong})

    assert answer.status == 400 and answer.json["message"]
    assert Ratings(storage).get(question["rating_id"], citizen.id).given is None


def test_given_a_rating_of_another_conversation_when_it_is_sent_then_it_is_not_found(server, asked):
    _, question = asked
    stranger = server.talk()

    assert rate(stranger, {"rating_id": question["rating_id"], "level": 5}).status == 404
    assert rate(stranger, {"rating_id": question["rating_id"], "level": 5}, token="wrong").status == 403


def test_given_a_question_when_its_answer_is_said_then_the_reply_thanks_and_the_card_hears_of_it(asked):
    citizen, question = asked

    assert citizen.say("很满意")["status"] == "rated"

    assert [(one["rating_id"], one["level"]) for one in given(citizen)] == [(question["rating_id"], 5)]


def test_given_an_answer_when_the_citizen_ends_the_conversation_then_it_is_asked_once(server):
    citizen = server.talk()
    citizen.say("身份证丢了怎么补办")
    path = f"/api/conversations/{citizen.id}/end"

    first = server.call("POST", path, {}, citizen.token)
    second = server.call("POST", path, {}, citizen.token)

    assert [event["type"] for event in first.json["events"]] == ["rating-asked"]
    assert second.json["events"] == []


def test_given_nothing_was_answered_when_the_citizen_ends_the_conversation_then_nothing_is_asked(server):
    citizen = server.talk()

    assert server.call("POST", f"/api/conversations/{citizen.id}/end", {}, citizen.token).json == {"events": []}
