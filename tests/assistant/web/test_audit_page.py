"""The page of the audit trail: an auditor narrows it, checks it, and takes it away."""

from __future__ import annotations

import csv
import io
import re
import secrets

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import text

from storage.audit import AuditTrail, AuditWanted
from storage.models import AuditRow
from tests.assistant.staff.signing_in import colleague, sign_in
from tests.assistant.web.accessibility import no_violations, spoken_order
from tests.assistant.web.conftest import DESK

pytestmark = [pytest.mark.server, pytest.mark.browser]
NARROW = {"width": 1024, "height": 768}
RECEIPT = "20261123-0000018"


@pytest.fixture
def clerk(server, storage) -> str:
    """Somebody with looks and steps of their own in the trail; the account's name."""
    name, _ = colleague(server)
    trail = AuditTrail(storage)
    trail.append(name, "read-application", RECEIPT)
    trail.append(name, "unmask-field", RECEIPT, {"field": "id_number"})
    trail.append(name, "application-accept", RECEIPT)
    trail.append(name, "take-conversation", f"conversation-{secrets.token_hex(12)}")
    return name


@pytest.fixture
def audit_page(server, new_page):
    """Open the page, signed in with a role."""

    def open_page(role: str = "auditor", **options) -> Page:
        page = new_page(**options)
        name, value = sign_in(server, colleague(server, role))["Cookie"].split("=", 1)
        page.context.add_cookies([{"name": name, "value": value, "url": server.url, "sameSite": "Strict"}])
        page.goto(f"{server.url}/staff/audit")
        return page

    return open_page


def choose(page: Page, **filters: str) -> None:
    """Set filters by their labels, and wait until they are in force."""
    for label, value in filters.items():
        if label in ("人员", "类别"):
            page.get_by_role("combobox", name=label, exact=True).select_option(value)
        else:
            page.get_by_role("search").get_by_label(label, exact=True).fill(value)
    with page.expect_response(lambda response: "/api/staff/audit/?" in response.url):
        page.get_by_role("button", name="筛选", exact=True).click()
    expect(page.locator(".results")).not_to_have_attribute("aria-busy", "true")


def deeds(page: Page) -> list[str]:
    return page.locator(".entries .deed").all_inner_texts()


def verified(page: Page) -> str:
    """Check the trail; return how it came out."""
    page.get_by_role("button", name="核验").click()
    expect(page.locator(".check .outcome")).to_contain_text("核验完成")
    return page.locator(".check").inner_text()


def test_given_a_persons_entries_when_they_are_chosen_then_they_stand_in_words_newest_first(audit_page, clerk):
    page = audit_page()
    expect(page.locator(".entries tbody tr").first).to_be_visible()

    choose(page, 人员=clerk)

    assert deeds(page) == ["接入对话", "受理", "查看一项完整信息", "打开办件"]
    unmasking = page.locator("tr[data-group=unmask]")
    expect(unmasking.locator(".details")).to_contain_text("身份证号")
    expect(unmasking.locator("time")).to_contain_text("2026-11-23")
    expect(page.locator(".span")).to_have_text("共 4 条")


def test_given_unmaskings_when_the_quick_filter_is_pressed_then_only_they_are_shown(audit_page, clerk):
    page = audit_page()

    page.get_by_role("button", name="明文查看").click()

    expect(page.get_by_role("button", name="明文查看")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_label("类别")).to_have_value("unmask")
    expect(page.locator(f"tr[data-group=unmask] >> text={clerk}").first).to_be_visible()
    assert page.locator(".entries tbody tr:not([data-group=unmask])").count() == 0


def test_given_an_entry_when_its_number_is_pressed_then_only_that_application_is_shown(audit_page, clerk):
    page = audit_page()
    choose(page, 人员=clerk)

    page.get_by_role("button", name=f"只看办件 {RECEIPT} 的记录").first.click()

    expect(page.get_by_label("对象")).to_have_value(RECEIPT)
    expect(page.get_by_label("对象")).to_be_focused()
    expect(page.locator(".entries")).not_to_contain_text("接入对话")
    expect(page.locator(".entries .deed").first).to_have_text("受理")


def test_given_nothing_that_fits_when_filtered_then_it_says_so_and_the_filters_are_cleared_at_once(audit_page):
    page = audit_page()
    choose(page, 对象="没有这样的对象")

    expect(page.locator(".nothing-here")).to_contain_text("没有符合条件的记录")
    expect(page.get_by_role("button", name="导出")).to_be_disabled()
    page.locator(".nothing-here").get_by_role("button", name="清除条件").click()

    expect(page.locator(".entries tbody tr").first).to_be_visible()
    expect(page.get_by_label("对象")).to_have_value("")


def test_given_days_in_the_wrong_order_when_filtered_then_a_sentence_says_so_and_the_page_goes_on(audit_page):
    page = audit_page()
    choose(page, 从="2026-11-24", 到="2026-11-23")

    expect(page.locator("#toast")).to_contain_text("结束日期早于开始日期")
    choose(page, 从="2026-11-23", 到="2026-11-23")
    expect(page.locator(".entries tbody tr").first).to_be_visible()


def test_given_more_than_a_page_when_older_ones_are_asked_for_then_they_follow_and_have_the_focus(
    audit_page, storage, clerk
):
    trail = AuditTrail(storage)
    for _ in range(60):
        trail.append(clerk, "read-case", "a-conversation")
    page = audit_page()
    choose(page, 人员=clerk)
    expect(page.locator(".span")).to_have_text("共 64 条，已显示最近 50 条")

    page.get_by_role("button", name="更早的记录").press("Enter")

    expect(page.locator(".entries tbody tr")).to_have_count(64)
    expect(page.locator(".entries tbody tr").nth(50)).to_be_focused()
    expect(page.get_by_role("button", name="更早的记录")).to_be_hidden()


