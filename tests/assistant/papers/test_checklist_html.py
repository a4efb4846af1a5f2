"""The page of a one-time notice."""

from __future__ import annotations

import re
from datetime import datetime
from html import unescape
from pathlib import Path

import pytest

from actions.papers.checklist import Checklist, ChecklistWriter, MaterialRow
from actions.texts import Texts
from assistant.papers.checklist_html import page_of
from knowledge_base.items import load_catalogue


@pytest.fixture(scope="module")
def texts(data: Path) -> Texts:
    return Texts.load(data / "texts" / "checklists.yml")


@pytest.fixture(scope="module")
def checklist(data: Path, texts: Texts) -> Checklist:
    catalogue = load_catalogue(data)
    writer = ChecklistWriter(texts, Texts.load(data / "texts" / "answers.yml"))
    item = catalogue.items["no-criminal-record-certificate"]
    return writer.write(item, {"applicant": "代办"}, catalogue, datetime(2026, 11, 23, 10), "张*例")


def test_given_a_notice_when_it_is_a_page_then_everything_of_it_stands_there(checklist, texts):
    page = unescape(page_of(checklist, texts.below(), "申请材料", "a4"))

    wanted = [checklist.item_name, checklist.department, checklist.holder, checklist.case, checklist.made]
    wanted += [value for row in checklist.materials for value in (row.name, row.form, row.medium, row.note)]
    wanted += [line for section in checklist.sections for line in (section.label, *section.lines)]
    wanted += [*checklist.missing, *checklist.sources, *checklist.notice]
    assert [line for line in wanted if line not in page] == []


@pytest.mark.parametrize("paper", ["a4", "roll"])
def test_given_a_paper_when_the_page_is_made_then_its_layout_is_chosen_and_nothing_is_inline(checklist, texts, paper):
    page = page_of(checklist, texts.below(), "申请材料", paper)

    assert f'<body class="{paper}">' in page and f'value="{paper}" checked' in page
    assert page.count(" checked") == 1
    assert re.findall(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=", page) == []
    assert re.findall(r"(?:src|href)=\"(?!/web/)", page) == []


def test_given_markup_in_a_guide_when_the_page_is_made_then_it_is_text(checklist, texts):
    from dataclasses import replace

    row = MaterialRow("<b>证</b>", '"><script>', "", "")

    page = page_of(replace(checklist, materials=(row,)), texts.below(), "申请材料", "a4")

    assert "&lt;b&gt;证&lt;/b&gt;" in page and "<b>" not in page and '"><script>' not in page
