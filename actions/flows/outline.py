"""Where an application under way stands, in so few words that a paper may say them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Outline:
    """What is known of a draft without its values."""

    item_id: str
    applicant: str | None
    """whom it is for; None before that is settled"""
    name: str
    """of whom it is for, masked; empty while it is not known"""
    unfilled: tuple[str, ...]
    """the labels of what is still to be asked"""
