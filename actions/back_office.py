"""The back office's desk: what staff may do with an application, and what comes of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from pathlib import Path

from actions.clock import Clock
from actions.connectors.certificate import CertificateIssuer
from actions.connectors.embedded import FILED
from actions.deadlines import Deadlines, Due, Lateness, OfficeRules
from actions.flows.definition import Flow
from actions.office_words import OfficeWords
from actions.texts import Texts
from actions.working_calendar import WorkingCalendar
from storage.application_desk import ApplicationDesk, DeskEntry
from storage.application_records import NewFile
from storage.applications import Applications, ApplicationState
from storage.errors import TransitionRefused
from storage.reminders import Reminders
from storage.supplements import Supplements, Wanted

CERTIFICATE = "certificate_pdf"


class DeskStep(str, Enum):
    """What staff do with an application."""

    ACCEPT = "accept"
    SUPPLEMENT = "supplement"
    REFUSE = "refuse"
    ISSUE = "issue"


STEPS = {
    ApplicationState.SUBMITTED: (DeskStep.ACCEPT, DeskStep.SUPPLEMENT, DeskStep.REFUSE),
    ApplicationState.SUPPLEMENT: (DeskStep.ACCEPT, DeskStep.REFUSE),
    ApplicationState.ACCEPTED: (DeskStep.ISSUE, DeskStep.REFUSE),
}


@dataclass(frozen=True)
class Looked:
    """An application as a member of staff looked at it when they decided."""

    receipt_number: str
    version: int
    staff_id: str


class BackOffice:
    """Takes the steps that staff decide; what a step tells the citizen lies in the store as a notice."""

    def __init__(
        self,
        applications: Applications,
        flows: Mapping[str, Flow],
        deadlines: Deadlines,
        issuer: CertificateIssuer,
        words: OfficeWords,
        texts: Texts,
        clock: Clock,
    ) -> None:
        """Keep what the desk works with."""
        self.desk = ApplicationDesk(applications.database)
        self.supplements = Supplements(applications.database)
        self.reminders = Reminders(applications.database)
        self.words = words
        self.texts = texts
        self.filed = frozenset(item for item, flow in flows.items() if flow.submit.delivers in FILED)
        """the items of what is no application for the desk"""
        self._applications = applications
        self._flows = flows
        self._deadlines = deadlines
        self._issuer = issuer
        self._clock = clock

    @classmethod
    def load(
        cls,
        data: Path,
        applications: Applications,
        flows: Mapping[str, Flow],
        calendar: WorkingCalendar,
        clock: Clock,
    ) -> BackOffice:
        """Make the desk with the rules and texts of a data folder."""
        texts = data / "texts"
        return cls(
            applications,
            flows,
            Deadlines(flows, calendar, OfficeRules.load(data / "back_office.yml"), clock),
            CertificateIssuer.load(texts / "certificates.yml"),
            OfficeWords.load(texts / "office_words.yml"),
            Texts.load(texts / "office.yml"),
            clock,
        )

    def due(self, entry: DeskEntry) -> Due | None:
        """Return by when something must be done about an application, or None.

        Whether it accepts what it was handed is a department's to answer.
        """
        if entry.handing is not None and entry.state is ApplicationState.SUBMITTED:
            return None
        return self._deadlines.due(entry.item_id, entry.state, entry.since)

    def is_by_staff(self, item_id: str) -> bool:
        """Tell whether staff decide; they do where a flow is gone that applications are left of."""
        flow = self._flows.get(item_id)
        return flow is None or flow.submit.by_staff

    def issues_certificate(self, item_id: str) -> bool:
        """Tell whether a certificate is drawn when an application is issued."""
        flow = self._flows.get(item_id)
        return flow is not None and flow.submit.delivers == CERTIFICATE

    def steps(self, entry: DeskEntry) -> tuple[DeskStep, ...]:
        """Return what may be done: nothing with what a department has, nor with what goes by itself and is in time."""
        due = self.due(entry)
        stuck = due is not None and due.lateness is Lateness.OVERDUE
        if entry.handing is not None or not (self.is_by_staff(entry.item_id) or stuck):
            return ()
        return STEPS.get(entry.state, ())

    def accept(self, looked: Looked) -> None:
        """Accept an application (受理): the promised time runs from now."""
        self._take(looked, DeskStep.ACCEPT, ApplicationState.ACCEPTED)

    def ask_for(self, looked: Looked, wanted: Wanted) -> None:
        """Ask for everything that is missing at once (补正)."""
        self._take(looked, DeskStep.SUPPLEMENT, ApplicationState.SUPPLEMENT, self.listed(wanted), wanted=wanted)

    def refuse(self, looked: Looked, reason: str) -> None:
        """Refuse an application with a reason, before acceptance or after examination."""
        self._take(looked, DeskStep.REFUSE, ApplicationState.REFUSED, reason)

    def delivered(self, looked: Looked) -> list[NewFile]:
        """Return what an application is issued with: the certificate where its flow delivers one.

        Drawing takes a second of computing. Raises NoCertificate, NoChineseFont or CertificateNotDrawn.
        """
        application = self._applications.by_receipt(looked.receipt_number)
        if application is None or not self.issues_certificate(application.item_id):
            return []
        return [self._issuer.file(application, self._today())]

    def issue(self, looked: Looked, note: str, files: Sequence[NewFile]) -> None:
        """Decide in the citizen's favour, with a note and what is `delivered`.

        Raises what every step raises: ApplicationUnknown, ApplicationMoved, TransitionRefused.
        """
        self._take(looked, DeskStep.ISSUE, ApplicationState.ISSUED, note, files=files)

    def listed(self, wanted: Wanted) -> str:
        """Return what is asked for as the citizen reads it: a numbered list."""
        lines = [*wanted.materials, *([wanted.note] if wanted.note else [])]
        if len(lines) == 1:
            return lines[0]
        return "\n".join(
            self.texts("supplement_list", number=number, material=line) for number, line in enumerate(lines, 1)
        )

    def day(self, on: date) -> str:
        """Return a day as it is written to citizens."""
        return self.texts("day", month=on.month, day=on.day)

    def _take(self, looked: Looked, step: DeskStep, state: ApplicationState, note: str = "", **more: object) -> None:
        entry = self.desk.entry(looked.receipt_number)
        # Of an application that has moved on, the store says so; the steps of its new state are not those looked at.
        if entry.version == looked.version and step not in self.steps(entry):
            raise TransitionRefused(f"{step.value} is no step of {looked.receipt_number}.")
        self.desk.step(looked.receipt_number, looked.version, state, looked.staff_id, note, **more)  # type: ignore[arg-type]

    def _today(self) -> date:
        return self._clock().date()


def attention(dues: Sequence[Due | None]) -> tuple[int, int]:
    """Return how many limits have passed, and how many are near."""
    late = [due.lateness for due in dues if due is not None]
    return late.count(Lateness.OVERDUE), late.count(Lateness.NEAR)
