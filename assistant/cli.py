"""The command line: `wenban COMMAND`. Heavy imports wait until a command needs them."""

from __future__ import annotations

import json
import os
import sys
import warnings
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import typer

from assistant.cli_audit import audit
from assistant.cli_departments import departments
from assistant.cli_items import items
from assistant.cli_kiosk import kiosk
from assistant.cli_options import Knowledge
from assistant.cli_options import command_group as _commands
from assistant.cli_options import settings_of as _settings
from assistant.cli_report import reports
from assistant.cli_voice import add_voice_commands, train_asr

app = _commands(
    "Wenban (问办): a government-service assistant that answers with its source and carries applications through.",
    add_completion=False,
    pretty_exceptions_enable=False,
)
passages = _commands("Passages: questions with answers, and policy texts.")
revisions = _commands("Revisions of guides, approved on the editor's page.")
train = _commands("Train the models that are shipped.")
staff = _commands("Staff accounts.")
citizens = _commands("What is kept of citizens.")
storage = _commands("The databases.")
app.add_typer(items, name="items")
app.add_typer(passages, name="passages")
items.add_typer(revisions, name="revisions")
app.add_typer(train, name="train")
app.add_typer(staff, name="staff")
app.add_typer(citizens, name="citizens")
app.add_typer(storage, name="storage")
app.add_typer(departments, name="departments")
app.add_typer(reports, name="report")
app.add_typer(audit, name="audit")
add_voice_commands(app)
app.command()(kiosk)
train.command("asr")(train_asr)

Today = typer.Option(None, "--today", help="Fix the date, such as 2026-11-23.")
IdentityName = typer.Option(None, "--identity", help="A demonstration identity; `demo` is the first.")
Reports = typer.Option(Path("reports/evaluation"), help="The folder of the report.")
AsJson = typer.Option(False, "--json", help="Print JSON.")


@app.command()
def prepare() -> None:
    """Check the data, train the dialogue and build the index where their inputs changed."""
    from assistant.preparation import prepare_all

    prepare_all(_settings())


@app.command()
def serve(
    demo: bool = typer.Option(False, "--demo", help="Offer fictional identities, and say so on the page."),
    host: str | None = typer.Option(None, help="Address to listen on; 127.0.0.1 unless told."),
    port: int | None = typer.Option(None, help="Port to listen on; 5005 unless told."),
    knowledge: Path | None = Knowledge,
) -> None:
    """Prepare what changed and serve the page, the API and Rasa's webhook."""
    from assistant.server import serve_forever

    settings = _settings(knowledge=knowledge)
    serve_forever(settings.with_(demo=demo or settings.demo, host=host or settings.host, port=port or settings.port))


@app.command()
def chat(identity: str | None = IdentityName, today: str | None = Today, knowledge: Path | None = Knowledge) -> None:
    """Talk to the assistant in the terminal."""
    from assistant.terminal import chat_in_terminal

    chat_in_terminal(_settings(today, knowledge), identity)


@app.command()
def ask(
    text: str,
    identity: str | None = IdentityName,
    as_json: bool = AsJson,
    today: str | None = Today,
    knowledge: Path | None = Knowledge,
) -> None:
    """Ask one question and print the reply."""
    from assistant.batch import answer_once

    record = answer_once(_settings(today, knowledge), text, identity)
    typer.echo(json.dumps(record, ensure_ascii=False) if as_json else record["text"])


@app.command()
def search(text: str, as_json: bool = AsJson, knowledge: Path | None = Knowledge) -> None:
    """Search the items without the dialogue."""
    from assistant.batch import search_once

    found = search_once(_settings(knowledge=knowledge), text)
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False))
    else:
        for candidate in found["candidates"]:
            typer.echo(f"{candidate['score']:.3f}  {candidate['item']}  {candidate['name']}")


@app.command()
def batch(
    source: Path = typer.Argument(..., metavar="IN.jsonl", exists=True, dir_okay=False),
    out: Path = typer.Option(..., "-o", "--out", metavar="OUT.jsonl"),
    today: str | None = Today,
) -> None:
    """Run the conversations of a JSONL file, a fresh one for each line (docs/interfaces.md)."""
    from assistant.batch import run_batch

    failed = run_batch(_settings(today), source, out)
    if failed:
        typer.echo(f"{failed} line(s) could not be run; their output lines say why.", err=True)
        raise typer.Exit(1)


@app.command()
def index(
    knowledge: Path | None = Knowledge,
    revisions: bool = typer.Option(False, "--revisions", help="Only take approved revisions in; nothing is fitted."),
) -> None:
    """Build the search index anew and calibrate it; a running server takes it over by itself."""
    from assistant.preparation import build_search_index, calibrate_search_index, take_revisions_into_index

    settings = _settings(knowledge=knowledge)
    if revisions:
        take_revisions_into_index(settings)
        return
    build_search_index(settings, force=True)
    calibrate_search_index(settings)


