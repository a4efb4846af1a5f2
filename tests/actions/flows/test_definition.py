"""Flow files, right and wrong."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from actions.connectors.embedded import EmbeddedConnector
from actions.connectors.protocol import CONNECTORS
from actions.flows.checks import check_flows
from actions.flows.definition import FlowError, decided_automatically, load_flows
from actions.flows.words import FlowWords
from knowledge_base.items import load_catalogue

DATA = Path(__file__).parents[3] / "data"
RIGHT = """
item: test-item
name: 测试
fields:
  - {name: phone, type: cn_mobile, from: identity}
  - {name: size, type: choice, options: [大, 小], default: 小}
  - {name: colour, type: text, when: {size: 大}}
submit: {connector: embedded, delivers: none}
"""


@pytest.fixture
def load(tmp_path, words):
    def load_(text: str):
        (tmp_path / "test.yml").write_text(text, "utf-8")
        return load_flows(tmp_path, words, DATA / "schemas" / "flow.schema.json")

    return load_


def test_a_flow_needs_no_more_than_its_fields(load):
    flow = load(RIGHT)["test-item"]
    assert flow.by_name["phone"].source == "identity.phone"
    assert flow.by_name["size"].options == ("大", "小")
    assert flow.confirms and flow.agent == "allowed"


def test_given_who_decides_when_a_flow_says_it_then_it_is_known_and_can_be_left_to_the_office(load):
    assert not load(RIGHT)["test-item"].submit.by_staff
    flows = load(RIGHT.replace("delivers: none", "delivers: none, decided: by_staff"))
    assert flows["test-item"].submit.by_staff
    assert not decided_automatically(flows)["test-item"].submit.by_staff


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("type: cn_mobile", "type: telephone"), "field phone.type"),
        (("name: size, ", ""), "field 1"),
        (("delivers: none", "delivers: message, decided: by_staff"), "nobody decides on what delivers message"),
        (("delivers: none", "delivers: none, decided: by_clerks"), "submit.decided"),
        (("delivers: none", "delivers: supplement"), "an answer needs the fields receipt_number, statement"),
        ((", options: [大, 小]", ""), "field size"),
        (("default: 小", "default: 中"), "field size: the default 中"),
        (("when: {size: 大}", "when: {size: 中}"), "field colour: `when` asks for 中"),
        (("when: {size: 大}", "when: {weight: 大}"), "field colour: `when` names weight"),
        (("name: colour", "name: phone"), "field phone: this name is taken"),
        (("from: identity", "from: register"), "field phone.from"),
        (("when: {size: 大}", "when: {size: [大, 中]}"), "field colour: `when` asks for 中"),
        (
            ("submit:", "eligibility: {from: identity.x, known: 是, unknown: 否, age: {at_least: 65}}\nsubmit:"),
            "refused",
        ),
        (("type: cn_mobile", "type: date, weekdays: [8]"), "field phone.weekdays"),
        (("delivers: none", "delivers: gold"), "submit.delivers"),
        (("connector: embedded", "connector: pigeon"), "submit.connector: there is no connector pigeon"),
        (("item: test-item", "item: Test Item"), "item"),
        (("submit:", "submitted: 好了，{receipt_number}，{weight}。\nsubmit:"), "submitted: there is no field weight"),
        (("submit:", "submitted: 好了，{。\nsubmit:"), "submitted"),
        (("fields:", "felder:"), "fields"),
        (("name: 测试", "name: [测试"), "no YAML"),
    ],
)
def test_an_error_names_file_and_field(load, change, message):
    with pytest.raises(FlowError) as caught:
        load(RIGHT.replace(*change))
    assert "test.yml" in str(caught.value)
    assert message in str(caught.value)


def test_an_item_has_one_flow(load, tmp_path):
    (tmp_path / "again.yml").write_text(RIGHT, "utf-8")
    with pytest.raises(FlowError, match="already"):
        load(RIGHT)


def test_a_certificate_needs_a_description(load, tmp_path):
    (tmp_path / "flows").mkdir()
    (tmp_path / "texts").mkdir()
    (tmp_path / "flows" / "test.yml").write_text(RIGHT.replace("delivers: none", "delivers: certificate_pdf"), "utf-8")
    schema, words = DATA / "schemas" / "flow.schema.json", FlowWords.load(DATA / "texts" / "flow_words.yml")
    (tmp_path / "texts" / "certificates.yml").write_text("common: {}", "utf-8")
    with pytest.raises(FlowError, match="certificates.yml describes none for test-item"):
        load_flows(tmp_path / "flows", words, schema)

    (tmp_path / "texts" / "certificates.yml").write_text("test-item: {}", "utf-8")
    assert "test-item" in load_flows(tmp_path / "flows", words, schema)


@pytest.fixture
def declared(tmp_path):
    """A folder with a flow for the police, and whatever connectors.yml says."""

    def declared_(connectors: str):
        for name in ("flows", "texts", "schemas"):
            (tmp_path / name).mkdir(exist_ok=True)
        shutil.copy(DATA / "schemas" / "connectors.schema.json", tmp_path / "schemas")
        (tmp_path / "texts" / "certificates.yml").write_text("common: {}", "utf-8")
        (tmp_path / "connectors.yml").write_text(connectors, "utf-8")
        flow = RIGHT.replace("connector: embedded, delivers: none", "connector: police, delivers: certificate_pdf")
        (tmp_path / "flows" / "test.yml").write_text(flow, "utf-8")
        words = FlowWords.load(DATA / "texts" / "flow_words.yml")
        return load_flows(tmp_path / "flows", words, DATA / "schemas" / "flow.schema.json")

    return declared_


POLICE = "connectors: [{name: police, base_url: https://apply.example, token_env: WENBAN_POLICE_TOKEN}]"


def test_given_a_declared_connector_when_a_flow_names_it_then_its_certificates_are_its_own(declared):
    assert declared(POLICE)["test-item"].submit.connector == "police"


@pytest.mark.parametrize(
    ("connectors", "message"),
    [
        ("connectors: []", "submit.connector: there is no connector police, only embedded"),
        (POLICE.replace("https", "ftp"), "connectors.yml: police: base_url must be https"),
    ],
)
def test_given_a_connector_that_is_not_declared_well_when_flows_are_loaded_then_it_is_told(
    declared, connectors, message
):
    with pytest.raises(FlowError, match=message):
        declared(connectors)


def test_a_flow_of_no_item_is_found_unless_it_is_filed(load):
    assert [found.where for found in check_flows(load(RIGHT), {})] == ["flow test-item"]
    assert not list(check_flows(load(RIGHT), {"test-item"}))
    assert not list(check_flows(load(RIGHT.replace("delivers: none", "delivers: message")), {}))


def test_the_shipped_flows_have_their_items(flows, data):
    assert not list(check_flows(flows, load_catalogue(data).items))


def test_every_known_connector_is_there():
    assert {EmbeddedConnector.name} == CONNECTORS


def test_every_text_a_flow_may_need_is_there(flows, texts):
    types = {field.type for flow in flows.values() for field in flow.fields}
    for type_name in types:
        for part in ("labels", "ask", "ask_other"):
            assert f"{part}_{type_name}" in texts


def test_demonstration_identities_are_right(people, flows):
    from datetime import date

    for person in people.values():
        known = person.as_mapping()
        for field in flows["birth-allowance"].fields:
            if field.name in known:
                assert field.kind.parse(known[field.name], date(2026, 11, 23)) == known[field.name]
