"""Whether a certificate was issued here, for whoever holds it in hand."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath

from actions.services import Services


@dataclass(frozen=True)
class Verification:
    """What is told of a verification code: nothing of the citizen, and nothing at all of an unknown code."""

    valid: bool
    name: str | None = None
    """what the certificate is called"""
    issued_at: str | None = None
    """ISO date"""


def verification_of(services: Services, code: str) -> Verification:
    """Look a verification code up, however it is typed."""
    document = services.connector.verify(code)
    if document is None:
        return Verification(False)
    issued = document.created_at.astimezone(services.clock().tzinfo)
    return Verification(True, PurePath(document.name).stem, issued.date().isoformat())
