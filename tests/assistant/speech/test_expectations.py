"""What is expected to be heard follows the running application and the choices on the screen."""

from __future__ import annotations

import pytest

from actions.flows.steps import Expected, Phase
from assistant.speech.expectations import expectation
from voice.language.expectation import ANYTHING, ExpectationKind


def test_given_nothing_is_asked_then_anything_is_expected() -> None:
    assert expectation(None) == ANYTHING


def test_given_choices_on_the_screen_then_one_of_them_is_expected() -> None:
    expected = expectation(None, ["首次申领", "补领"])

    assert expected.kind is ExpectationKind.choice
    assert expected.options == ("首次申领", "补领")


@pytest.mark.parametrize("phase", [Phase.CONFIRM, Phase.CANCEL])
def test_given_a_confirmation_is_asked_then_a_yes_or_no_is_expected(phase: Phase) -> None:
    assert expectation(Expected("item", phase)).kind is ExpectationKind.yes_no


@pytest.mark.parametrize(
    ("field_type", "kind", "length"),
    [
        ("cn_mobile", ExpectationKind.digits, 11),
        ("cn_id_number", ExpectationKind.digits, 18),
        ("bank_account", ExpectationKind.digits, None),
        ("date", ExpectationKind.date, None),
        ("person_name", ExpectationKind.name, None),
        ("address", ExpectationKind.address, None),
    ],
)
def test_given_a_field_is_asked_then_its_kind_is_expected(field_type: str, kind: ExpectationKind, length: int) -> None:
    expected = expectation(Expected("item", Phase.ASK, "field", field_type))

    assert (expected.kind, expected.length) == (kind, length)


def test_given_a_choice_is_asked_then_its_options_and_the_buttons_are_expected() -> None:
    asked = Expected("item", Phase.ASK, "purpose", "choice", ("出国", "求职"))

    assert expectation(asked, ["求职", "取消"]).options == ("出国", "求职", "取消")
