"""What is built is built again only when its inputs changed."""

from __future__ import annotations

from assistant.built import content_hash, is_current, mark_current


def test_given_a_folder_when_a_file_changes_then_the_hash_changes(tmp_path):
    (tmp_path / "items").mkdir()
    (tmp_path / "items" / "a.yml").write_text("一")
    before = content_hash([tmp_path / "items"])

    (tmp_path / "items" / "a.yml").write_text("二")

    assert content_hash([tmp_path / "items"]) != before


def test_given_a_folder_when_only_caches_change_then_the_hash_stays(tmp_path):
    (tmp_path / "code" / "__pycache__").mkdir(parents=True)
    (tmp_path / "code" / "a.py").write_text("1")
    before = content_hash([tmp_path / "code"])

    (tmp_path / "code" / "__pycache__" / "a.pyc").write_text("2")

    assert content_hash([tmp_path / "code"]) == before


def test_given_nothing_built_when_asked_then_nothing_is_current(tmp_path):
    assert not is_current(tmp_path / "built.json", "index", "x")


def test_given_two_things_built_when_one_is_marked_then_the_other_stays_marked(tmp_path):
    mark_current(tmp_path / "built.json", "index", "x")
    mark_current(tmp_path / "built.json", "dialogue", "y")

    assert is_current(tmp_path / "built.json", "index", "x")
    assert is_current(tmp_path / "built.json", "dialogue", "y")
    assert not is_current(tmp_path / "built.json", "index", "z")


def test_given_a_half_written_stamp_when_read_then_it_counts_as_not_built(tmp_path):
    mark_current(tmp_path / "built.json", "index", "x")
    (tmp_path / "built.json").write_text('{"index"')

    assert not is_current(tmp_path / "built.json", "index", "x")
