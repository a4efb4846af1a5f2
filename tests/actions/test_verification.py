"""Whether a certificate is genuine, for whoever holds it."""

from __future__ import annotations

from pathlib import Path

import pytest

from actions.services import Services
from actions.verification import Verification, verification_of
from storage.application_records import NewFile

CODE = "ABCD-EFGH-JKLM-NPQR"


@pytest.fixture
def services(data: Path, tmp_path: Path, clock) -> Services:
    return Services.open(data, tmp_path / "var", f"sqlite:///{tmp_path / 'var' / 'wenban.db'}", clock)


@pytest.fixture
def certificate(services: Services) -> None:
    draft = services.applications.create_draft("one", "no-criminal-record-certificate")
    receipt = services.applications.submit(draft.id).receipt_number
    file = NewFile("无犯罪记录证明（样例）.pdf", "application/pdf", b"%PDF", CODE)
    services.applications.add_document(receipt, file)


@pytest.mark.parametrize("typed", [CODE, "abcd efgh jklm npqr", "ABCDEFGHJKLMNPQR"])
def test_given_a_code_when_it_is_typed_anyhow_then_name_and_day_are_told(services, certificate, typed):
    assert verification_of(services, typed) == Verification(True, "无犯罪记录证明（样例）", "2026-11-23")


@pytest.mark.parametrize("typed", ["", "ABCD", "ABCD-EFGH-JKLM-NPQS", "'; --", "x" * 1000])
def test_given_no_such_code_when_asked_then_nothing_is_told(services, certificate, typed):
    assert verification_of(services, typed) == Verification(False)
