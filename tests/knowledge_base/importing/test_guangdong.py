"""The mapping of a real export takes it in; the export lies beside the checkout and is not ours to ship."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
import yaml

from knowledge_base.importing.importer import import_items
from knowledge_base.items import load_catalogue

EVERY = 12
"""of so many rows one is imported; all of them take seconds"""


@pytest.fixture(scope="module")
def export(project: Path) -> Path:
    shared = Path(os.environ.get("WENBAN_SHARED", project.parent / "shared"))
    file = shared / "data" / "guangdong_items" / "items.json"
    if not file.exists():
        pytest.skip(f"the real export is not there ({file})")
    return file


def test_given_rows_of_the_export_when_imported_then_each_is_an_item_with_its_real_source(export, data, tmp_path):
    rows = json.loads(export.read_text(encoding="utf-8"))[::EVERY]
    (tmp_path / "some.json").write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")

    report = import_items(
        tmp_path / "some.json",
        data,
        tmp_path / "knowledge",
        lambda step, share: None,
        data / "mappings" / "guangdong.yml",
    )

    items = load_catalogue(data, tmp_path / "knowledge").items
    assert len(report.new) == len(rows) == len(items) and not report.skipped
    assert not any(item.sample for item in items.values())
    for row in rows:
        item = items[row["TASK_CODE"].lower()]
        assert item.source == (row["URL"] or row["DEPT_NAME"]) and item.checked == "2021-05-26"
        assert item.department == row["DEPT_NAME"] and item.item_type == row["TASK_TYPE_TEXT"]
        assert [one.name for one in item.guide.materials or ()] == list(
            dict.fromkeys(one.strip() for one in row["material_intro"] if row["material_intro"] != "无")
        )


def test_given_the_questions_to_measure_with_when_looked_up_then_each_is_about_an_item_of_the_export(export):
    questions = yaml.safe_load((Path(__file__).parents[2] / "data" / "guangdong_questions.yml").read_text("utf-8"))
    codes = {row["TASK_CODE"].lower() for row in json.loads(export.read_text(encoding="utf-8"))}

    assert len(questions) == len({one["item"] for one in questions}) == 60
    assert {one["item"] for one in questions} <= codes
