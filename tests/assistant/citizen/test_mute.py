"""While a person has a conversation the assistant says nothing in it, whatever happens in whatever order."""

from __future__ import annotations

import shutil
import tempfile
from datetime import timedelta
from pathlib import Path

import hypothesis.strategies as st
from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from actions.status import AnswerStatus
from storage.errors import TransitionRefused
from storage.handoffs import Handoff, HandoffState, MessageRole
from tests.assistant.citizen.gated import FIRE, OFFER, PERSON, Below, gate_over, on_another_database, opened, say
from tests.conftest import ROOT, Clock

LONG = "我想问一下" * 150
SAID = ["护照丢了怎么办", PERSON, OFFER, "不等了", "改为留言", "刚才工作人员说了什么", "。。。", "", LONG, "好的"]
CITIZENS = ("one", "two")

_template: Path | None = None


def template() -> Path:
    """Return a folder with an empty storage, made once."""
    global _template
    if _template is None:
        _template = Path(tempfile.mkdtemp(prefix="wenban-mute-"))
        opened(ROOT / "data", _template, Clock()).database.close()
    return _template


class ConversationsWithAPerson(RuleBasedStateMachine):
    """Two citizens, two clerks, and a server that is started anew now and then."""

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="wenban-mute-"))
        shutil.copytree(template(), self.folder, dirs_exist_ok=True)
        self.clock, self.below = Clock(), Below()
        self.services = opened_once(self.folder, self.clock)
        self.agent = gate_over(self.services, self.below)

    def teardown(self) -> None:
        self.services.database.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def active(self, citizen: str) -> Handoff | None:
        return self.services.handoffs.active(citizen)

    def is_with_person(self, citizen: str) -> bool:
        handoff = self.active(citizen)
        return handoff is not None and handoff.state is HandoffState.WITH_PERSON

    @rule(citizen=st.sampled_from(CITIZENS), text=st.sampled_from(SAID))
    def speak(self, citizen: str, text: str) -> None:
        before, heard = self.active(citizen), len(self.below.heard)
        reply = say(self.agent, citizen, text)
        self.clock.advance(seconds=1)
        if before is not None and before.state is HandoffState.WITH_PERSON:
            assert (reply.status, reply.text, reply.choices) == (AnswerStatus.HANDED_OVER, "", ())
            assert len(self.below.heard) == heard, "the dialogue has not even heard it"
            if text:
                assert self.services.handoffs.messages(before.id)[-1].text == text, "the person has"
        elif before is None or before.state is HandoffState.OFFERED:
            assert reply.text, "the assistant answers"

    @rule(citizen=st.sampled_from(CITIZENS), text=st.sampled_from([PERSON, "护照丢了怎么办"]))
    def speak_and_be_taken_meanwhile(self, citizen: str, text: str) -> None:
        """A clerk is quicker than the turn."""
        self.below.meanwhile = lambda: self.queue_and_take(citizen)
        reply = say(self.agent, citizen, text)
        self.below.meanwhile = None
        if self.is_with_person(citizen):
            assert reply.text == ""

    @rule(citizen=st.sampled_from(CITIZENS))
    def tell_an_emergency(self, citizen: str) -> None:
        """The one thing that is answered all the same; the person hears it too."""
        before = self.active(citizen)
        assert say(self.agent, citizen, FIRE).status is AnswerStatus.EMERGENCY
        if before is not None and before.state is HandoffState.WITH_PERSON:
            assert self.services.handoffs.messages(before.id)[-1].text == FIRE

    def queue_and_take(self, citizen: str) -> None:
        handoff = self.services.handoffs.open(citizen, "asked_for", "")
        if handoff.state is HandoffState.OFFERED:
            self.services.handoffs.enqueue(handoff.id)
        self.services.handoffs.take(handoff.id, handoff.staff_id or "clerk-1")

    @rule(clerk=st.sampled_from(["clerk-1", "clerk-2"]))
    def take(self, clerk: str) -> None:
        waiting = self.services.handoffs.queue()
        if waiting:
            self.services.handoffs.take(waiting[0].id, clerk)

    @precondition(lambda self: any(self.is_with_person(one) for one in CITIZENS))
    @rule(way=st.sampled_from(["reply", "hand_back", "close", "give_up", "no_answer"]))
    def act(self, way: str) -> None:
        handoffs = self.services.handoffs
        (handoff, *_) = handoffs.with_person()
        if way == "reply":
            handoffs.post(handoff.id, MessageRole.STAFF, "请带身份证")
        elif way == "hand_back":
            handoffs.hand_back(handoff.id, "已答复")
        elif way == "close":
            handoffs.close(handoff.id)
        elif way == "give_up":
            handoffs.enqueue(handoff.id)
        else:
            self.clock.advance(minutes=6)
            since = self.clock() - timedelta(minutes=5)
            for late in self.services.waiting_room.measures.unanswered(since):
                handoffs.put_back_unanswered(late, since)

    @rule()
    def restart(self) -> None:
        """Everything is made anew on the same database."""
        standing = {citizen: self.active(citizen) for citizen in CITIZENS}
        self.services.database.close()
        self.services = opened_once(self.folder, self.clock)
        self.agent = gate_over(self.services, self.below)
        assert {citizen: self.active(citizen) for citizen in CITIZENS} == standing

    @invariant()
    def nobody_is_in_two_places(self) -> None:
        if not hasattr(self, "services"):
            return
        listed = [*self.services.handoffs.queue(), *self.services.handoffs.with_person()]
        assert len({one.conversation_id for one in listed}) == len(listed)
        for citizen in CITIZENS:
            handoff = self.active(citizen)
            listed_here = any(one.conversation_id == citizen for one in listed)
            assert listed_here == (handoff is not None and handoff.state is not HandoffState.OFFERED)


_services = None


def opened_once(folder: Path, clock: Clock):
    """Return services on a folder's database; texts and guides are read once."""
    global _services
    if _services is None:
        _services = opened(ROOT / "data", template(), clock)
    return on_another_database(_services, f"sqlite:///{folder / 'wenban.db'}", clock)


TestConversationsWithAPerson = ConversationsWithAPerson.TestCase
TestConversationsWithAPerson.settings = settings(
    max_examples=200, stateful_step_count=10, deadline=None, suppress_health_check=list(HealthCheck)
)


def test_given_a_person_who_hands_back_when_the_citizen_speaks_then_the_assistant_answers(tmp_path):
    services = opened(ROOT / "data", tmp_path, Clock())
    agent = gate_over(services)
    say(agent, "one", PERSON)
    handoff = services.handoffs.active("one")
    services.handoffs.take(handoff.id, "clerk")
    assert say(agent, "one", "在吗").text == ""

    services.handoffs.hand_back(handoff.id)

    assert say(agent, "one", "护照").text == "答：护照"
    try:
        services.handoffs.post(handoff.id, MessageRole.STAFF, "喂")
    except TransitionRefused:
        return
    raise AssertionError("a handoff that has ended takes no more messages")