def test_given_what_is_filtered_when_it_is_exported_then_the_file_has_just_that(audit_page, clerk):
    page = audit_page()
    choose(page, 人员=clerk)

    with page.expect_download() as kept:
        page.get_by_role("button", name="导出").click()

    assert kept.value.suggested_filename == "审计记录_2026-11-23.csv"
    rows = list(csv.reader(io.StringIO(kept.value.path().read_text("utf-8-sig"))))
    assert [row[5] for row in rows[1:]] == ["接入对话", "受理", "查看一项完整信息", "打开办件"]
    expect(page.locator("#toast")).to_contain_text("已导出")


def test_given_an_honest_trail_when_it_is_checked_then_it_says_so_and_remembers(audit_page):
    page = audit_page()

    assert "条全部完好，没有改动，没有缺失" in verified(page)
    expect(page.locator(".page > .spoken[role=status]")).to_contain_text("条全部完好")
    expect(page.locator(".check")).to_contain_text("锚点从第 1 条起连续")
    page.reload()
    expect(page.locator(".check")).to_contain_text("上次核验")


def test_given_a_trail_that_was_tampered_with_when_it_is_checked_then_the_page_shows_where_and_goes_there(
    audit_page, storage, clerk
):
    first, gone, edited = (
        one.seq for one in reversed(AuditTrail(storage).entries(limit=3, wanted=AuditWanted(actor=clerk)))
    )
    with storage.writing("tamper") as session:
        kept = {column.name: getattr(session.get(AuditRow, gone), column.name) for column in AuditRow.__table__.columns}
        session.query(AuditRow).filter_by(seq=gone).delete()
        session.execute(text(f"UPDATE audit_entries SET actor = 'anna' WHERE seq = {edited}"))
    try:
        page = audit_page()
        told = verified(page)

        assert "发现 2 处问题" in told and f"第 {gone} 条被删除" in told and f"第 {edited} 条被改动过" in told
        assert f"第 1—{gone - 1} 条完好；从第 {gone} 条起不能再作为依据" in told
        page.get_by_role("button", name=f"查看第 {edited} 条前后的记录").click()
        expect(page.locator(".span")).to_contain_text(f"正在看第 {edited} 条前后的记录")
        expect(page.locator("tr.edited")).to_contain_text("被改动过")
        expect(page.locator("tr.edited")).to_be_focused()
        expect(page.locator("tr.gap")).to_contain_text(f"这里少了第 {gone} 条")
        expect(page.locator(f"td.seq >> text=/^{first}$/")).to_be_visible()
        no_violations(page)
        page.get_by_role("button", name="回到最新").press("Enter")
        expect(page.locator(".span")).to_contain_text("共")
        expect(page.get_by_role("main")).to_be_focused()
    finally:
        with storage.writing("mend") as session:
            session.add(AuditRow(**kept))
            session.execute(text(f"UPDATE audit_entries SET actor = '{clerk}' WHERE seq = {edited}"))
    assert AuditTrail(storage).verify() == ()


def test_given_no_connection_when_the_page_reads_then_it_says_so_and_can_be_asked_again(audit_page, server):
    page = audit_page()
    expect(page.locator(".entries tbody tr").first).to_be_visible()

    page.route("**/api/staff/audit/**", lambda route: route.abort())
    page.get_by_role("button", name="今天").click()
    expect(page.locator(".nothing-here")).to_contain_text("没有读到审计记录")
    page.get_by_role("button", name="核验").click()
    expect(page.locator(".check .outcome")).to_have_text("核验没有完成，请再试一次。")
    expect(page.get_by_role("button", name="核验")).to_be_enabled()

    page.unroute("**/api/staff/audit/**")
    page.get_by_role("button", name="再试一次").click()
    expect(page.locator(".entries tbody tr").first).to_be_visible()


@pytest.mark.parametrize("role", ["clerk", "supervisor"])
def test_given_another_role_when_the_page_is_opened_then_it_goes_to_their_own(audit_page, role):
    page = audit_page(role)

    expect(page).not_to_have_url("**/staff/audit")
    expect(page.get_by_role("link", name="审计记录")).to_have_count(0)


def test_given_a_keyboard_when_the_page_is_gone_through_then_everything_is_reached_in_reading_order(audit_page, clerk):
    page = audit_page()
    choose(page, 人员=clerk)

    spoken = spoken_order(page, page.locator("main"))

    wanted = ["button: 导出 CSV", "button: 核验", "button: 明文查看", "button: 筛选", "table: 审计记录，新的在前"]
    assert [line for line in spoken if line in wanted] == wanted
    page.get_by_role("button", name="筛选", exact=True).focus()
    for name in ("清除条件", "只看对话"):
        page.keyboard.press("Tab")
        expect(page.locator(":focus")).to_have_accessible_name(re.compile(name))


@pytest.mark.parametrize("viewport", [DESK, NARROW], ids=["1440", "1024"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_given_a_screen_when_the_page_is_shown_then_nothing_runs_out_at_the_side_and_axe_finds_no_fault(
    audit_page, clerk, viewport, scheme
):
    page = audit_page(viewport=viewport, color_scheme=scheme)
    expect(page.locator(".entries tbody tr").first).to_be_visible()
    verified(page)

    assert page.evaluate("document.querySelector('.audit').scrollWidth <= document.querySelector('.audit').clientWidth")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    no_violations(page)
