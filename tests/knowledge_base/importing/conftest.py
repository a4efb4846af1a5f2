"""An export of a fictional department, its mapping, and a knowledge folder to import into."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from knowledge_base.importing.importer import ImportReport, import_items

MAPPING: dict[str, Any] = {
    "title": "某区图书馆导出",
    "empty": ["无"],
    "elements": {
        "item_id": "编码",
        "name": {"column": "名称", "replace": {r"\(": "（", r"\)": "）"}},
        "aliases": {"columns": ["简称", "俗称"], "split": "[,，]"},
        "department": "部门",
        "audience": {"column": "对象", "values": {"1": "自然人", "2": "法人"}},
        "theme": {"value": "文化"},
        "item_type": {"value": "公共服务"},
        "sample": {"value": False},
        "source": {"columns": ["网址", "部门"]},
        "checked": "核对",
        "enquiries": {"column": "电话", "text": "电话 {}"},
        "conditions": {"column": "条件", "drop": "[：:]$", "split": "\n"},
        "materials": {"parts": {"name": {"column": "材料", "split": ";"}, "number": {"column": "份数", "split": ";"}}},
        "time_limits": {"parts": {"promised": {"column": "时限", "extract": r"^(\d+)个?工作日$"}}},
        "channels": [
            {"column": "网办", "patterns": {"^是": "网上办理"}, "otherwise": None},
            {"value": "窗口办理"},
        ],
    },
}
ROW = {
    "编码": "LIB_001",
    "名称": "读者证办理(成人)",
    "简称": "借书证，读者卡",
    "俗称": "无",
    "部门": "市图书馆",
    "对象": "1",
    "网址": "https://library.example/card",
    "核对": "2021年5月26日",
    "电话": "000-12345",
    "条件": "<p>住在本市</p>年满14周岁",
    "材料": "身份证;照片",
    "份数": "1;2",
    "时限": "3个工作日",
    "网办": "是",
}


@pytest.fixture
def row() -> Callable[..., dict[str, str]]:
    """Return a row of the export with some cells changed."""
    return lambda **cells: {**ROW, **cells}


@pytest.fixture
def knowledge(tmp_path: Path) -> Path:
    return tmp_path / "knowledge"


@pytest.fixture
def write_csv(tmp_path: Path) -> Callable[..., Path]:
    def write(*rows: dict[str, str], name: str = "export.csv") -> Path:
        with (tmp_path / name).open("w", encoding="utf-8", newline="") as written:
            lines = csv.DictWriter(written, list(rows[0]))
            lines.writeheader()
            lines.writerows(rows)
        return tmp_path / name

    return write


@pytest.fixture
def take_in(tmp_path: Path, data: Path, knowledge: Path, write_csv) -> Callable[..., ImportReport]:
    """Import rows through the mapping."""

    def take(*rows: dict[str, str], mapping: dict[str, Any] = MAPPING, **options: Any) -> ImportReport:
        file = tmp_path / "mapping.yml"
        file.write_text(yaml.safe_dump(mapping, allow_unicode=True), encoding="utf-8")
        return import_items(write_csv(*rows), data, knowledge, lambda step, share: None, file, **options)

    return take
