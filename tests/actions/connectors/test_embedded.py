"""The embedded back office: from submission to the certificate in hand."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from pypdf import PdfReader

from actions.connectors.certificate import CertificateIssuer, NoCertificate, new_code, normal_code
from actions.connectors.certificate_page import CertificateNotDrawn
from actions.connectors.embedded import EmbeddedConnector
from actions.connectors.fonts import FontFace, NoChineseFont, chinese_fonts
from actions.connectors.protocol import Connector, ConnectorError
from actions.flows.definition import decided_automatically, load_flows
from storage.applications import Applications, ApplicationState
from storage.appointments import Appointments, Slot, WantedSeat
from storage.database import Database
from storage.encryption import Cipher
from storage.left_messages import LeftMessages
from storage.reports import Reports

DATA = Path(__file__).parents[3] / "data"
CERTIFICATE = "no-criminal-record-certificate"
FIELDS = {
    "full_name": "张示例",
    "id_number": "310101199304180027",
    "phone": "13900000001",
    "purpose": "出国（境）",
}


class Clock:
    moment = datetime(2026, 11, 23, 10, 0, tzinfo=timezone.utc)

    def __call__(self) -> datetime:
        return self.moment


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture(scope="module")
def flows():
    """The flows as where nobody is at a desk: the office decides all of them."""
    return decided_automatically(load_flows(DATA / "flows"))


@pytest.fixture
def database(tmp_path, clock):
    database = Database(f"sqlite:///{tmp_path / 'wenban.db'}", Cipher(Cipher.new_key()), clock)
    database.upgrade()
    yield database
    database.close()


@pytest.fixture
def applications(database):
    return Applications(database)


@pytest.fixture
def office(applications, flows, clock):
    return EmbeddedConnector.load(DATA, applications, flows, clock, processing_seconds=60)


@pytest.fixture
def submit(applications):
    def submit_(item=CERTIFICATE, fields=FIELDS):
        return applications.submit(applications.create_draft("one", item).id, None, fields, {})

    return submit_


def states(applications, receipt_number):
    return [event.state.value for event in applications.events(receipt_number)]


def text_of(document) -> str:
    """The text of a PDF; pypdf gives a null character beside each one of a two-byte font."""
    return PdfReader(io.BytesIO(document.content)).pages[0].extract_text().replace("\0", "")


def test_it_is_a_connector(office):
    connector: Connector = office
    assert connector.name == "embedded"


class TestACertificate:
    @pytest.fixture
    def document(self, office, applications, submit, clock):
        application = submit()
        office.advance()
        clock.moment += timedelta(seconds=60)
        office.advance()
        return applications.document(applications.documents(application.receipt_number)[0].id)

    def test_is_accepted_at_once_and_issued_after_its_time(self, office, applications, submit, clock):
        application = submit()
        assert office.submit(application, application.id) == application.receipt_number
        assert office.status(application.receipt_number) is ApplicationState.ACCEPTED
        clock.moment += timedelta(seconds=59)
        assert office.status(application.receipt_number) is ApplicationState.ACCEPTED
        clock.moment += timedelta(seconds=1)
        assert office.status(application.receipt_number) is ApplicationState.ISSUED
        assert states(applications, application.receipt_number) == ["submitted", "accepted", "issued"]
        assert [notice.state.value for notice in applications.pending_notices("one")] == [
            "accepted",
            "issued",
        ]

    def test_is_issued_once(self, office, applications, document):
        assert office.advance() == 0
        assert len(applications.documents(document.receipt_number)) == 1

    def test_has_its_chinese_right(self, document):
        packed = re.sub(r"\s", "", text_of(document))
        for part in (
            "无犯罪记录证明",
            "张示例",
            "310101199304180027",
            "1993年4月18日",
            "截至2026年11月23日，未发现张示例在中华人民共和国境内有犯罪记录。",
            "出国（境）",
            "样例不作证明使用",
            document.receipt_number,
        ):
            assert part in packed

    def test_is_verified_by_its_code_and_its_content(self, office, applications, document):
        code = re.search(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}", text_of(document))[0]
        assert office.verify(code).id == document.id
        assert office.verify(code.lower().replace("-", " ")).id == document.id
        assert office.verify(new_code()) is None
        assert office.verify("1") is None
        assert applications.is_unaltered(document.id, document.content)
        assert not applications.is_unaltered(document.id, document.content + b" ")


class TestWhoDecides:
    def test_given_a_flow_that_staff_decide_on_when_time_passes_then_it_waits_for_them(
        self, applications, submit, clock
    ):
        office = EmbeddedConnector.load(DATA, applications, load_flows(DATA / "flows"), clock, processing_seconds=60)
        theirs, its_own = submit("senior-allowance", FIELDS), submit()
        office.advance()
        clock.moment += timedelta(days=1)

        assert office.status(its_own.receipt_number) is ApplicationState.ISSUED
        assert office.status(theirs.receipt_number) is ApplicationState.SUBMITTED


class TestOtherDeliveries:
    def test_an_allowance_is_paid_without_a_file(self, office, applications, submit, clock):
        application = submit("birth-allowance", FIELDS)
        office.advance()
        clock.moment += timedelta(seconds=60)
        assert office.status(application.receipt_number) is ApplicationState.ISSUED
        assert applications.documents(application.receipt_number) == ()

    def test_given_an_appointment_when_it_is_accepted_then_it_is_issued_at_once_and_can_still_be_withdrawn(
        self, office, applications
    ):
        draft = applications.create_draft("one", "service-hall-appointment")
        seat = WantedSeat(Slot("service-hall", "north", date(2026, 11, 24), "9:00–10:00"), 1)
        receipt = applications.submit(draft.id, FIELDS["id_number"], FIELDS, {}, seat).receipt_number
        assert office.status(receipt) is ApplicationState.ISSUED
        assert office.cancel(receipt, "去不了")
        assert Appointments(applications.database).of(draft.id) is None

    def test_a_report_is_filed_once_under_its_number(self, office, database, submit, clock):
        application = submit("citizen-report", {"content": "路灯坏了", "place": "样本路", "contact": "13900000001"})
        office.advance()
        clock.moment += timedelta(days=1)
        office.advance()
        report = Reports(database).get(application.receipt_number)
        assert (report.text, report.place, report.contact) == ("路灯坏了", "样本路", "13900000001")
        assert office.status(application.receipt_number) is ApplicationState.ACCEPTED

    def test_a_message_is_filed_under_its_number(self, office, database, submit):
        application = submit("leave-message", {"phone": "13900000001", "content": "请回电"})
        office.advance()
        assert [one.number for one in LeftMessages(database).waiting()] == [application.receipt_number]


class TestTrouble:
    def test_an_application_can_be_withdrawn_before_it_is_issued(self, office, applications, submit, clock):
        application = submit()
        office.advance()
        assert office.cancel(application.receipt_number, "不需要了")
        clock.moment += timedelta(seconds=60)
        assert office.status(application.receipt_number) is ApplicationState.WITHDRAWN
        assert applications.documents(application.receipt_number) == ()

    def test_an_issued_or_unknown_one_cannot(self, office, submit, clock):
        application = submit("birth-allowance", FIELDS)
        office.advance()
        clock.moment += timedelta(seconds=60)
        office.advance()
        assert not office.cancel(application.receipt_number)
        assert not office.cancel("20261123-0000000")
        with pytest.raises(ConnectorError):
            office.status("20261123-0000000")

    def test_what_cannot_be_issued_waits_and_holds_up_nobody(self, office, applications, submit, clock, caplog):
        broken, right = submit(fields={"full_name": "张示例"}), submit("birth-allowance", FIELDS)
        office.advance()
        clock.moment += timedelta(seconds=60)
        assert office.status(right.receipt_number) is ApplicationState.ISSUED
        assert office.status(broken.receipt_number) is ApplicationState.ACCEPTED
        assert "张示例" not in caplog.text

    def test_what_cannot_be_issued_is_not_tried_again_at_once(self, office, submit, clock, caplog):
        submit(fields={"full_name": "张示例"})
        office.advance()
        clock.moment += timedelta(seconds=60)
        for _ in range(30):
            office.advance()
            clock.moment += timedelta(seconds=2)
        assert 2 <= len(caplog.records) <= 6

    def test_a_name_with_a_character_that_no_font_has_is_not_printed_as_a_box(self, submit, clock):
        issuer = CertificateIssuer.load(DATA / "texts" / "certificates.yml")
        with pytest.raises(CertificateNotDrawn):
            issuer.issue(submit(fields={**FIELDS, "full_name": "王\U0002a6a5"}), clock().date())

    def test_a_draft_cannot_be_handed_over(self, office, applications):
        draft = applications.create_draft("one", CERTIFICATE)
        with pytest.raises(ConnectorError):
            office.submit(draft, draft.id)

    def test_an_item_without_a_certificate_is_refused(self, submit, clock):
        issuer = CertificateIssuer.load(DATA / "texts" / "certificates.yml")
        with pytest.raises(NoCertificate):
            issuer.issue(replace(submit(), item_id="passport"), clock().date())

    def test_a_name_that_is_too_long_for_its_row_takes_two_lines(self, submit, clock):
        name = "阿卜杜热西提江·麦麦提吐尔逊·买买提明江阿不都热合曼·吐尔逊江"
        issuer = CertificateIssuer.load(DATA / "texts" / "certificates.yml")
        drawn = issuer.issue(submit(fields={**FIELDS, "full_name": name}), clock().date())
        lines = PdfReader(io.BytesIO(drawn.content)).pages[0].extract_text().replace("\0", "").splitlines()
        assert not any(name in line for line in lines)
        assert name in "".join(lines)

    def test_a_day_stands_on_a_certificate_as_it_is_written(self, submit, clock):
        fields = {**FIELDS, "lost_date": "2026-11-03", "cause": "遗失"}
        issuer = CertificateIssuer.load(DATA / "texts" / "certificates.yml")
        drawn = issuer.issue(replace(submit(fields=fields), item_id="id-card-loss-report"), clock().date())
        assert "2026年11月3日" in PdfReader(io.BytesIO(drawn.content)).pages[0].extract_text().replace("\0", "")

    def test_a_system_without_a_chinese_font_is_told_how_to_get_one(self, tmp_path):
        with pytest.raises(NoChineseFont, match="fonts-noto-cjk"):
            chinese_fonts([FontFace(tmp_path / "none.ttf")])


def test_a_typed_code_is_brought_into_its_form():
    code = new_code()
    assert normal_code(f" {code.lower()} ") == code
    assert normal_code(code[:-1]) is None
