"""What goes on this morning: who waits, who talks with a person, which answers wait for a yes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from screenshots.hall import Hall
from tests.assistant.server_process import Talk


def open_desk(hall: Hall) -> None:
    """Let citizens wait, be transferred and talk with a person; an hour later nobody waits any more."""
    for account in ("zhouqiming", "hejing", "luoyan"):
        hall.session(account)
    for told in hall.words["with_person"]:
        _talks(hall, told)
    for told in hall.words["transferred"]:
        talk = hall.talk(told["says"])
        handoff = _taken(hall, talk, told["by"])
        to = {"to": hall.ids[told["to"]], "note": told["note"]}
        hall.call(told["by"], "POST", f"handoffs/{handoff}/transfer", to)
        hall.move_back(talk, timedelta(minutes=told["minutes"]))
    for told in hall.words["waiting"]:
        talk = hall.talk(told["says"], told.get("identity"))
        hall.move_back(talk, timedelta(minutes=told["minutes"]))


def hold_answers(hall: Hall) -> None:
    """Let answers wait for a yes."""
    for told in hall.words["held"]:
        hall.move_back(hall.talk(told["says"]), timedelta(minutes=told["minutes"]))


def handoff_of(hall: Hall, talk: Talk, account: str) -> str:
    """Return the handoff of a conversation that waits."""
    waiting = hall.call(account, "GET", "handoffs")["waiting"]
    return str(next(one["handoff_id"] for one in waiting if one["conversation_id"] == talk.id))


def _taken(hall: Hall, talk: Talk, account: str) -> str:
    handoff = handoff_of(hall, talk, account)
    hall.call(account, "POST", f"handoffs/{handoff}/take")
    return handoff


def _talks(hall: Hall, told: dict[str, Any]) -> None:
    """Let a conversation be with a person, who has read all but what stands unread."""
    talk, account = hall.talk(told["says"]), told["has"]
    handoff = _taken(hall, talk, account)
    for number, line in enumerate(told["since"], 1):
        if "staff" in line:
            hall.call(account, "POST", f"handoffs/{handoff}/messages", {"text": line["staff"]})
        else:
            talk.say(line["citizen"])
        if number < len(told["since"]) or not told.get("unread"):
            hall.call(account, "POST", f"handoffs/{handoff}/read", {"seq": number})
    hall.move_back(talk, timedelta(minutes=told["minutes"]))
    if told.get("leaves"):
        hall.sign_out(account)