@app.command()
def calibrate(
    max_risk: float = typer.Option(0.02, "--max-risk", min=0.001, max=0.5, help="Share of answers that may be wrong."),
) -> None:
    """Calibrate the index on the open questions of data/eval and choose the thresholds for a stated risk."""
    from assistant.preparation import calibrate_search_index
    from knowledge_base.thresholds import CALIBRATED

    chosen = calibrate_search_index(_settings(), force=True, risk=replace(CALIBRATED, answers_wrong=max_risk))
    if chosen is None:
        raise typer.Exit(1)
    typer.echo(f"answer from {chosen.answer:.3f}, offer choices from {chosen.clarify:.3f}")
    for name, value in chosen.figures.items():
        typer.echo(f"  {name.replace('_', ' ')}: {value}")


@app.command()
def evaluate(
    part: str = typer.Option("all", help="open, locked or all: the figures are kept apart."),
    only: list[str] = typer.Option([], help="Measure only this section; may be given again."),
    out: Path = Reports,
    show_locked: bool = typer.Option(False, "--show-locked", help="List what fails of the locked part, too."),
) -> None:
    """Measure the assistant on data/eval and write a report; exits with 1 when a sentence there is a training one."""
    from assistant.evaluation.command import evaluate as evaluated

    report = evaluated(_settings(), out, part, only, show_locked)
    typer.echo(f"Evaluation sentences that something was trained on: {report.leaked}")
    if report.leaked:
        raise typer.Exit(1)


@app.command()
def curve(out: Path = Reports) -> None:
    """Measure the ranking with ever fewer ways of asking an item; it takes minutes."""
    from assistant.evaluation.curve import measure_curve

    measure_curve(_settings(), out)


@passages.command("import")
def import_passages(
    source: Path = typer.Argument(..., metavar="FILE.jsonl", exists=True, dir_okay=False),
    into: Path | None = typer.Option(None, help="The folder of passages; data/passages unless told."),
    question: str = typer.Option("question", help="What the field of the question is called."),
    answer: str = typer.Option("answer", help="What the field of the answer is called."),
    origin: str = typer.Option("source", "--source", help="What the field of the source is called; the file without."),
) -> None:
    """Import questions with their answers, all or none; `wenban index` then makes them searchable."""
    from assistant.progress import progress
    from knowledge_base.passages.importing import ImportRefused, Names
    from knowledge_base.passages.importing import import_passages as imported

    settings = _settings()
    names = Names(question, answer, origin)
    try:
        with progress(f"Importing {source.name}") as report:
            target, count = imported(source, into or settings.passages, settings.data, names, report)
    except ImportRefused as refused:
        for problem in refused.problems:
            typer.echo(problem, err=True)
        raise
    typer.echo(f"Imported {count} passages into {target}. Run `wenban index` to make them searchable.")


@revisions.command("export")
def export_revisions() -> None:
    """Write the revisions in force into data/items and data/asks, so that what git keeps follows."""
    from assistant.editor.export import export_revisions as exported
    from assistant.revised_knowledge import revisions_in_force

    settings = _settings()
    in_force = revisions_in_force(settings)
    for one in exported(settings.knowledge, in_force):
        typer.echo(f"{one.item_id}, revision {one.number}: {', '.join(one.files) or 'the files say it already'}")
    ending = [item_id for item_id, revision in in_force.items() if revision.effective_until]
    for item_id in sorted(ending):
        typer.echo(f"{item_id}: left out, for its revision ends; the files keep what holds without end")


@app.command()
def gaps(
    since: str | None = typer.Option(None, "--since", help="From this date on, such as 2026-11-01; else 30 days."),
    least: int | None = typer.Option(None, min=1, help="Show what was asked in so many conversations or more."),
    as_json: bool = AsJson,
) -> None:
    """Show what citizens asked and were not answered, gathered by what it is about, and what might be done."""
    from assistant.editor.gap_command import gaps_as_text, look_for_gaps

    report = look_for_gaps(_settings(), since, least)
    typer.echo(json.dumps(report, ensure_ascii=False) if as_json else gaps_as_text(report))


@train.command("encoder")
def train_encoder(
    out: Path | None = typer.Option(None, help="Where the encoder goes; models/encoder unless told."),
) -> None:
    """Train the sentence encoder on the items' own texts."""
    from assistant.preparation import train_sentence_encoder

    train_sentence_encoder(_settings(), out)


@app.command()
def verify(code: str) -> None:
    """Tell whether a certificate's verification code is genuine; exits with 1 when it is not."""
    from actions.services import Services
    from actions.verification import verification_of

    settings = _settings()
    services = Services.open(
        settings.data, settings.var, settings.database_url, settings.clock, settings.knowledge, departments=False
    )
    verified = verification_of(services, code)
    key = "certificate_valid" if verified.valid else "certificate_unknown"
    typer.echo(services.texts(key, name=verified.name, issued_at=verified.issued_at))
    if not verified.valid:
        raise typer.Exit(1)


