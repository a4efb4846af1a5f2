"""A number that was said passes only when it was surely heard, was typed, or was said to be right."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.flows.number_fields import BankAccount, ChineseIdNumber, ChineseMobile, NumberType
from actions.flows.steps import Expected, Phase
from actions.texts import Texts
from assistant.speech.read_back import ReadBack, Said
from assistant.speech.spoken_digits import asks_for_number, must_be_typed
from voice.language.expectation import ExpectationKind
from voice.language.spoken_form import spoken_form
from voice.session.reply import SpokenReply

MOBILE, OTHER_MOBILE = "13800138000", "13900139000"
ID_NUMBER = "11010519491231002X"
SURE, UNSURE = 0.995, 0.9
TEXTS = Texts.load(Path(__file__).parents[3] / "data" / "texts" / "speech.yml")


def asked(kind: NumberType, field: str = "phone") -> Expected:
    return Expected("item", Phase.ASK, field, kind.name, (), kind.personal, kind)


CONFIRMING = Expected("item", Phase.CONFIRM)
PHONE, ID, CARD = asked(ChineseMobile()), asked(ChineseIdNumber(), "id"), asked(BankAccount(), "card")


@pytest.fixture
def check() -> ReadBack:
    return ReadBack(TEXTS, lambda text: text.strip("。") in ("对", "是的"))


@pytest.fixture
def in_a_hall(check: ReadBack) -> ReadBack:
    check.hall = True
    return check


def said(text: str, confidence: float = SURE, typed: bool = False) -> Said:
    return Said(text, confidence, typed)


def question(answer: Said | SpokenReply) -> str:
    assert isinstance(answer, SpokenReply)
    return "".join(answer.sentences)


def test_given_a_number_surely_heard_then_it_passes_as_it_was_said(check: ReadBack) -> None:
    heard = said(f"我的手机号是{MOBILE}。")

    assert check.take(heard, PHONE) is heard


def test_given_pauses_within_a_number_surely_heard_then_it_passes_as_it_would_be_typed(check: ReadBack) -> None:
    assert check.take(said("138，0013，8000"), PHONE) == said(MOBILE)


def test_given_a_number_corrected_at_the_confirmation_then_it_is_read_back_and_a_yes_gives_the_correction(
    check: ReadBack,
) -> None:
    answer = check.take(said("不对，手机号改成139，0013，9000", UNSURE), CONFIRMING, PHONE)

    assert question(answer) == f"您说的手机号是{OTHER_MOBILE}，对吗？"
    assert answer.read_back == "139 0013 9000"
    assert check.take(said("对"), CONFIRMING, PHONE) == Said(f"不对，手机号改成{OTHER_MOBILE}", 1.0)
    assert check.take(said("对"), CONFIRMING, None) == said("对"), "the next yes is for the confirmation"


def test_given_a_correction_misheard_then_the_number_alone_is_enough_afterwards(check: ReadBack) -> None:
    check.take(said(f"手机号改成{MOBILE}", UNSURE), CONFIRMING, PHONE)
    again = check.take(said("不对"), CONFIRMING, PHONE)
    few = check.take(said("1390013", UNSURE), CONFIRMING, PHONE)
    check.take(said(OTHER_MOBILE, UNSURE), CONFIRMING, PHONE)

    assert question(again) == "好的，请把手机号一位一位再说一遍。"
    assert question(few).startswith("我听到了 7 位，手机号是 11 位")
    assert check.take(said("是的"), CONFIRMING, PHONE) == Said(f"手机号改成{OTHER_MOBILE}", 1.0)


def test_given_a_correction_surely_heard_then_it_passes_as_it_was_said(check: ReadBack) -> None:
    heard = said(f"手机号改成{OTHER_MOBILE}")

    assert check.take(heard, CONFIRMING, PHONE) is heard
    assert check.take(said("手机号改成139，0013，9000"), CONFIRMING, PHONE) == heard


def test_given_other_words_after_a_correction_then_the_field_is_forgotten_too(check: ReadBack) -> None:
    check.take(said("手机号改成1390013", UNSURE), CONFIRMING, PHONE)
    check.take(said("先等一下"), CONFIRMING, PHONE)

    assert (check.so_far.field, check.so_far.text) == (None, "")


def test_given_a_correction_before_the_confirmation_then_it_is_read_back_too(check: ReadBack) -> None:
    purpose = Expected("item", Phase.ASK, "purpose", "choice", ("出国", "求职"))

    assert OTHER_MOBILE in question(check.take(said(f"手机号改成{OTHER_MOBILE}", UNSURE), purpose, PHONE))


def test_given_a_hall_then_an_id_number_is_not_taken_whatever_is_asked(in_a_hall: ReadBack) -> None:
    heard = said(f"我是张三，身份证号是{ID_NUMBER}")

    for stands in (None, PHONE, CONFIRMING):
        answer = in_a_hall.take(heard, stands)
        assert question(answer).startswith("身份证号请不要说出来，需要时我会请您用键盘输入")
        assert not answer.by_keypad
    corrected = in_a_hall.take(heard, CONFIRMING, ID)
    assert (question(corrected).startswith("身份证号请不要说出来，请用屏幕"), corrected.by_keypad) == (True, True)


def test_given_no_number_is_asked_then_anything_passes(check: ReadBack) -> None:
    heard = said("我的手机号是138", UNSURE)

    assert check.take(heard, None) is heard


def test_given_a_number_not_surely_heard_then_it_is_read_back_digit_by_digit(check: ReadBack) -> None:
    answer = check.take(said("我的手机号是138 0013 8000", UNSURE), PHONE)

    assert question(answer) == "您说的手机号是13800138000，对吗？"
    assert "幺三八，零零幺三，八零零零" in spoken_form(question(answer))
    assert (answer.read_back, answer.choices) == ("138 0013 8000", ("对", "不对"))
    assert answer.expectation.kind is ExpectationKind.yes_no


@pytest.mark.parametrize("typed", [False, True])
def test_given_a_yes_then_the_number_passes_as_sure(check: ReadBack, typed: bool) -> None:
    check.take(said(MOBILE, UNSURE), PHONE)

    assert check.take(said("对。", UNSURE, typed), PHONE) == Said(MOBILE, 1.0, typed)
    assert check.take(said("对。"), PHONE) == said("对。"), "the number passes once"


@pytest.mark.parametrize("no", ["不对", "不是。", "错了", "不不不", "听错了"])
def test_given_a_no_then_it_is_asked_for_again_and_the_number_is_gone(check: ReadBack, no: str) -> None:
    check.take(said(MOBILE, UNSURE), PHONE)
    again = check.take(said(no), PHONE)

    assert question(again) == "好的，请把手机号一位一位再说一遍。"
    assert again.expectation.length == 11
    assert check.take(said("对"), PHONE) == said("对")


def test_given_another_number_instead_of_a_yes_then_that_one_is_read_back(check: ReadBack) -> None:
    check.take(said(MOBILE, UNSURE), PHONE)
    answer = check.take(said(f"不对，是{OTHER_MOBILE}", UNSURE), PHONE)

    assert OTHER_MOBILE in question(answer)
    assert check.take(said("对"), PHONE) == Said(OTHER_MOBILE, 1.0)


@pytest.mark.parametrize("words", ["取消", "转人工", "为什么要手机号", "我的手机号没有带"])
def test_given_other_words_instead_of_a_yes_then_they_pass_and_the_number_is_dropped(
    check: ReadBack, words: str
) -> None:
    check.take(said(MOBILE, UNSURE), PHONE)

    assert check.take(said(words), PHONE) == said(words)
    assert check.take(said("对"), PHONE) == said("对")


def test_given_another_field_is_asked_by_now_then_a_yes_is_not_for_the_number(check: ReadBack) -> None:
    check.take(said(MOBILE, UNSURE), PHONE)

    assert check.take(said("对"), CARD) == said("对")
    check.take(said(MOBILE, UNSURE), PHONE)
    assert check.take(said("对"), None) == said("对")
    assert check.take(said("对"), PHONE) == said("对")


@pytest.mark.parametrize(
    ("expected", "heard", "told"),
    [
        (PHONE, "138001380", "我听到了 9 位，手机号是 11 位，请一位一位再说一遍。"),
        (PHONE, "138，0013，80000", "我听到了 12 位，手机号是 11 位，请一位一位再说一遍。"),
        (PHONE, "手机号1380013", "我听到了 7 位，手机号是 11 位，请一位一位再说一遍。"),
        (PHONE, "138。", "我听到了 3 位，手机号是 11 位，请一位一位再说一遍。"),
        (ID, "11010519491231002", "我听到了 17 位，身份证号是 18 位，请一位一位再说一遍。"),
        (CARD, "622202123456789", "我听到了 15 位，银行卡号是 16 到 19 位，请一位一位再说一遍。"),
    ],
)
def test_given_a_wrong_count_of_digits_then_it_is_told_however_sure(
    check: ReadBack, expected: Expected, heard: str, told: str
) -> None:
    answer = check.take(said(heard), expected)

    assert question(answer) == told
    assert answer.expectation.kind is ExpectationKind.digits
    assert check.take(said("对"), expected) == said("对")


def test_given_the_country_is_said_too_then_its_digits_do_not_count(check: ReadBack) -> None:
    heard = said(f"86{MOBILE}")

    assert check.take(heard, PHONE) is heard


def test_given_two_failures_in_a_row_then_typing_is_offered_and_after_a_number_no_more(check: ReadBack) -> None:
    check.take(said(MOBILE, UNSURE), PHONE)
    first = question(check.take(said("不对"), PHONE))
    second = question(check.take(said("138001"), PHONE))
    check.take(said(MOBILE), PHONE)
    third = question(check.take(said("138001"), PHONE))

    assert ["键盘" in one for one in (first, second, third)] == [False, True, False]


@pytest.mark.parametrize("text", [MOBILE, "138001", "1", "我的手机号是1380", "算了"])
def test_given_a_typed_answer_then_it_passes(check: ReadBack, text: str) -> None:
    typed = said(text, 1.0, typed=True)

    assert check.take(typed, PHONE) is typed


@pytest.mark.parametrize("words", ["110", "快打120", "转12345", "我2023年换过号码", "第2个", "有3个人晕倒了"])
@pytest.mark.parametrize("hall", [False, True])
@pytest.mark.parametrize("expected", [PHONE, ID])
def test_given_a_hotline_or_an_amount_then_it_is_no_such_number(
    check: ReadBack, words: str, hall: bool, expected: Expected
) -> None:
    check.hall = hall
    heard = said(words, UNSURE)

    assert check.take(heard, expected) is heard


def test_given_the_more_digits_then_the_surer_each_must_be(check: ReadBack) -> None:
    assert isinstance(check.take(said(MOBILE, 0.992), PHONE), Said)
    assert isinstance(check.take(said(ID_NUMBER, 0.992), ID), SpokenReply)


@pytest.mark.parametrize(
    ("expected", "number", "shown"),
    [(ID, ID_NUMBER, "110105 1949 1231 002X"), (CARD, "6222020000000000018", "6222 0200 0000 0000 018")],
)
def test_given_a_long_number_then_its_groups_are_shown(
    check: ReadBack, expected: Expected, number: str, shown: str
) -> None:
    answer = check.take(said(number, UNSURE), expected)

    assert number in question(answer)
    assert answer.read_back == shown


def test_given_a_hall_then_a_number_is_shown_and_not_read_aloud(in_a_hall: ReadBack) -> None:
    answer = in_a_hall.take(said(MOBILE, UNSURE), PHONE)

    assert question(answer) == "我听到的手机号显示在屏幕上，请您看一下，对吗？"
    assert (answer.read_back, answer.by_keypad) == ("138 0013 8000", False)
    assert in_a_hall.take(said("对"), PHONE) == Said(MOBILE, 1.0)


@pytest.mark.parametrize("heard", [ID_NUMBER, "我的身份证号是110105", "身份证310", "1101，0519", f"{ID_NUMBER}，110"])
@pytest.mark.parametrize("confidence", [SURE, UNSURE])
def test_given_a_hall_then_a_spoken_id_number_is_not_taken(in_a_hall: ReadBack, heard: str, confidence: float) -> None:
    answer = in_a_hall.take(said(heard, confidence), ID)

    assert question(answer) == "身份证号请不要说出来，请用屏幕上的键盘输入，或者刷身份证。"
    assert (answer.read_back, answer.by_keypad, answer.expectation.length) == ("", True, 18)
    typed = said(ID_NUMBER, 1.0, typed=True)
    assert in_a_hall.take(typed, ID) is typed


def test_given_anything_then_no_number_is_in_what_a_log_would_show(check: ReadBack) -> None:
    heard = said(MOBILE, UNSURE)
    answer = check.take(heard, PHONE)

    assert MOBILE not in repr(heard)
    assert not set("138 0013 8000") & set(repr(answer)) - set(" ")


def test_given_what_is_asked_then_numbers_are_told_from_the_rest() -> None:
    confirming = Expected("item", Phase.CONFIRM, "phone", "cn_mobile")

    assert [asks_for_number(one) for one in (PHONE, ID, CARD, confirming, None)] == [True, True, True, False, False]
    assert [must_be_typed(one, True) for one in (PHONE, ID, CARD, None)] == [False, True, False, False]
    assert not must_be_typed(ID, False)


turns = st.builds(
    Said,
    st.sampled_from([MOBILE, OTHER_MOBILE, ID_NUMBER, "1380013", "对", "不对", "取消", "", "138，0013，8000"]),
    st.sampled_from([0.0, UNSURE, SURE, 1.0, float("nan")]),
    st.booleans(),
)


@given(st.lists(st.tuples(turns, st.sampled_from([PHONE, PHONE, ID, None]), st.booleans()), max_size=12))
def test_given_turns_in_any_order_then_an_unsure_number_passes_only_after_it_was_shown_or_said_and_a_yes_came(
    story: list[tuple[Said, Expected | None, bool]],
) -> None:
    check = ReadBack(TEXTS, lambda text: text == "对")
    shown: str | None = None
    for turn, expected, hall in story:
        check.hall = hall
        answer = check.take(turn, expected)
        if isinstance(answer, SpokenReply):
            assert expected is not None or (hall and turn.text == ID_NUMBER)
            assert not (hall and any(figure in question(answer) for figure in (MOBILE, OTHER_MOBILE, ID_NUMBER)))
            shown = answer.read_back.replace(" ", "") or None
            continue
        if answer.text != turn.text and turn.text == "对":
            assert answer == Said(shown or "", 1.0, turn.typed)
        elif expected is not None and not turn.typed and answer.text in (MOBILE, OTHER_MOBILE, ID_NUMBER):
            assert answer.confidence >= SURE
            assert not (hall and expected is ID)
        shown = None
