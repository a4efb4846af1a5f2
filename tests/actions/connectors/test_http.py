"""What is sent to a department's system and what is made of its answers, against its document and a real server."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from ipaddress import ip_address
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from actions.connectors.contract import Contract, WrongAnswer
from actions.connectors.http import HttpConnector
from actions.connectors.protocol import Connector, ConnectorError, Rejected, Unavailable
from storage.application_records import NewFile
from storage.applications import ApplicationState
from tests.actions.connectors.conftest import VALUES
from tests.actions.connectors.department import Department
from tests.actions.connectors.dispatching import DATA, ITEM, connector_for


@pytest.fixture(scope="module")
def contract():
    return Contract.load(DATA)


@pytest.fixture
def connector(department, clock) -> HttpConnector:
    return connector_for(department.url, clock)


def operation(document: dict[str, Any], method: str, path: str) -> dict[str, Any]:
    """Return the operation of the document that a request is for."""
    for template, operations in document["paths"].items():
        pattern = re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape("/v1" + template))
        if re.fullmatch(pattern, path):
            return operations[method.lower()]
    raise AssertionError(f"The document has no {path}.")


def test_it_is_a_connector(connector):
    one: Connector = connector
    assert one.name == "police"


class TestWhatIsSent:
    def test_given_an_application_when_submitted_then_only_its_flows_fields_leave(self, apply, connector, department):
        application = apply()
        assert connector.submit(application, application.id) == "GA-000001"
        (request,) = department.records("requests")
        assert request["body"] == {
            "receipt_number": application.receipt_number,
            "item": ITEM,
            "submitted_at": "2026-11-23T10:00:00+00:00",
            "applicant": "本人",
            "fields": VALUES,
            "verified": ["full_name"],
        }
        assert request["headers"]["Idempotency-Key"] == application.id
        assert request["headers"]["Authorization"] == "Bearer secret"

    def test_given_an_agent_when_submitted_then_the_department_hears_who_applied(self, apply, connector):
        application = apply()
        agent = {"name": "李样本", "id_number": "310*************15", "relation": "父母", "role": "子女"}
        stated = {"statement": "我已经得到授权。", "said": "是的", "stated_at": "2026-11-23T18:00:00+08:00"}

        body = connector.body_of(replace(application, context={"applicant": "代办", "agent": {**agent, **stated}}))

        assert body["agent"] == {**agent, **stated} and body["applicant"] == "代办"
        assert set(body["fields"]) == set(VALUES)

    def test_given_a_draft_when_submitted_then_it_is_refused_here(self, handed, connector, department):
        with pytest.raises(ConnectorError, match="draft"):
            connector.submit(handed.create_draft("one", ITEM), "key")
        assert department.records("requests") == []

    def test_given_every_call_when_made_then_requests_and_answers_are_as_the_document_says(
        self, apply, connector, department, contract
    ):
        first, second = apply(), apply("two")
        for application in (first, first, second):
            connector.submit(application, application.id)
        department.issue("证明.pdf", b"%PDF")
        department.decide("GA-000001", "supplement", "请补充。")
        connector.status("GA-000001")
        connector.documents("GA-000001")
        assert connector.cancel("GA-000002", "不需要了") and connector.cancel("GA-000002")
        department.decide("GA-000002", "issued")
        assert not connector.cancel("GA-000002")
        with pytest.raises(ConnectorError):
            connector.status("GA-999999")

        document: Any = contract.document
        for request in department.records("requests"):
            described = operation(document, request["method"], request["path"])
            if "requestBody" in described:
                schema = described["requestBody"]["content"]["application/json"]["schema"]["$ref"].split("/")[-1]
                contract.check(schema, request["body"])
            for parameter in described.get("parameters", ()):
                assert re.search(parameter["schema"]["pattern"], request["headers"][parameter["name"]])
        statuses = set()
        for answer in department.records("answers"):
            described = operation(document, answer["method"], answer["path"])["responses"][str(answer["status"])]
            if "$ref" in described:
                described = document["components"]["responses"][described["$ref"].split("/")[-1]]
            schema = described["content"]["application/json"]["schema"]["$ref"].split("/")[-1]
            contract.check(schema, answer["body"])
            statuses.add(answer["status"])
        assert statuses == {200, 201, 404, 409}


class TestWhatComesBack:
    @pytest.fixture
    def application(self, apply, connector):
        application = apply()
        connector.submit(application, application.id)
        return application

    def test_given_a_state_when_asked_then_it_is_told_with_its_note(self, application, connector, department):
        assert connector.status("GA-000001") is ApplicationState.SUBMITTED
        department.decide("GA-000001", "supplement", "请补充。")
        found = connector.look("GA-000001")
        assert (found.state, found.note) == (ApplicationState.SUPPLEMENT, "请补充。")

    def test_given_documents_when_fetched_then_they_are_as_listed(self, application, connector, department):
        assert connector.documents("GA-000001") == ()
        department.issue("证明.pdf", b"%PDF")
        assert connector.documents("GA-000001") == (NewFile("证明.pdf", "application/pdf", b"%PDF"),)
        department.behave(described={"size": 11 * 1024 * 1024})
        with pytest.raises(WrongAnswer):
            connector.documents("GA-000001")

    def test_given_a_withdrawal_that_is_none_when_answered_then_it_is_an_error(
        self, application, connector, department
    ):
        department.behave(withdraw='says:{"reference":"GA-000001","state":"accepted"}')
        with pytest.raises(WrongAnswer):
            connector.cancel("GA-000001")

    @pytest.mark.parametrize(
        ("status", "failure"),
        [(422, Rejected), (400, Rejected), (409, ConnectorError), (401, Unavailable), (404, Unavailable)],
    )
    def test_given_a_refusal_when_told_then_nothing_of_the_citizen_is_quoted(
        self, apply, connector, department, status, failure
    ):
        department.behave(submit=f"status:{status}")
        with pytest.raises(failure) as caught:
            connector.submit(apply(), "key")
        assert type(caught.value) is failure and caught.value.code == f"status_{status}"
        assert "张" not in str(caught.value) and "secret" not in str(caught.value)

    def test_given_a_wrong_answer_when_told_then_its_values_are_not_quoted(self, contract):
        with pytest.raises(WrongAnswer) as caught:
            contract.read("Progress", '{"reference": "张示例", "state": "张示例"}'.encode())
        assert "张" not in str(caught.value) and "Progress" in str(caught.value)

    @pytest.mark.parametrize("body", [b"", b"\xff", b"[" * 100_000, b"null", b'{"state": "issued"}'])
    def test_given_no_right_json_when_read_then_it_is_a_wrong_answer(self, contract, body):
        with pytest.raises(WrongAnswer):
            contract.read("Progress", body)


class TestEncryption:
    @pytest.fixture
    def encrypted(self, tmp_path):
        running = Department(tmp_path / "department", certificate=self_signed(tmp_path / "server.pem")).start()
        yield running
        running.kill()

    def test_given_a_certificate_of_nobody_when_called_then_nothing_is_sent(self, apply, encrypted, clock):
        application = apply()
        with pytest.raises(Unavailable) as caught:
            connector_for(encrypted.url, clock).submit(application, application.id)
        assert caught.value.code == "certificate"
        assert encrypted.records("requests") == []

    def test_given_the_operators_authority_when_called_then_it_is_trusted(self, apply, encrypted, clock):
        application = apply()
        trusting = connector_for(encrypted.url, clock, ca_file=encrypted.certificate)
        assert trusting.submit(application, application.id) == "GA-000001"


def self_signed(path):
    """Write a key and a certificate for this machine, signed by nobody else."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(timezone.utc)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path.write_bytes(private + certificate.public_bytes(pem))
    return path
