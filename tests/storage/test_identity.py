"""A signed-in citizen as portals tell of one."""

from __future__ import annotations

import pytest

from storage.identity import Identity

NUMBER = "11010519491231002X"


@pytest.mark.parametrize(
    ("key", "written", "kept"),
    [
        ("id_number", "11010519491231002x", NUMBER),
        ("id_number", "１１０１０５ 19491231 002x", NUMBER),
        ("phone", "+86 139 0000 0001", "13900000001"),
        ("phone", "0086-13900000001", "13900000001"),
        ("phone", "139-0000-0001", "13900000001"),
        ("phone", "021-55550001", "02155550001"),
        ("bank_account", "6222 0200 0000 0000 018", "6222020000000000018"),
    ],
)
def test_given_a_number_in_a_portals_way_of_writing_when_read_then_it_has_the_one_form(key, written, kept):
    identity = Identity.from_mapping({"full_name": "张示例", "id_number": NUMBER, key: written})

    assert identity.as_mapping()[key] == kept


def test_given_nothing_but_name_and_number_when_read_then_the_rest_is_not_known():
    assert Identity.from_mapping({"full_name": "张示例", "id_number": NUMBER}).phone is None
