"""How a machine in a hall is set up: data/kiosk.yml, and what the environment says instead."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match

from assistant.kiosk.options import KioskOptions

FILE = "kiosk.yml"
SCHEMA = Path("schemas") / "kiosk.schema.json"
GRACE = timedelta(seconds=30)
"""how much longer than its own page the server waits before it takes a visit for left: the page may have died"""


class BadKiosk(Exception):
    """data/kiosk.yml cannot be used; the message names the entry and what is wrong."""


@dataclass(frozen=True)
class Hall:
    """The hall as the welcome says it."""

    name: str
    address: str = ""
    hours: str = ""


@dataclass(frozen=True)
class Idle:
    """Seconds without a touch until the page asks whether somebody is there, and until it wipes everything."""

    notice_seconds: float
    wipe_seconds: float


@dataclass(frozen=True)
class KioskSettings:
    """One machine in a hall."""

    hall: Hall
    machine: str
    items: Mapping[str, str]
    """the items that the welcome offers, by id in their order, with the words that are said for each"""
    idle: Idle
    paper: str
    """what it prints on: 80mm or A4"""
    phone_address: str = ""
    """where telephones reach the assistant, without a slash at the end; empty where they cannot"""
    card_reader: str = ""

    @classmethod
    def load(cls, data: Path, options: KioskOptions = KioskOptions()) -> KioskSettings:
        """Read the data folder's file, with the options in place of what it says; raise BadKiosk."""
        raw = _read(data / FILE)
        given = {"machine": options.machine, "phone_address": options.phone_address, "card_reader": options.card_reader}
        if isinstance(raw, dict):
            raw.update({key: value for key, value in given.items() if value is not None})
            if options.hall is not None:
                raw["hall"] = {**_mapping(raw.get("hall")), "name": options.hall}
        fault = best_match(Draft202012Validator(json.loads((data / SCHEMA).read_text("utf-8"))).iter_errors(raw))
        if fault is not None:
            where = ".".join(map(str, fault.absolute_path))
            raise BadKiosk(f"{FILE}: {where + ': ' if where else ''}{fault.message}")
        idle = Idle(**raw["idle"])
        if idle.wipe_seconds <= idle.notice_seconds:
            raise BadKiosk(
                f"{FILE}: idle: wipe_seconds must be more than notice_seconds, so that the notice can be read."
            )
        address = raw.get("phone_address", "").rstrip("/")
        return cls(**{**raw, "hall": Hall(**raw["hall"]), "idle": idle, "phone_address": address})

    @property
    def visit_lasts(self) -> timedelta:
        """Return how long a visit lasts after a touch."""
        return timedelta(seconds=self.idle.wipe_seconds) + GRACE

    @property
    def place(self) -> str:
        """Return the hall and the machine, which together name this machine among all of a storage."""
        return f"{self.hall.name} {self.machine}"

    def unknown(self, items: Collection[str]) -> list[str]:
        """Return the ids that no item has, so that a misspelt one is told."""
        return sorted(set(self.items) - set(items))


def _read(path: Path) -> Any:
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise BadKiosk(f"{path} is missing; it says what the machine in the hall shows (docs/kiosk.md).") from None
    except yaml.YAMLError as error:
        raise BadKiosk(f"{FILE}: this is no YAML: {error}") from error


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
