"""Whose a personal value is: the citizen's whom an application is for, or the agent's (代办人) who speaks."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from actions.flows.agency import AGENT_ID, AGENT_NAME
from actions.flows.definition import FlowField
from actions.flows.draft import Draft
from actions.flows.texts import FlowTexts
from actions.flows.words import ApplicantWords, Patterns
from storage.personal_values import PersonalKind


def own_cue(words: ApplicantWords, text: str, start: int) -> int | None:
    """Return where the words begin that make the value at `start` the speaker's own (我叫…), or None.

    Of the words that say whose a value is, the nearest before it counts.
    """
    own = _last(words.own_value, text, start)
    return own if own is not None and own > (_last(words.other_value, text, start) or -1) else None


def _last(patterns: Patterns, text: str, start: int) -> int | None:
    begins = [match.start() for one in patterns for match in one.finditer(text, 0, start + 1) if match.end() <= start]
    return max(begins, default=None)


class WhoseValues:
    """Keep the agent's particulars out of what is applied for, however they got there."""

    def __init__(self, texts: FlowTexts, label: Callable[[FlowField], str]) -> None:
        """`label` names a field to the citizen."""
        self._texts = texts
        self._label = label
        self._other = texts("applicant_other")

    def sorted_out(self, draft: Draft) -> tuple[Draft, list[str]]:
        """Return the draft without values of the agent in the other person's fields, and what to say of each.

        Where nobody is signed in, the agent's particulars were said last and are asked for again.
        """
        if draft.applicant != self._other:
            return draft, []
        agents = self._of_agent(draft)
        wrong = [
            one
            for one in draft.flow.fields
            if not (one.of_agent or one.may_be_agents)
            and one.kind.personal in agents
            and draft.stored.fields.get(one.name) == agents[one.kind.personal]
        ]
        if not wrong:
            return draft, []
        if not draft.helper:
            return draft.without(AGENT_NAME, AGENT_ID), [self._texts("agent_same")]
        said = [self._texts("agent_own", label=self._label(one)) for one in wrong]
        return draft.without(*(one.name for one in wrong)), said

    @staticmethod
    def _of_agent(draft: Draft) -> Mapping[PersonalKind | None, str]:
        known = {
            PersonalKind.FULL_NAME: draft.values.get(AGENT_NAME) or draft.helper.get("full_name"),
            PersonalKind.ID_NUMBER: draft.values.get(AGENT_ID) or draft.helper.get("id_number"),
            PersonalKind.PHONE: draft.helper.get("phone"),
            PersonalKind.BANK_ACCOUNT: draft.helper.get("bank_account"),
        }
        return {kind: str(value) for kind, value in known.items() if value}
