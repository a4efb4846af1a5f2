"""Write the items of a knowledge folder as CSV, XLSX or JSON, so that an import without a mapping reads them back."""

from __future__ import annotations

import csv
import json
import os
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from knowledge_base.importing.base import whole_items
from knowledge_base.importing.elements import elements_of, written_cell
from knowledge_base.importing.readers import UnknownKindOfFile
from knowledge_base.item_files import read_item_files, read_schema

_LONGEST_CELL = 32767
"""characters that a cell of a workbook holds"""


class CellTooLong(ValueError):
    """A workbook cannot hold an element as long as this; export to CSV or JSON."""


class NothingToExport(ValueError):
    """There are no items in the folder."""


def export_items(data: Path, knowledge: Path, file: Path) -> int:
    """Write all items, a row each, beside the file and put it in its place; return their number.

    Raises:
        UnknownKindOfFile: the suffix is none of .csv, .xlsx, .json.
        NothingToExport: the folder has no items.
        CellTooLong: a workbook was asked for, and an element does not fit.
    """
    writers = {".csv": _write_csv, ".xlsx": _write_xlsx, ".json": _write_json}
    writer = writers.get(file.suffix.lower())
    if writer is None:
        raise UnknownKindOfFile(f"{file.name} ends neither in .csv nor .xlsx nor .json.")
    schema = read_schema(data)
    items = [raw for _, raw in whole_items(read_item_files(knowledge, schema))]
    if not items:
        raise NothingToExport(f"There are no items in {knowledge}.")
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, beside = tempfile.mkstemp(prefix=".", suffix=file.suffix, dir=file.parent)
    os.close(handle)
    try:
        writer(Path(beside), tuple(elements_of(schema)), items)
        os.chmod(beside, 0o644)
        os.replace(beside, file)
    finally:
        Path(beside).unlink(missing_ok=True)
    return len(items)


def _write_csv(path: Path, columns: Sequence[str], items: Sequence[Mapping[str, Any]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as written:  # the mark tells Excel that it is UTF-8
        rows = csv.writer(written)
        rows.writerow(columns)
        for item in items:
            cells = (written_cell(item.get(column)) for column in columns)
            rows.writerow(str(cell).lower() if isinstance(cell, bool) else cell for cell in cells)


def _write_xlsx(path: Path, columns: Sequence[str], items: Sequence[Mapping[str, Any]]) -> None:
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("items")
    sheet.append(list(columns))
    for item in items:
        cells = []
        for column in columns:
            value = written_cell(item.get(column))
            if isinstance(value, str) and len(value) > _LONGEST_CELL:
                raise CellTooLong(f"{item['item_id']}, {column}: {CellTooLong.__doc__}")
            cell = WriteOnlyCell(sheet, value=value)
            if isinstance(value, str):
                cell.data_type = "s"  # a text that begins with = is no formula
            cells.append(cell)
        sheet.append(cells)
    workbook.save(path)


def _write_json(path: Path, columns: Sequence[str], items: Sequence[Mapping[str, Any]]) -> None:
    ordered = [{column: item[column] for column in columns if column in item} for item in items]
    path.write_text(json.dumps(ordered, ensure_ascii=False, indent=1), encoding="utf-8")
