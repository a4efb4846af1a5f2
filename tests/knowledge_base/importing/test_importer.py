"""An export comes in whole, or not at all, or without its bad rows where that is wanted."""

from __future__ import annotations

import copy
import errno
import json
import os
import shutil

import pytest

from knowledge_base.importing import base
from knowledge_base.importing.base import ImportUnderWay, alone
from knowledge_base.importing.importer import RowsRefused, StillNamed, import_items
from knowledge_base.importing.mapping import MappingInvalid
from knowledge_base.importing.readers import HeaderWrong
from knowledge_base.items import load_catalogue
from tests.knowledge_base.importing.conftest import MAPPING


def state(knowledge):
    """Return every file of a folder with its content."""
    return {path.relative_to(knowledge): path.read_bytes() for path in knowledge.rglob("*") if path.is_file()}


def quiet(step: str, share: float) -> None:
    pass


def test_given_a_departments_columns_when_imported_then_each_makes_its_element(take_in, row, data, knowledge):
    report = take_in(row())

    item = load_catalogue(data, knowledge).items["lib-001"]
    assert report.new == ("lib-001",)
    assert item.name == "读者证办理（成人）" and item.aliases == ("借书证", "读者卡")
    assert item.audience == "自然人" and not item.sample
    assert item.source == "https://library.example/card" and item.checked == "2021-05-26"
    assert item.enquiries == "电话 000-12345"
    assert [one.text for one in item.guide.conditions] == ["住在本市", "年满14周岁"]
    assert [(one.name, one.number, one.form) for one in item.guide.materials] == [("身份证", 1, ""), ("照片", 2, "")]
    assert item.guide.time_limits.promised == 3 and item.guide.channels == ("网上办理", "窗口办理")
    assert item.guide.fee is None and item.guide.steps == () and item.guide.visits is None


def test_given_cells_that_say_nothing_when_imported_then_the_element_is_left_out(take_in, row, data, knowledge):
    take_in(row(材料="无", 份数="", 条件="应当符合下列条件：", 时限="", 网办="否", 网址="无"))

    item = load_catalogue(data, knowledge).items["lib-001"]
    assert item.guide.materials is None and item.guide.conditions == () and item.guide.time_limits is None
    assert item.guide.channels == ("窗口办理",) and item.source == "市图书馆"


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ({"对象": "3"}, "row 3, column 对象: “3” is none of 1, 2."),
        ({"时限": "尽快"}, "row 3, column 时限: nothing in “尽快” is as expected"),
        ({"核对": "去年"}, "row 3, column 核对: “去年” is no date such as 2026-11-23."),
        ({"份数": "1;2;3"}, "row 3, column 材料, 份数: has 3 entries, but 2 of name."),
        ({"份数": "若干"}, "row 3, column 材料, 份数: “若干” is no whole number."),
        ({"名称": ""}, "row 3, column 名称: name (事项名称) is missing."),
        ({"名称": "长" * 201}, "row 3, column 名称: name (事项名称) has 201 characters, more than 200."),
        (
            {"条件": "长" * 5001},
            "row 3, column 条件: conditions (受理条件), entry 1 has 5001 characters, more than 5000.",
        ),
        ({"编码": "LIB_001"}, "row 3, column 编码: the identifier lib-001 is already that of row 2."),
        ({"编码": "编号"}, "row 3, column 编码: item_id (事项标识) is “”, not of the form"),
    ],
)
def test_given_a_bad_row_when_imported_then_nothing_is_and_row_column_and_reason_are_told(
    take_in, row, knowledge, cells, problem
):
    with pytest.raises(RowsRefused) as caught:
        take_in(row(), row(**{"编码": "LIB_002", **cells}))

    assert any(problem in str(one) for one in caught.value.problems), [str(one) for one in caught.value.problems]
    assert not (knowledge / "items").exists()


def test_given_bad_rows_when_they_are_to_be_skipped_then_the_rest_is_imported_and_they_are_told(
    take_in, row, data, knowledge
):
    report = take_in(row(), row(编码="LIB_002", 对象="3"), row(编码="LIB_003"), skip_bad=True)

    assert report.new == ("lib-001", "lib-003") and [one.row for one in report.skipped] == [3]
    assert report.shared_names == 1
    assert set(load_catalogue(data, knowledge).items) == {"lib-001", "lib-003"}


def test_given_only_bad_rows_when_they_are_to_be_skipped_then_nothing_is_imported(take_in, row):
    with pytest.raises(RowsRefused):
        take_in(row(对象="3"), skip_bad=True)


def test_given_items_when_imported_again_then_new_changed_unchanged_and_gone_are_told(take_in, row, data, knowledge):
    take_in(row(), row(编码="LIB_002"), row(编码="LIB_003"), row(编码="LIB_004"))
    asks = knowledge / "asks" / "mine.yml"
    asks.parent.mkdir()
    asks.write_text("lib-001: {general: [想借书]}", encoding="utf-8")

    report = take_in(
        row(), row(编码="LIB_002", 部门="区图书馆"), row(编码="LIB_005"), row(编码="LIB_004", 对象="9"), skip_bad=True
    )

    assert (report.new, report.changed, report.unchanged) == (("lib-005",), ("lib-002",), ("lib-001",))
    assert report.gone == ("lib-003",)  # the row of lib-004 is bad, but there
    items = load_catalogue(data, knowledge).items
    assert set(items) == {"lib-001", "lib-002", "lib-003", "lib-004", "lib-005"}
    assert items["lib-002"].department == "区图书馆"
    assert asks.read_text(encoding="utf-8") == "lib-001: {general: [想借书]}"


