"""The page of figures: a supervisor chooses a period, reads charts and tables, and exports."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime

import pytest
from playwright.sync_api import Page, expect

from tests.assistant.staff.busy_week import BEIJING, BusyDays
from tests.assistant.staff.signing_in import colleague, settings_of, sign_in
from tests.assistant.web.conftest import DESK

pytestmark = [pytest.mark.server, pytest.mark.browser]
NARROW = {"width": 1024, "height": 768}
BUSY = "2026-03-09", "2026-03-15"
"""a week that no other test writes into"""
QUIET = "2026-01-05", "2026-01-06"


@pytest.fixture(scope="module")
def busy_week(server) -> None:
    """A week and the one before it, in the server's storage."""
    settings = settings_of(server)
    days = BusyDays.into(settings.database_url, str(server.var / "secret.key"))
    days.write(date(2026, 3, 2), 14, 8, until=datetime(2026, 3, 16, tzinfo=BEIJING))
    days.database.close()


@pytest.fixture
def figures_of(server, new_page, busy_week):
    """Open the page, signed in with a role."""

    def open_page(role: str = "supervisor", **options) -> Page:
        page = new_page(**options)
        name, value = sign_in(server, colleague(server, role))["Cookie"].split("=", 1)
        page.context.add_cookies([{"name": name, "value": value, "url": server.url, "sameSite": "Strict"}])
        page.goto(f"{server.url}/staff/figures")
        expect(page.locator(".tile").first).to_be_visible()
        return page

    return open_page


def choose(page: Page, first: str, last: str) -> None:
    """Choose a period of two dates, and wait until it is shown."""
    page.get_by_role("button", name="自定义").click()
    page.get_by_label("从").fill(first)
    page.get_by_label("到").fill(last)
    page.get_by_role("button", name="查看", exact=True).click()
    expect(page.locator(".span")).to_contain_text(first)


def value_of(page: Page, figure: str) -> int:
    return int(page.locator(f"[data-figure={figure}] .value").inner_text().replace(",", ""))


def test_given_a_busy_week_when_it_is_chosen_then_tiles_charts_and_tables_agree(figures_of):
    page = figures_of()
    choose(page, *BUSY)
    chart = page.locator(".chart", has_text="每天的对话数")

    chart.get_by_role("button", name="看表格").click()

    rows = chart.locator("tbody tr")
    expect(rows).to_have_count(7)
    assert sum(int(row.split("\t")[1]) for row in rows.all_inner_texts()) == value_of(page, "conversations") > 20
    expect(chart.get_by_role("table", name="每天的对话数")).to_be_visible()
    chart.get_by_role("button", name="看图").click()
    expect(chart.locator("svg")).to_be_visible()


def test_given_a_chart_when_the_arrow_keys_are_pressed_then_each_value_is_said(figures_of):
    page = figures_of()
    choose(page, *BUSY)
    chart = page.locator(".chart", has_text="每天的对话数")

    chart.locator(".plot").focus()
    page.keyboard.press("End")
    page.keyboard.press("ArrowLeft")

    expect(chart.get_by_role("status")).to_contain_text("3月14日：本期")
    page.keyboard.press("Escape")
    expect(chart.get_by_role("status")).to_have_text("")


def test_given_a_quiet_period_when_it_is_chosen_then_it_says_so_and_draws_no_nonsense(figures_of):
    page = figures_of()
    choose(page, *QUIET)

    expect(page.locator("[data-figure=answered] .value")).to_have_text("—")
    expect(page.locator(".figures-section.answers .empty").first).to_have_text("这段时间没有数据。")
    assert page.locator("svg [d*=NaN], svg [x*=NaN], svg [y*=NaN], svg [width*=NaN]").count() == 0


def test_given_dates_in_the_wrong_order_when_asked_for_then_a_sentence_says_so_and_the_page_goes_on(figures_of):
    page = figures_of()
    page.get_by_role("button", name="自定义").click()
    page.get_by_label("从").fill(BUSY[1])
    page.get_by_label("到").fill(BUSY[0])
    page.get_by_role("button", name="查看", exact=True).click()

    expect(page.locator("#toast")).to_contain_text("结束日期早于开始日期")

    choose(page, *BUSY)
    expect(page.locator(".tile").first).to_be_visible()


def test_given_a_period_when_exported_then_the_file_holds_what_the_page_shows(figures_of):
    page = figures_of()
    choose(page, *BUSY)

    page.locator("summary", has_text="导出").click()
    with page.expect_download() as kept:
        page.get_by_role("button", name="CSV：按日").click()

    assert kept.value.suggested_filename == f"运行数据_按日_{BUSY[0]}_{BUSY[1]}.csv"
    written = csv.reader(io.StringIO(kept.value.path().read_text("utf-8-sig")))
    assert sum(int(row[1]) for row in list(written)[1:]) == value_of(page, "conversations")


def test_given_unanswered_questions_when_they_are_looked_at_then_the_most_asked_are_listed(figures_of):
    page = figures_of()
    choose(page, *BUSY)

    page.get_by_role("button", name="查看市民原话").click()

    expect(page.locator(".questions")).to_contain_text("没有答上来")


def test_given_an_auditor_when_they_look_then_there_is_nothing_to_export(figures_of):
    page = figures_of("auditor")

    expect(page.get_by_role("heading", name="运行数据")).to_be_visible()
    expect(page.locator("summary", has_text="导出")).to_have_count(0)


@pytest.mark.parametrize("viewport", [DESK, NARROW], ids=["1440", "1024"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_given_a_screen_when_the_page_is_shown_then_nothing_runs_out_at_the_side_and_axe_finds_no_fault(
    figures_of, viewport, scheme
):
    from axe_playwright_python.sync_playwright import Axe

    page = figures_of(viewport=viewport, color_scheme=scheme)
    choose(page, *BUSY)

    assert page.evaluate(
        "document.querySelector('.figures').scrollWidth <= document.querySelector('.figures').clientWidth"
    )
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    found = Axe().run(page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []
