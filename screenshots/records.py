"""What a hall keeps: weeks of conversations, applications, ratings, drafts, revisions, messages and reports."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from screenshots.hall import Hall
from storage.application_desk import ApplicationDesk
from storage.applications import Applications, ApplicationState
from storage.follow_ups import FollowUpOutcome, FollowUps
from storage.handoffs import Handoffs
from storage.left_messages import LeftMessages
from storage.outbox import Outbox, OutboxState
from storage.rating_records import RatedKind
from storage.ratings import Given, Ratings, Subject
from storage.reminders import Reminders
from storage.reports import Reports
from storage.supplements import Supplements, Wanted
from tests.assistant.server_process import MONDAY_MORNING, Talk
from tests.assistant.staff.busy_week import BEIJING, BusyDays
from tests.assistant.staff.signing_in import settings_of

WEEKS_FROM = date(2026, 11, 9)
DAYS, CONVERSATIONS = 15, 22
"""of the weeks that the figures are of"""


def write_records(hall: Hall) -> None:
    """Write everything that is older than this morning."""
    _weeks(hall)
    for application in hall.words["applications"]:
        _application(hall, application)
    for rating in hall.words["ratings"]:
        _rating(hall, rating)
    for number, level in enumerate(hall.words["satisfied"]):
        _satisfied(hall, number, level)
    for message in hall.words["messages"]:
        LeftMessages(hall.storage(message["at"])).leave(message["phone"], message["text"])
    for report in hall.words["reports"]:
        said = (report[part] for part in ("kind", "text", "place", "contact"))
        Reports(hall.storage(report["at"])).create("report", *said)
    for question in hall.words["questions"]:
        _question(hall, question)
    for revision in hall.words["revisions"]:
        _revision(hall, revision)


def _weeks(hall: Hall) -> None:
    days = BusyDays.into(settings_of(hall.server).database_url, str(hall.server.var / "secret.key"))
    days.write(WEEKS_FROM, DAYS, CONVERSATIONS, until=MONDAY_MORNING.replace(tzinfo=BEIJING))
    days.database.close()


def _application(hall: Hall, told: dict[str, Any]) -> None:
    person = hall.words["people"][told["of"]]
    handed = {told["item"]: told["handed"]} if "handed" in told else {}
    applications = Applications(hall.storage(told["at"]), handed)
    draft = applications.create_draft(f"application-{told['of']}-{told['item']}", told["item"])
    fields = {**person, **told["fields"]}
    receipt = applications.submit(draft.id, person["id_number"], fields, {"applicant": "本人"}).receipt_number or ""
    for step in told["steps"]:
        desk = ApplicationDesk(hall.storage(step["at"]))
        wanted = Wanted(step.get("materials", ()), step["note"]) if step["state"] == "supplement" else None
        note = "" if wanted else step.get("note", "")
        version, state = desk.entry(receipt).version, ApplicationState(step["state"])
        desk.step(receipt, version, state, hall.ids[step["by"]], note, wanted=wanted)
        if "answer" in step:
            storage = hall.storage(step["answered"])
            answering = Applications(storage).create_draft(draft.conversation_id, "supplement-answer")
            Supplements(storage).answer(answering.id, receipt, step["answer"])
    for _ in range(told.get("failures", 0)):
        outbox = Outbox(hall.storage(told["at"] + timedelta(hours=1)))
        for claimed in outbox.claim_due(told["handed"], OutboxState.WAITING, timedelta(minutes=1), 1):
            outbox.failed(claimed, "unreachable", timedelta(0))
    if "reminded" in told:
        Reminders(hall.storage(told["reminded"])).add(receipt, told["at"].replace(tzinfo=BEIJING))


def _rating(hall: Hall, told: dict[str, Any]) -> None:
    talk = hall.talk(told["says"], told.get("identity"))
    hall.move_back(talk, hall.now() - told["at"].replace(tzinfo=BEIJING))
    storage = hall.storage(told["at"])
    ratings, follow_ups = Ratings(storage), FollowUps(storage)
    asked = ratings.ask(_subject(hall, told, talk))
    assert asked is not None
    ratings.give(asked.id, talk.id, Given(told["level"], tuple(told["reasons"]), told["comment"]), told["due"])
    (this,) = (one.id for one in follow_ups.pending() if one.rating.id == asked.id)
    if "assigned" in told:
        follow_ups.assign(this, hall.ids[told["assigned"]])
    for note in told.get("notes", ()):
        FollowUps(hall.storage(note["at"])).add_note(this, hall.ids[note["by"]], note["text"])
    if "contacted" in told:
        FollowUps(hall.storage(told["contacted"])).contacted(this, hall.ids["fangmin"])
    if "closed" in told:
        end = told["closed"]
        closing = FollowUps(hall.storage(end["at"]))
        closing.close(this, hall.ids[end["by"]], FollowUpOutcome(end["outcome"]), end["findings"], end["agrees"])


def _satisfied(hall: Hall, number: int, level: int) -> None:
    """Let a conversation be rated well, a few hours after the one before."""
    moment = datetime.combine(WEEKS_FROM, time(9)) + timedelta(hours=number * 7 % (DAYS * 24))
    ratings, conversation = Ratings(hall.storage(moment)), f"satisfied-{number}"
    asked = ratings.ask(Subject(RatedKind.CONVERSATION, conversation, conversation))
    assert asked is not None
    ratings.give(asked.id, conversation, Given(level))


def _subject(hall: Hall, told: dict[str, Any], talk: Talk) -> Subject:
    """Return what is rated: the conversation, or what a clerk said in it."""
    if told["of"] == RatedKind.CONVERSATION.value:
        return Subject(RatedKind.CONVERSATION, talk.id, talk.id)
    handoffs, clerk = Handoffs(hall.storage(told["at"])), hall.ids[told["of"]]
    handoff = handoffs.open(talk.id, "asked_for", told["says"][-1])
    handoffs.enqueue(handoff.id)
    handoffs.take(handoff.id, clerk)
    handoffs.close(handoff.id)
    return Subject(RatedKind.HANDOFF, handoff.id, talk.id, staff_id=clerk)


def _question(hall: Hall, told: dict[str, Any]) -> None:
    drafts = hall.call(told["by"], "POST", "drafts", {"question": told["asks"]})["drafts"]
    if not drafts or told["use"] == "open":
        return
    best = drafts[0]
    outcome: dict[str, Any] = {"outcome": "rejected"}
    if told["use"] != "rejected":
        more = f"\n{told['adds']}" if "adds" in told else ""
        outcome = {"outcome": "sent", "text": best["text"] + more, "by": told["as"]}
    hall.call(told["by"], "POST", f"drafts/{best['draft_id']}/outcome", outcome)


def _revision(hall: Hall, told: dict[str, Any]) -> None:
    def ask(account: str, method: str, path: str, body: Any = None) -> Any:
        return hall.call(account, method, path, body or {}, below="/api/editor/")

    draft = ask(told["by"], "POST", f"items/{told['item']}/draft")
    this = f"revisions/{draft['id']}"
    guide = {**draft["guide"], "summary": told["summary"]}
    ask(told["by"], "PUT", this, {"version": draft["version"], "guide": guide, "asks": draft["asks"]})
    ask(told["by"], "POST", f"{this}/submit", {"why": told["why"]})
    if "returned" in told:
        ask("xuheng", "POST", f"{this}/return", {"remark": told["returned"]})
