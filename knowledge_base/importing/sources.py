"""One source of a mapping: from the cells of some columns to pieces of text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from knowledge_base.importing.cells import CellWrong, cleaned, shown

_REFUSE = object()


@dataclass(frozen=True)
class Source:
    """Where pieces come from and what is done to them, in this order.

    Cells that say nothing are left out (`empty`, `drop`); `replace` changes what is found in them; `extract` keeps only
    what it finds; `split` parts; `join` makes one of several; `values` and `patterns` put something else in a piece's
    place; `text` puts it within a text.
    """

    columns: tuple[str, ...] = ()
    value: Any = None
    empty: frozenset[str] = frozenset()
    drop: re.Pattern[str] | None = None
    replace: tuple[tuple[re.Pattern[str], str], ...] = ()
    extract: re.Pattern[str] | None = None
    split: re.Pattern[str] | None = None
    join: str | None = None
    values: Mapping[str, Any] | None = None
    patterns: tuple[tuple[re.Pattern[str], Any], ...] = ()
    otherwise: Any = _REFUSE
    text: str = "{}"

    @classmethod
    def of(cls, spec: str | Mapping[str, Any], empty: frozenset[str]) -> Source:
        """Read a source of a mapping file that its schema allows."""
        if isinstance(spec, str):
            return cls((spec,), empty=empty)
        columns = spec.get("columns") or ([spec["column"]] if "column" in spec else [])
        expressions = {
            key: re.compile(spec[key], re.DOTALL) for key in ("drop", "extract", "split") if spec.get(key) is not None
        }
        values = spec.get("values")
        return cls(
            columns=tuple(columns),
            value=spec.get("value"),
            empty=empty,
            replace=tuple((re.compile(key, re.DOTALL), to) for key, to in (spec.get("replace") or {}).items()),
            join=spec.get("join"),
            values={str(key): value for key, value in values.items()} if values is not None else None,
            patterns=tuple((re.compile(str(key)), value) for key, value in (spec.get("patterns") or {}).items()),
            otherwise=spec.get("otherwise", _REFUSE),
            text=spec.get("text", "{}"),
            **expressions,
        )

    def pieces(self, cells: Mapping[str, Any], whole: bool = False) -> list[Any]:
        """Return the pieces of one row; `whole` where one is wanted, so that the first column with any is enough.

        Raises CellWrong for a piece that nothing stands for.
        """
        if self.value is not None:
            return [self.value]
        found: list[str] = []
        for column in self.columns:
            found += self._of_cell(column, cells.get(column))
            if found and whole and self.join is None:
                break
        if self.join is not None and found:
            found = [self.join.join(found)]
        known = [self._known(piece) for piece in found]
        return [self._within(piece) for piece in known if piece is not None]

    def _of_cell(self, column: str, cell: Any) -> Iterator[str]:
        value = cleaned(cell)
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, (dict, list)):
                raise CellWrong("holds a structure where a text is expected", (column,))
            text = str(one)
            if not self._says(text):
                continue
            for pattern, replacement in self.replace:
                text = pattern.sub(replacement, text)
            if self.extract is not None:
                match = self.extract.search(text)
                if match is None:
                    if self.otherwise is _REFUSE:
                        raise CellWrong(f"nothing in {shown(text)} is as expected ({self.extract.pattern})", (column,))
                    if self.otherwise is not None:
                        yield str(self.otherwise)
                    continue
                text = match.group(match.re.groups and 1).strip()
            parts = self.split.split(text) if self.split is not None else [text]
            yield from (part.strip() for part in parts if part and self._says(part.strip()))

    def _says(self, text: str) -> bool:
        return bool(text) and text not in self.empty and not (self.drop is not None and self.drop.search(text))

    def _known(self, piece: str) -> Any:
        """Return what stands for a piece; None for nothing."""
        if self.values is None and not self.patterns:
            return piece
        if self.values is not None and piece in self.values:
            return self.values[piece]
        for pattern, value in self.patterns:
            if pattern.search(piece):
                return value
        if self.otherwise is _REFUSE:
            known = [*(self.values or ()), *(pattern.pattern for pattern, _ in self.patterns)]
            raise CellWrong(f"{shown(piece)} is none of {', '.join(known[:12])}", self.columns)
        return self.otherwise

    def _within(self, piece: Any) -> Any:
        return self.text.replace("{}", str(piece)) if self.text != "{}" else piece
