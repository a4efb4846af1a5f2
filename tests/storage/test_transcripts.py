from __future__ import annotations

import threading

from storage.transcripts import TranscriptRole, Transcripts


def test_entries_are_numbered_and_read_from_a_number_on(open_database, clock):
    transcripts = Transcripts(open_database())
    assert transcripts.append("one", TranscriptRole.CITIZEN, {"text": "你好"}).seq == 1
    assert transcripts.append("one", TranscriptRole.ASSISTANT, {"text": "您好"}).seq == 2
    assert transcripts.append("two", TranscriptRole.CITIZEN, {"text": "喂"}).seq == 1
    later = Transcripts(open_database()).since("one", 1)
    assert [(entry.seq, entry.role, entry.payload) for entry in later] == [
        (2, TranscriptRole.ASSISTANT, {"text": "您好"})
    ]
    assert later[0].at == clock()


def test_reading_is_bounded(database):
    transcripts = Transcripts(database)
    for number in range(5):
        transcripts.append("one", TranscriptRole.SYSTEM, {"n": number})
    assert [entry.payload["n"] for entry in transcripts.since("one", limit=3)] == [0, 1, 2]


def test_threads_lose_nothing(open_database):
    stores = [Transcripts(open_database()) for _ in range(2)]

    def write(store):
        for _ in range(10):
            store.append("one", TranscriptRole.CITIZEN, {})

    threads = [threading.Thread(target=write, args=(store,)) for store in stores]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [entry.seq for entry in stores[0].since("one")] == list(range(1, 21))


def test_a_long_conversation_is_read_whole(database):
    transcripts = Transcripts(database)
    for number in range(7):
        transcripts.append("one", TranscriptRole.CITIZEN, {"text": str(number)})
    read = [entry.seq for entry in transcripts.all_since("one", 1, page=2)]
    assert read == [2, 3, 4, 5, 6, 7]
    assert list(transcripts.all_since("one", 7)) == []


def test_the_length_is_the_number_of_the_last_entry(open_database):
    transcripts = Transcripts(open_database())
    assert transcripts.length("one") == 0
    transcripts.append("one", TranscriptRole.CITIZEN, {"text": "你好"})
    transcripts.append("one", TranscriptRole.ASSISTANT, {"text": "您好"})
    assert (transcripts.length("one"), transcripts.length("other")) == (2, 0)
