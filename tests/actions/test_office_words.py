"""Fixed words about one's applications."""

from __future__ import annotations

import pytest

from actions.office_words import OfficeWords


@pytest.fixture(scope="module")
def words(data):
    return OfficeWords.load(data / "texts" / "office_words.yml")


@pytest.mark.parametrize(
    "said",
    [
        "催一下",
        "帮我催一下",
        "催办",
        "麻烦帮我催催我的申请吧！",
        "能不能催一下办件",
        "催催我那个件",
        "20261123-0000019 催一下",
        "幫我催一下",
    ],
)
def test_given_a_reminder_when_it_is_said_anyhow_then_it_is_understood(words, said):
    assert words.reminds_of_application(said) and words.names_reminder(said)


@pytest.mark.parametrize("said", ["能不能快点", "可以快一点吗", "你们能不能办快点啊", "请尽快处理", "那能快点吗"])
def test_given_a_wish_for_speed_when_it_names_nothing_then_it_is_one(words, said):
    assert words.wants_it_sooner(said) and not words.reminds_of_application(said)


@pytest.mark.parametrize(
    "said", ["补正", "现在补正", "补材料", "我来补充材料", "好的，补正吧", "20261123-0000019 补正"]
)
def test_given_the_beginning_of_an_answer_when_it_is_said_then_it_is_one(words, said):
    assert words.begins_supplement(said)


@pytest.mark.parametrize(
    "said",
    [
        "补办身份证",
        "我要补一张社保卡",
        "快递",
        "护照加急能不能快点",
        "房东催我改地址",
        "好",
        "慢",
        "能办吗",
        "怎么补正材料",
    ],
)
def test_given_other_business_when_it_has_such_words_in_it_then_it_is_left_to_the_dialogue(words, said):
    understood = words.reminds_of_application(said), words.wants_it_sooner(said), words.begins_supplement(said)
    assert understood == (False, False, False)
