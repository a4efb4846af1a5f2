"""Read an export into rows: CSV (UTF-8 or GB18030), XLSX, JSON (a list of objects, or one object a line)."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_LONGEST_FIELD = 10_000_000
_OLE = b"\xd0\xcf\x11\xe0"


class FileUnreadable(ValueError):
    """The file cannot be read as a table; nothing is imported."""


class UnknownKindOfFile(FileUnreadable):
    """The file name ends neither in .csv nor .xlsx nor .json nor .jsonl."""


class EncodingUnknown(FileUnreadable):
    """The text is neither UTF-8 nor GB18030."""


class CsvBroken(FileUnreadable):
    """A quotation mark or a line of the CSV file is out of place."""


class WorkbookEncrypted(FileUnreadable):
    """The workbook is encrypted, or of the old .xls kind."""


class WorkbookBroken(FileUnreadable):
    """The workbook cannot be opened."""


class JsonBroken(FileUnreadable):
    """The file is neither a JSON list of objects nor one object a line."""


class HeaderWrong(FileUnreadable):
    """The columns are not those that are needed."""


@dataclass(frozen=True)
class Row:
    """One row: its number as a spreadsheet shows it (JSON: the object's, from 1), and column → cell.

    `fault` says what is wrong with the row as a whole.
    """

    number: int
    cells: Mapping[str, Any]
    fault: str = ""


@dataclass(frozen=True)
class Table:
    """The columns of a file and its rows; rows without any content are left out."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def read_table(path: Path) -> Table:
    """Read a file by its suffix; raises a FileUnreadable that says what is wrong, or OSError."""
    readers = {".csv": _read_csv, ".xlsx": _read_xlsx, ".json": _read_json, ".jsonl": _read_json}
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise UnknownKindOfFile(f"{path.name}: {UnknownKindOfFile.__doc__}")
    table = reader(path)
    if not table.rows:
        raise HeaderWrong(f"{path.name} has no row below its header.")
    return table


def decoded(content: bytes, name: str) -> str:
    """Return text in UTF-8, with or without a byte order mark, or else in GB18030; raises EncodingUnknown."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise EncodingUnknown(f"{name} is neither UTF-8 nor GB18030 text; save it as CSV UTF-8.")


def _read_csv(path: Path) -> Table:
    text = decoded(path.read_bytes(), path.name)
    csv.field_size_limit(_LONGEST_FIELD)
    lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    records: list[Sequence[Any]] = []
    began = 1
    try:
        for record in lines:
            records.append(record)
            began = lines.line_num + 1
    except csv.Error as error:
        raise CsvBroken(
            f"{path.name}, row {len(records) + 1} (line {began} of the text): a quotation mark is out of place "
            f"({error}). Within a quoted cell write it twice."
        ) from error
    return _table(records, path.name)


def _read_xlsx(path: Path) -> Table:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    with path.open("rb") as opened:
        if opened.read(4) == _OLE:
            raise WorkbookEncrypted(
                f"{path.name} is encrypted or an old .xls workbook; save it as .xlsx without a password."
            )
    try:
        workbook = load_workbook(path, read_only=True, data_only=True)
        try:
            sheet = workbook.worksheets[0]
            sheet.reset_dimensions()
            records = [tuple(row) for row in sheet.iter_rows(values_only=True)]
        finally:
            workbook.close()
    except (zipfile.BadZipFile, InvalidFileException, KeyError, IndexError, ValueError, SyntaxError, EOFError) as error:
        raise WorkbookBroken(f"{path.name} cannot be opened as a workbook; it is damaged or no .xlsx.") from error
    return _table(records, path.name, padded=True)


def _table(records: Sequence[Sequence[Any]], name: str, padded: bool = False) -> Table:
    """Make a table of records, the first of which is the header; `padded` rows may be of any length."""
    if not records:
        raise HeaderWrong(f"{name} is empty.")
    header = [str(cell).strip() if cell is not None else "" for cell in records[0]]
    while header and not header[-1]:
        header.pop()
    twice = sorted({column for column in header if header.count(column) > 1})
    if not header or "" in header or twice:
        what = f"names {', '.join(twice)} twice" if twice and twice != [""] else "has a column without a name"
        raise HeaderWrong(f"The first row of {name} must name the columns, but it {what}.")
    return Table(tuple(header), tuple(_rows(header, records[1:], padded)))


def _rows(header: list[str], records: Sequence[Sequence[Any]], padded: bool) -> Iterator[Row]:
    for number, record in enumerate(records, start=2):
        if not any(cell not in (None, "") and str(cell).strip() for cell in record):
            continue
        beyond = [cell for cell in record[len(header) :] if cell not in (None, "")]
        fault = ""
        if beyond or (not padded and len(record) != len(header)):
            fault = f"has {len(record)} cells, the header has {len(header)}"
        yield Row(number, dict(zip(header, record, strict=False)), fault)


def _read_json(path: Path) -> Table:
    text = decoded(path.read_bytes(), path.name)
    try:
        content = json.loads(text)
    except ValueError:
        content = _objects_by_line(text, path.name)
    if isinstance(content, dict):
        content = [content]
    if not isinstance(content, list):
        raise JsonBroken(f"{path.name}: {JsonBroken.__doc__}")
    rows = tuple(
        Row(number, one) if isinstance(one, dict) else Row(number, {}, "is no JSON object")
        for number, one in enumerate(content, start=1)
    )
    return Table(tuple(dict.fromkeys(column for row in rows for column in row.cells)), rows)


def _objects_by_line(text: str, name: str) -> list[Any]:
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            found.append(json.loads(line))
        except ValueError as error:
            raise JsonBroken(f"{name}, line {number}: {JsonBroken.__doc__} ({error})") from error
    return found
