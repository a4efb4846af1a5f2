"""Applications as the desk's page reads them; personal values are masked in every one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from actions.applications import item_name
from actions.back_office import DeskStep
from actions.deadlines import Due
from actions.flows.definition import Flow, FlowField
from actions.flows.draft import Draft
from actions.office_checks import OfficeChecks
from actions.office_news import declined_label, event_label, state_label
from actions.services import Services
from assistant.requests import event_number
from assistant.staff.application_access import ApplicationAccess
from storage.application_desk import DeskEntry, Handing
from storage.applications import Application, ApplicationState
from storage.provisional_numbers import UNDELIVERED, in_groups
from storage.staff import StaffAccount
from storage.supplements import Supplement

ANSWER = "answer"
"""the name under which a citizen's answer is unmasked: `answer-0` is the first"""


class ApplicationViews:
    def __init__(
        self,
        services: Services,
        access: ApplicationAccess,
        staff_names: Callable[[], Mapping[str, str]],
        masked: Callable[[str], str],
    ) -> None:
        """Keep what views are made from; `masked` puts placeholders for the personal data of a text."""
        self._services = services
        self._access = access
        self._office = services.back_office
        self._names = staff_names
        self._masked = masked
        engine, desk = services.engine, services.back_office.desk
        self._checks = OfficeChecks(services.flows, services.back_office.texts, engine.label, desk.others_open)

    def line(self, entry: DeskEntry, names: Mapping[str, str], account: StaffAccount) -> dict[str, Any]:
        """Return an entry of a list as `account` reads it: nothing of it is the citizen's."""
        own, others = self._steps(entry, account)
        return {
            "receipt_number": entry.receipt_number,
            "item": {"item_id": entry.item_id, "name": item_name(self._services, entry.item_id)},
            "state": entry.state.value,
            "state_label": self._label(entry),
            "submitted_at": entry.submitted_at.isoformat(),
            "since": entry.since.isoformat(),
            "due": _due(self._office.due(entry)),
            "staff": names.get(entry.staff_id or ""),
            "by_staff": self._office.is_by_staff(entry.item_id),
            "reminders": entry.reminders,
            "reminded_at": _iso(entry.reminded_at),
            "handing": self._handing(entry.handing),
            "authority": self._access.authority_of(entry.item_id),
            "waits_for": self.decider(entry) if others and not own else None,
        }

    def page(self, entry: DeskEntry, application: Application, account: StaffAccount) -> dict[str, Any]:
        """Return one application with everything that a decision needs, and the steps that are `account`'s to take."""
        names = self._names()
        flow = self._services.flows.get(entry.item_id)
        steps, others = self._steps(entry, account)
        turn = "turn_also" if steps else "turn"
        return {
            **self.line(entry, names, account),
            "provisional_number": self._provisional_number(entry),
            "version": entry.version,
            "applicant": application.context.get("applicant") or self._office.texts("self"),
            "promise": flow.submit.promise if flow else None,
            "fields": self._fields(application, flow),
            "checks": [
                {"name": one.name, "outcome": one.outcome.value, "text": one.text}
                for one in self._checks.of(application)
            ],
            "history": self._history(entry, names),
            "supplements": self._supplements(entry, names),
            "documents": [
                {"document_id": one.id, "name": one.name, "at": one.created_at.isoformat()}
                for one in self._services.applications.documents(entry.receipt_number)
            ],
            "steps": [step.value for step in steps],
            "turn": self._office.texts(turn, authority=self.decider(entry)) if others else None,
            "issues_certificate": self._office.issues_certificate(entry.item_id),
            "refusal_label": self._refusal(entry),
            "objection": self._office.texts("objection"),
            "materials": self.materials(entry.item_id) if DeskStep.SUPPLEMENT in steps else [],
        }

    def materials(self, item_id: str) -> list[str]:
        """Return the names of the materials that an item's guide asks for."""
        item = self._services.catalogue.items.get(item_id)
        return [one.name for one in (item.guide.materials if item else None) or ()]

    def value(self, application: Application, name: str) -> str | None:
        """Return a value unmasked: a field's, or the citizen's answer of a number; None where there is none."""
        if name.startswith(f"{ANSWER}-"):
            answers = [one.answer for one in self._office.supplements.of(application.receipt_number or "")]
            number = name.removeprefix(f"{ANSWER}-")
            place = event_number(number)
            return answers[place] if place is not None and place < len(answers) else None
        field, value = self._field(application, name), application.fields.get(name)
        return None if field is None or value is None else field.kind.display(value)

    def scope(self, account: StaffAccount) -> str | None:
        """Return which department's applications are listed; None where all are."""
        department = self._access.only(account)
        return None if department is None else self._office.texts("scope", department=department)

    def decider(self, entry: DeskEntry) -> str:
        """Return whose decision an application is: the authority's, a supervisor's where its item is gone."""
        return self._access.authority_of(entry.item_id) or self._office.texts("supervisor")

    def moved(self, entry: DeskEntry) -> str:
        """Return what the second of two is told who decided at once."""
        events = self._services.applications.events(entry.receipt_number)
        staff_id = events[-1].staff_id
        by_citizen = entry.state in (ApplicationState.WITHDRAWN, ApplicationState.SUBMITTED)
        nobody = self._office.texts("moved_by_citizen" if by_citizen else "moved_by_itself")
        who = self._names().get(staff_id, nobody) if staff_id else nobody
        return self._office.texts("moved", who=who, state=self._label(entry))

    def _steps(self, entry: DeskEntry, account: StaffAccount) -> tuple[list[DeskStep], list[DeskStep]]:
        """Return the steps that may be taken now: those of `account`, and those of others."""
        steps = self._office.steps(entry)
        own = [step for step in steps if self._access.may(account, entry.item_id, step)]
        return own, [step for step in steps if step not in own]

    def _fields(self, application: Application, flow: Flow | None) -> list[dict[str, Any]]:
        shown = {line.field: line for line in self._services.engine.summary(application)}
        missing = [
            {"field": one.name, "label": self._services.engine.label(one), "value": "", "masked": False}
            for one in (Draft(flow, application).needed if flow else ())
            if one.name not in shown
        ]
        return [
            {"field": name, "label": line.label, "value": line.value, "masked": self._is_masked(application, name)}
            for name, line in shown.items()
        ] + missing

    def _is_masked(self, application: Application, name: str) -> bool:
        field = self._field(application, name)
        return field is not None and field.masked

    def _field(self, application: Application, name: str) -> FlowField | None:
        flow = self._services.flows.get(application.item_id)
        return flow.by_name.get(name) if flow else None

    def _history(self, entry: DeskEntry, names: Mapping[str, str]) -> list[dict[str, Any]]:
        events = self._services.applications.events(entry.receipt_number)
        return [
            {
                "state": event.state.value,
                "state_label": event_label(self._services, entry.item_id, events, place),
                "at": event.at.isoformat(),
                "who": names.get(event.staff_id or ""),
                "note": self._masked(event.note),
            }
            for place, event in enumerate(events)
        ]

    def _supplements(self, entry: DeskEntry, names: Mapping[str, str]) -> list[dict[str, Any]]:
        asked = self._office.supplements.of(entry.receipt_number)
        return [self._supplement(place, one, names) for place, one in enumerate(asked)]

    def _supplement(self, place: int, one: Supplement, names: Mapping[str, str]) -> dict[str, Any]:
        answer = None if one.answer is None else self._masked(one.answer)
        return {
            "materials": list(one.wanted.materials),
            "note": self._masked(one.wanted.note),
            "asked_by": names.get(one.asked_by),
            "asked_at": one.asked_at.isoformat(),
            "answer": answer,
            "answer_field": f"{ANSWER}-{place}" if answer != one.answer else None,
            "answered_at": _iso(one.answered_at),
        }

    def _handing(self, handing: Handing | None) -> dict[str, Any] | None:
        if handing is None:
            return None
        return {
            "connector": handing.connector,
            "state": handing.state.value,
            "state_label": self._office.texts(f"handing_{handing.state.value}"),
            "attempts": handing.attempts,
            "last_failure": handing.last_failure,
            "failing_since": _iso(handing.failing_since),
            "delivered_at": _iso(handing.delivered_at),
        }

    def _provisional_number(self, entry: DeskEntry) -> str | None:
        """Return the number that the citizen was given while the department did not have it; None where none was."""
        kept = self._services.provisional.numbers.of(entry.receipt_number) if entry.handing is not None else None
        return None if kept is None else in_groups(kept.number)

    def _label(self, entry: DeskEntry) -> str:
        is_undelivered = entry.handing is not None and entry.handing.state in UNDELIVERED
        if is_undelivered and entry.state is ApplicationState.SUBMITTED:
            return self._services.provisional.texts("state")
        if entry.state is ApplicationState.REFUSED:
            application = self._services.applications.by_receipt(entry.receipt_number)
            if application is not None:
                return state_label(self._services, application)
        return self._services.engine.texts(f"state_{entry.state.value}")

    def _refusal(self, entry: DeskEntry) -> str:
        """Return what a refusal would be called now."""
        if entry.state is ApplicationState.ACCEPTED:
            return declined_label(self._services, entry.item_id)
        return self._services.engine.texts(f"state_{ApplicationState.REFUSED.value}")


def _due(due: Due | None) -> dict[str, Any] | None:
    if due is None:
        return None
    return {
        "limit": due.limit.value,
        "on": due.on.isoformat(),
        "days_left": due.days_left,
        "lateness": due.lateness.value,
    }


def _iso(at: Any) -> str | None:
    return at.isoformat() if at else None
