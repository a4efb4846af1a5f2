"""What an agent (代办人) has to state before the read-back, and what of them goes with the application."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from actions.flows.agency import AGENT_ID, AGENT_NAME, AUTHORISATION, RELATION
from actions.flows.draft import Draft
from actions.flows.field_type import FieldError
from actions.flows.number_fields import age_by
from actions.flows.steps import SummaryLine
from actions.flows.texts import FlowTexts
from storage.agents import Agent, agent_of

_LONGEST_ANSWER = 200
"""characters of the agent's own words that are kept"""


class Authorisation:
    """Ask for the statement, read the answer, keep it; changed particulars need another one."""

    def __init__(self, texts: FlowTexts, clock: Callable[[], datetime]) -> None:
        self._texts = texts
        self._clock = clock
        self._other = texts("applicant_other")

    def is_for_other(self, draft: Draft) -> bool:
        """Tell whether the draft is for another person, by somebody who has to be authorised."""
        return draft.applicant == self._other and draft.flow.agency is not None

    def is_due(self, draft: Draft) -> bool:
        """Tell whether the statement has yet to be made for this person, this relation and this agent."""
        if not self.is_for_other(draft):
            return False
        about = self._about(draft)
        return about is None or self._kept(draft).get("about") != about

    def statement(self, draft: Draft) -> str:
        """Return the sentence to be stated; the relation is known."""
        agency, number = draft.flow.agency, draft.values.get(draft.flow.holder)
        assert agency is not None
        is_minor = number is not None and age_by(number, self._clock().date()) < agency.adult_from
        return agency.statement(draft.values[RELATION], is_minor, draft.flow.name)

    def is_stated(self, draft: Draft, text: str) -> bool | None:
        """Tell whether an answer says that the statement is true, or that it is not; None for neither."""
        field = draft.flow.authorisation
        assert field is not None
        try:
            answer = field.kind.parse(text, self._clock().date())
        except FieldError:
            return None
        return answer == field.options[0]

    def stated(self, draft: Draft, said: str) -> Draft:
        """Keep the statement with the agent's own words and the time."""
        kept = {
            "statement": self.statement(draft),
            "said": said[:_LONGEST_ANSWER],
            "stated_at": self._clock().isoformat(),
            "about": self._about(draft),
        }
        return draft.remembering(**{AUTHORISATION: kept})

    def agent(self, draft: Draft) -> Agent | None:
        """Return the agent of a draft that is ready to be submitted, or of an application."""
        if draft.stored.submitted_at is not None or not self.is_for_other(draft) or self.is_due(draft):
            return agent_of(draft.stored)
        agency, values, kept = draft.flow.agency, draft.values, self._kept(draft)
        assert agency is not None
        return Agent(
            name=values[AGENT_NAME],
            id_number=draft.flow.by_name[AGENT_ID].kind.mask(values[AGENT_ID]),
            relation=values[RELATION],
            role=agency.role(values[RELATION]),
            statement=kept["statement"],
            said=kept["said"],
            stated_at=datetime.fromisoformat(kept["stated_at"]),
        )

    def lines(self, draft: Draft) -> list[SummaryLine]:
        """Return what is shown of the agent: the statement, and in an application the agent's name and number too."""
        agent = self.agent(draft)
        if agent is None:
            return []
        fields = draft.flow.by_name
        at = agent.stated_at
        day = self._texts("agent_day", year=at.year, month=at.month, day=at.day)
        stated = self._texts("agent_stated", statement=agent.statement, day=day, time=f"{at:%H:%M}")
        line = SummaryLine(AUTHORISATION, self._texts("agent_label"), stated, False)
        if draft.stored.submitted_at is None or AGENT_NAME not in fields:
            return [line]
        return [
            SummaryLine(AGENT_NAME, fields[AGENT_NAME].label or "", fields[AGENT_NAME].kind.mask(agent.name), False),
            SummaryLine(AGENT_ID, fields[AGENT_ID].label or "", agent.id_number, False),
            line,
        ]

    def _about(self, draft: Draft) -> list[str | None] | None:
        """Return what a statement is about: with another person, relation or agent it is not the same one."""
        if RELATION not in draft.values:
            return None
        names = (draft.flow.holder, RELATION, AGENT_NAME, AGENT_ID)
        return [self.statement(draft), *(draft.values.get(name) for name in names)]

    @staticmethod
    def _kept(draft: Draft) -> dict[str, Any]:
        return dict(draft.stored.context.get(AUTHORISATION) or {})
