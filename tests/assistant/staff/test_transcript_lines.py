"""What was said, as those read it who do not have the conversation."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from assistant.citizen.personal_data import PersonalDataGuard
from assistant.staff.transcript_lines import lines_said
from storage.transcripts import TranscriptEntry, TranscriptRole

AT = datetime(2026, 11, 23, 2, 0, tzinfo=timezone.utc)


def entry(seq: int, role: TranscriptRole, **payload: str) -> TranscriptEntry:
    return TranscriptEntry(seq, role, payload, AT + timedelta(minutes=seq))


def test_given_what_staff_wrote_when_others_read_it_then_personal_data_is_masked_and_nothing_of_a_reply_is(
    services, data
):
    guard = PersonalDataGuard.load(data / "texts" / "personal_data.yml", services.personal_values)
    entries = [
        entry(1, TranscriptRole.CITIZEN, text="我的手机号是[手机号1]"),
        entry(2, TranscriptRole.ASSISTANT, text="请拨打021-12345678"),
        entry(3, TranscriptRole.STAFF, text="您的手机号13900001111对吗"),
        entry(4, TranscriptRole.SYSTEM, type="agent-left"),
        entry(5, TranscriptRole.CITIZEN, text="对"),
    ]

    lines = lines_said(entries, guard.without_values, until=AT + timedelta(minutes=4))

    assert [line["role"] for line in lines] == ["citizen", "assistant", "staff"]
    assert lines[1]["text"] == "请拨打021-12345678"
    assert "13900001111" not in lines[2]["text"] and lines[2]["text"].startswith("您的手机号[手机号")
    assert lines[0]["at"] == (AT + timedelta(minutes=1)).isoformat()
    assert len(lines_said(entries, guard.without_values)) == 4
