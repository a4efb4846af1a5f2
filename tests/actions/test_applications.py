"""What is said of applications that were made."""

from __future__ import annotations

import asyncio
from datetime import timezone
from pathlib import Path

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.applications import ActionTrack, delivered
from actions.services import Services
from storage.application_records import NewFile
from storage.applications import Application, ApplicationState
from storage.identity import Identity

CERTIFICATE = "no-criminal-record-certificate"
ALLOWANCE = "birth-allowance"
PDF = NewFile("证明.pdf", "application/pdf", b"%PDF")


@pytest.fixture
def services(data: Path, tmp_path: Path, clock) -> Services:
    return Services.open(data, tmp_path / "var", f"sqlite:///{tmp_path / 'var' / 'wenban.db'}", clock)


@pytest.fixture
def citizen() -> Identity:
    return Identity("张示例", "310101199304180027", "13900000001", "6222020000000000018", {})


def submitted(services: Services, conversation: str = "one", item: str = CERTIFICATE, **fields: str) -> str:
    draft = services.applications.create_draft(conversation, item)
    return services.applications.submit(draft.id, fields.get("id_number"), fields).receipt_number


def issued(services: Services, item: str = CERTIFICATE, files: tuple[NewFile, ...] = (), **fields: str) -> Application:
    receipt = submitted(services, item=item, **fields)
    services.applications.transition(receipt, ApplicationState.ACCEPTED)
    return services.applications.transition(receipt, ApplicationState.ISSUED, files=files)


def tracked(services: Services, said: str, conversation: str = "one") -> str:
    """What is answered to somebody who asks."""
    dispatcher = CollectingDispatcher()
    tracker = Tracker(conversation, {}, {"text": said}, [], False, None, {}, None)
    asyncio.run(ActionTrack(services).run(dispatcher, tracker, {}))
    return dispatcher.messages[0]["text"]


def test_given_an_application_when_it_is_tracked_then_the_time_is_beijings(services, clock):
    receipt = submitted(services)
    at = services.applications.by_receipt(receipt).updated_at

    said = tracked(services, "我的证明办好了吗")

    assert at.tzinfo is timezone.utc and f"{at:%H:%M}" not in said
    assert f"{clock():%Y-%m-%d %H:%M}" in said


def test_given_a_document_when_it_is_issued_then_it_can_be_downloaded(services):
    application = issued(services, files=(PDF,), delivery="电子证明")

    assert "证明可以下载" in tracked(services, "我的证明办好了吗")
    assert "下载" in delivered(services, application)


@pytest.mark.parametrize(("delivery", "told"), [("窗口领取", "到窗口领取"), ("邮寄", "寄到您填写的地址")])
def test_given_a_delivery_on_paper_when_it_is_issued_then_the_delivery_is_told(services, delivery, told):
    issued(services, files=(PDF,), delivery=delivery)

    said = tracked(services, "我的证明办好了吗")

    assert told in said and "下载" not in said


def test_given_nothing_to_download_when_it_is_issued_then_no_download_is_promised(services):
    issued(services, item=ALLOWANCE)

    said = tracked(services, "津贴批了吗")

    assert "已办结，款项会发放" in said and "下载" not in said


@pytest.mark.parametrize("typed", ["{0}", "编号{0}", "{1}", "查一下{1}办到哪了", "{2}"])
def test_given_ones_own_receipt_number_when_it_is_typed_anyhow_then_that_application_is_told(services, typed):
    receipt, other = submitted(services), submitted(services, item=ALLOWANCE)

    said = tracked(services, typed.format(receipt, receipt.replace("-", ""), receipt.replace("-", "－")))

    assert receipt in said and "已收件" in said and other not in said


def test_given_a_report_when_its_number_is_told_then_it_is_found(services):
    receipt = submitted(services, item="citizen-report")

    assert "反映问题" in tracked(services, receipt)


def test_given_the_same_citizen_when_they_ask_elsewhere_then_their_application_is_told(services, citizen):
    receipt = submitted(services, id_number=citizen.id_number)
    services.conversations.bind("two", citizen, "wenban")

    assert "已收件" in tracked(services, receipt, "two")


def test_given_anothers_receipt_number_when_it_is_told_then_nothing_shows_that_there_is_one(services, citizen):
    there = submitted(services, id_number=citizen.id_number)
    nowhere = "20261123-0000995"

    said = tracked(services, there, "stranger")

    assert "隐私" in said and "已收件" not in said
    assert said.replace(there, "") == tracked(services, nowhere, "stranger").replace(nowhere, "")
