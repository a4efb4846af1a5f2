"""Files that staff keep."""

from __future__ import annotations

import csv
import io

from assistant.staff.downloads import csv_file, download


def test_given_rows_when_written_then_excel_knows_chinese_and_takes_no_text_for_a_formula():
    content = csv_file(
        [["列", 3], ["=1+1", -2], ["+86", 0.5], ["-", 1], ["@x", 1], ["\tx", 1], ["＝1", 1], ['a,"b"\n', 1]]
    )

    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert [row[0] for row in rows] == ["列", "'=1+1", "'+86", "'-", "'@x", "'\tx", "'＝1", 'a,"b"\n']
    assert rows[1][1] == "-2"


def test_given_a_name_in_chinese_when_a_file_is_kept_then_the_header_carries_it():
    headers = download(b"x", "text/csv", "记录.csv").headers

    assert headers["Content-Disposition"] == "attachment; filename*=UTF-8''%E8%AE%B0%E5%BD%95.csv"
    assert headers["Cache-Control"] == "no-store"