def _known_role(role: str) -> str:
    """Refuse an unknown role before the password is asked for."""
    from assistant.staff.accounts import UnknownRole, role_named

    try:
        return role_named(role).value
    except UnknownRole as error:
        raise typer.BadParameter(str(error)) from error


def _known_department(key: str | None) -> str | None:
    """Refuse an unknown department before the password is asked for."""
    from assistant.staff.accounts import UnknownDepartment, department_named

    try:
        return department_named(_settings().data, key)
    except UnknownDepartment as error:
        raise typer.BadParameter(str(error)) from error


@staff.command("add")
def add_staff(
    name: str,
    role: str = typer.Option("clerk", help="clerk, supervisor, editor, approver or auditor.", callback=_known_role),
    display_name: str = typer.Option("", help="The name that citizens see."),
    department: str | None = typer.Option(
        None,
        help="A key of data/departments.yml, such as tax; without one a clerk is at the general window.",
        callback=_known_department,
    ),
    password: str = typer.Option(..., prompt=True, confirmation_prompt=True, hide_input=True),
) -> None:
    """Add a staff account; the password is asked for."""
    from assistant.staff.accounts import Accounts

    Accounts(_settings()).add(name, password, role, display_name, department)
    typer.echo(f"Added {name} ({role}).")


@staff.command("list")
def list_staff() -> None:
    """List the staff accounts."""
    from assistant.staff.accounts import Accounts

    for account in Accounts(_settings()).all():
        state = "" if account.enabled else "  disabled"
        department = f"  {account.department}" if account.department else ""
        typer.echo(f"{account.name}  {account.role.value}  {account.display_name}{department}{state}")


@staff.command("disable")
def disable_staff(name: str) -> None:
    """Forbid an account to sign in, and end its sessions."""
    from assistant.staff.accounts import Accounts

    Accounts(_settings()).set_enabled(name, False)
    typer.echo(f"{name} can no longer sign in.")


@staff.command("enable")
def enable_staff(name: str) -> None:
    """Allow a disabled account to sign in again."""
    from assistant.staff.accounts import Accounts

    Accounts(_settings()).set_enabled(name, True)
    typer.echo(f"{name} can sign in.")


@staff.command("department")
def change_department(
    name: str, department: str = typer.Argument("", help="A key of data/departments.yml; left out, none.")
) -> None:
    """Put an account into a department."""
    from assistant.staff.accounts import Accounts

    Accounts(_settings()).set_department(name, department)
    typer.echo(f"{name} is in {department or 'no department'}.")


@staff.command("password")
def change_password(
    name: str, password: str = typer.Option(..., prompt=True, confirmation_prompt=True, hide_input=True)
) -> None:
    """Give an account a new password, which is asked for; this also unlocks it and ends its sessions."""
    from assistant.staff.accounts import Accounts

    Accounts(_settings()).set_password(name, password)
    typer.echo(f"{name} has a new password.")


@citizens.command("delete")
def delete_citizen(
    id_number: bool = typer.Option(False, "--id-number", help="One person; the ID number is asked for."),
    conversation: str | None = typer.Option(None, help="One conversation, by its id."),
    yes: bool = typer.Option(False, "--yes", help="Do not ask again."),
) -> None:
    """Delete everything of a person or of a conversation, applications and Rasa's events included."""
    from assistant.deletion import Deletion

    if id_number == (conversation is not None):
        raise typer.BadParameter("name either --id-number or --conversation.")
    deletion = Deletion(_settings())
    if conversation is not None:
        if not yes:
            typer.confirm("Delete this conversation with its applications?", abort=True)
        _print_deleted(deletion.conversation(conversation))
        return
    number = typer.prompt("ID number", hide_input=True)
    if not yes:
        found = len(deletion.conversations_of(number))
        typer.confirm(f"Delete this person's applications and {found} conversation(s)?", abort=True)
    _print_deleted(deletion.citizen(number))


@storage.command("purge")
def purge_storage() -> None:
    """Delete what has outlived its period (docs/operating.md); run it daily."""
    from assistant.deletion import Deletion

    _print_deleted(Deletion(_settings()).expired())


def _print_deleted(counts: Mapping[str, int]) -> None:
    for table, rows in sorted(counts.items()):
        if rows:
            typer.echo(f"{rows:6}  {table}")
    typer.echo(f"Deleted {sum(counts.values())} row(s).")


def main() -> None:
    """Run the command line; an error that says what to do is printed as a sentence, not a traceback."""
    os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
    os.environ.setdefault("LOG_LEVEL", "WARNING")  # Rasa shows its progress bars below this
    warnings.filterwarnings("ignore")  # those of Rasa's and TensorFlow's own old dependencies
    try:
        app()
    except Exception as error:
        from assistant.complaints import sentence_for

        sentence = sentence_for(error)
        if sentence is None or os.environ.get("WENBAN_DEBUG"):
            raise
        typer.secho(sentence, fg="red", err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