def test_given_gone_items_when_they_are_to_be_removed_then_they_and_their_empty_files_are(
    take_in, row, data, knowledge
):
    other = {**MAPPING, "elements": {**MAPPING["elements"], "theme": {"value": "体育"}}}
    take_in(row(编码="LIB_002"), mapping=other)
    take_in(row())

    report = take_in(row(), remove_gone=True)

    assert report.gone == ("lib-002",) and set(load_catalogue(data, knowledge).items) == {"lib-001"}
    assert [path.name for path in (knowledge / "items").iterdir()] == ["wen-hua.yml"]


def test_given_a_gone_item_that_another_names_when_it_is_to_be_removed_then_nothing_is(
    data, write_data, item, other, tmp_path
):
    folder = write_data(item, {**other, "neighbours": []})
    file = tmp_path / "one.json"
    file.write_text(json.dumps([item], ensure_ascii=False), encoding="utf-8")
    before = state(folder / "items")

    with pytest.raises(StillNamed, match="library-card, neighbours: there is no item museum-card"):
        import_items(file, data, folder, quiet, remove_gone=True)

    assert state(folder / "items") == before


def test_given_a_row_that_names_an_unknown_item_when_skipped_then_what_names_that_row_is_too(
    data, item, other, tmp_path, knowledge
):
    item["related"] = ["no-such-item"]
    file = tmp_path / "two.json"
    file.write_text(json.dumps([item, other], ensure_ascii=False), encoding="utf-8")

    with pytest.raises(RowsRefused) as caught:
        import_items(file, data, knowledge, quiet, skip_bad=True)

    assert {str(problem) for problem in caught.value.problems} == {
        "row 1, column related: there is no item no-such-item.",
        "row 2, column neighbours: there is no item library-card.",
    }


def test_given_an_item_of_a_theme_file_when_changed_then_it_stays_there_and_its_dimensions_hold(
    data, write_data, item, other, tmp_path
):
    own = {"applicant": {"name": "谁", "question": "谁来办？", "values": {"本人": ["自己"], "代办": ["别人"]}}}
    folder = write_data(item, other, dimensions=own)
    file = tmp_path / "one.json"
    file.write_text(json.dumps([{**item, "summary": "改过的说明"}], ensure_ascii=False), encoding="utf-8")

    report = import_items(file, data, folder, quiet)

    assert report.changed == ("library-card",) and report.gone == ("museum-card",)
    changed = load_catalogue(folder).items["library-card"]
    assert changed.summary == "改过的说明" and changed.file == "culture.yml"
    assert changed.dimensions["applicant"].question == "谁来办？"


def test_given_a_full_disk_when_importing_then_the_former_items_stay(take_in, row, data, knowledge, monkeypatch):
    take_in(row())
    before = state(knowledge)

    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        take_in(row(部门="区图书馆"))

    assert state(knowledge) == before


def test_given_a_crash_between_the_renames_when_loaded_then_the_former_items_hold_and_the_next_import_mends_it(
    take_in, row, data, knowledge
):
    take_in(row())
    shutil.copytree(knowledge / "items", knowledge / ".items-new-x")
    (knowledge / "items").rename(knowledge / base.FORMER_FOLDER)

    assert set(load_catalogue(data, knowledge).items) == {"lib-001"}
    assert take_in(row(编码="LIB_002")).new == ("lib-002",)
    assert set(load_catalogue(data, knowledge).items) == {"lib-001", "lib-002"}
    assert [path.name for path in knowledge.iterdir()] == ["items"]


def test_given_another_import_under_way_when_importing_then_a_sentence_says_so(take_in, row, knowledge):
    with alone(knowledge):
        with pytest.raises(ImportUnderWay):
            take_in(row())


def test_given_a_column_that_the_mapping_names_and_the_file_lacks_when_imported_then_both_are_named(take_in, row):
    cells = row()
    del cells["时限"]

    with pytest.raises(HeaderWrong, match="lacks the column.* 时限 .*it has 编码"):
        take_in(cells)


def test_given_foreign_columns_without_a_mapping_when_imported_then_ours_are_named(write_csv, row, data, knowledge):
    with pytest.raises(HeaderWrong, match="unknown column 编码.*item_id, name.*--mapping"):
        import_items(write_csv(row()), data, knowledge, quiet)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"colour": "颜色"}, "there is no element colour"),
        ({"time_limits": "时限"}, "time_limits: `parts` must say"),
        ({"materials": {"parts": {"weight": "重量"}}}, "there is no part weight"),
        ({"name": ["名称", "简称"]}, "only a list is made of several sources"),
        ({"name": {"column": "名称", "extract": "("}}, "elements.name"),
    ],
)
def test_given_a_wrong_mapping_when_imported_then_the_element_is_named(take_in, row, change, message):
    mapping = copy.deepcopy(MAPPING)
    mapping["elements"] |= change

    with pytest.raises(MappingInvalid, match=message):
        take_in(row(), mapping=mapping)
