"""The mappings that ship, and the one of the documentation, are good."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge_base.importing.elements import elements_of
from knowledge_base.importing.mapping import ColumnMapping
from knowledge_base.item_files import read_schema

CELLS = {
    "事项编码": "ABC_1",
    "事项名称": "读者证(补办)",
    "简称": "借书证,读者卡",
    "俗称": "",
    "实施主体": "市图书馆",
    "服务对象": "1",
    "主题": "Z",
    "事项类型": "公共服务",
    "网址": "/",
    "受理条件": "住在本市\n年满14周岁",
    "材料": "身份证;照片",
    "份数": "1",
    "承诺时限": "3个工作日",
    "是否网办": "否",
}


@pytest.fixture
def elements(data):
    return elements_of(read_schema(data))


def test_given_the_mappings_that_ship_when_loaded_then_each_is_whole(data, elements):
    for path in (data / "mappings").glob("*.yml"):
        mapping = ColumnMapping.load(path, data, elements)
        for element in ("item_id", "name", "department", "audience", "theme", "item_type", "sample", "source"):
            assert mapping.made_of[element], (path.name, element)


def test_given_the_mapping_of_the_documentation_when_a_row_is_read_then_it_says_what_is_written_there(
    project: Path, data, elements, tmp_path
):
    page = (project / "docs" / "knowledge.md").read_text(encoding="utf-8")
    block = next(part for part in page.split("```yaml\n")[1:] if part.startswith("title:"))
    (tmp_path / "m.yml").write_text(block.split("```")[0], encoding="utf-8")

    raw, wrong = ColumnMapping.load(tmp_path / "m.yml", data, elements).raw_item(CELLS)

    assert not wrong
    assert raw == {
        "item_id": "abc-1",
        "name": "读者证（补办）",
        "aliases": ["借书证", "读者卡"],
        "department": "市图书馆",
        "audience": "自然人",
        "theme": "其他",
        "item_type": "公共服务",
        "sample": False,
        "source": "市图书馆",
        "checked": "2026-11-23",
        "conditions": ["住在本市", "年满14周岁"],
        "materials": [{"name": "身份证", "number": 1}, {"name": "照片", "number": 1}],
        "time_limits": {"promised": 3},
        "channels": ["窗口办理"],
    }
