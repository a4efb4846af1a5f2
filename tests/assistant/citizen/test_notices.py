"""Each conversation hears once what became of its applications."""

from __future__ import annotations

from pathlib import Path

import pytest

from actions.services import Services
from assistant.app import tell_news
from assistant.citizen.hub import ConversationHub
from assistant.citizen.notices import Notices
from assistant.citizen.wire import EventType
from storage.application_records import NewFile
from storage.applications import ApplicationState
from storage.errors import DatabaseFull
from storage.transcripts import Transcripts

PDF = NewFile("证明.pdf", "application/pdf", b"%PDF")
FOREIGN = "rest:0123"


@pytest.fixture
def services(data: Path, tmp_path: Path, clock) -> Services:
    return Services.open(data, tmp_path / "var", f"sqlite:///{tmp_path / 'var' / 'wenban.db'}", clock)


@pytest.fixture
def notices(services: Services) -> Notices:
    return Notices(services)


@pytest.fixture
def hub(services: Services) -> ConversationHub:
    return ConversationHub(services.transcripts)


def moved(
    services: Services,
    *states: ApplicationState,
    conversation: str = "one",
    item: str = "no-criminal-record-certificate",
    note: str = "",
    files: tuple[NewFile, ...] = (PDF,),
) -> str:
    """Move a new application through the states, and return its receipt number."""
    draft = services.applications.create_draft(conversation, item)
    receipt = services.applications.submit(draft.id).receipt_number
    for state in states:
        brought = files if state is ApplicationState.ISSUED else ()
        services.applications.transition(receipt, state, note, files=brought)
    return receipt


DONE = (ApplicationState.ACCEPTED, ApplicationState.ISSUED)


def test_given_a_certificate_when_it_is_issued_then_its_conversation_is_told_once_with_the_document(
    services, notices, hub
):
    receipt = moved(services, *DONE)

    tell_news(notices, hub)
    tell_news(notices, hub)

    (event,) = hub.since("one", 0)
    assert event.type is EventType.APPLICATION_ISSUED
    assert event.payload["receipt_number"] == receipt and len(event.payload["documents"]) == 1
    assert "证明可以下载" in event.payload["text"]
    assert notices.reply_for("one") is None


def test_given_a_payment_when_it_is_issued_then_no_download_is_promised(services, notices, hub):
    moved(services, *DONE, item="birth-allowance", files=())

    tell_news(notices, hub)

    event = hub.since("one", 0)[-1]
    assert event.type is EventType.APPLICATION_ISSUED
    assert event.payload["documents"] == [] and "下载" not in event.payload["text"]


@pytest.mark.parametrize(
    ("state", "told"),
    [
        (ApplicationState.REFUSED, "不予受理"),
        (ApplicationState.SUPPLEMENT, "需要补正"),
        (ApplicationState.WITHDRAWN, "已撤回"),
    ],
)
def test_given_another_end_when_it_comes_then_it_is_told_in_words_with_its_reason(services, notices, hub, state, told):
    receipt = moved(services, state, note="缺少户口簿")

    tell_news(notices, hub)

    (event,) = hub.since("one", 0)
    assert event.type is EventType.REPLY
    assert told in event.payload["text"] and receipt in event.payload["text"] and "缺少户口簿" in event.payload["text"]
    assert event.payload["application"]["state"] == state.value


def test_given_an_acceptance_by_staff_when_it_comes_then_it_is_told_with_the_day_it_is_due(services, notices, hub):
    moved(services, ApplicationState.ACCEPTED, item="senior-allowance")

    tell_news(notices, hub)

    (event,) = hub.since("one", 0)
    assert "已受理" in event.payload["text"] and "承诺最迟12月14日办结" in event.payload["text"]


def test_given_a_refusal_when_it_is_told_then_how_to_object_follows_and_after_acceptance_it_is_called_otherwise(
    services, notices, hub
):
    moved(services, ApplicationState.REFUSED, item="senior-allowance", note="户籍不在本市。")
    moved(services, ApplicationState.ACCEPTED, ApplicationState.REFUSED, item="senior-allowance", note="未满65周岁。")

    tell_news(notices, hub)

    before, _, after = (event.payload["text"] for event in hub.since("one", 0))
    assert "不予受理" in before and "户籍不在本市。" in before
    assert "不予批准" in after and "未满65周岁。" in after and "不予受理" not in after
    assert all("60日内申请行政复议" in said and "6个月内" in said for said in (before, after))


def test_given_an_application_being_filled_in_when_news_come_then_its_question_is_asked_again(services, notices, hub):
    receipt = moved(services, item="senior-allowance")
    question = services.engine.start("one", "no-criminal-record-certificate", "", None, {}).text
    services.applications.transition(receipt, ApplicationState.ACCEPTED)

    tell_news(notices, hub)

    (event,) = hub.since("one", 0)
    assert "接着办" in event.payload["text"] and event.payload["text"].endswith(question.split("。")[-1])
    assert services.engine.expected("one").item_id == "no-criminal-record-certificate"


def test_given_an_automatic_acceptance_when_it_comes_then_nothing_is_said(services, notices, hub):
    moved(services, ApplicationState.ACCEPTED)

    tell_news(notices, hub)

    assert hub.since("one", 0) == []
    assert services.applications.conversations_with_notices() == ()


@pytest.mark.parametrize("states", [DONE, (ApplicationState.REFUSED,)])
def test_given_a_conversation_of_another_channel_when_news_come_then_its_next_message_brings_them(
    services, notices, hub, states
):
    receipt = moved(services, *states, conversation=FOREIGN)

    tell_news(notices, hub)

    assert hub.since(FOREIGN, 0) == []
    assert receipt in notices.reply_for(FOREIGN).text
    assert notices.reply_for(FOREIGN) is None


def test_given_news_that_cannot_be_kept_when_they_can_again_then_they_are_told(services, notices, hub, monkeypatch):
    moved(services, *DONE)

    def full(*_: object) -> None:
        raise DatabaseFull

    with monkeypatch.context() as broken:
        broken.setattr(Transcripts, "append", full)
        tell_news(notices, hub)
    assert services.applications.conversations_with_notices() == ("one",)

    tell_news(notices, hub)

    assert len(hub.since("one", 0)) == 1
