"""Staff accounts from the command line and for the demonstration."""

from __future__ import annotations

import secrets
from datetime import datetime

from actions.services import Services
from assistant.settings import Settings
from storage.database import Database
from storage.encryption import Cipher
from storage.staff import Staff, StaffAccount, StaffRole

DEMO_CLERK = "clerk"


def add_account(settings: Settings, name: str, password: str, role: str, display_name: str) -> StaffAccount:
    """Add an account to the storage of these settings."""
    database = Database(
        settings.database_url,
        Cipher.from_key_file(settings.var / "secret.key"),
        lambda: datetime.now().astimezone(),
    )
    database.upgrade()
    return Staff(database).create(name, password, StaffRole(role), display_name)


def ensure_demo_clerk(settings: Settings, services: Services) -> str | None:
    """Give the demonstration a clerk with a password of its own; say it once, when the account is made."""
    staff = Staff(services.database)
    if any(account.name == DEMO_CLERK for account in staff.accounts()):
        return None
    password = secrets.token_urlsafe(9)
    staff.create(DEMO_CLERK, password, StaffRole.CLERK, services.texts("demo_clerk"))
    note = settings.var / "demo-clerk.txt"
    note.write_text(f"{DEMO_CLERK}\n{password}\n", encoding="utf-8")
    note.chmod(0o600)
    return f"(account {DEMO_CLERK}, password {password}; kept in {note})"
