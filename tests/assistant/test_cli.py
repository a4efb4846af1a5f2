"""Commands of the operator, as typed."""

from __future__ import annotations

import logging
import os
import sqlite3
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from assistant import cli
from assistant.complaints import sentence_for
from assistant.settings import Settings
from assistant.staff.accounts import open_database
from storage.applications import Applications
from storage.audit import AuditTrail
from storage.conversations import Conversations
from storage.identity import Identity
from storage.transcripts import TranscriptRole, Transcripts

PERSON = Identity("张示例", "310101199304180027")
LONG_AGO = datetime.now().astimezone() - timedelta(days=200)


@pytest.fixture
def settings(project: Path, tmp_path: Path, monkeypatch) -> Settings:
    monkeypatch.setenv("WENBAN_HOME", str(project))
    monkeypatch.setenv("WENBAN_VAR", str(tmp_path / "var"))
    for name in ("WENBAN_DATABASE_URL", "WENBAN_TRACKER_URL", "WENBAN_TODAY"):
        monkeypatch.delenv(name, raising=False)
    logging.getLogger("alembic").setLevel(logging.WARNING)
    return Settings.from_environment()


def wenban(*words: str, typed: str = "") -> Result:
    return CliRunner().invoke(cli.app, list(words), input=typed)


def leave_events(settings: Settings, at: datetime, *senders: str) -> None:
    """Leave what Rasa's tracker store keeps of conversations."""
    settings.var.mkdir(exist_ok=True)
    with sqlite3.connect(settings.var / "tracker.db") as tracker:
        tracker.execute("CREATE TABLE IF NOT EXISTS events (sender_id TEXT, timestamp REAL)")
        tracker.executemany("INSERT INTO events VALUES (?, ?)", [(one, at.timestamp()) for one in senders])


def senders(settings: Settings) -> set[str]:
    with sqlite3.connect(settings.var / "tracker.db") as tracker:
        return {sender for (sender,) in tracker.execute("SELECT sender_id FROM events")}


def test_given_the_help_when_asked_for_then_no_library_is_imported_that_it_does_not_need(project):
    asked = "import sys; sys.argv = ['wenban', '--help']\nfrom assistant.cli import main\ntry: main()\nfinally: print(*sys.modules, file=sys.stderr)"
    ran = subprocess.run([sys.executable, "-c", asked], cwd=project, capture_output=True, text=True, env={**os.environ})

    loaded = set(ran.stderr.split())
    assert "Commands" in ran.stdout
    assert not loaded & {"rich", "yaml", "sqlalchemy", "numpy", "torch", "rasa", "sanic", "storage", "actions"}


def test_given_a_citizen_when_deleted_by_number_then_every_database_forgets_them_and_the_audit_says_so(settings):
    database = open_database(settings)
    for conversation, who in (("mine", PERSON), ("other", None)):
        Conversations(database).bind(conversation, who, "web")
        Transcripts(database).append(conversation, TranscriptRole.CITIZEN, {"text": "x"})
    applications = Applications(database)
    applications.submit(applications.create_draft("typed-in", "item").id, PERSON.id_number)
    leave_events(settings, datetime.now(), "mine", "typed-in", "other")

    # the number is asked for, and is written nowhere
    ran = wenban("citizens", "delete", "--id-number", typed="310101 19930418 0027\ny\n")

    assert ran.exit_code == 0
    assert "tracker_events" in ran.stdout and PERSON.id_number not in ran.stdout
    assert senders(settings) == {"other"}
    assert Conversations(database).get("mine") is None
    assert Conversations(database).get("other") is not None
    assert applications.of_citizen(PERSON.id_number) == ()
    entry = AuditTrail(database).entries()[0]
    assert (entry.action, entry.details["conversations"], entry.details["tracker_events"]) == ("delete-citizen", 1, 2)
    assert PERSON.id_number not in str(entry)


def test_given_a_conversation_when_deleted_then_only_it_is_gone(settings):
    database = open_database(settings)
    for conversation in ("one", "two"):
        Conversations(database).bind(conversation, None, "web")

    ran = wenban("citizens", "delete", "--conversation", "one", "--yes")

    assert "Deleted 1 row(s)." in ran.stdout
    assert Conversations(database).get("one") is None
    assert Conversations(database).get("two") is not None


@pytest.mark.parametrize("words", [(), ("--id-number", "--conversation", "one")])
def test_given_neither_or_both_when_deleting_then_nothing_is_deleted(settings, words):
    assert wenban("citizens", "delete", *words).exit_code == 2


