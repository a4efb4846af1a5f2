"""The rules of applying for another person, as `data/agents.yml` says them."""

from __future__ import annotations

import shutil
from unicodedata import normalize

import pytest
import yaml

from actions.flows.agency import BadAgency, load_agency
from actions.flows.definition import FlowError, load_flows
from tests.actions.flows.conftest import DATA


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "schemas").mkdir()
    shutil.copy(DATA / "schemas" / "agents.schema.json", tmp_path / "schemas")
    shutil.copy(DATA / "agents.yml", tmp_path)
    return tmp_path


def edit(folder, change):
    path = folder / "agents.yml"
    raw = yaml.safe_load(path.read_text("utf-8"))
    change(raw)
    path.write_text(yaml.safe_dump(raw, allow_unicode=True), "utf-8")


def test_given_the_shipped_rules_when_read_then_every_flow_that_allows_agents_has_their_fields(flows):
    for flow in flows.values():
        named = [one.name for one in flow.fields if one.name in ("relationship", "agent_name", "agent_id_number")]
        assert len(named) == (3 if flow.agent == "allowed" else 0), flow.item_id
        assert (flow.authorisation is not None) is (flow.agent == "allowed")
        assert flow.holder in ("", "id_number")


def test_given_every_relation_when_it_is_stated_then_the_sentence_names_role_and_item():
    agency = load_agency(DATA)
    for relation, known in agency.relations.items():
        for is_minor in (True, False):
            statement = agency.statement(relation, is_minor, "某事项")
            assert "某事项" in statement and "{" not in statement
            assert known.role in statement or "监护人" in statement


def test_given_the_words_of_an_answer_when_read_then_none_means_both():
    agency = load_agency(DATA)
    said = [normalize("NFKC", word) for word in (*agency.stated, *agency.denied)]
    assert len(said) == len(set(said))


def test_given_words_that_deny_when_read_then_they_are_no_statement(flows, clock):
    flow = flows["no-criminal-record-certificate"]
    kind = flow.authorisation.kind
    for place, words in enumerate((flow.agency.stated, flow.agency.denied)):
        for word in words:
            assert kind.parse(word, clock().date()) == kind.options[place].value, word


def test_given_no_rules_when_a_folder_has_none_then_there_are_none(tmp_path):
    assert load_agency(tmp_path) is None


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda raw: raw["relations"][0].update(states="sworn"), "there is no statement sworn"),
        (lambda raw: raw["relations"][2].update(minor="sworn"), "there is no statement sworn"),
        (lambda raw: raw.pop("answer"), "answer"),
        (lambda raw: raw.update(written="("), "error"),
        (lambda raw: raw["fields"].pop(), "fields"),
    ],
)
def test_given_a_fault_when_read_then_the_message_says_where(folder, change, message):
    edit(folder, change)

    with pytest.raises(BadAgency, match=message) as caught:
        load_agency(folder)

    assert "agents.yml" in str(caught.value)


def test_given_a_fault_when_flows_are_loaded_then_it_is_told_as_one(folder):
    (folder / "flows").mkdir()
    (folder / "texts").mkdir()
    shutil.copy(DATA / "schemas" / "flow.schema.json", folder / "schemas")
    shutil.copy(DATA / "texts" / "flow_words.yml", folder / "texts")
    edit(folder, lambda raw: raw["relations"][0].update(states="sworn"))

    with pytest.raises(FlowError, match="agents.yml"):
        load_flows(folder / "flows")
