"""What staff choose from is data, and is checked when it is read."""

from __future__ import annotations

import pytest

from assistant.staff.canned_replies import BadReplies, load_canned_replies
from assistant.staff.desk_choices import DeskChoices
from assistant.staff.labelled import BadList, labelled


def test_given_the_data_when_read_then_there_are_departments_outcomes_and_replies(data):
    choices = DeskChoices.load(data)

    assert "general" in choices.departments and "solved" in choices.outcomes
    codes = [one.code for one in load_canned_replies(data / "texts" / "canned_replies.yml")]
    assert len(codes) == len(set(codes)) >= 10


@pytest.mark.parametrize("written", ["- a\n", "a:\n", "a: 1\n", f"{'a' * 33}: 甲\n"])
def test_given_a_list_that_is_none_when_read_then_it_is_refused(tmp_path, written):
    path = tmp_path / "list.yml"
    path.write_text(written, encoding="utf-8")

    with pytest.raises(BadList, match=r"list\.yml"):
        labelled(path, 32)


@pytest.mark.parametrize(
    "written",
    [
        "- {code: a, title: 甲, text: 乙}\n- {code: a, title: 丙, text: 丁}\n",
        "- {code: A b, title: 甲, text: 乙}\n",
        "- {code: a, title: 甲}\n",
        "- {code: a, title: 甲, text: ''}\n",
        "- {code: a, title: 甲, text: 乙, more: 丙}\n",
        "- a\n",
    ],
)
def test_given_replies_that_cannot_be_used_when_read_then_they_are_refused(tmp_path, written):
    path = tmp_path / "replies.yml"
    path.write_text(written, encoding="utf-8")

    with pytest.raises(BadReplies, match=r"replies\.yml"):
        load_canned_replies(path)
