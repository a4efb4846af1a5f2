from __future__ import annotations

from sqlalchemy import text

from storage.checklists import Checklists

CONTENT = {"item": "item", "holder": "张*例", "facts": {"applicant": "代办"}}


def test_given_a_checklist_when_it_is_kept_then_it_is_read_back_as_it_was(database):
    kept = Checklists(database).add("one", CONTENT)

    assert Checklists(database).get(kept.id) == kept
    assert (kept.conversation_id, kept.content) == ("one", CONTENT)


def test_given_two_of_one_conversation_when_kept_then_each_has_an_id_of_its_own(database):
    checklists = Checklists(database)

    assert checklists.add("one", CONTENT).id != checklists.add("one", CONTENT).id
    assert checklists.get("unknown") is None


def test_given_a_checklist_when_it_is_kept_then_nothing_of_it_is_in_clear(database):
    Checklists(database).add("one", CONTENT)

    with database.session() as session:
        kept = bytes(session.execute(text("SELECT content_sealed FROM checklists")).scalar())

    assert "张*例".encode() not in kept
