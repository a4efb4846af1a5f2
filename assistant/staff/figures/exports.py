"""Write tables as CSV and as a workbook."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from assistant.staff.downloads import csv_file
from assistant.staff.figures.headline import Kind
from assistant.staff.figures.tables import Cell, Table

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FORMATS = {Kind.COUNT: "#,##0", Kind.SHARE: "0.0%", Kind.SECONDS: "[h]:mm:ss", Kind.DAY: "yyyy-mm-dd"}
_SECONDS_A_DAY = 86_400
_WIDEST = 48
_NARROWEST = 10


def csv_of(table: Table) -> bytes:
    """Return a table as CSV."""
    rows = [
        [_csv_cell(cell, table.kind_of(number, place)) for place, cell in enumerate(row)]
        for number, row in enumerate(table.rows)
    ]
    return csv_file([[column.title for column in table.columns], *rows])


def xlsx_of(tables: Sequence[Table]) -> bytes:
    """Return a workbook with a sheet for each table: typed cells, fitting widths, the first row frozen."""
    from openpyxl import Workbook

    workbook = Workbook()
    for place, table in enumerate(tables):
        sheet = workbook.create_sheet(table.title[:31], place)
        _write_sheet(sheet, table)
    del workbook[workbook.sheetnames[-1]]  # the empty one that a workbook begins with
    written = io.BytesIO()
    workbook.save(written)
    return written.getvalue()


def _write_sheet(sheet: Worksheet, table: Table) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    for place, column in enumerate(table.columns, start=1):
        head = sheet.cell(1, place, column.title)
        head.data_type = "s"
        head.font = Font(bold=True, color="FFFFFF")
        head.fill = PatternFill("solid", fgColor="0B5C57")
        head.alignment = Alignment(horizontal="left" if place == 1 else "right")
    for number, row in enumerate(table.rows):
        for place, value in enumerate(row):
            kind = table.kind_of(number, place)
            cell = sheet.cell(number + 2, place + 1, _xlsx_value(value, kind))
            if isinstance(value, str):
                cell.data_type = "s"  # a text that begins with = is no formula
            cell.number_format = _FORMATS.get(kind, "General")
    for place, column in enumerate(table.columns):
        texts = [column.title, *(row[place] for row in table.rows if isinstance(row[place], str))]
        width = min(_WIDEST, max(_NARROWEST, *(_width(str(text)) + 2 for text in texts)))
        sheet.column_dimensions[get_column_letter(place + 1)].width = width
    sheet.freeze_panes = "B2"


def _csv_cell(value: Cell, kind: Kind) -> str | int | float:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if kind is Kind.SHARE:
        return f"{value:.1%}"
    if kind is Kind.SECONDS:
        minutes, seconds = divmod(round(value), 60)
        return f"{minutes // 60}:{minutes % 60:02d}:{seconds:02d}"
    return value


def _xlsx_value(value: Cell, kind: Kind) -> Cell:
    """Return a value as a workbook holds it: a duration is a share of a day."""
    return value / _SECONDS_A_DAY if kind is Kind.SECONDS and isinstance(value, (int, float)) else value


def _width(text: str) -> int:
    """Return how many digits wide a text is; a character of Chinese is two."""
    return sum(1 if character.isascii() else 2 for character in text)
