"""Whose application it is: the rule as a table, and each route that it holds at, on a real server."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import timedelta

import pytest

from actions.back_office import DeskStep
from assistant.staff.accounts import Accounts
from assistant.staff.application_access import (
    FILE,
    ApplicationAccess,
    BadAuthorities,
    load_authorities,
)
from assistant.staff.desk_choices import load_departments
from storage.applications import Applications, ApplicationState
from storage.audit import AuditTrail
from storage.staff import StaffAccount, StaffRole
from tests.assistant.staff.office_clerk import DEPARTMENT, FIELDS, ITEM, Clerk, listed, submitted
from tests.assistant.staff.signing_in import settings_of

CLERK, SUPERVISOR = StaffRole.CLERK, StaffRole.SUPERVISOR
DEPARTMENTS = {"general": "综合窗口", "household": "户政窗口", "exit-entry": "出入境窗口", "tax": "税务窗口"}
AUTHORITIES = {"general": ["办公厅"], "household": ["公安局"], "exit-entry": ["公安局"], "tax": ["税务局"]}
ITEMS = {"id-card": "公安局", "invoice": "税务局", "hall": "办公厅", "school": "教育局"}
ALL, TAKE_IN, NOTHING = set(DeskStep), {DeskStep.ACCEPT, DeskStep.SUPPLEMENT}, set()
TABLE = {
    # role, department: the steps with police, tax, the hall's own, nobody's, and an item that is gone
    (CLERK, "household"): (ALL, NOTHING, NOTHING, ALL, NOTHING),
    (CLERK, "exit-entry"): (ALL, NOTHING, NOTHING, ALL, NOTHING),
    (CLERK, "tax"): (NOTHING, ALL, NOTHING, ALL, NOTHING),
    (CLERK, "closed-long-ago"): (NOTHING, NOTHING, NOTHING, ALL, NOTHING),
    (CLERK, "general"): (TAKE_IN, TAKE_IN, ALL, ALL, TAKE_IN),
    (CLERK, None): (TAKE_IN, TAKE_IN, ALL, ALL, TAKE_IN),
    (SUPERVISOR, None): (ALL, ALL, ALL, ALL, ALL),
    (SUPERVISOR, "tax"): (ALL, ALL, ALL, ALL, ALL),
}
NAMED = ("id-card", "invoice", "hall", "school", "gone")
POLICE = "residence-permit-endorsement"


@pytest.fixture
def access() -> ApplicationAccess:
    return ApplicationAccess(ITEMS.get, DEPARTMENTS, AUTHORITIES)


def account(role: StaffRole, department: str | None) -> StaffAccount:
    return StaffAccount("a" * 32, "anna", "安娜", role, True, department)


@pytest.mark.parametrize(("who", "steps"), TABLE.items(), ids=[f"{role.value}-{key}" for role, key in TABLE])
def test_given_a_role_and_a_department_when_each_step_is_asked_for_then_the_table_says_whose_it_is(access, who, steps):
    somebody = account(*who)

    for item, own in zip(NAMED, steps, strict=True):
        assert {step for step in DeskStep if access.may(somebody, item, step)} == own, item
        assert access.sees(somebody, item) is bool(own), item
    assert access.hidden(somebody, NAMED) == {item for item, own in zip(NAMED, steps, strict=True) if not own}


@pytest.mark.parametrize(
    ("who", "name"),
    [
        ((CLERK, "tax"), "税务窗口"),
        ((CLERK, "closed-long-ago"), "closed-long-ago"),
        ((CLERK, "general"), None),
        ((CLERK, None), None),
        ((SUPERVISOR, "tax"), None),
    ],
)
def test_given_somebody_when_asked_whose_applications_they_see_then_it_is_one_departments_or_all(access, who, name):
    assert access.only(account(*who)) == name


@pytest.mark.parametrize(
    "written", ["- household", "household: 公安局", "household: [1]", "household: ['']", "moon: [公安局]"]
)
def test_given_a_file_that_says_nothing_of_use_when_loaded_then_it_is_refused(tmp_path, written):
    (tmp_path / FILE).write_text(written, encoding="utf-8")

    with pytest.raises(BadAuthorities, match=FILE):
        load_authorities(tmp_path / FILE, DEPARTMENTS)


def test_given_the_shipped_file_when_loaded_then_each_department_decides_and_no_flow_is_left_to_everybody(
    services, data, caplog
):
    with caplog.at_level(logging.WARNING):
        access = ApplicationAccess.load(services)

    assert caplog.records == []
    assert load_authorities(data / FILE, load_departments(data)).keys() == load_departments(data).keys()
    named = {item.department for item in services.catalogue.items.values()}
    for names in load_authorities(data / FILE, load_departments(data)).values():
        assert named.issuperset(names)
    assert access.may(account(CLERK, "social-insurance"), "social-security-card-reissue", DeskStep.ISSUE)


def test_given_an_authority_without_a_department_when_loaded_then_the_operator_is_told_which_flow_is_everybodys(
    services, data, tmp_path, caplog
):
    for name in ("departments.yml", FILE):
        text = (data / name).read_text(encoding="utf-8")
        (tmp_path / name).write_text(text.replace("civil-affairs: [上海市民政局]\n", ""), encoding="utf-8")

    with caplog.at_level(logging.WARNING):
        access = ApplicationAccess.load(replace(services, data=tmp_path))

    assert [one.getMessage().split(":")[0] for one in caplog.records] == [f"No department decides for {ITEM}"]
    assert access.may(account(CLERK, "tax"), ITEM, DeskStep.REFUSE)


@pytest.fixture
def submit(storage):
    """Submit an application into the server's storage."""

    def submit_(item: str = ITEM, fields=FIELDS) -> str:
        return submitted(storage, item, fields)

    return submit_


