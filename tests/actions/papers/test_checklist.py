"""What a one-time notice says: the guide for the case, and nothing else."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path

import pytest

from actions.papers.checklist import Checklist, ChecklistWriter, question_first
from actions.texts import Texts
from knowledge_base.cases import guide_for
from knowledge_base.items import Catalogue, load_catalogue

FLAGSHIP, PERMIT = "no-criminal-record-certificate", "residence-permit-endorsement"
MOMENT = datetime(2026, 11, 23, 10, 5)


@pytest.fixture(scope="module")
def catalogue(data: Path) -> Catalogue:
    return load_catalogue(data)


@pytest.fixture(scope="module")
def writer(data: Path) -> ChecklistWriter:
    texts = data / "texts"
    return ChecklistWriter(Texts.load(texts / "checklists.yml"), Texts.load(texts / "answers.yml"))


def cases_of(item):
    """Return the facts of no case, and of each that the guide has."""
    return [{}, *(dict(case.when) for case in item.cases)]


def test_given_every_guide_and_case_when_written_then_it_is_all_of_the_guide_and_no_more(catalogue, writer):
    for item in catalogue.items.values():
        for facts in cases_of(item):
            guide = guide_for(item, facts).guide
            written = writer.write(item, facts, catalogue, MOMENT)
            told = {one.field: one.lines for one in written.sections}
            assert [row.name for row in written.materials] == [one.name for one in guide.materials or ()]
            assert [re.sub(r"^\d+\. |。$", "", line) for line in told.get("steps", ())] == [
                step.rstrip("。；;，,") for step in guide.steps
            ]
            assert len(told.get("conditions", ())) == len(guide.conditions)
            assert len(told.get("places", ())) == len(guide.places)
            assert ("fee" in told, "time_limits" in told) == (guide.fee is not None, guide.time_limits is not None)
            numbers = set(re.findall(r"\d+", json.dumps(asdict(item), ensure_ascii=False, default=dict)))
            for field, lines in told.items():
                said = set(re.findall(r"\d+", " ".join(re.sub(r"^\d+\. ", "", line) for line in lines)))
                assert said <= numbers, (item.item_id, field)


def test_given_a_case_when_written_then_its_materials_note_and_name_are_there(catalogue, writer):
    written = writer.write(catalogue.items[FLAGSHIP], {"applicant": "代办"}, catalogue, MOMENT)

    assert written.case == "申请人：代办"
    assert "授权委托书" in [row.name for row in written.materials]
    assert written.sections[0].lines == ("代办：本人不能到场的可以委托他人代办，须有本人签名的委托书。",)
    own = writer.write(catalogue.items[FLAGSHIP], {"applicant": "本人"}, catalogue, MOMENT)
    assert "授权委托书" not in [row.name for row in own.materials]


def test_given_a_material_when_written_then_form_number_medium_and_what_is_shared_are_said(catalogue, writer):
    written = writer.write(catalogue.items[FLAGSHIP], {}, catalogue, MOMENT)

    first, second = written.materials[:2]
    assert (first.form, first.medium, first.note) == ("原件核验 1 份", "纸质或电子", "可以数据共享，查到了不用交")
    assert second.note == "可以数据共享，查到了不用交；必要时才交；非本市户籍且无居住登记时须先办居住登记"


def test_given_open_cases_and_a_half_filled_application_when_written_then_both_are_missing(catalogue, writer):
    written = writer.write(
        catalogue.items[PERMIT], {"applicant": "本人"}, catalogue, MOMENT, "张*例", ("手机号", "地址")
    )

    assert written.missing[0] == "申请里还没有填：手机号、地址。"
    assert any("“住房情况”（自有、租赁、借住）" in line for line in written.missing)
    assert not any("“申请人”" in line for line in written.missing)
    assert (written.holder, written.made) == ("张*例", "2026年11月23日 10:05")


def test_given_a_guide_that_says_little_when_written_then_what_it_leaves_out_is_named_and_not_made_up(
    catalogue, writer
):
    item = catalogue.items[FLAGSHIP]
    bare = replace(item, guide=replace(item.guide, materials=None, steps=(), fee=None), cases=(), legal_basis=())

    written = writer.write(bare, {}, catalogue, MOMENT)

    assert written.missing == ("办事指南没有写明：申请材料、办理流程、收费标准、设定依据。",)
    assert not written.materials and not written.materials_note
    assert not {"steps", "fee", "legal_basis"} & {one.field for one in written.sections}


def test_given_no_material_is_needed_when_written_then_that_is_said(catalogue, writer):
    item = catalogue.items[FLAGSHIP]

    written = writer.write(replace(item, guide=replace(item.guide, materials=())), {}, catalogue, MOMENT)

    assert written.materials_note == "不需要提交材料。"


def test_given_a_checked_guide_when_written_then_source_and_date_are_said_of_every_field(catalogue, writer):
    item = replace(catalogue.items[FLAGSHIP], sample=False, source="https://example.gov.cn/1", checked="2026-11-20")

    written = writer.write(item, {}, catalogue, MOMENT)

    (line,) = written.sources
    assert line.endswith("：https://example.gov.cn/1，2026-11-20核对")
    for section in written.sections:
        assert section.label in line
    assert written.notice == (writer.texts("notice"),)


def test_given_a_district_when_written_then_only_its_places_stand_there(catalogue, writer):
    item = next(
        one for one in catalogue.items.values() if {"浦东新区"} <= {place.district for place in one.guide.places}
    )

    written = writer.write(item, {"district": "浦东新区"}, catalogue, MOMENT)

    districts = catalogue.fact_words.districts.keys() - {"浦东新区"}
    (places,) = [one.lines for one in written.sections if one.field == "places"]
    assert not any(f"（{district}）" in line for line in places for district in districts)


def test_given_a_notice_when_it_is_kept_as_json_then_it_is_read_back_the_same(catalogue, writer):
    written = writer.write(catalogue.items[FLAGSHIP], {"applicant": "代办"}, catalogue, MOMENT, "张*例")

    assert Checklist.from_mapping(json.loads(json.dumps(written.as_mapping()))) == written


@pytest.mark.parametrize(
    ("item", "facts", "about"),
    [
        (PERMIT, {}, "applicant"),
        (PERMIT, {"applicant": "代办"}, None),
        (PERMIT, {"applicant": None}, None),
        (PERMIT, {"age": 30.0}, "applicant"),
    ],
)
def test_given_what_is_known_when_a_notice_is_wanted_then_one_deciding_question_comes_first(
    catalogue, item, facts, about
):
    question = question_first(catalogue.items[item], facts)

    assert (question and question.about) == about


def test_given_no_case_that_changes_anything_when_a_notice_is_wanted_then_nothing_is_asked(catalogue):
    item = replace(catalogue.items[PERMIT], cases=(), dimensions={})

    assert question_first(item, {}) is None
