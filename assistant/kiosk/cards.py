"""Identity cards read at the machine: what a reader is, and those that a setting names."""

from __future__ import annotations

import asyncio
import json
import re
import shlex
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from stdnum.iso7064 import mod_11_2

_FILE, _COMMAND = "file:", "command:"
_LOOK_EVERY_SECONDS = 0.2
_LONGEST_NAME = 50
_NUMBER = re.compile(r"\d{17}[\dX]")


class UnknownCardReader(Exception):
    """This names no card reader: give `file:PATH` or `command:PROGRAM ARGUMENT…` (docs/kiosk.md)."""


class CardReaderFailed(Exception):
    """The reader does not work, or what it read is no identity card."""


@dataclass(frozen=True)
class Card:
    """What is read off an identity card."""

    name: str = field(repr=False)
    id_number: str = field(repr=False)
    """18 characters, the check character of GB 11643 right"""


class CardReader(Protocol):
    """Reads one card at a time."""

    async def read(self, seconds: float) -> Card | None:
        """Wait for a card and return what is on it, None where none was placed in time; raise CardReaderFailed."""


def card_reader_named(setting: str) -> CardReader | None:
    """Return the reader that a setting names, None for an empty one; raise UnknownCardReader."""
    setting = setting.strip()
    if not setting:
        return None
    if setting.startswith(_FILE) and setting != _FILE:
        return FileCardReader(Path(setting[len(_FILE) :]))
    if setting.startswith(_COMMAND):
        with suppress(ValueError):
            if program := tuple(shlex.split(setting[len(_COMMAND) :])):
                return CommandCardReader(program)
    raise UnknownCardReader(f"{UnknownCardReader.__doc__} (given: {setting})")


@dataclass(frozen=True)
class FileCardReader:
    """A file stands for the card: it is placed when the file appears. For tests, and drivers that write files."""

    path: Path

    async def read(self, seconds: float) -> Card | None:
        """Wait for the file; it is left where it is, as a card is."""
        end = asyncio.get_running_loop().time() + seconds
        while True:
            try:
                return card_in(self.path.read_bytes())
            except FileNotFoundError:
                if asyncio.get_running_loop().time() >= end:
                    return None
            except OSError as error:
                raise CardReaderFailed(f"The card's file cannot be read ({error.strerror}).") from error
            await asyncio.sleep(_LOOK_EVERY_SECONDS)


@dataclass(frozen=True)
class CommandCardReader:
    """A vendor's program reads the card: it waits for one, prints it as JSON on its standard output and ends with 0.

    It is ended when no card came in time. No shell takes part.
    """

    program: tuple[str, ...]

    async def read(self, seconds: float) -> Card | None:
        """Run the program; what it prints besides, on its standard error, is heard by nobody: it may be personal."""
        try:
            process = await asyncio.create_subprocess_exec(
                *self.program,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.DEVNULL,
            )
        except OSError as error:
            raise CardReaderFailed(f"{self.program[0]} cannot be run ({error.strerror}).") from error
        try:
            printed, _ = await asyncio.wait_for(process.communicate(), seconds)
        except asyncio.TimeoutError:
            return None
        finally:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()
        if process.returncode != 0:
            raise CardReaderFailed(f"{self.program[0]} ended with {process.returncode}.")
        return card_in(printed) if printed.strip() else None


def card_in(told: bytes) -> Card:
    """Return the card of a JSON object with `name` and `id_number`; raise CardReaderFailed, which quotes nothing."""
    try:
        raw = json.loads(told)
        card = Card(raw["name"].strip(), raw["id_number"].strip().upper())
    except (ValueError, KeyError, TypeError, AttributeError):
        raise CardReaderFailed("What was read is no JSON object with `name` and `id_number`.") from None
    if not 1 <= len(card.name) <= _LONGEST_NAME:
        raise CardReaderFailed("The name that was read is empty, or too long for one.")
    if not _NUMBER.fullmatch(card.id_number) or not mod_11_2.is_valid(card.id_number):
        raise CardReaderFailed("The number that was read is no citizen's, or was misread.")
    return card
