"""Where an application in the back office stands, in words for its citizen."""

from __future__ import annotations

from actions.deadlines import Due, Lateness
from actions.services import Services
from storage.application_records import ApplicationEvent
from storage.applications import Application, ApplicationState


def state_label(services: Services, application: Application) -> str:
    """Return the state's name as the citizen reads it; a refusal after acceptance has another than one before."""
    if was_declined(services, application):
        return declined_label(services, application.item_id)
    return services.engine.texts(f"state_{application.state.value}")


def event_label(services: Services, item_id: str, events: tuple[ApplicationEvent, ...], place: int) -> str:
    """Return what the state of one of an application's events is called."""
    state = events[place].state
    accepted = any(event.state is ApplicationState.ACCEPTED for event in events[:place])
    if state is ApplicationState.REFUSED and accepted:
        return declined_label(services, item_id)
    return services.engine.texts(f"state_{state.value}")


def was_declined(services: Services, application: Application) -> bool:
    """Tell whether an application was refused after it had been accepted."""
    if application.state is not ApplicationState.REFUSED:
        return False
    events = services.applications.events(application.receipt_number or "")
    return any(event.state is ApplicationState.ACCEPTED for event in events)


def declined_label(services: Services, item_id: str) -> str:
    """Return what a refusal after acceptance is called, by the kind of item."""
    item, texts = services.catalogue.items.get(item_id), services.back_office.texts
    key = f"declined_{item.item_type if item else None}"
    return texts(key if key in texts else "declined_other")


def due_of(services: Services, application: Application) -> Due | None:
    """Return by when something must be done about an application that staff decide on, or None."""
    receipt = application.receipt_number
    if receipt is None or not services.back_office.is_by_staff(application.item_id):
        return None
    return services.back_office.due(services.back_office.desk.entry(receipt))


def due_words(services: Services, due: Due) -> str:
    """Return a limit as it is told the citizen: by when, or that it has passed; without a full stop."""
    office = services.back_office
    if due.lateness is Lateness.OVERDUE:
        return office.texts("overdue", on=office.day(due.on))
    return office.texts(f"due_{due.limit.value}", on=office.day(due.on))


def left_words(services: Services, due: Due) -> str:
    """Return how many working days are left."""
    texts = services.back_office.texts
    return texts("left", count=due.days_left) if due.days_left > 0 else texts("left_today")
