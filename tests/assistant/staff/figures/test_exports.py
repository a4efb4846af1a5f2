"""Tables written for spreadsheets, and read back."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from openpyxl import load_workbook

from assistant.staff.figures.exports import csv_of, xlsx_of
from assistant.staff.figures.headline import Kind, headline
from assistant.staff.figures.labels import Labels
from assistant.staff.figures.periods import period_of
from assistant.staff.figures.reader import FiguresReader
from assistant.staff.figures.rules import FigureRules
from assistant.staff.figures.tables import Column, Table, Tables
from tests.assistant.staff.busy_week import BusyDays

MIXED = Table(
    "mixed",
    "指标",
    (Column("名称", Kind.TEXT), Column("值", Kind.COUNT)),
    (("对话", 1234), ("解答率", 0.8766), ("等候", 95.4), ("办理", 93784), ("没有", None), ("=1+1", 2), ("-北京", 3)),
    (Kind.COUNT, Kind.SHARE, Kind.SECONDS, Kind.SECONDS, Kind.COUNT, Kind.COUNT, Kind.COUNT),
)


def rows_of(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


@pytest.fixture
def tables(services, now, data):
    """The tables of a small busy week."""
    BusyDays(services.database, now).write(date(2026, 11, 16), 2, 12)
    now.now = now().replace(day=18, month=11)
    rules = FigureRules.load(data / "figures.yml")
    reader = FiguresReader.of(services, rules)
    period = period_of(date(2026, 11, 16), date(2026, 11, 17), now())
    found, before = reader.read(period), reader.read(period.before)
    return Tables(found, before, headline(found, [before], rules), Labels.load(services))


def test_given_a_table_when_written_as_csv_then_excel_reads_its_chinese_and_no_formula():
    content = csv_of(MIXED)

    assert content.startswith(b"\xef\xbb\xbf")
    assert rows_of(content) == [
        ["名称", "值"],
        ["对话", "1234"],
        ["解答率", "87.7%"],
        ["等候", "0:01:35"],
        ["办理", "26:03:04"],
        ["没有", ""],
        ["'=1+1", "2"],
        ["'-北京", "3"],
    ]


def test_given_a_table_when_written_as_workbook_then_cells_are_typed_and_the_head_is_frozen():
    sheet = load_workbook(io.BytesIO(xlsx_of([MIXED])))["指标"]

    assert sheet.freeze_panes == "B2"
    assert [cell.value for cell in sheet["A"]][1:3] == ["对话", "解答率"]
    assert (sheet["B2"].value, sheet["B2"].number_format) == (1234, "#,##0")
    assert (sheet["B3"].value, sheet["B3"].number_format) == (0.8766, "0.0%")
    assert sheet["B4"].number_format == "[h]:mm:ss"
    assert sheet["B6"].value is None
    assert (sheet["A7"].value, sheet["A7"].data_type) == ("=1+1", "s")


def test_given_a_period_when_exported_then_each_theme_has_its_sheet(tables):
    workbook = load_workbook(io.BytesIO(xlsx_of(tables.all())))

    assert workbook.sheetnames == ["概览", "按日", "按时段", "答复结果", "人工服务", "办件", "事项热度", "满意度"]
    days = workbook["按日"]
    assert [cell.value for cell in days[1]][:3] == ["日期", "对话数", "对话轮次"]
    assert days["A2"].value.date() == date(2026, 11, 16)
    keys = ["overview", "days", "hours", "answers", "desk", "applications", "items", "satisfaction"]
    assert [one.key for one in tables.all()] == keys


def test_given_a_period_when_exported_then_its_sums_agree_with_the_overview(tables):
    overview = {row[0]: row[1] for row in tables.overview().rows}

    assert sum(row[1] for row in tables.days().rows) == overview["对话数"] > 0
    assert sum(row[2] for row in tables.hours().rows) == overview["对话轮次"]
    assert sum(row[1] for row in tables.answers().rows) == overview["对话轮次"]
    assert tables.desk().rows[0][1] == overview["转人工"]
    assert sum(row[1] for row in tables.applications().rows) == overview["提交办件"]
