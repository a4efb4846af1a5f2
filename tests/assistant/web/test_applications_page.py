"""The page of applications: a clerk reads, sees one value, asks for more, decides, and is told when second."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from storage.application_desk import ApplicationDesk
from storage.applications import Applications, ApplicationState
from storage.provisional_numbers import ProvisionalNumbers, in_groups
from storage.reminders import Reminders
from tests.assistant.staff.signing_in import colleague, sign_in

pytestmark = [pytest.mark.server, pytest.mark.browser]

WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 1024, "height": 768}
ITEM, NAME, DEPARTMENT = "senior-allowance", "老年综合津贴", "civil-affairs"
FIELDS = {
    "full_name": "吴试填",
    "id_number": "310110195601010049",
    "phone": "13900008888",
    "district": "杨浦区",
    "senior_card": "同时申领",
    "bank": "农业银行",
}


@pytest.fixture
def submit(storage):
    """Put an application into the server's storage and return its number."""

    def submit_(item: str = ITEM, fields=FIELDS, conversation: str = "page-test", handed_to: str | None = None) -> str:
        applications = Applications(storage, {item: handed_to} if handed_to else {})
        draft = applications.create_draft(conversation, item)
        return applications.submit(draft.id, fields["id_number"], fields, {"applicant": "本人"}).receipt_number

    return submit_


@dataclass(frozen=True)
class AtDesk:
    """A clerk in front of the page."""

    page: Page
    name: str

    def tab(self, name: str):
        return self.page.locator(".chip", has_text=name)

    def row(self, receipt: str):
        return self.page.locator(".entries button", has_text=receipt)

    def open(self, receipt: str) -> None:
        """Search an application and open it."""
        self.page.get_by_label("收件编号，几位也行").fill(receipt)
        self.row(receipt).click()
        expect(self.page.locator("header .number")).to_contain_text(receipt)

    def decide(self, step: str, confirm: str, **fills: str) -> None:
        self.page.locator(".deeds").get_by_role("button", name=step, exact=True).click()
        dialog = self.page.get_by_role("dialog")
        for label, words in fills.items():
            dialog.get_by_label(label).fill(words)
        dialog.get_by_role("button", name=confirm).click()

    @property
    def state(self):
        return self.page.locator("header .number .mark")

    @property
    def toast(self):
        return self.page.locator("#toast")


@pytest.fixture
def at_desk(server, new_page):
    """Open the page, signed in as a clerk of its own: of the item's department, unless told."""

    def open_(viewport=WIDE, department: str | None = DEPARTMENT) -> AtDesk:
        account = colleague(server, department=department)
        page = new_page(viewport=viewport)
        name, value = sign_in(server, account)["Cookie"].split("=", 1)
        page.context.add_cookies([{"name": name, "value": value, "url": server.url, "sameSite": "Strict"}])
        page.goto(f"{server.url}/staff/applications")
        expect(page.locator(".masthead [aria-current]")).to_contain_text("办件")
        expect(page.locator(".entries li, .listed .empty:not([hidden])").first).to_be_visible()
        return AtDesk(page, account[0])

    return open_


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["1440", "1024"])
def test_given_applications_when_one_is_opened_then_all_of_it_is_there_masked_and_nothing_scrolls_sideways(
    at_desk, submit, viewport
):
    receipt, desk = submit(), at_desk(viewport)
    assert int(desk.tab("待受理").locator(".count").inner_text()) >= 1

    desk.open(receipt)

    page = desk.page
    for heading in ("申请表", "时限", "自动核对", "办理过程"):
        expect(page.get_by_role("heading", name=heading, exact=True)).to_be_visible()
    form = page.locator(".fields")
    expect(form).to_contain_text("杨浦区")
    expect(form).not_to_contain_text(FIELDS["id_number"])
    expect(page.locator(".checks .passed", has_text="身份证号校验位正确")).to_be_visible()
    page.get_by_role("button", name="查看身份证号").click()
    expect(form).to_contain_text(FIELDS["id_number"])
    page.get_by_role("button", name="遮盖身份证号").click()
    expect(form).not_to_contain_text(FIELDS["id_number"])
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate(
        "(() => { const b = document.querySelector('.body'); return b.scrollWidth <= b.clientWidth })()"
    )


def test_given_an_application_when_it_is_accepted_and_issued_then_each_is_asked_once_and_the_time_runs(at_desk, submit):
    receipt, desk = submit(), at_desk()
    desk.open(receipt)

    desk.decide("受理", "先不操作")
    expect(desk.state).to_have_text("已收件")
    desk.decide("受理", "确认受理")
    expect(desk.toast).to_contain_text("已受理")
    expect(desk.page.locator(".times")).to_contain_text("还剩 15 个工作日")
    expect(desk.page.locator(".times")).to_contain_text(desk.name)

    desk.decide("办结", "确认办结")
    expect(desk.page.get_by_role("dialog").get_by_role("alert")).to_contain_text("请写明办理结果")
    desk.page.get_by_label("办理结果").fill("准予发放")
    desk.page.get_by_role("button", name="确认办结").click()
    expect(desk.state).to_have_text("已办结")
    expect(desk.page.locator(".history")).to_contain_text("准予发放")
    expect(desk.page.locator(".deeds button")).to_have_count(0)


def test_given_two_clerks_when_both_decide_then_the_second_is_told_who_was_first_and_sees_it(
    at_desk, submit, storage, server
):
    receipt, desk, applications = submit(), at_desk(), ApplicationDesk(storage)
    desk.open(receipt)
    other = colleague(server, department=DEPARTMENT)
    session = sign_in(server, other)
    version = applications.entry(receipt).version
    taken = server.call(
        "POST", f"/api/staff/applications/{receipt}/steps/accept", {"version": version}, headers=session
    )
    assert taken.status == 200

    desk.decide("不予办理", "确认不予受理", 理由="户籍不在本市")

    expect(desk.toast).to_contain_text(other[0])
    expect(desk.state).to_have_text("已受理")
    assert Applications(storage).by_receipt(receipt).state is ApplicationState.ACCEPTED


