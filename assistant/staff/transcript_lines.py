"""What was said in a conversation, as those of the staff read it who do not have it: personal data masked."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from storage.transcripts import TranscriptEntry, TranscriptRole


def lines_said(
    entries: Iterable[TranscriptEntry], masked: Callable[[str], str], until: datetime | None = None
) -> list[dict[str, Any]]:
    """Return the lines of a transcript, up to a moment; `masked` puts placeholders for the personal data of a text.

    Citizens' messages are kept masked; what a person of the staff wrote to them is kept as it was written.
    """
    return [
        {
            "role": entry.role.value,
            "text": masked(entry.payload["text"]) if entry.role is TranscriptRole.STAFF else entry.payload["text"],
            "at": entry.at.isoformat(),
        }
        for entry in entries
        if entry.payload.get("text") and (until is None or entry.at <= until)
    ]
