"""Files that staff keep: CSV that no spreadsheet takes for formulas, and the name under which a file is kept."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from urllib.parse import quote

from sanic.response import HTTPResponse, raw

CSV_TYPE = "text/csv; charset=utf-8"
_FORMULA = tuple("=+-@＝＋－＠\t\r\n")
"""what a spreadsheet takes a text for a formula by: OWASP, CSV Injection"""


def guarded(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def csv_file(rows: Iterable[Sequence[str | int | float]]) -> bytes:
    """Return rows as CSV in UTF-8 with a mark, by which Excel knows Chinese; no text can be taken for a formula."""
    written = io.StringIO(newline="")
    to_write = csv.writer(written)
    for row in rows:
        to_write.writerow(guarded(cell) if isinstance(cell, str) else cell for cell in row)
    return written.getvalue().encode("utf-8-sig")


def download(content: bytes, media_type: str, name: str) -> HTTPResponse:
    """Return a file to be kept under a name in Chinese (RFC 6266)."""
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}", "Cache-Control": "no-store"}
    return raw(content, content_type=media_type, headers=headers)
