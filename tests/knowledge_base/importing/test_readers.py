"""Files are read whatever they are encoded in, or refused with what is wrong with them."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from knowledge_base.importing import readers
from knowledge_base.importing.readers import read_table

TEXT = '编码,名称\nA1,"读者证\n办理"\n\nA2,"他说""行"""\n'


def written(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_given_a_csv_in_an_encoding_of_the_trade_when_read_then_rows_have_their_numbers(tmp_path, encoding):
    table = read_table(written(tmp_path, "a.csv", TEXT.encode(encoding)))

    assert table.columns == ("编码", "名称")
    assert [(row.number, row.cells["名称"], row.fault) for row in table.rows] == [
        (2, "读者证\n办理", ""),
        (4, '他说"行"', ""),
    ]


def test_given_a_workbook_when_read_then_cells_keep_their_kind_and_short_rows_are_whole(tmp_path):
    workbook = Workbook()
    workbook.active.append(["编码", "天数", "备注"])
    workbook.active.append(["A1", 30])
    workbook.save(tmp_path / "a.xlsx")

    (row,) = read_table(tmp_path / "a.xlsx").rows

    assert row.number == 2 and row.cells["天数"] == 30 and not row.fault


@pytest.mark.parametrize("text", ['[{"a": 1}, {"a": ["x"], "b": 2}]', '{"a": 1}\n\n{"a": ["x"], "b": 2}\n'])
def test_given_json_as_a_list_or_by_line_when_read_then_both_are_the_same(tmp_path, text):
    table = read_table(written(tmp_path, "a.json", text.encode()))

    assert table.columns == ("a", "b")
    assert [row.cells for row in table.rows] == [{"a": 1}, {"a": ["x"], "b": 2}]


def test_given_rows_with_too_few_or_too_many_cells_when_read_then_they_have_a_fault(tmp_path):
    table = read_table(written(tmp_path, "a.csv", b"a,b\n1\n1,2,3\n1,2\n"))

    assert [row.fault for row in table.rows] == [
        "has 1 cells, the header has 2",
        "has 3 cells, the header has 2",
        "",
    ]


@pytest.mark.parametrize(
    ("name", "content", "error", "message"),
    [
        ("a.txt", b"a", "UnknownKindOfFile", "csv"),
        ("a.csv", b"\xff\xfe\x00a", "EncodingUnknown", "UTF-8"),
        ("a.csv", b'a,b\n1,"x"y\n2,z\n', "CsvBroken", "row 2"),
        ("a.csv", b'a,b\n1,"x\n2,y\n', "CsvBroken", "row 2"),
        ("a.csv", b"", "HeaderWrong", "empty"),
        ("a.csv", b"a,b\n", "HeaderWrong", "no row"),
        ("a.csv", b"a,a\n1,2\n", "HeaderWrong", "names a twice"),
        ("a.csv", b"a,,b\n1,2,3\n", "HeaderWrong", "without a name"),
        ("a.xlsx", b"PK\x03\x04 cut off", "WorkbookBroken", "damaged"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 encrypted", "WorkbookEncrypted", "password"),
        ("a.json", b'{"a": 1', "JsonBroken", "line 1"),
        ("a.json", b"12", "JsonBroken", "list of objects"),
    ],
)
def test_given_a_broken_file_when_read_then_the_error_says_what_is_wrong(tmp_path, name, content, error, message):
    with pytest.raises(getattr(readers, error), match=message):
        read_table(written(tmp_path, name, content))
