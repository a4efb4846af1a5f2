"""Whether an application is for oneself or for another person."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from actions.flows.choice_field import Choice, Option
from actions.flows.definition import APPLICANT, Flow, FlowField
from actions.flows.draft import Draft, look_up
from actions.flows.texts import FlowTexts
from actions.flows.words import matches


class ApplicantQuestion:
    """Decides when the question is to be asked, and is the field that its answer is read by."""

    def __init__(self, texts: FlowTexts) -> None:
        words = texts.words
        self.own, self.other = texts("applicant_self"), texts("applicant_other")
        self._words = words.applicant
        options = [Option(self.own, words.applicant.own), Option(self.other, words.applicant.other)]
        self.field = FlowField(
            APPLICANT,
            "choice",
            Choice(options, words.choices),
            texts("applicant_label"),
            ask=texts("applicant_ask"),
        )

    def is_suggested(self, flow: Flow, text: str, facts: Mapping[str, Any]) -> bool:
        """Tell whether the opening words or the facts of the case suggest another person.

        "Help me apply" is a wish for oneself, whatever the facts made of it.
        """
        if matches(self._words.suggests_other, text) or any(re.search(word, text) for word in flow.agent_words):
            return True
        return facts.get(APPLICANT) == self.other and not matches(self._words.suggests_own, text)

    def is_said(self, draft: Draft, text: str) -> bool:
        """Tell whether a later message says that it is for the other one of the two after all."""
        patterns = self._words.says_other if draft.applicant == self.own else self._words.says_own
        return matches(patterns, text)

    def contradicts_identity(self, draft: Draft) -> bool:
        """Tell whether a name or number that was said is not that of the person signed in."""
        identity = draft.identity or {}
        return any(
            not one.editable
            and one.name in draft.stored.fields
            and isinstance(look_up(identity, one.source), str)
            and draft.stored.fields[one.name] != look_up(identity, one.source)
            for one in draft.flow.fields
        )

    def settle(self, draft: Draft, applicant: str, today: date) -> Draft:
        """Put the answer into the draft."""
        return draft.for_applicant(applicant, applicant == self.own, today)
