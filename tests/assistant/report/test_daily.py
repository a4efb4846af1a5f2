"""The morning report: what it says of a day, as HTML and as PDF."""

from __future__ import annotations

import io
import re
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from xml.etree import ElementTree

import pytest
from pypdf import PdfReader

from actions.connectors.fonts import chinese_fonts
from assistant.editor.gap_list import GapReport, ListedGap
from assistant.editor.staff_changes import StaffChanges
from assistant.report.command import DayToCome, Form, write_daily_report
from assistant.report.daily import DailyReports
from assistant.report.html import html_of
from assistant.report.pdf import pdf_of
from assistant.report.wording import page_of
from assistant.staff.accounts import open_database
from assistant.staff.figures.periods import BadPeriod
from knowledge_base.gaps import Gap
from storage.applications import Applications, ApplicationState
from storage.audit import AuditTrail
from storage.gap_decisions import GapState
from tests.assistant.staff.busy_week import DEPARTMENT, ITEMS, BusyDays

SUNDAY, MONDAY = date(2026, 11, 22), date(2026, 11, 23)
QUESTION = "<b>充电桩</b>怎么装"


@pytest.fixture
def days(services, now) -> BusyDays:
    return BusyDays(services.database, now)


@pytest.fixture
def gaps(now) -> GapReport:
    gap = Gap(4, 3, now(), now(), Counter(), (QUESTION,), (), ())
    return GapReport(now(), (ListedGap("1", gap, GapState.OPEN, None),), 2, StaffChanges((), 0))


@pytest.fixture
def bad_day(services, now, days):
    """A Monday on which much went wrong."""
    days.turn("one", "answered", ITEMS[0])
    days.turn("one", "error")
    handoffs = services.handoffs
    handoff = handoffs.enqueue(handoffs.open("one", "asked_for", "…").id)
    applications = Applications(services.database, {ITEMS[0]: DEPARTMENT})
    number = applications.submit(applications.create_draft("one", ITEMS[0]).id).receipt_number
    applications.transition(number, ApplicationState.ACCEPTED, at=now() - timedelta(days=14))
    days.fail_deliveries(1, "timeout", now())
    now.advance(minutes=11)
    handoffs.take(handoff.id, "anna")
    now.advance(days=1)


def page(services, day: date, gaps: GapReport | str):
    reports = DailyReports(services)
    return page_of(reports.of(day, gaps), reports.texts, reports.labels)


def text_of(pdf: bytes) -> str:
    return re.sub(r"[\s\0]", "", "".join(one.extract_text() for one in PdfReader(io.BytesIO(pdf)).pages))


def test_given_a_bad_day_when_reported_then_each_trouble_is_told(services, bad_day, gaps):
    told = {trouble.title: trouble.lines for trouble in page(services, MONDAY, gaps).troubles}

    assert told == {
        "问得多、没答上来": (f"{QUESTION}（3 个对话）", "另有 2 个问题问的人太少，不显示原话。"),
        "超期未办结": ("有无犯罪记录证明开具：1 件",),
        "等候": ("等候超过 10 分钟才有人接待：1 人",),
        "未送达部门的办件": ("city-department：1 件，自 11-23 10:00 起（timeout）",),
        "系统出错": ("出错的对话轮次：1 轮",),
    }


def test_given_three_days_when_reported_then_the_day_stands_beside_the_day_and_the_week_before(services, now, days):
    for day, conversations in ((16, 1), (22, 2), (23, 3)):
        now.now = now().replace(day=day)
        for number in range(conversations):
            days.turn(f"{day} {number}", "answered")
    now.advance(days=1)

    rows = {row[0]: row[1:] for row in page(services, MONDAY, "…").rows}

    assert rows["对话数"] == ("3", "2", "1")
    assert rows["解答率"] == ("100.0%", "100.0%", "100.0%")
    assert rows["等候时间（中位数）"] == ("—", "—", "—")