def test_given_what_is_missing_when_it_is_asked_for_then_the_citizen_answers_on_their_page_and_the_desk_sees_it(
    at_desk, on_page, server
):
    here = on_page().greeted()
    here.say("社保卡丢了，帮我补办一张")
    here.say("确认")
    receipt = here.find(".receipt .number strong").first.inner_text()
    desk = at_desk(department="social-insurance")
    desk.open(receipt)
    desk.page.locator(".deeds").get_by_role("button", name="要求补正").click()
    desk.page.get_by_label("居民身份证或者其他有效身份证件").check()
    desk.page.get_by_label("其他要补充或说明的").fill("请写明挂失的时间")
    before = here.replies.count()
    desk.page.get_by_role("button", name="发给申请人").click()
    expect(desk.state).to_have_text("待补正")

    expect(here.replies).to_have_count(before + 1)
    expect(here.replies.last).to_contain_text("请写明挂失的时间")
    here.choose("现在补正")
    here.say("上周一下午电话挂失的，身份证明天交到窗口")
    expect(here.say("确认")).to_contain_text("已经交给经办人")

    desk.page.reload()
    expect(desk.state).to_have_text("已收件")
    expect(desk.page.locator(".answer")).to_contain_text("上周一下午电话挂失的")
    desk.decide("不予办理", "确认不予受理", 理由="演示用，不予受理")


def test_given_a_reminder_and_a_day_that_has_passed_when_the_page_is_opened_then_both_show(at_desk, submit, storage):
    receipt = submit("residence-permit-endorsement")
    applications = Applications(storage)
    accepted = storage.now() - timedelta(days=14)
    applications.transition(receipt, ApplicationState.ACCEPTED, at=accepted)
    Reminders(storage).add(receipt, storage.now())

    desk = at_desk(department="household")
    expect(desk.page.locator(".masthead .badge")).to_be_visible()
    desk.page.locator(".attention").click()

    row = desk.row(receipt)
    expect(row).to_contain_text("超期")
    expect(row).to_contain_text("催办 1 次")


def test_given_a_number_nobody_has_when_it_is_searched_then_that_is_said(at_desk):
    desk = at_desk()

    desk.page.get_by_label("收件编号，几位也行").fill("99999999")

    expect(desk.page.locator(".listed .empty")).to_contain_text("没有收件编号里带这几位的办件")


def test_given_a_phone_when_an_application_is_opened_then_one_comes_back_to_the_list(at_desk, submit):
    receipt, desk = submit(), at_desk({"width": 390, "height": 844})
    desk.open(receipt)

    desk.page.get_by_role("button", name="返回列表").click()

    expect(desk.row(receipt)).to_be_visible()


def test_given_what_was_not_delivered_when_its_provisional_number_is_typed_then_the_page_shows_both(
    at_desk, submit, storage
):
    receipt = submit(handed_to="police")
    number = in_groups(ProvisionalNumbers(storage).give(receipt).number)
    desk = at_desk()

    desk.page.get_by_label("暂存号").fill(number)
    desk.row(receipt).click()

    expect(desk.page.locator("header .number")).to_contain_text("尚未送达")
    expect(desk.page.locator(".handing")).to_contain_text(number)


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["1440", "1024"])
def test_given_the_general_window_when_it_has_taken_in_then_the_page_says_whose_turn_it_is(at_desk, submit, viewport):
    receipt, desk = submit(), at_desk(viewport, department=None)
    desk.open(receipt)
    turn, deeds = desk.page.locator(".turn"), desk.page.locator(".deeds button")
    expect(turn).to_contain_text("本件由上海市民政局审批")
    expect(deeds).to_have_text(["受理", "要求补正"])
    expect(desk.page.locator(".scope")).to_be_hidden()

    desk.decide("受理", "确认受理")

    expect(turn).to_have_text("本件已经受理，由上海市民政局审批。")
    expect(deeds).to_have_count(0)
    expect(desk.page.locator(".times")).to_contain_text("上海市民政局")
    expect(desk.row(receipt)).to_contain_text("待上海市民政局审批")
    assert desk.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_given_another_departments_application_when_it_is_searched_or_its_address_opened_then_nothing_is_there(
    at_desk, submit, server
):
    receipt, desk = submit(), at_desk(department="household")
    expect(desk.page.locator(".scope")).to_contain_text("户政窗口")

    desk.page.get_by_label("收件编号，几位也行").fill(receipt)
    expect(desk.page.locator(".listed .empty")).to_contain_text("没有收件编号里带这几位的办件")
    desk.page.goto(f"{server.url}/staff/applications#{receipt}")

    expect(desk.toast).to_contain_text("没有找到这个收件编号的办件")
    expect(desk.page.locator(".application .nothing")).to_contain_text("没有打开这个办件")
    expect(desk.page.locator(".fields")).to_have_count(0)


def test_given_a_clerk_of_the_department_when_the_window_has_taken_in_then_it_is_theirs_to_decide(
    at_desk, submit, storage
):
    receipt = submit()
    Applications(storage).transition(receipt, ApplicationState.ACCEPTED)
    desk = at_desk()

    desk.open(receipt)

    expect(desk.page.locator(".deeds button")).to_have_text(["办结", "不予办理"])
    expect(desk.page.locator(".turn")).to_have_count(0)
    desk.decide("办结", "确认办结", 办理结果="准予发放")
    expect(desk.state).to_have_text("已办结")
