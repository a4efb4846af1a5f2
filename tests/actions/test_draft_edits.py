"""What was made of a draft, sentence by sentence."""

from __future__ import annotations

import pytest

from actions.draft_edits import edit_between

DRAFT = "补发护照要带身份证和照片。\n工本费 120 元。\n7 个工作日办好。"


def kinds(proposed: str, sent: str) -> list[str]:
    return [change.kind for change in edit_between(proposed, sent).changes]


@pytest.mark.parametrize("sent", [DRAFT, DRAFT.replace("\n", " "), f"\n{DRAFT}\n"])
def test_given_a_draft_sent_as_it_stood_then_nothing_is_changed(sent):
    edit = edit_between(DRAFT, sent)
    assert (edit.is_unchanged, edit.distance, edit.kept) == (True, 0, 1.0)


def test_given_a_sentence_with_another_number_then_it_is_shown_beside_the_old_one():
    edit = edit_between(DRAFT, DRAFT.replace("7 个", "10 个"))
    changed = [change for change in edit.changes if change.kind != "kept"]
    assert [(one.kind, one.before, one.after) for one in changed] == [
        ("changed", "7 个工作日办好。", "10 个工作日办好。")
    ]
    assert (edit.is_unchanged, edit.distance, edit.kept) == (False, 2, pytest.approx(2 / 3))


@pytest.mark.parametrize(
    ("sent", "found"),
    [
        (f"您好！\n{DRAFT}", ["added", "kept", "kept", "kept"]),
        ("补发护照要带身份证和照片。\n7 个工作日办好。", ["kept", "removed", "kept"]),
        ("请到窗口来一趟，我们当面说。", ["removed", "removed", "removed", "added"]),
        ("", ["removed", "removed", "removed"]),
        ("补发护照要带身份证和两张照片。\n另请带上回执。\n7 个工作日办好。", ["changed", "removed", "added", "kept"]),
    ],
)
def test_given_sentences_put_in_or_taken_out_then_each_is_named(sent, found):
    assert kinds(DRAFT, sent) == found


def test_given_nothing_was_proposed_then_everything_is_added():
    edit = edit_between("", "您好。")
    assert ([change.kind for change in edit.changes], edit.kept) == (["added"], 0.0)
