"""The labels of the audit trail's codes: none is missing, and a file that cannot be used is refused."""

from __future__ import annotations

import re

import pytest

from actions.texts import Texts
from assistant.staff.audit_actions import UNMASKING, AuditActions, BadActions
from tests.assistant.staff.written_codes import CannotTell, written_codes

UNMASKED = {"unmask-field", "read-contact", "read-document", "read-left-messages", "read-reports"}


@pytest.fixture(scope="module")
def actions(data):
    return AuditActions.load(data / "audit_actions.yml")


def test_given_the_sources_when_they_are_read_then_every_code_that_they_write_has_a_label(project, actions):
    written = list(written_codes(project))

    without = [f"{one.code} ({one.place})" for one in written if one.code not in actions.actions]
    assert without == []
    assert {"unmask-field", "handed-back", "approve-guide", "gap-settled", "expired-held-answer", "delete-citizen"} <= {
        one.code for one in written
    }


def test_given_the_sources_when_they_are_read_then_whoever_acts_without_an_account_has_a_name(project, data):
    texts = Texts.load(data / "texts" / "audit.yml")
    found = [
        name
        for path in (project / "assistant").rglob("*.py")
        for name in re.findall(r'^(?:ACTOR|NOBODY) = "(.+)"$', path.read_text(encoding="utf-8"), re.M)
    ]

    assert len(found) >= 3 and all(f"actor_{name}" in texts for name in found)


def test_given_the_labels_when_they_are_read_then_codes_of_unmasking_are_in_their_group_and_subjects_have_names(
    data, actions
):
    texts = Texts.load(data / "texts" / "audit.yml")

    assert set(actions.codes(UNMASKING)) == UNMASKED
    for action in actions.actions.values():
        assert action.label != action.code and action.group in actions.groups
        assert action.subject is None or f"subject_{action.subject}" in texts


def test_given_an_unknown_code_when_it_is_asked_for_then_it_is_called_by_itself(actions):
    found = actions.of("of-a-later-release")

    assert (found.label, found.group, found.subject) == ("of-a-later-release", "", None)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "actions: {x: {label: X, group: b}}",
        "groups: {a: A}",
        "groups: {a: A}\nactions: {x: {label: X, group: b}}",
        "groups: {}\nactions: {x: 3}",
    ],
)
def test_given_a_file_that_cannot_be_used_when_it_is_loaded_then_it_is_refused(tmp_path, text):
    (tmp_path / "actions.yml").write_text(text, encoding="utf-8")

    with pytest.raises(BadActions):
        AuditActions.load(tmp_path / "actions.yml")


@pytest.mark.parametrize(
    ("source", "codes"),
    [
        ('def f(self):\n    self.audit.append(a, "x", s)\n', {"x"}),
        ('def f(self):\n    self._audit.append(a, "x" if b else "y", s)\n', {"x", "y"}),
        ('def f(self, done):\n    audit.append(a, done.replace("_", "-"), s)\ndef g(self):\n    f("a_b")\n', {"a-b"}),
        ('def f(self, a, done):\n    self.audit.append(a, done, s)\ndef g(self):\n    self.f(a, "x")\n', {"x"}),
        ('DONE = "x"\ndef f(trail):\n    trail.append(a, DONE, s)\n', {"x"}),
        ('def f(audit):\n    done = "x"\n    audit.append(a, done, s)\n', {"x"}),
        ('def f(rows):\n    rows.append(a, "x", s)\n', set()),
    ],
)
def test_given_a_way_to_write_when_sources_are_read_then_its_codes_are_found(tmp_path, source, codes):
    (tmp_path / "assistant").mkdir()
    (tmp_path / "assistant" / "module.py").write_text(source)

    assert {one.code for one in written_codes(tmp_path)} == codes


def test_given_a_code_that_cannot_be_told_when_sources_are_read_then_it_is_no_code_that_is_overlooked(tmp_path):
    (tmp_path / "assistant").mkdir()
    (tmp_path / "assistant" / "module.py").write_text('def f(self):\n    self.audit.append(a, f"x-{unknown}", s)\n')

    with pytest.raises(CannotTell):
        list(written_codes(tmp_path))
