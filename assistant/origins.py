"""Origins: who a page comes from, as browsers name it."""

from __future__ import annotations

import re

_ORIGIN = re.compile(r"https?://[a-z0-9.-]+(:\d{1,5})?")


class BadOrigin(Exception):
    """WENBAN_EMBED_ORIGINS names something that is no origin: write https://portal.example, without a path."""


def origins_named(value: str) -> tuple[str, ...]:
    """Return the origins of a setting, separated by spaces or commas.

    Raises:
        BadOrigin: one of them is none.
    """
    named = tuple(one.rstrip("/").lower() for one in re.split(r"[\s,]+", value) if one)
    if not all(_ORIGIN.fullmatch(one) for one in named):
        raise BadOrigin(BadOrigin.__doc__)
    return named
