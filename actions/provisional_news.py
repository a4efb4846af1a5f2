"""What a citizen is told of an application that its department does not have yet, or has got since.

`item` is the item's name as it is said, without book title marks.
"""

from __future__ import annotations

from datetime import datetime

from actions.office_news import state_label
from actions.services import Services
from storage.agents import agent_of
from storage.applications import Application
from storage.outbox import OutboxState
from storage.provisional_numbers import Provisional, in_groups

KEPT = "kept"
"""the state of an application that its department does not have, as it is told"""


def given(services: Services, application: Application, kept: Provisional) -> str:
    """Return what is said at the submission, in place of the receipt number."""
    texts = services.provisional.texts
    department = department_of(services, application)
    sentences = [texts(f"given_{_trouble(kept)}", department=department)]
    sentences.append(texts("given_number", number=in_groups(kept.number)))
    if id_number_of(services, application):
        whose = texts("whose_own" if agent_of(application) is None else "whose_other")
        sentences[-1] += texts("given_how", whose=whose)
    else:
        sentences[-1] += texts("given_at_counter")
    return "\n".join(sentences)


def line(services: Services, application: Application, item: str, kept: Provisional) -> str:
    """Return where an application stands that is not delivered, for whom it is known to belong to."""
    return services.provisional.texts(
        f"line_{_trouble(kept)}",
        item=item,
        department=department_of(services, application),
        number=in_groups(kept.number),
    )


def delivered_notice(services: Services, application: Application, item: str) -> str | None:
    """Return the news that the department has it now; None where the citizen was never told otherwise."""
    kept = services.provisional.numbers.of(application.receipt_number or "")
    if kept is None:
        return None
    return services.provisional.texts(
        "delivered_notice",
        item=item,
        department=department_of(services, application),
        number=in_groups(kept.number),
        receipt=application.receipt_number,
    )


def told(services: Services, application: Application, item: str, kept: Provisional) -> str:
    """Return what is told to whoever proved that the number is theirs: no value of the form, and no note of staff."""
    texts = services.provisional.texts
    named = {"item": item, "department": department_of(services, application)}
    if kept.is_open:
        since = _day(services, application.submitted_at or application.updated_at)
        return texts(f"told_{_trouble(kept)}", since=since, **named)
    state = application.state
    if not kept.is_delivered:
        return texts("told_withdrawn", **named)
    said = texts(
        "told_delivered",
        receipt=application.receipt_number,
        state=state_label(services, application),
        at=_day(services, application.updated_at),
        **named,
    )
    following = f"next_{state.value}"
    return said + (texts(following) if following in texts else "")


def id_number_of(services: Services, application: Application) -> str:
    """Return the ID number of whom an application is for; empty where its flow asks for none."""
    flow = services.flows.get(application.item_id)
    return str(application.fields.get(flow.holder) or "") if flow is not None and flow.holder else ""


def department_of(services: Services, application: Application) -> str:
    """Return what the department is called that an application is for."""
    item = services.catalogue.items.get(application.item_id)
    return (item.department if item is not None else "") or services.provisional.texts("department")


def _trouble(kept: Provisional) -> str:
    return "rejected" if kept.state is OutboxState.REJECTED else "waiting"


def _day(services: Services, moment: datetime) -> str:
    return f"{moment.astimezone(services.clock().tzinfo):%Y-%m-%d %H:%M}"
