"""Staff accounts from the command line and for the demonstration."""

from __future__ import annotations

import secrets
from pathlib import Path

from actions.services import Services
from assistant.settings import Settings
from assistant.staff.desk_choices import load_departments
from storage.audit import AuditTrail
from storage.audit_anchor import AuditAnchor
from storage.database import Database
from storage.encryption import Cipher
from storage.private_files import private_folder
from storage.staff import EDITING_ROLES, Staff, StaffAccount, StaffRole

ACTOR = "command-line"
"""who acts, in the audit trail"""
DEMO_DEPARTMENT = "social-insurance"
DEMO_STAFF = (
    *((role.value, role, None) for role in StaffRole),
    (f"{StaffRole.CLERK.value}-{DEMO_DEPARTMENT}", StaffRole.CLERK, DEMO_DEPARTMENT),
)
"""whom the demonstration has: one of each role, the clerk at the general window, and a clerk of a department"""


class UnknownRole(Exception):
    """There is no such role."""


class UnknownDepartment(Exception):
    """There is no such department."""


class UnknownAccount(Exception):
    """There is no account of that name."""


def open_database(settings: Settings) -> Database:
    """Open the storage of these settings and bring its tables up to date."""
    private_folder(settings.var)
    cipher = Cipher.from_key_file(settings.var / "secret.key")
    database = Database(settings.database_url, cipher, settings.clock)
    database.upgrade()
    return database


def open_audit(settings: Settings, database: Database) -> AuditTrail:
    """Return the audit trail of these settings, with its anchor outside the database."""
    return AuditTrail(database, AuditAnchor(settings.audit_anchor, database.cipher))


def role_named(name: str) -> StaffRole:
    """Return the role of that name; raise UnknownRole."""
    try:
        return StaffRole(name)
    except ValueError:
        roles = ", ".join(role.value for role in StaffRole)
        raise UnknownRole(f"There is no role {name}; the roles are {roles}.") from None


def department_named(data: Path, key: str | None) -> str | None:
    """Return a department's key, None for none; raise UnknownDepartment."""
    if not key:
        return None
    known = load_departments(data)
    if key not in known:
        raise UnknownDepartment(f"There is no department {key}; data/departments.yml has {', '.join(known)}.")
    return key


class Accounts:
    """The operator's view of the staff accounts; every change is written to the audit trail."""

    def __init__(self, settings: Settings) -> None:
        """Open the storage of these settings."""
        self._database = open_database(settings)
        self._data = settings.data
        self._staff = Staff(self._database)
        self._audit = open_audit(settings, self._database)

    def all(self) -> tuple[StaffAccount, ...]:
        """Return every account, by name."""
        return self._staff.accounts()

    def add(
        self, name: str, password: str, role: str, display_name: str, department: str | None = None
    ) -> StaffAccount:
        """Add an account; raise UnknownRole, UnknownDepartment, WeakPassword or AccountExists."""
        key = department_named(self._data, department)
        with self._database.together():
            account = self._staff.create(name, password, role_named(role), display_name, key)
            self._audit.append(ACTOR, "add-account", account.id, {"role": account.role.value})
        return account

    def set_enabled(self, name: str, enabled: bool) -> None:
        """Allow or forbid an account to sign in; forbidding ends its sessions. Raise UnknownAccount."""
        with self._database.together():
            if not self._staff.set_enabled(name, enabled):
                raise UnknownAccount(f"There is no account {name}.")
            self._audit.append(ACTOR, "enable-account" if enabled else "disable-account", self._id(name))

    def set_department(self, name: str, department: str | None) -> None:
        """Put an account into a department, or into none; raise UnknownAccount or UnknownDepartment."""
        key = department_named(self._data, department)
        with self._database.together():
            if not self._staff.set_department(name, key):
                raise UnknownAccount(f"There is no account {name}.")
            self._audit.append(ACTOR, "set-department", self._id(name), {"department": key})

    def set_password(self, name: str, password: str) -> None:
        """Give an account a new password, unlock it and end its sessions; raise UnknownAccount or WeakPassword."""
        with self._database.together():
            if not self._staff.set_password(name, password):
                raise UnknownAccount(f"There is no account {name}.")
            self._audit.append(ACTOR, "set-password", self._id(name))

    def _id(self, name: str) -> str:
        return next(account.id for account in self._staff.accounts() if account.name == name)


def ensure_demo_staff(settings: Settings, services: Services) -> tuple[str, ...]:
    """Give the demonstration its accounts; say each password once, when the account is made."""
    staff = Staff(services.database)
    known = {account.name for account in staff.accounts()}
    said = []
    for name, role, department in DEMO_STAFF:
        if name in known:
            continue
        password = secrets.token_urlsafe(9)
        staff.create(name, password, role, services.texts(f"demo_{name}"), department)
        note = settings.var / f"demo-{name}.txt"
        note.write_text(f"{name}\n{password}\n", encoding="utf-8")
        note.chmod(0o600)
        page = "editor" if role in EDITING_ROLES else "staff"
        address = f"http://{settings.host}:{settings.port}/{page}"
        said.append(f"{address}  (account {name}, password {password}; kept in {note})")
    return tuple(said)
