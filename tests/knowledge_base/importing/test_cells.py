"""What stands in a cell becomes plain text, and a date a date."""

from __future__ import annotations

from datetime import datetime

import pytest

from knowledge_base.importing.cells import CellWrong, cleaned, iso_date, plain


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("<p>身份证</p><p>户口簿</p>", "身份证\n户口簿"),
        ("先预约<br/>再到<b>窗口</b>", "先预约\n再到窗口"),
        ("<style>p {color: red}</style>表格&nbsp;一&amp;二", "表格 一&二"),
        ("《<广东省教育厅关于教材的管理办法>的通知》", "《<广东省教育厅关于教材的管理办法>的通知》"),
        ("不足3天<5天", "不足3天<5天"),
        ("  一\r\n\r\n 二\x00\u200b ", "一\n二"),
        ("纯文本&gt;", "纯文本>"),
    ],
)
def test_given_markup_when_cleaned_then_text_and_lines_remain(cell, text):
    assert plain(cell) == text


@pytest.mark.parametrize(
    ("cell", "text"),
    [(None, ""), (30.0, "30"), (2.5, "2.5"), (True, "true"), (datetime(2021, 5, 26, 9), "2021-05-26"), (7, "7")],
)
def test_given_a_cell_of_a_workbook_when_cleaned_then_it_is_text(cell, text):
    assert cleaned(cell) == text


@pytest.mark.parametrize(
    "text", ["2021-05-26", "2021/5/26", "2021.5.26", "2021年5月26日", "20210526", "2021-05-26 00:00:00"]
)
def test_given_a_date_in_any_form_when_read_then_it_is_iso(text):
    assert iso_date(text) == "2021-05-26"


@pytest.mark.parametrize("text", ["2021-02-30", "44342", "去年", "5/26", "2021-05"])
def test_given_no_date_when_read_then_it_is_refused(text):
    with pytest.raises(CellWrong, match="is no date"):
        iso_date(text)
