"""The papers as PDF: that they are drawn, and what stands on them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from actions.connectors.fonts import chinese_fonts
from actions.papers import authorisation_page, checklist_page
from actions.papers.checklist import ChecklistWriter
from actions.papers.drawing import PaperNotDrawn, drawn_apart
from actions.texts import Texts
from knowledge_base.items import load_catalogue

FLAGSHIP = "no-criminal-record-certificate"


def text_of(content: bytes) -> str:
    """The text of a PDF without blanks; pypdf gives a null character beside each one of a two-byte font.

    It misreads a font's characters after the 256th, so a page that is read must not have that many.
    """
    pages = PdfReader(BytesIO(content)).pages
    return "".join("".join(page.extract_text().split()) for page in pages).replace("\x00", "")


@pytest.fixture(scope="module")
def texts(data: Path) -> Texts:
    return Texts.load(data / "texts" / "checklists.yml")


@pytest.fixture(scope="module")
def fonts() -> list[tuple[str, int]]:
    return [(str(face.path), face.index) for face in chinese_fonts()]


def test_given_a_notice_when_it_is_drawn_then_everything_of_it_stands_on_a4_pages(data, texts, fonts):
    catalogue = load_catalogue(data)
    writer = ChecklistWriter(texts, Texts.load(data / "texts" / "answers.yml"))
    facts = {"applicant": "代办"}
    checklist = writer.write(
        catalogue.items[FLAGSHIP], facts, catalogue, datetime(2026, 11, 23, 10), "张*例", ("手机号",)
    )

    checklist = replace(checklist, sections=checklist.sections[3:7], missing=checklist.missing[:1])

    content = checklist_page.draw(fonts, checklist, {**texts.below(), "materials": "申请材料"})

    page = PdfReader(BytesIO(content)).pages[0]
    assert (round(page.mediabox.width), round(page.mediabox.height)) == (595, 842)
    said = text_of(content)
    wanted = [checklist.item_name, checklist.department, checklist.holder, checklist.case, checklist.made]
    wanted += [value for row in checklist.materials for value in (row.name, row.note)]
    wanted += [line for section in checklist.sections for line in (section.label, *section.lines)]
    wanted += [*checklist.missing, *checklist.sources, *checklist.notice]
    assert [line for line in wanted if "".join(line.split()) not in said] == []


def test_given_an_item_when_the_form_is_drawn_then_it_names_the_matter_and_leaves_persons_blank(texts, fonts):
    words, body = texts.below("authorisation_"), list(texts.below("authorisation_body_").values())

    said = text_of(authorisation_page.draw(fonts, "有无犯罪记录证明开具", "上海市公安局", words, body))

    for part in (
        "授权委托书",
        "委托人",
        "受托人",
        "与委托人的关系",
        "有无犯罪记录证明开具（上海市公安局）",
        "委托期限",
        "签名",
    ):
        assert part in said


def test_given_something_that_cannot_be_drawn_when_tried_then_it_is_told_without_what_was_to_stand_there():
    with pytest.raises(PaperNotDrawn) as caught:
        drawn_apart("actions.papers.checklist_page", {"checklist": {"secret": "张示例"}, "words": {}})

    assert "张示例" not in str(caught.value)
