"""The departments' systems that an operator declares in `data/connectors.yml`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml
from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match

from actions.connectors.protocol import CONNECTORS

FILE = "connectors.yml"
SCHEMA = Path("schemas") / "connectors.schema.json"
_THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})


class DeclarationError(Exception):
    """`connectors.yml` cannot be used; the message names the entry and what is wrong."""


class TokenMissing(DeclarationError):
    """The environment variable that holds a department's token is not set."""


@dataclass(frozen=True)
class DepartmentSystem:
    """Where a department's system is and how it is called; the token is in the environment, not in the file."""

    name: str
    base_url: str
    token_env: str
    connect_timeout: float = 5.0
    """seconds to reach it"""
    read_timeout: float = 20.0
    """seconds to wait for its answer"""
    poll_every: float = 300.0
    """least seconds between two questions after one application"""
    ca_file: Path | None = None
    """certificates to trust besides the machine's, for an authority of the government's own"""

    @cached_property
    def interval(self) -> timedelta:
        return timedelta(seconds=self.poll_every)

    def token(self, environment: Mapping[str, str]) -> str:
        """Return the token; raise TokenMissing."""
        token = environment.get(self.token_env, "").strip()
        if not token.isascii() or not token.isprintable() or not token:
            raise TokenMissing(f"{FILE}: {self.name}: the variable {self.token_env} must hold the system's token.")
        return token


def declared_systems(data: Path) -> Mapping[str, DepartmentSystem]:
    """Return what a data folder declares, by name; nothing where there is no file. Raise DeclarationError."""
    path = data / FILE
    if not path.is_file():
        return {}
    try:
        raw = yaml.safe_load(path.read_text("utf-8"))
    except yaml.YAMLError as error:
        raise DeclarationError(f"{FILE}: this is no YAML: {error}") from error
    fault = best_match(Draft202012Validator(json.loads((data / SCHEMA).read_text("utf-8"))).iter_errors(raw))
    if fault is not None:
        where = ".".join(map(str, fault.absolute_path))
        raise DeclarationError(f"{FILE}: {where + ': ' if where else ''}{fault.message}")
    systems: dict[str, DepartmentSystem] = {}
    for entry in raw["connectors"]:
        system = _system(entry, data)
        if system.name in CONNECTORS or system.name in systems:
            raise DeclarationError(f"{FILE}: {system.name}: this name is taken.")
        systems[system.name] = system
    return systems


def _system(entry: Mapping[str, Any], data: Path) -> DepartmentSystem:
    name, ca_file = entry["name"], entry.get("ca_file")
    try:
        parts = urlsplit(entry["base_url"])
        parts.port  # noqa: B018 (it raises where there is no number)
    except ValueError:
        raise DeclarationError(f"{FILE}: {name}: base_url is no address.") from None
    if not parts.hostname or parts.username or parts.password or parts.query or parts.fragment:
        raise DeclarationError(f"{FILE}: {name}: base_url must be an address without user, query or fragment.")
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _THIS_MACHINE):
        raise DeclarationError(f"{FILE}: {name}: base_url must be https, unless it is on this machine.")
    if ca_file is not None and not (data / ca_file).is_file():
        raise DeclarationError(f"{FILE}: {name}: ca_file: there is no file {ca_file}.")
    given = {**entry, "base_url": entry["base_url"].rstrip("/"), "ca_file": data / ca_file if ca_file else None}
    return DepartmentSystem(**given)
