"""Answers say fields of the guide, for the case at hand, and nothing else."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest

from knowledge_base.answers import UnknownFacet, compose
from knowledge_base.guides import Guide
from knowledge_base.items import load_catalogue
from knowledge_base.questions import closest_question

FACETS = ("general", "apply", "materials", "steps", "time", "fee", "place", "conditions", "validity", "track")
OTHER_FIELDS = {"summary", "cases", "questions", "neighbours"}


@pytest.fixture
def ask(write_data, item, other, answer_texts):
    """Ask about the library card."""
    catalogue = load_catalogue(write_data(item, other))

    def asked(facet, facts=None, question=""):
        return compose(catalogue.items["library-card"], facet, facts or {}, catalogue, answer_texts, question=question)

    return asked


def test_given_every_item_and_facet_when_answered_then_each_sentence_names_item_field_and_source(
    catalogue, answer_texts
):
    known = {field.name for field in fields(Guide)} | OTHER_FIELDS
    for item in catalogue.items.values():
        for facet in FACETS:
            answer = compose(item, facet, {}, catalogue, answer_texts)
            assert answer.sentences and answer.text.strip() and "None" not in answer.text
            for sentence in answer.sentences:
                assert sentence.item_id == item.item_id and sentence.field in known
                assert (sentence.source, sentence.checked) == (item.source, item.checked)
                assert answer_texts(f"field_{sentence.field}")


def test_given_materials_when_asked_for_then_each_has_a_numbered_line(ask):
    assert ask("materials").text.splitlines()[:3] == [
        "【读者证办理】需要这些材料：",
        "1. 居民身份证：原件 1 份（数据共享可免提交）",
        "2. 照片：原件 2 份（电子件；必要时提供；一寸）",
    ]


def test_given_time_when_asked_for_then_it_counts_from_acceptance(ask):
    assert "承诺 3 个工作日内办结（自受理之日起算，法定 10 个工作日）" in ask("time").text


def test_given_no_waiting_when_asked_for_time_then_it_is_at_once(ask):
    assert "当场办结" in ask("time", {"applicant": "代办", "household": "非本市户籍"}).text


def test_given_no_fee_when_asked_for_then_it_is_free(ask):
    assert ask("fee").text == "【读者证办理】不收费。"


def test_given_a_settled_case_when_answered_then_the_first_sentence_says_it(ask):
    answer = ask("materials", {"applicant": "代办"})

    assert answer.sentences[0].text == "代办的情形：代办的要带委托书。"
    assert answer.sentences[0].field == "cases"
    assert "3. 委托书" in answer.text and len(answer.applied_cases) == 1


def test_given_an_open_case_when_the_field_differs_then_the_deciding_question_comes_last(ask):
    answer = ask("materials")

    assert answer.question.about == "applicant" and answer.question.options == ("本人", "代办")
    assert answer.text.endswith(answer.question.text)


def test_given_a_told_case_when_answered_then_nothing_more_is_asked(ask):
    assert ask("materials", {"applicant": "本人"}).question is None


def test_given_a_condition_that_turns_on_a_number_when_no_case_is_open_then_the_number_is_asked(ask):
    question = ask("conditions", {"applicant": "本人"}).question

    assert (question.about, question.options) == ("age", ())
    assert "周岁" in question.text


def test_given_the_number_when_answered_then_it_is_not_asked_again(ask):
    assert ask("conditions", {"applicant": "本人", "age": 20.0}).question is None
    assert ask("materials", {"applicant": "本人"}).question is None


def test_given_a_field_that_no_case_changes_when_answered_then_nothing_is_asked(ask):
    assert ask("fee").question is None
    assert ask("general").question is None


def test_given_a_district_when_asked_where_then_only_its_places_are_told(ask):
    text = ask("place", {"district": "浦东新区"}).text

    assert "在浦东新区" in text and "东馆" in text and "区图书馆" in text and "西馆" not in text


def test_given_a_number_when_asked_whether_then_the_verdict_comes_first(ask):
    short = ask("conditions", {"age": 12.0}).sentences[0]
    met = ask("conditions", {"age": 14.0}).sentences[0]

    assert short.text.startswith("还不可以") and "还差 2 周岁" in short.text and short.field == "conditions"
    assert met.text.startswith("这一条符合")


def test_given_no_case_when_asked_for_conditions_then_the_open_cases_are_told(ask):
    assert "· 代办：代办的要带委托书。" in ask("conditions").text
    assert "·" not in ask("conditions", {"applicant": "代办"}).text


def test_given_an_overview_when_asked_in_general_then_it_is_short(catalogue, answer_texts):
    for item in catalogue.items.values():
        answer = compose(item, "general", {}, catalogue, answer_texts)
        assert len(answer.sentences) <= 4 and len(answer.text) <= 330, item.item_id


def test_given_a_common_question_when_asked_then_its_answer_comes_first(ask):
    first = ask("fee", question="借书的话要不要交押金吗").sentences[0]

    assert first.text == "关于“借书要交押金吗”：不用交。" and first.field == "questions"


@pytest.mark.parametrize(
    ("item_id", "text", "close"),
    [
        ("marriage-certificate-reissue", "配偶去世了还能补结婚证吗", True),
        ("housing-fund-loan", "公积金贷款要多久能批", False),
        ("id-card-first-issue", "第一次办身份证要不要钱", False),
        ("id-card-temporary", "只办临时证不办正式的行吗", True),
        ("real-estate-transfer", "二手房过户在哪办", False),
        ("id-card-reissue", "身份证丢了", False),
    ],
)
def test_given_a_question_when_held_against_common_ones_then_only_a_close_one_counts(catalogue, item_id, text, close):
    item = catalogue.items[item_id]

    assert (closest_question(text, item) is not None) == close


def test_given_reasons_when_asked_for_then_the_legal_basis_is_named_without_articles(ask):
    answer = ask("basis")

    assert [sentence.field for sentence in answer.sentences] == ["legal_basis"]
    assert "《公共图书馆法》" in answer.text and "第" not in answer.text


def test_given_no_legal_basis_when_reasons_are_asked_for_then_it_is_said(catalogue, answer_texts):
    item = replace(catalogue.items["dog-licence"], legal_basis=())

    answer = compose(item, "basis", {}, catalogue, answer_texts)

    assert "没有写明依据" in answer.text


def test_given_a_case_that_the_citizen_cannot_tell_when_answered_then_its_cases_are_told_and_it_is_not_asked_again(ask):
    answer = ask("materials", {"applicant": None})

    assert "委托书" in answer.sentences[1].text
    assert answer.question is None or answer.question.about != "applicant"


def test_given_a_value_that_a_condition_asks_for_when_another_is_told_then_the_verdict_comes_first(
    write_data, item, answer_texts
):
    item["conditions"] = ["具有本市户籍"]
    item["cases"] = []
    item["neighbours"] = []
    catalogue = load_catalogue(write_data(item))

    answer = compose(
        catalogue.items["library-card"], "conditions", {"household": "非本市户籍"}, catalogue, answer_texts
    )

    assert answer.sentences[0].text.startswith("不可以")


def test_given_a_rule_that_speaks_of_what_is_asked_when_nothing_else_answers_then_it_leads(ask):
    answer = ask("conditions", question="借书一定要住在本市区里面吗")

    assert "住在本市" in answer.sentences[0].text and "和您问的有关" in answer.sentences[0].text


def test_given_a_sample_when_answered_then_the_reader_is_told(ask):
    assert ask("fee").sample_notice == "示例内容，以当地办事指南为准。"


def test_given_an_unknown_facet_when_asked_then_it_is_refused(ask):
    with pytest.raises(UnknownFacet, match="weather"):
        ask("weather")


SILENT = {
    "item_id": "library-card",
    "name": "读者证办理",
    "department": "市图书馆",
    "audience": "自然人",
    "theme": "文化",
    "item_type": "公共服务",
    "sample": False,
    "source": "https://library.example/card",
    "checked": "2021-05-26",
}


@pytest.fixture
def ask_silent(write_data, answer_texts):
    """Ask about a real item whose department says little."""

    def asked(facet, **said):
        catalogue = load_catalogue(write_data({**SILENT, **said}))
        return compose(catalogue.items["library-card"], facet, {}, catalogue, answer_texts)

    return asked


@pytest.mark.parametrize("facet", FACETS)
def test_given_an_item_that_says_nothing_when_asked_then_no_facet_invents_anything(ask_silent, facet):
    answer = ask_silent(facet)

    assert "没有写明" in answer.text or facet in ("general", "track")
    assert "None" not in answer.text and answer.sample_notice is None
    assert {(one.source, one.checked) for one in answer.sentences} == {(SILENT["source"], "2021-05-26")}


def test_given_a_fee_that_is_not_said_when_asked_for_then_it_is_told_whom_to_ask(ask_silent):
    assert ask_silent("fee", enquiries="000-12345").text.splitlines() == [
        "【读者证办理】的办事指南没有写明收费标准。",
        "可以向市图书馆咨询：000-12345。",
    ]
    assert ask_silent("fee").text.endswith("可以向市图书馆咨询。")


def test_given_no_summary_when_asked_then_department_kind_place_and_enquiries_are_told(ask_silent):
    said = ask_silent("general", places=[{"name": "区图书馆"}], channels=["窗口办理"], enquiries="000-12345")

    assert said.text.splitlines() == [
        "【读者证办理】是市图书馆的公共服务事项。",
        "办理方式：窗口办理。",
        "地点：区图书馆。",
        "咨询：000-12345。",
    ]


def test_given_materials_by_name_alone_when_asked_for_then_nothing_is_added_to_them(ask_silent):
    assert ask_silent("materials", materials=[{"name": "身份证"}]).text.splitlines()[1] == "1. 身份证"
    assert "不需要提交材料" in ask_silent("materials", materials=[]).text


@pytest.mark.parametrize(
    ("limits", "told"),
    [
        ({"legal": 20}, "法定 20 个工作日内办结"),
        ({"promised": 0}, "当场办结"),
        ({"note": "承诺 90 个自然日内办结"}, "【读者证办理】承诺 90 个自然日内办结。"),
    ],
)
def test_given_part_of_the_time_limits_when_asked_for_then_that_is_told(ask_silent, limits, told):
    assert told in ask_silent("time", time_limits=limits).text
