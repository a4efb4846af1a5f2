"""Whose application it is: who of the back office's desk sees it, and who takes which step.

A general window (综合窗口) takes in for every department, and the department of the item decides: 国办发〔2018〕45号
(前台综合受理、后台分类审批、综合窗口出件). The decision is the competent authority's (《行政许可法》第三十八条);
personal data are for those whose work needs them (《个人信息保护法》第五十一条第（四）项).
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import yaml

from actions.back_office import DeskStep
from actions.services import Services
from assistant.staff.desk_choices import load_departments
from storage.staff import StaffAccount, StaffRole

logger = logging.getLogger(__name__)

FILE = "authorities.yml"
GENERAL = "general"
"""the department that takes in for all; an account without a department belongs to it"""
TAKING_IN = frozenset({DeskStep.ACCEPT, DeskStep.SUPPLEMENT})
"""what the general window may do with an application that another department decides on"""


class BadAuthorities(ValueError):
    """`authorities.yml` cannot be used: each line is a key of departments.yml and names, `tax: [上海市税务局]`."""


class ApplicationAccess:
    """Judge by role, the account's department and the item's authority; what the state allows, the desk judges."""

    def __init__(
        self,
        authority_of: Callable[[str], str | None],
        departments: Mapping[str, str],
        authorities: Mapping[str, Iterable[str]],
    ) -> None:
        """Keep what is judged by.

        Args:
            authority_of: returns the authority that an item names, None of an item that is not in the catalogue.
            departments: labels by key.
            authorities: the authorities that a department decides for, by its key.
        """
        self.authority_of = authority_of
        self._departments = departments
        self._deciding: dict[str, set[str]] = {}
        for key, names in authorities.items():
            for name in names:
                self._deciding.setdefault(name, set()).add(key)

    @classmethod
    def load(cls, services: Services) -> ApplicationAccess:
        """Read `authorities.yml`, and log which applications belong to every clerk for want of a department.

        Raises:
            BadAuthorities: the file cannot be read so, or names a department that departments.yml does not have.
        """

        def authority_of(item_id: str) -> str | None:
            item = services.catalogue.items.get(item_id)
            return None if item is None else item.department

        departments = load_departments(services.data)
        access = cls(authority_of, departments, load_authorities(services.data / FILE, departments))
        for item_id in sorted(services.flows.keys() - services.back_office.filed):
            if access.is_everybodys(item_id):
                logger.warning("No department decides for %s: its applications belong to every clerk.", item_id)
        return access

    def sees(self, account: StaffAccount, item_id: str) -> bool:
        """Tell whether a member of the desk sees the applications for an item."""
        return _key(account) == GENERAL or self._decides(account, item_id)

    def may(self, account: StaffAccount, item_id: str, step: DeskStep) -> bool:
        """Tell whether a member of the desk may take a step with an application for an item."""
        return self._decides(account, item_id) or (_key(account) == GENERAL and step in TAKING_IN)

    def hidden(self, account: StaffAccount, item_ids: Iterable[str]) -> frozenset[str]:
        """Return those of the items whose applications a member of the desk does not see."""
        return frozenset(one for one in item_ids if not self.sees(account, one))

    def only(self, account: StaffAccount) -> str | None:
        """Return the name of the department that a member of the desk sees the applications of; None who sees all."""
        key = _key(account)
        return None if account.role is StaffRole.SUPERVISOR or key == GENERAL else self._departments.get(key, key)

    def is_everybodys(self, item_id: str) -> bool:
        """Tell whether every clerk decides, because no department works for the authority that the item names."""
        authority = self.authority_of(item_id)
        return authority is not None and authority not in self._deciding

    def _decides(self, account: StaffAccount, item_id: str) -> bool:
        """Tell whether every step is theirs; an item that is gone names no authority, so that supervisors decide."""
        if account.role is StaffRole.SUPERVISOR or self.is_everybodys(item_id):
            return True
        return _key(account) in self._deciding.get(self.authority_of(item_id) or "", ())


def load_authorities(path: Path, departments: Mapping[str, str]) -> Mapping[str, list[str]]:
    """Read the authorities that each department decides for; raise BadAuthorities."""
    raw = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    if not isinstance(raw, dict):
        raise BadAuthorities(f"{path.name}: {BadAuthorities.__doc__}")
    for key, names in raw.items():
        if key not in departments:
            raise BadAuthorities(f"{path.name}: departments.yml has no department {key}.")
        if not isinstance(names, list) or not all(isinstance(name, str) and name for name in names):
            raise BadAuthorities(f"{path.name}: {BadAuthorities.__doc__}")
    return raw


def _key(account: StaffAccount) -> str:
    return account.department or GENERAL
