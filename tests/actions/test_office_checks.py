"""What is checked of an application by itself."""

from __future__ import annotations

import pytest

from actions.office_checks import OfficeChecks
from actions.services import Services

SENIOR = "senior-allowance"
RIGHT = {
    "full_name": "吴试填",
    "id_number": "310110195601010049",
    "phone": "13900008888",
    "district": "杨浦区",
    "senior_card": "已有",
}
KNOWN = {"applicant": "本人", "sources": {"id_number": "identity"}, "eligible": True}


@pytest.fixture
def services(data, tmp_path, clock) -> Services:
    return Services.open(data, tmp_path / "var", f"sqlite:///{tmp_path / 'var' / 'wenban.db'}", clock)


@pytest.fixture
def checked(services):
    """Submit an application and return the outcome of each check by its name, and the sentences."""
    office = services.back_office
    checks = OfficeChecks(services.flows, office.texts, services.engine.label, office.desk.others_open)

    def checked_(fields=RIGHT, context=KNOWN, item=SENIOR):
        draft = services.applications.create_draft("one", item)
        receipt = services.applications.submit(draft.id, fields.get("id_number"), fields, context).receipt_number
        found = checks.of(services.applications.by_receipt(receipt))
        return {one.name: one.outcome.value for one in found}, " ".join(one.text for one in found)

    return checked_


def test_given_a_right_application_of_a_known_citizen_when_checked_then_everything_passes(checked):
    outcomes, said = checked()

    assert set(outcomes.values()) == {"passed"}
    assert outcomes.keys() == {
        "required",
        "cn_id_number",
        "cn_mobile",
        "values",
        "identity",
        "register",
        "age",
        "duplicate",
    }
    assert "满65周岁" in said and RIGHT["id_number"] not in said


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"id_number": "310110195601010048"}, "cn_id_number"),
        ({"phone": "1390000888"}, "cn_mobile"),
        ({"district": "不在本市"}, "values"),
        ({"senior_card": ""}, "required"),
        ({"id_number": "310110199601010055"}, "age"),
    ],
)
def test_given_one_thing_wrong_when_checked_then_that_fails_and_comes_first(checked, change, name):
    outcomes, _ = checked({**RIGHT, **change})

    assert outcomes[name] == "failed"
    assert next(iter(outcomes)) == name


def test_given_a_name_of_six_characters_without_a_dot_when_checked_then_it_passes(checked):
    outcomes, _ = checked({**RIGHT, "full_name": "阿拉坦其其格"})

    assert outcomes["values"] == "passed"


def test_given_nobody_signed_in_when_checked_then_a_person_must_look(checked):
    outcomes, _ = checked(context={})

    assert {name for name, outcome in outcomes.items() if outcome == "unknown"} == {"identity", "register"}


def test_given_the_same_person_twice_when_checked_then_the_other_open_one_is_named(checked, services):
    checked()
    first = services.applications.of_conversation("one")[0].receipt_number

    outcomes, said = checked()

    assert outcomes["duplicate"] == "failed" and first in said


def test_given_fields_that_one_case_alone_needs_when_checked_then_only_that_case_must_have_them(checked):
    outcomes, said = checked({**RIGHT, "senior_card": "同时申领"})

    assert outcomes["required"] == "failed" and "敬老卡发卡银行" in said
