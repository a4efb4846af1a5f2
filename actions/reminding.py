"""A citizen reminds of an application (催办): noted for the desk, answered with the day by which it is due."""

from __future__ import annotations

from collections.abc import Sequence

from actions.deadlines import Lateness
from actions.office_news import due_of, due_words, left_words, state_label
from actions.services import Services
from storage.application_states import NEXT_STATES
from storage.applications import Application, ApplicationState

MOST = 3
"""applications that one message reminds of"""


def to_remind_of(applications: Sequence[Application], item_id: str | None) -> list[Application]:
    """Return which of a citizen's applications are meant: the open ones, of the item talked about where it has any."""
    open_ones = [one for one in applications if NEXT_STATES[one.state]]
    of_item = [one for one in open_ones if one.item_id == item_id]
    return (of_item or open_ones or list(applications[:1]))[:MOST]


def remind(services: Services, application: Application, item: str) -> str:
    """Note a reminder, once a day, and return what is said; `item` is the item's name as it is said."""
    office, receipt = services.back_office, application.receipt_number or ""
    texts = office.texts
    named = {"item": item, "receipt": receipt}
    if not NEXT_STATES[application.state]:
        return texts("reminded_ended", state=state_label(services, application), **named)
    if application.state is ApplicationState.SUPPLEMENT:
        return texts("reminded_waits_for_you", **named)
    midnight = services.clock().replace(hour=0, minute=0, second=0, microsecond=0)
    is_new = office.reminders.add(receipt, midnight)
    said = texts("reminded" if is_new else "reminded_before", **named)
    due = due_of(services, application)
    if due is None:
        return said + texts("reminded_state", state=state_label(services, application))
    if due.lateness is Lateness.OVERDUE:
        return said + texts("reminded_overdue", due=due_words(services, due))
    return said + texts("reminded_due", due=due_words(services, due), left=left_words(services, due))