def test_given_a_report_when_written_as_html_then_it_needs_nothing_else_and_quotes_nothing_as_markup(
    services, bad_day, gaps
):
    html = html_of(page(services, MONDAY, gaps))

    assert not re.search(r"<script|\bsrc=|<link|@import|url\(|https?://", html)
    assert "&lt;b&gt;充电桩" in html and "<b>" not in html
    tree = ElementTree.fromstring(html.split("<body>")[1].split("</body>")[0].strip())
    assert [row.findtext("th") for row in tree.iter("tr")][1:3] == ["对话数", "对话轮次"]
    hours = next(tree.iter("svg"))
    assert "10 1" in (hours.get("aria-label") or "")
    assert len([one for one in hours.iter("rect") if one.get("fill") == "#0b5c57"]) == 2  # one column, and the legend


def test_given_a_report_when_written_as_pdf_then_one_page_says_it_all(services, bad_day, gaps):
    pdf = pdf_of(page(services, MONDAY, gaps), chinese_fonts())

    said = text_of(pdf)

    assert len(PdfReader(io.BytesIO(pdf)).pages) == 1
    for words in ("运行日报", "2026年11月23日周一", "有无犯罪记录证明开具：1件", "系统出错", "对话轮次2", "充电桩"):
        assert words in said, words


def test_given_more_trouble_than_a_page_holds_when_written_as_pdf_then_it_goes_on_to_a_second(services, now):
    whole = page(services, SUNDAY, "…")
    many = whole.troubles[:1] * 24
    pdf = pdf_of(replace(whole, troubles=many), chinese_fonts())

    assert len(PdfReader(io.BytesIO(pdf)).pages) > 1
    assert text_of(pdf).count("问得多、没答上来") == 24


def test_given_long_questions_when_written_as_pdf_then_none_runs_off_the_page(services, bad_day, gaps):
    (listed,) = gaps.gaps
    asked = [
        replace(listed, gap=replace(listed.gap, examples=(f"第{number}问" + "能不能续" * 99,))) for number in range(5)
    ]
    whole = page(services, MONDAY, replace(gaps, gaps=tuple(asked)))
    pdf = pdf_of(replace(whole, troubles=whole.troubles * 3), chinese_fonts())

    pages, feet = PdfReader(io.BytesIO(pdf)).pages, 0
    for one in pages:
        heights: list[float] = []
        one.extract_text(visitor_text=lambda text, _, at, *__, own=heights: own.append(at[5]) if text.strip() else None)
        feet += sum(0 < height < 14 * 72 / 25.4 for height in heights)
    assert feet == len(pages)  # nothing but the foot stands so low
    assert text_of(pdf).count("问能不能续") == 15


def test_given_a_quiet_day_when_reported_then_it_says_so(services, gaps):
    quiet = page(services, SUNDAY, replace(gaps, gaps=(), withheld=0))

    assert quiet.troubles == ()
    assert "没有需要特别留意的情况" in html_of(quiet)
    assert "没有需要特别留意的情况" in text_of(pdf_of(quiet, chinese_fonts()))


def test_given_a_day_to_come_when_reported_then_it_is_refused(services):
    with pytest.raises(BadPeriod):
        DailyReports(services).of(date(2026, 11, 24), "")


def test_given_an_installation_when_the_report_is_run_then_both_files_are_there_and_it_is_audited(
    prepared, tmp_path, now
):
    settings = prepared.with_(
        var=tmp_path / "var", database_url=f"sqlite:///{tmp_path / 'var' / 'wenban.db'}", clock=now
    )

    html, pdf = write_daily_report(settings, None, tmp_path / "out", tuple(Form))

    assert (html.name, pdf.name) == ("wenban-2026-11-22.html", "wenban-2026-11-22.pdf")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [html.name, pdf.name]
    assert "2026年11月22日 周日" in html.read_text("utf-8")
    assert pdf.stat().st_mode & 0o077 == 0
    entry = AuditTrail(open_database(settings)).entries()[0]
    assert (entry.action, entry.subject) == ("daily-report", "2026-11-22")
    with pytest.raises(DayToCome):
        write_daily_report(settings, "2026-11-24", tmp_path / "out", (Form.HTML,))
