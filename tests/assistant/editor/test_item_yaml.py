from __future__ import annotations

import pytest

from assistant.editor.item_yaml import NotYaml, from_yaml, to_yaml


def test_given_every_item_of_the_project_when_written_and_read_then_it_is_the_same(data):
    from knowledge_base.items import load_catalogue

    written = load_catalogue(data).written
    assert all(from_yaml(to_yaml(item)) == item for item in written.values())


def test_given_a_date_when_read_then_it_is_a_text_as_the_schema_asks():
    assert from_yaml("checked: 2026-11-23") == {"checked": "2026-11-23"}


def test_given_what_holds_only_plain_values_when_written_then_it_stands_in_one_line():
    assert (
        to_yaml({"fee": {"charged": False, "standard": "不收费"}}, 4) == "    fee: {charged: false, standard: 不收费}\n"
    )
    assert to_yaml({"time": ["多久", "几天"]}, 2, one_a_line=True) == "  time:\n  - 多久\n  - 几天\n"


@pytest.mark.parametrize(("text", "line"), [("a: [1", 1), ("a: 1\nb: :\n c: d: e", 2), ("\tx", 1)])
def test_given_no_yaml_when_read_then_the_line_is_named(text, line):
    with pytest.raises(NotYaml) as refused:
        from_yaml(text)
    assert refused.value.line >= line
