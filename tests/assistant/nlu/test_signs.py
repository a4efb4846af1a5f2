"""What a message gives away by itself."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from assistant.nlu.dialogue_cues import DialogueCues
from assistant.nlu.reading import Linking, Reading
from assistant.nlu.signs import Signs

CUES = Path(__file__).parents[3] / "data" / "texts" / "dialogue.yml"


@pytest.fixture(scope="module")
def signs() -> Signs:
    return Signs(DialogueCues.from_mapping(yaml.safe_load(CUES.read_text(encoding="utf-8"))), ("birth-allowance",))


def read(text: str, intent: str, confidence: float, **linking) -> Reading:
    return Reading(text, text, intent, confidence, Linking(**linking))


@pytest.mark.parametrize(
    ("said", "confidence", "wanted"),
    [
        ("给我转人工", 0.6, True),
        ("有没有真人可以说话", 0.6, True),
        ("我五十八，老伴六十二", 0.72, False),
        ("呼叫一下", 0.95, True),
    ],
)
def test_given_words_that_name_nobody_when_a_person_seems_wanted_then_it_takes_more(signs, said, confidence, wanted):
    assert signs.wants_person(read(said, "human", confidence)) is wanted


def test_given_an_age_when_it_is_taken_for_a_farewell_then_it_is_no_small_talk(signs):
    assert signs.chats(read("再见啦", "goodbye", 0.8))
    assert not signs.chats(read("那我爱人67岁了呢", "goodbye", 0.8))


def test_given_a_complaint_when_it_is_withdrawn_then_nothing_is_complained_of(signs):
    assert signs.complains(read("我要投诉楼上太吵", "complain", 0.9))
    assert not signs.complains(read("算了，不投诉了", "complain", 0.9))


@pytest.mark.parametrize("linking", [{"in_scope": 0.8}, {"facet": "fee", "facet_probability": 0.9}])
def test_given_a_question_for_an_item_when_it_only_may_be_harmful_then_it_is_not_refused(signs, linking):
    assert signs.harms(read("帮我弄张假证", "harmful", 0.8))
    assert not signs.harms(read("签注多少钱", "harmful", 0.8, **linking))


@pytest.mark.parametrize(
    "said",
    [
        "那你给我办一个嘛",
        "帮我申请一下，成不",
        "开一份无犯罪记录证明，去澳洲用",
        "签注居住证",
        "赶紧给我挂失",
        "想约个时间去大厅",
    ],
)
def test_given_a_wish_that_sounds_like_a_question_when_read_then_it_is_wanted_now(signs, said):
    assert signs.applies(read(said, "ask", 0.6), "birth-allowance")
