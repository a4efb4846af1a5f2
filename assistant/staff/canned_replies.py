"""Replies that staff send again and again, as data/texts/canned_replies.yml has them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import yaml

_CODE = re.compile(r"[a-z0-9-]{1,24}")


class BadReplies(ValueError):
    """Canned replies that cannot be read: each has a `code` of its own (a-z, 0-9, -), a `title` and a `text`."""


@dataclass(frozen=True)
class CannedReply:
    code: str
    """what is typed after a slash"""
    title: str
    text: str


def load_canned_replies(path: Path) -> tuple[CannedReply, ...]:
    """Read the replies, in the order of the file; raise BadReplies."""
    raw = yaml.safe_load(path.read_text(encoding="utf-8")) or []
    try:
        replies = tuple(CannedReply(**{key: str(value).strip() for key, value in one.items()}) for one in raw)
    except (AttributeError, TypeError):
        raise BadReplies(f"{path.name}: {BadReplies.__doc__}") from None
    codes = [one.code for one in replies]
    faulty = [one for one in replies if not (_CODE.fullmatch(one.code) and one.title and one.text)]
    if faulty or len(set(codes)) < len(codes):
        raise BadReplies(f"{path.name}: {BadReplies.__doc__}")
    return replies