@pytest.fixture
def own(server) -> Clerk:
    """A clerk of the department that decides on the item."""
    return Clerk.of(server, DEPARTMENT)


@pytest.fixture
def other(server) -> Clerk:
    """A clerk of another department."""
    return Clerk.of(server, "tax")


@pytest.fixture
def general(server) -> Clerk:
    return Clerk.of(server)


def counted(clerk: Clerk, tab: str, item: str) -> int:
    return clerk.get(f"?tab={tab}&item={item}").json["counts"][tab]


@pytest.mark.server
def test_given_another_departments_application_when_asked_for_then_it_is_as_if_it_did_not_exist(
    own, other, submit, storage
):
    receipt = submit()
    version = own.read(receipt)["version"]
    nothing = receipt[:-7] + "9999999"

    for method, path, body in (
        ("get", "/{}", None),
        ("post", "/{}/unmask", {"field": "id_number"}),
        ("get", "/{}/documents/" + "0" * 32, None),
        ("post", "/{}/steps/accept", {"version": version}),
        ("post", "/{}/steps/refuse", {"version": version, "note": "不符合条件"}),
        ("post", "/{}/steps/nothing", {}),
    ):
        ask = getattr(other, method)
        there, not_there = (ask(path.format(number), *([body] if body else [])) for number in (receipt, nothing))
        assert (there.status, there.json) == (404, not_there.json) and not_there.status == 404, path
    assert own.read(receipt)["version"] == version
    assert {one.actor for one in AuditTrail(storage).entries(receipt)} == {own.account[0]}


@pytest.mark.server
def test_given_another_departments_file_when_fetched_then_it_is_refused_and_the_own_department_has_it(
    server, other, submit
):
    fields = {"full_name": "陈假设", "id_number": "340111199011050067", "reason": "停业", "district": "闵行区"}
    receipt = submit("unemployment-registration", {**fields, "phone": "13900000005", "service": "只登记"})
    deciding = Clerk.of(server, "social-insurance")
    deciding.take(receipt, "accept")
    (document,) = deciding.take(receipt, "issue").json["application"]["documents"]
    path = f"/{receipt}/documents/{document['document_id']}"

    assert other.get(path).status == 404 and Clerk.of(server, DEPARTMENT).get(path).status == 404
    assert deciding.get(path).status == 200 and Clerk.of(server).get(path).status == 200


