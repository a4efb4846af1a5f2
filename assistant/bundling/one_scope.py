"""The names of modules that share one scope: what each declares and takes for granted, held against the others'."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from assistant.bundling.tokens import tokens
from assistant.bundling.variables import Variables


class BundleError(Exception):
    """A module cannot be joined with the others; the sentence says which and why."""


@dataclass
class OneScope:
    """Modules whose names are kept apart; a module is called by the name of its file."""

    _top: dict[str, str] = field(default_factory=dict)
    """name that is declared outside all brackets → module"""
    _declared: dict[str, str] = field(default_factory=dict)
    """name of a variable, anywhere in a module → the first such module"""
    _missing: dict[str, str] = field(default_factory=dict)
    """name that a module uses but neither declares nor imports → the first such module"""

    def add(self, module: str, source: str, imported: Iterable[str]) -> None:
        """Take the names of a module, whose `source` has no imports and exports any more.

        Raises:
            BundleError: it declares what another module declares.
        """
        variables = Variables(tokens(source))
        for one in variables.declarations:
            self._declared.setdefault(one.name, module)
            if one.is_top:
                self.declare(module, one.name)
        for name in variables.free() - set(imported):
            self._missing.setdefault(name, module)

    def declare(self, module: str, name: str) -> None:
        """Take a name that a module declares for all.

        Raises:
            BundleError: another module declares it.
        """
        if name in self._top:
            raise BundleError(f"{module} and {self._top[name]} both declare {name}")
        self._top[name] = self._declared[name] = module

    def check(self) -> None:
        """Ensure that no variable is taken for a global of the browser, or for an import that is missing.

        Raises:
            BundleError: a name that is used in one place is declared in another, where it means something else.
        """
        for name in sorted(self._missing.keys() & self._declared.keys()):
            raise BundleError(
                f"{self._missing[name]} uses {name}, which it neither declares there nor imports, and "
                f"{self._declared[name]} has a variable of that name: call the variable something else, or import it"
            )
