"""What is exported is what an import without a mapping reads."""

from __future__ import annotations

from dataclasses import replace

import pytest

from knowledge_base.importing.exporting import CellTooLong, export_items
from knowledge_base.importing.importer import import_items
from knowledge_base.importing.readers import UnknownKindOfFile
from knowledge_base.items import load_catalogue


def quiet(step: str, share: float) -> None:
    pass


@pytest.mark.parametrize("suffix", ["csv", "xlsx", "json"])
def test_given_all_items_of_the_project_when_exported_and_imported_then_nothing_is_lost(
    data, catalogue, tmp_path, suffix
):
    file, knowledge = tmp_path / f"all.{suffix}", tmp_path / "knowledge"
    count = export_items(data, data, file)

    report = import_items(file, data, knowledge, quiet)

    again = load_catalogue(data, knowledge).items
    assert count == len(report.new) == len(catalogue.items) >= 164
    assert sum(bool(item.cases) for item in again.values()) > 100
    assert sum(bool(item.questions) for item in again.values()) > 100
    for item_id, item in catalogue.items.items():
        assert replace(again[item_id], file="") == replace(item, file="")


def test_given_an_export_when_imported_where_it_came_from_then_all_is_unchanged_and_no_file_is_touched(
    data, write_data, item, other, tmp_path
):
    folder = write_data(item, other)
    before = (folder / "items" / "culture.yml").read_bytes()
    export_items(data, folder, tmp_path / "two.csv")

    report = import_items(tmp_path / "two.csv", data, folder, quiet)

    assert len(report.unchanged) == 2 and not (report.new or report.changed or report.gone)
    assert (folder / "items" / "culture.yml").read_bytes() == before


def test_given_texts_that_look_like_something_else_when_exported_then_they_come_back_as_they_were(
    data, write_data, item, other, tmp_path
):
    item["steps"] = ["{不是条目}", '"引号"开头', "第一行\n第二行", "=1+1"]
    item["summary"] = "=SUM(A1)"
    item["questions"] = [{"question": "押金：要吗？", "answer": "不要。\n{放心}, #"}]
    folder = write_data(item, other)

    for suffix in ("csv", "xlsx"):
        export_items(data, folder, tmp_path / f"odd.{suffix}")
        assert len(import_items(tmp_path / f"odd.{suffix}", data, folder, quiet).unchanged) == 2


def test_given_more_than_a_cell_holds_when_exported_to_a_workbook_then_nothing_is_written(
    data, write_data, item, other, tmp_path
):
    item["questions"] = [{"question": f"问题{number}", "answer": "长" * 4000} for number in range(9)]
    folder = write_data(item, other)

    with pytest.raises(CellTooLong, match="library-card, questions"):
        export_items(data, folder, tmp_path / "out" / "long.xlsx")

    assert not list((tmp_path / "out").iterdir())


def test_given_another_suffix_when_exported_then_a_sentence_says_which_there_are(data, tmp_path):
    with pytest.raises(UnknownKindOfFile, match=".xlsx"):
        export_items(data, data, tmp_path / "all.doc")