@pytest.mark.server
def test_given_applications_of_two_departments_when_listed_then_each_sees_and_counts_its_own(
    server, own, other, general, submit
):
    clerks = (own, other, general)
    before = [[counted(clerk, "to_accept", item) for item in (ITEM, POLICE)] for clerk in clerks]
    senior, police = submit(), submit(POLICE)

    after = [[counted(clerk, "to_accept", item) for item in (ITEM, POLICE)] for clerk in clerks]
    grown = [[now - then for now, then in zip(*both, strict=True)] for both in zip(after, before, strict=True)]
    assert grown == [[1, 0], [0, 0], [1, 1]] and after[1] == [0, 0]
    assert senior in listed(own, "to_accept") and senior in listed(general, "to_accept")
    assert listed(other, "to_accept") == [] and listed(own, "to_accept", POLICE) == []
    assert police in listed(Clerk.of(server, "exit-entry"), "to_accept", POLICE)
    for clerk, seen in ((own, {ITEM}), (other, set()), (general, {ITEM, POLICE})):
        items = {one["item_id"] for one in clerk.get("").json["items"]}
        assert items & {ITEM, POLICE} == seen
        found = [clerk.get(f"/search?number={number}").json["entries"] for number in (senior, police)]
        assert {one["item"]["item_id"] for entries in found for one in entries} == seen
    assert "民政窗口" in own.get("").json["scope"] and general.get("").json["scope"] is None


@pytest.mark.server
def test_given_a_decided_and_an_overdue_application_when_counted_then_only_in_the_lists_of_who_sees_them(
    own, other, general, submit, storage
):
    clerks = (own, other, general)

    def counts() -> list[tuple[int, int]]:
        return [(one.get("/attention").json["overdue"], counted(one, "decided", ITEM)) for one in clerks]

    before = counts()
    late, refused = submit(), submit()
    Applications(storage).transition(late, ApplicationState.ACCEPTED, at=storage.now() - timedelta(days=60))
    own.take(refused, "refuse", note="户籍不在本市")

    assert counts() == [(before[0][0] + 1, before[0][1] + 1), before[1], (before[2][0] + 1, before[2][1] + 1)]
    assert [late in listed(clerk, "overdue") for clerk in clerks] == [True, False, True]
    assert [refused in listed(clerk, "decided") for clerk in clerks] == [True, False, True]


@pytest.mark.server
def test_given_the_general_window_when_it_takes_in_then_the_department_decides_and_a_supervisor_may(
    server, own, general, submit
):
    receipt, second = submit(), submit()
    page = general.read(receipt)
    assert (page["steps"], page["authority"]) == (["accept", "supplement"], "上海市民政局")
    assert page["turn"] == "本件由上海市民政局审批，综合窗口可以受理、要求补正。" and page["waits_for"] is None
    refused = general.take(receipt, "refuse", note="不符合条件")
    assert (refused.status, refused.json["message"]) == (403, "这一步不由综合窗口决定，本件由上海市民政局审批。")

    accepted = general.take(receipt, "accept").json["application"]

    assert (accepted["state"], accepted["steps"]) == ("accepted", [])
    assert accepted["turn"] == "本件已经受理，由上海市民政局审批。" and accepted["waits_for"] == "上海市民政局"
    for step in ("issue", "refuse"):
        assert general.take(receipt, step, note="准予发放").status == 403
    own_page = own.read(receipt)
    assert (own_page["steps"], own_page["turn"], own_page["waits_for"]) == (["issue", "refuse"], None, None)
    assert own.take(receipt, "issue", note="准予发放").json["application"]["state"] == "issued"
    supervisor = Clerk.of(server, "tax", "supervisor")
    assert supervisor.take(second, "refuse", note="户籍不在本市").json["application"]["state"] == "refused"


@pytest.mark.server
def test_given_the_demonstration_when_its_clerks_work_then_one_takes_in_and_the_other_decides(server, submit):
    names = ("clerk", "clerk-social-insurance")
    window, department = (Clerk(server, (server.var / f"demo-{one}.txt").read_text().split()) for one in names)
    receipt = submit("social-security-card-reissue")

    assert window.take(receipt, "accept").status == 200
    assert window.take(receipt, "issue", note="新卡已寄出").status == 403
    assert department.take(receipt, "issue", note="新卡已寄出").status == 200


@pytest.mark.server
def test_given_a_clerk_at_work_when_they_are_put_into_another_department_then_it_holds_at_once(server, own, submit):
    receipt = submit()
    assert own.get(f"/{receipt}").status == 200

    Accounts(settings_of(server)).set_department(own.account[0], "tax")

    assert own.get(f"/{receipt}").status == 404
