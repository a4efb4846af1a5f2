"""Staff accounts, their roles and their sign-ins."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from uuid import uuid4

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy.orm import Session

from storage.database import Database
from storage.errors import AccountExists, AccountLocked, WeakPassword, WrongCredentials
from storage.models import StaffAccountRow, StaffSessionRow

MINIMUM_PASSWORD = 10
FAILURES_ALLOWED = 5
LOCKED_FOR = timedelta(minutes=15)
SESSION_FOR = timedelta(hours=9)


class StaffRole(str, Enum):
    CLERK = "clerk"
    SUPERVISOR = "supervisor"
    EDITOR = "editor"
    """writes revisions of guides, and approves those of others"""
    APPROVER = "approver"
    """approves revisions of guides"""
    AUDITOR = "auditor"


DESK_ROLES = (StaffRole.CLERK, StaffRole.SUPERVISOR)
"""who talks with citizens, and reads what they said"""
EDITING_ROLES = (StaffRole.EDITOR, StaffRole.APPROVER)
"""who works on the guides"""


@dataclass(frozen=True)
class StaffAccount:
    id: str
    name: str
    display_name: str
    role: StaffRole
    enabled: bool
    department: str | None = None
    """a key of data/departments.yml"""


@dataclass(frozen=True)
class SignedIn:
    """A sign-in; the token is shown once and stored only as a hash."""

    token: str
    account: StaffAccount
    expires_at: datetime


class Staff:
    def __init__(self, database: Database, hasher: PasswordHasher | None = None) -> None:
        self._database = database
        self._hasher = hasher or PasswordHasher()
        self._decoy: str | None = None

    def create(
        self, name: str, password: str, role: StaffRole, display_name: str = "", department: str | None = None
    ) -> StaffAccount:
        """Add an account; raise WeakPassword or AccountExists."""
        hashed = self._hash(password)
        with self._database.writing("staff") as session:
            if session.query(StaffAccountRow).filter_by(name=name).first() is not None:
                raise AccountExists(f"An account named {name} exists already.")
            row = StaffAccountRow(
                id=uuid4().hex,
                name=name,
                display_name=display_name or name,
                role=StaffRole(role).value,
                password_hash=hashed,
                failures=0,
                enabled=True,
                department=department,
                created_at=self._database.now(),
            )
            session.add(row)
            return _read(row)

    def named(self, name: str) -> StaffAccount | None:
        """Return the account of a name, or None."""
        with self._database.session() as session:
            row = session.query(StaffAccountRow).filter_by(name=name).first()
        return None if row is None else _read(row)

    def accounts(self) -> tuple[StaffAccount, ...]:
        with self._database.session() as session:
            return tuple(_read(row) for row in session.query(StaffAccountRow).order_by(StaffAccountRow.name))

    def set_password(self, name: str, password: str) -> bool:
        """Give an account a new password, unlock it and end its sessions; say whether there is one."""
        hashed = self._hash(password)
        with self._database.writing("staff") as session:
            row = session.query(StaffAccountRow).filter_by(name=name).first()
            if row is None:
                return False
            row.password_hash, row.failures, row.locked_until = hashed, 0, None
            self._end_sessions(session, row.id)
            return True

    def set_enabled(self, name: str, enabled: bool) -> bool:
        """Allow or forbid an account to sign in; forbidding ends its sessions. Say whether there is one."""
        with self._database.writing("staff") as session:
            row = session.query(StaffAccountRow).filter_by(name=name).first()
            if row is None:
                return False
            row.enabled = enabled
            if not enabled:
                self._end_sessions(session, row.id)
            return True

    def set_department(self, name: str, department: str | None) -> bool:
        """Put an account into a department, or into none; say whether there is one."""
        with self._database.writing("staff") as session:
            row = session.query(StaffAccountRow).filter_by(name=name).first()
            if row is not None:
                row.department = department
            return row is not None

    def present(self) -> tuple[StaffAccount, ...]:
        """Return who is signed in, by name."""
        with self._database.session() as session:
            here = (
                session.query(StaffSessionRow.staff_id)
                .filter(StaffSessionRow.expires_at > self._database.now())
                .scalar_subquery()
            )
            rows = session.query(StaffAccountRow).filter(
                StaffAccountRow.id.in_(here), StaffAccountRow.enabled.is_(True)
            )
            return tuple(_read(row) for row in rows.order_by(StaffAccountRow.name))

    def sign_in(self, name: str, password: str) -> SignedIn:
        """Check a password and begin a session; raise WrongCredentials or AccountLocked."""
        return self.begin_session(self.check(name, password), password)

    def check(self, name: str, password: str) -> StaffAccount:
        """Return whose name and password these are; raise WrongCredentials or AccountLocked.

        Five failures in a row lock an account for 15 minutes. An unknown name costs the same time as a wrong
        password, so that names cannot be told by the clock.
        """
        with self._database.session() as session:
            known = session.query(StaffAccountRow).filter_by(name=name).first()
        locked = known is not None and known.locked_until is not None and known.locked_until > self._database.now()
        right = self._verify(known.password_hash if known is not None else self._decoy_hash(), password)
        if known is None:
            raise WrongCredentials("The account and the password do not belong together.")
        if locked or not known.enabled:
            raise AccountLocked("This account is locked. Try again later or ask a supervisor.")
        if not right:
            self._count_failure(known.id)
            raise WrongCredentials("The account and the password do not belong together.")
        return _read(known)

    def account_of(self, token: str) -> StaffAccount | None:
        """Return whose session a token is, or None when it is unknown or over."""
        with self._database.session() as session:
            found = (
                session.query(StaffAccountRow)
                .join(StaffSessionRow, StaffSessionRow.staff_id == StaffAccountRow.id)
                .filter(
                    StaffSessionRow.token_hash == _token_hash(token),
                    StaffSessionRow.expires_at > self._database.now(),
                    StaffAccountRow.enabled.is_(True),
                )
                .first()
            )
        return None if found is None else _read(found)

    def sign_out(self, token: str) -> None:
        with self._database.writing("staff") as session:
            session.query(StaffSessionRow).filter_by(token_hash=_token_hash(token)).delete(synchronize_session=False)

    def begin_session(self, account: StaffAccount, password: str) -> SignedIn:
        """Begin a session of an account whose password was checked."""
        token = secrets.token_urlsafe(32)
        now = self._database.now()
        expires = now + SESSION_FOR
        with self._database.writing("staff") as session:
            row = session.get(StaffAccountRow, account.id)
            row.failures, row.locked_until = 0, None
            if self._hasher.check_needs_rehash(row.password_hash):
                row.password_hash = self._hasher.hash(password)
            session.query(StaffSessionRow).filter(StaffSessionRow.expires_at <= now).delete(synchronize_session=False)
            session.add(
                StaffSessionRow(token_hash=_token_hash(token), staff_id=row.id, created_at=now, expires_at=expires)
            )
            return SignedIn(token, _read(row), expires)

    def _count_failure(self, staff_id: str) -> None:
        with self._database.writing("staff") as session:
            row = session.get(StaffAccountRow, staff_id)
            row.failures += 1
            if row.failures >= FAILURES_ALLOWED:
                row.failures, row.locked_until = 0, self._database.now() + LOCKED_FOR

    @staticmethod
    def _end_sessions(session: Session, staff_id: str) -> None:
        session.query(StaffSessionRow).filter_by(staff_id=staff_id).delete(synchronize_session=False)

    def _hash(self, password: str) -> str:
        if len(password) < MINIMUM_PASSWORD:
            raise WeakPassword(f"A password needs at least {MINIMUM_PASSWORD} characters.")
        return self._hasher.hash(password)

    def _decoy_hash(self) -> str:
        if self._decoy is None:
            self._decoy = self._hasher.hash(secrets.token_urlsafe(16))
        return self._decoy

    def _verify(self, hashed: str, password: str) -> bool:
        try:
            return self._hasher.verify(hashed, password)
        except (VerificationError, InvalidHashError):
            return False


def _token_hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8")).hexdigest()


def _read(row: StaffAccountRow) -> StaffAccount:
    return StaffAccount(row.id, row.name, row.display_name, StaffRole(row.role), row.enabled, row.department)