def test_given_a_doubt_when_asked_again_then_nothing_is_deleted(settings):
    database = open_database(settings)
    Conversations(database).bind("one", PERSON, "web")

    ran = wenban("citizens", "delete", "--id-number", typed=f"{PERSON.id_number}\nn\n")

    assert ran.exit_code == 1
    assert Conversations(database).get("one") is not None


def test_given_old_conversations_when_purged_then_rasas_events_of_them_go_too(settings):
    database = open_database(settings)
    Conversations(database).bind("fresh", None, "web")
    leave_events(settings, LONG_AGO, "gone", "rest:gone", "fresh")
    leave_events(settings, datetime.now(), "rest:new")

    ran = wenban("storage", "purge")

    assert ran.exit_code == 0 and "tracker_events" in ran.stdout
    assert senders(settings) == {"fresh", "rest:new"}


def test_given_no_tracker_yet_when_purged_then_none_is_made(settings):
    assert "Deleted 0 row(s)." in wenban("storage", "purge").stdout
    assert not (settings.var / "tracker.db").exists()


def test_given_an_unknown_role_when_an_account_is_added_then_a_sentence_names_the_roles_before_the_password(settings):
    ran = wenban("staff", "add", "anna", "--role", "boss")

    assert ran.exit_code == 2
    assert "There is no role boss; the roles are clerk, supervisor, editor, approver, auditor." in " ".join(
        ran.output.split()
    )
    assert "Password" not in ran.output


def test_given_an_account_when_disabled_and_enabled_then_the_list_says_so(settings):
    password = "long enough\nlong enough\n"
    assert wenban("staff", "add", "anna", "--display-name", "安娜", typed=password).exit_code == 0

    assert wenban("staff", "list").stdout.split() == ["anna", "clerk", "安娜"]
    assert wenban("staff", "disable", "anna").exit_code == 0
    assert "disabled" in wenban("staff", "list").stdout
    assert wenban("staff", "enable", "anna").exit_code == 0
    assert "disabled" not in wenban("staff", "list").stdout
    assert wenban("staff", "password", "anna", typed="another long one\nanother long one\n").exit_code == 0

    actions = [entry.action for entry in AuditTrail(open_database(settings)).entries()]
    assert actions == ["set-password", "enable-account", "disable-account", "add-account"]


def test_given_no_such_account_when_disabled_then_a_sentence_says_so(settings):
    ran = wenban("staff", "disable", "nobody")

    assert sentence_for(ran.exception) == "There is no account nobody."


def test_given_a_code_that_was_never_issued_when_verified_then_it_is_said_and_the_exit_status_is_1(settings):
    ran = wenban("verify", "ABCD-EFGH-JKLM-NPQR")

    assert ran.exit_code == 1
    assert "没有查到" in ran.stdout


def test_given_pairs_in_a_file_when_imported_then_they_lie_in_the_folder_and_bad_rows_are_named(settings, tmp_path):
    source, into = tmp_path / "faq.jsonl", tmp_path / "passages"
    source.write_text('{"q": "大厅能打印吗", "a": "一般免费。"}\n', "utf-8")
    options = ("--into", str(into), "--question", "q", "--answer", "a")

    assert "Imported 1 passages" in wenban("passages", "import", str(source), *options).output
    assert "大厅能打印吗" in (into / "faq.jsonl").read_text("utf-8")

    source.write_text('{"q": "没有答复"}\n', "utf-8")
    refused = wenban("passages", "import", str(source), *options)
    assert refused.exit_code == 1 and "Row 1" in refused.output
    assert "大厅能打印吗" in (into / "faq.jsonl").read_text("utf-8")


def test_given_a_department_when_an_account_is_added_or_moved_then_the_list_shows_it_and_an_unknown_one_is_refused(
    settings,
):
    password = "long enough\nlong enough\n"
    refused = wenban("staff", "add", "bai", "--department", "moon")
    assert refused.exit_code == 2 and "There is no department moon" in " ".join(refused.output.split())
    assert "Password" not in refused.output

    assert wenban("staff", "add", "bai", "--department", "tax", typed=password).exit_code == 0
    assert wenban("staff", "list").stdout.split() == ["bai", "clerk", "bai", "tax"]
    assert wenban("staff", "department", "bai", "household").exit_code == 0
    assert "household" in wenban("staff", "list").stdout
    assert wenban("staff", "department", "bai").exit_code == 0

    assert wenban("staff", "list").stdout.split() == ["bai", "clerk", "bai"]
    assert sentence_for(wenban("staff", "department", "nobody", "tax").exception) == "There is no account nobody."
