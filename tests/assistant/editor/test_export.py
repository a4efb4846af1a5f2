"""Revisions written back into the files."""

from __future__ import annotations

import copy
import difflib
import shutil
from datetime import datetime, timezone
from pathlib import Path
from types import SimpleNamespace

import pytest

from assistant.editor.export import ExportRefused, export_revisions
from knowledge_base.asks import load_asks
from knowledge_base.items import load_catalogue

ITEM = "performance-approval"
ITEMS, ASKS = Path("items/culture-tourism.yml"), Path("asks/culture-tourism.yml")


@pytest.fixture
def folder(data, tmp_path) -> Path:
    """A data folder of one theme."""
    for path in (ITEMS, ASKS):
        (tmp_path / path).parent.mkdir(parents=True)
        shutil.copy(data / path, tmp_path / path)
    return tmp_path


@pytest.fixture
def content(data) -> dict:
    """What the files say of an item."""
    written = load_catalogue(data).written[ITEM]
    return {"guide": copy.deepcopy(written), "asks": load_asks(data / "asks")[ITEM]}


def revision(content, until=None) -> dict:
    return {ITEM: SimpleNamespace(number=3, content=content, effective_until=until)}


def changed_lines(before: str, after: str) -> list[str]:
    found = difflib.unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm="")
    return [line for line in found if line[0] in "+-" and line[:3] not in ("+++", "---")]


def test_given_a_revision_when_exported_then_only_what_changed_is_rewritten(folder, content):
    before = {path: (folder / path).read_text("utf-8") for path in (ITEMS, ASKS)}
    content["guide"]["fee"] = {"charged": True, "standard": "每场：100元"}
    content["asks"] = {**content["asks"], "fee": [*content["asks"]["fee"], "办演出要交多少钱呀"]}

    (done,) = export_revisions(folder, revision(content))

    assert (done.item_id, done.number, done.files) == (ITEM, 3, (str(ITEMS), str(ASKS)))
    items = changed_lines(before[ITEMS], (folder / ITEMS).read_text("utf-8"))
    assert len(items) == 2 and items[1] == "+    fee: {charged: true, standard: 每场：100元}"
    assert changed_lines(before[ASKS], (folder / ASKS).read_text("utf-8")) == ["+  - 办演出要交多少钱呀"]
    assert load_asks(folder / "asks")[ITEM] == content["asks"]


def test_given_exported_files_when_exported_again_then_no_file_changes(folder, content):
    content["guide"]["visits"] = 3
    list(export_revisions(folder, revision(content)))

    (again,) = export_revisions(folder, revision(content))

    assert again.files == ()


def test_given_a_new_and_a_removed_element_when_exported_then_the_file_follows(folder, content):
    content["guide"]["cases"] = []
    del content["guide"]["related"]

    list(export_revisions(folder, revision(content)))

    text = (folder / ITEMS).read_text("utf-8")
    own = text[text.index(f"item_id: {ITEM}") :].split("  - item_id")[0]
    assert "related:" not in own and "cases: []" in own


def test_given_a_revision_that_ends_when_exported_then_the_files_keep_what_holds_without_end(folder, content):
    content["guide"]["visits"] = 3
    ends = datetime(2026, 12, 1, tzinfo=timezone.utc)

    assert list(export_revisions(folder, revision(content, ends))) == []


def test_given_a_file_in_another_style_when_exported_then_it_is_refused_and_left_as_it_was(folder, content):
    text = (folder / ITEMS).read_text("utf-8").replace(f"- item_id: {ITEM}", f"- {{}}\n  - item_id: '{ITEM}'")
    (folder / ITEMS).write_text(text, "utf-8")

    with pytest.raises(ExportRefused, match=ITEM):
        list(export_revisions(folder, revision(content)))

    assert (folder / ITEMS).read_text("utf-8") == text
