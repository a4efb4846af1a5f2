"""A script in one response: small, and not sent twice."""

from __future__ import annotations

import gzip
from types import SimpleNamespace

import pytest

from assistant.bundling.script import BundledScript


@pytest.fixture
def script(tmp_path):
    (tmp_path / "entry.js").write_text("use(1);\n")
    return BundledScript(tmp_path / "entry.js")


def asked(**headers: str) -> SimpleNamespace:
    return SimpleNamespace(headers={name.replace("_", "-"): value for name, value in headers.items()})


async def test_given_a_browser_that_takes_gzip_when_it_asks_then_it_is_sent_that(script):
    plain, small = await script.serve(asked()), await script.serve(asked(accept_encoding="gzip, br"))

    assert plain.body == b"use(1);"
    assert (small.headers["Content-Encoding"], gzip.decompress(small.body)) == ("gzip", plain.body)
    assert "javascript" in plain.content_type


async def test_given_a_copy_that_is_the_same_when_it_is_asked_for_then_nothing_is_sent(script):
    first = await script.serve(asked())

    again = await script.serve(asked(if_none_match=first.headers["ETag"]))

    assert (again.status, again.body) == (304, b"")
