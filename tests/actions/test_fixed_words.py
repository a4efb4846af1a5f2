"""Fixed words are read from lists, and held against messages as they are meant."""

from __future__ import annotations

from actions.fixed_words import any_of, bare, read_patterns


def test_given_lists_in_a_file_when_they_are_read_then_each_is_a_pattern_of_any_in_it(tmp_path):
    file = tmp_path / "words.yml"
    file.write_text("leave: [不等了, 算了.*]\nstay: [再等等]\nother: [别的]\n", encoding="utf-8")

    patterns = read_patterns(file, ("leave", "stay"))

    assert set(patterns) == {"leave", "stay"}
    assert patterns["leave"].fullmatch("算了吧") and not patterns["stay"].fullmatch("不等了")


def test_given_alternatives_when_they_are_joined_then_each_stays_whole():
    assert any_of(("一|二", "三")).fullmatch("三")
    assert not any_of(("一|二", "三")).fullmatch("一三")


def test_given_a_message_when_it_is_made_bare_then_only_its_words_are_left_in_simplified_script():
    assert bare(" 不等了，謝謝！_") == "不等了谢谢"
