"""What stands in a cell, as plain text: without HTML, control characters and stray blanks, its lines kept."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from datetime import date, datetime
from html.parser import HTMLParser
from typing import Any

_BREAKING = frozenset(
    {"br", "p", "div", "li", "ul", "ol", "tr", "table", "h1", "h2", "h3", "h4", "h5", "h6", "section", "hr"}
)
_SILENT = frozenset({"script", "style"})
_TAG = re.compile(r"</?[A-Za-z][^>]*>|<!--")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u2028\u2029\ufeff\ufffe\uffff]")
_BLANKS = re.compile(r"[ \t\u00a0]+")
_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[ T]\d{1,2}:\d{2}.*)?")
_DATE_OF_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})")


class CellWrong(ValueError):
    """A cell cannot be used; the message says why and `columns` where."""

    def __init__(self, reason: str, columns: tuple[str, ...] = ()) -> None:
        """Keep the reason and the columns."""
        super().__init__(reason)
        self.columns = columns


def cleaned(value: Any) -> Any:
    """Return a cell as text, or a list or mapping with every text in it cleaned; an empty cell is an empty text."""
    if isinstance(value, Mapping):
        return {str(key): _kept(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_kept(part) for part in value]
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return plain(str(value))


def _kept(value: Any) -> Any:
    """Return a part of a structure: texts cleaned, numbers and truth values as they are."""
    if isinstance(value, (Mapping, list, tuple)):
        return cleaned(value)
    return plain(value) if isinstance(value, str) else value


def plain(text: str) -> str:
    """Return text without tags and entities; what broke lines still does."""
    if _TAG.search(text):
        stripper = _Stripper()
        stripper.feed(text)
        stripper.close()
        text = "".join(stripper.parts)
    elif "&" in text:
        text = html.unescape(text)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    lines = (_BLANKS.sub(" ", _CONTROL.sub("", line)).strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


class _Stripper(HTMLParser):
    """Collect the text between tags."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag in _SILENT:
            self._silent += 1
        elif tag in _BREAKING:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in _BREAKING:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.parts.append(data)


def iso_date(text: str) -> str:
    """Return a date (2021-05-26, 2021/5/26, 2021年5月26日, 20210526) in ISO form; raises CellWrong."""
    found = _DATE.fullmatch(text) or _DATE_OF_DIGITS.fullmatch(text)
    try:
        return date(*(int(part) for part in found.groups())).isoformat()  # type: ignore[union-attr]
    except (AttributeError, ValueError):
        raise CellWrong(f"{shown(text)} is no date such as 2026-11-23") from None


def shown(value: Any, most: int = 40) -> str:
    """Return a value in quotation marks, cut where it is long."""
    text = " ".join(str(value).split())
    return f"“{text[:most]}…”" if len(text) > most else f"“{text}”"
