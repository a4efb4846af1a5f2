"""The audit trail's entries as an auditor reads them: who, what, on what, and details in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from actions.applications import item_name
from actions.services import Services
from actions.texts import Texts
from assistant.staff.application_views import ANSWER
from assistant.staff.audit_actions import AuditAction, AuditActions
from assistant.staff.desk_choices import load_departments
from storage.audit import AuditEntry, AuditFault
from storage.receipts import is_receipt_number
from storage.staff import StaffAccount

SHORT = 8
"""characters of an id or a fingerprint: enough to tell one from another"""
_IDS = ("document", "answer", "follow_up", "id", "content")
_STAFF = ("staff", "to")


class AuditWords:
    """Say entries in words."""

    def __init__(self, services: Services, actions: AuditActions, texts: Texts) -> None:
        """Keep where words come from; `texts` are those of data/texts/audit.yml."""
        self.texts = texts
        self._services = services
        self._actions = actions
        self._elements = Texts.load(services.data / "texts" / "editor.yml")
        self._departments = load_departments(services.data)
        engine = services.engine
        self._fields = {one.name: engine.label(one) for flow in services.flows.values() for one in flow.fields}

    def entry(self, entry: AuditEntry, accounts: Mapping[str, StaffAccount]) -> dict[str, Any]:
        """Return an entry as the page reads it; `accounts` are those of the staff, by id."""
        action = self._actions.of(entry.action)
        return {
            "seq": entry.seq,
            "at": entry.at.isoformat(),
            "who": {"account": entry.actor, "name": self.actor(entry.actor, accounts)},
            "action": {"code": action.code, "label": action.label, "group": action.group},
            "subject": self._subject(action, entry.subject, accounts),
            "details": [
                {"label": self._label(key), "value": value} for key, value in self._details(entry, action, accounts)
            ],
            "genuine": entry.is_genuine,
        }

    def actor(self, name: str, accounts: Mapping[str, StaffAccount]) -> str:
        """Return what the person or program of an account's name is called."""
        account = next((one for one in accounts.values() if one.name == name), None)
        key = f"actor_{name}"
        return account.display_name if account else self.texts(key) if key in self.texts else name

    def fault(self, fault: AuditFault) -> dict[str, Any]:
        """Return a place where the trail does not hold, as the page reads it."""
        key = f"fault_{fault.kind.value}"
        if fault.last > fault.seq and f"{key}_many" in self.texts:
            key = f"{key}_many"
        words = self.texts(key, seq=fault.seq, last=fault.last)
        return {"seq": fault.seq, "last": fault.last, "kind": fault.kind.value, "text": words}

    def _subject(
        self, action: AuditAction, subject: str, accounts: Mapping[str, StaffAccount]
    ) -> dict[str, str] | None:
        """Return what an entry is about, by name where it has one; None where it is about nothing in particular."""
        kind = action.subject
        if kind is None or not subject:
            return None
        if is_receipt_number(subject):
            kind = "application"
        name = subject
        if kind == "account":
            name = accounts[subject].display_name if subject in accounts else subject
        elif kind == "item":
            name = item_name(self._services, subject)
        return {"value": subject, "kind": self.texts(f"subject_{kind}"), "name": name}

    def _details(
        self, entry: AuditEntry, action: AuditAction, accounts: Mapping[str, StaffAccount]
    ) -> Iterator[tuple[str, str]]:
        for key, value in entry.details.items():
            if value is not None and value != []:
                yield key, self._value(key, value, action, accounts)

    def _value(self, key: str, value: Any, action: AuditAction, accounts: Mapping[str, StaffAccount]) -> str:
        if isinstance(value, bool):
            return self.texts("value_yes" if value else "value_no")
        if isinstance(value, list):
            return self.texts("between").join(self._element(str(one)) for one in value)
        if isinstance(value, int):
            return str(value)
        text = str(value)
        if key == "field":
            return self._element(text) if action.group == "knowledge" else self._field(text)
        if key == "who":
            return self.actor(text, accounts)
        if key in _STAFF:
            return accounts[text].display_name if text in accounts else text
        return self._named(key, text)

    def _named(self, key: str, text: str) -> str:
        if key == "item":
            return item_name(self._services, text)
        if key == "department":
            return self._departments.get(text, text)
        if key == "group":
            return self._actions.groups.get(text, text)
        if f"value_{key}_{text}" in self.texts:
            return self.texts(f"value_{key}_{text}")
        return text[:SHORT] if key in _IDS else text

    def _label(self, key: str) -> str:
        return self.texts(f"detail_{key}") if f"detail_{key}" in self.texts else key

    def _field(self, name: str) -> str:
        """Return what a field of an application is called."""
        number = name.removeprefix(f"{ANSWER}-")
        if number != name and number.isascii() and number.isdigit():
            return self.texts("answer_field", number=int(number) + 1)
        return self._fields.get(name, name)

    def _element(self, path: str) -> str:
        """Return what an element of a guide is called, such as that of `guide.fee`."""
        key = f"element_{path.rsplit('.', 1)[-1]}"
        return self._elements(key) if key in self._elements else path
