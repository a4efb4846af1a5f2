"""Numbers that are no personal data stay."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import Mock

import pytest

from assistant.citizen.personal_data import PersonalDataGuard
from storage.personal_values import PersonalKind


@pytest.fixture(scope="module")
def guard(data: Path) -> PersonalDataGuard:
    return PersonalDataGuard.load(data / "texts" / "personal_data.yml", Mock())


@pytest.mark.parametrize(
    "said",
    [
        "20261123-0000018",
        "202611230000018",
        "编号是202611230000018，办到哪了",
        "20261123－0000018",
        "编号—20261123-0000018",
    ],
)
def test_given_a_receipt_number_when_it_is_typed_with_any_dash_or_none_then_it_stays(guard, said):
    assert guard.find(said) == ()


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("202611230000019", PersonalKind.ID_NUMBER),
        ("310101930418002", PersonalKind.ID_NUMBER),
        ("202611230000018-13900000001", PersonalKind.PHONE),
    ],
)
def test_given_digits_that_are_no_receipt_number_when_looked_at_then_they_are_personal(guard, said, kind):
    assert kind in {found.kind for found in guard.find(said)}


def test_given_a_text_that_is_kept_for_no_conversation_when_masked_then_no_value_is_put_away(data):
    values = Mock()
    values.nameless.side_effect = lambda kind: f"[{kind.value}]"
    guard = PersonalDataGuard.load(data / "texts" / "personal_data.yml", values)

    assert guard.without_values("请打13900000001或13900000002") == "请打[phone]或[phone]"
    assert guard.without_values("请打13900000001或13900000002", known="窗口电话13900000001") == (
        "请打13900000001或[phone]"
    )
    values.put.assert_not_called()
