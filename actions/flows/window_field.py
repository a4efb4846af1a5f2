"""A window of the day, out of those that have seats left; a part of the day stands for the windows in it."""

from __future__ import annotations

from collections.abc import Collection
from copy import copy

from actions.flows.choice_field import Choice, Match, Option
from actions.flows.slot_table import SlotTable
from actions.flows.words import ChoiceWords

_RUNS_ON = tuple("0123456789十")
"""before one of these a time is the end of another one: 十|二点"""


class Windows(Choice):
    """A choice that knows every window by name, and by place in the list those that are offered.

    A part of the day without a time is a value too: whoever takes it offers the windows in it.
    """

    def __init__(self, table: SlotTable, words: ChoiceWords) -> None:
        windows = [Option(one.value, one.words) for one in table.windows.values()]
        super().__init__([*windows, *(Option(part, names) for part, names in table.parts.items())], words)
        self._table = table
        self.options = self._all = tuple(windows)

    def offering(self, values: Collection[str]) -> Windows:
        """Return the same choice with these windows to choose from."""
        offered = copy(self)
        offered.options = tuple(option for option in self._all if option.value in values)
        return offered

    def _matches(self, text: str) -> list[Match]:
        """Return the windows that are named, of the part that is named with them; the part where no window is."""
        matches, windows = super()._matches(text), self._table.windows
        parts = {match.value for match in matches if match.value not in windows}
        named = [match for match in matches if match.value in windows and not text[: match.start].endswith(_RUNS_ON)]
        fitting = [match for match in named if not parts or windows[match.value].part in parts]
        return fitting or named or [match for match in matches if match.value not in windows]
