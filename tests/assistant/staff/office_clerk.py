"""A member of staff at the back office's desk of a running server, and what they find there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from storage.applications import Applications
from storage.database import Database
from tests.assistant.server_process import Answer, Server
from tests.assistant.staff.signing_in import colleague, sign_in

ITEM, DEPARTMENT = "senior-allowance", "civil-affairs"
ADDRESS = "/api/staff/applications"
FIELDS = {
    "full_name": "吴试填",
    "id_number": "310110195601010049",
    "phone": "13900008888",
    "district": "杨浦区",
    "senior_card": "已有",
}


@dataclass
class Clerk:
    """A member of staff who asks the server for things."""

    server: Server
    account: tuple[str, str]
    headers: dict[str, str] = field(init=False)

    @classmethod
    def of(cls, server: Server, department: str | None = None, role: str = "clerk") -> Clerk:
        """Sign in as a new account of a department, or of none."""
        return cls(server, colleague(server, role, department))

    def __post_init__(self) -> None:
        self.headers = sign_in(self.server, self.account)

    def get(self, path: str) -> Answer:
        return self.server.call("GET", f"{ADDRESS}{path}", headers=self.headers)

    def post(self, path: str, body: Any = None) -> Answer:
        return self.server.call("POST", f"{ADDRESS}{path}", body or {}, headers=self.headers)

    def read(self, receipt: str) -> Any:
        return self.get(f"/{receipt}").json["application"]

    def take(self, receipt: str, step: str, **more: Any) -> Answer:
        return self.post(f"/{receipt}/steps/{step}", {"version": self.read(receipt)["version"], **more})


def listed(clerk: Clerk, tab: str, item: str = ITEM) -> list[str]:
    answer = clerk.get(f"?tab={tab}&item={item}").json
    return [one["receipt_number"] for one in answer["entries"]]


def submitted(
    storage: Database,
    item: str = ITEM,
    fields: Mapping[str, str] = FIELDS,
    handed: Mapping[str, str] | None = None,
    conversation: str = "desk-test",
) -> str:
    """Submit an application into the server's storage; `handed` gives it to a department nobody calls."""
    applications = Applications(storage, handed or {})
    draft = applications.create_draft(conversation, item)
    return applications.submit(draft.id, fields.get("id_number"), fields, {}).receipt_number or ""
