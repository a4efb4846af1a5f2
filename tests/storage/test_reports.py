from __future__ import annotations

from storage.reports import Reports


def test_a_report_gets_a_number_and_is_found(open_database, clock):
    number = Reports(open_database()).create("one", "noise", "半夜装修", "示例小区", "13900000001")
    assert number.startswith("R20261123-000001")
    report = Reports(open_database()).get(number)
    assert (report.kind, report.text, report.place, report.contact, report.at) == (
        "noise",
        "半夜装修",
        "示例小区",
        "13900000001",
        clock(),
    )


def test_the_newest_come_first_and_a_given_number_is_kept_once(database, clock):
    reports = Reports(database)
    reports.create("one", "noise", "一", "", "")
    clock.pass_(seconds=1)
    for _ in range(2):
        assert reports.create("one", "noise", "二", "", "", "20261123-0000018") == "20261123-0000018"
    assert [report.text for report in reports.latest()] == ["二", "一"]
    assert reports.get("none") is None
