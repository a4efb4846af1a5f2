"""A draft seen through its flow: what it holds, what it lacks, what may change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from actions.flows.agency import AGENT_ID, AGENT_NAME
from actions.flows.definition import APPLICANT, Flow, FlowField
from actions.flows.field_type import FieldError
from actions.flows.fields import readable
from actions.flows.number_fields import age_by
from actions.flows.steps import Phase
from storage.agents import AGENT, Agent
from storage.applications import Application
from storage.personal_values import PersonalKind

SAID, FROM_IDENTITY, FROM_AGENT = "said", "identity", "agent"
_PARTICULARS = ("full_name", "id_number", "phone", "bank_account")
_AGENTS_FIELD = {PersonalKind.FULL_NAME: AGENT_NAME, PersonalKind.ID_NUMBER: AGENT_ID}
"""kind of personal data → the field that has the agent's"""


@dataclass(frozen=True)
class Draft:
    """An application in the making; every change returns another draft.

    The context of the stored draft holds: `applicant` (the label of whom it is for, None before it is settled),
    `identity` (who is signed in, until it is used or refused), `sources` (where each value came from), `queue`
    (fields still to be asked anew), `before` (the phase to return to when a cancellation is not meant), `heard` (what
    was said of a number that is not sure yet), for another person `helper` (who is signed in and helps), `own` (what
    was said of oneself before it was settled) and `authorisation` (what the agent stated) and, of an appointment,
    `offered` (what there was to choose from) and `narrowed` (the part of the day that was said). Submitted, it holds
    the `agent` (storage/agents.py).
    """

    flow: Flow
    stored: Application

    @property
    def values(self) -> Mapping[str, str]:
        """The values of the fields, defaults included."""
        defaults = {one.name: one.default for one in self.flow.fields if one.default is not None}
        return {**defaults, **self.stored.fields}

    @property
    def phase(self) -> Phase:
        return Phase(self.stored.phase)

    @property
    def asked(self) -> FlowField | None:
        return self.flow.by_name.get(self.stored.asked_field or "")

    @property
    def applicant(self) -> str | None:
        return self.stored.context.get("applicant")

    @property
    def identity(self) -> Mapping[str, Any] | None:
        return self.stored.context.get("identity")

    @property
    def queue(self) -> tuple[str, ...]:
        return tuple(self.stored.context.get("queue", ()))

    @property
    def is_verified(self) -> bool:
        """Whether a value came from a signed-in identity."""
        return FROM_IDENTITY in self._sources.values()

    @property
    def is_eligible(self) -> bool:
        """Whether a register says that the signed-in citizen is eligible."""
        rule = self.flow.eligibility
        return rule is not None and self.identity is not None and look_up(self.identity, rule.source) is True

    def is_refused(self, today: date) -> bool:
        """Tell whether a register or the ID number says that the application cannot succeed."""
        rule = self.flow.eligibility
        if rule is None or rule.refused is None:
            return False
        if self.identity is not None and look_up(self.identity, rule.source) is False:
            return True
        number = self.values.get(self.flow.holder)
        return number is not None and not rule.admits(age_by(number, today))

    def source(self, name: str) -> str | None:
        return self._sources.get(name)

    def is_needed(self, one: FlowField) -> bool:
        """Tell whether the field belongs to this case."""
        known = {**self.values, APPLICANT: self.applicant}
        return all(known.get(name) in values for name, values in one.when.items())

    def is_locked(self, one: FlowField) -> bool:
        """Tell whether the value is the identity's and stays."""
        return not one.editable and self.source(one.name) in (FROM_IDENTITY, FROM_AGENT)

    @property
    def helper(self) -> Mapping[str, Any]:
        """Who is signed in and applies for another person; empty for nobody."""
        return self.stored.context.get("helper") or {}

    @property
    def needed(self) -> tuple[FlowField, ...]:
        return tuple(one for one in self.flow.fields if self.is_needed(one))

    @property
    def next_field(self) -> FlowField | None:
        """The field to ask for: one that is to be asked anew, or the first that has no value."""
        anew = [self.flow.by_name[name] for name in self.queue if self.is_needed(self.flow.by_name[name])]
        lacking = [one for one in self.needed if one.name not in self.values]
        return next(iter(anew + lacking), None)

    def at(self, phase: Phase, asked: str | None = None, failures: int = 0) -> Draft:
        return self._with(phase=phase.value, asked_field=asked, failures=failures)

    def remembering(self, **context: Any) -> Draft:
        return self._with(context={**self.stored.context, **context})

    def holding(self, values: Mapping[str, str], source: str = SAID) -> Draft:
        """Return the draft with values put in; fields that were to be asked anew and have one are settled."""
        rule = self.flow.appointment
        outdated = rule.outdated(self.stored.fields, values) if rule is not None else ()
        kept = {name: value for name, value in self.stored.fields.items() if name not in outdated}
        return self._with(
            fields={**kept, **values},
            context={
                **self.stored.context,
                "sources": {**self._sources, **dict.fromkeys(values, source)},
                "queue": [name for name in self.queue if name not in values],
            },
        )

    def without(self, *names: str) -> Draft:
        """Return the draft with values taken out, to be asked."""
        return self._with(fields={name: value for name, value in self.stored.fields.items() if name not in names})

    def for_applicant(self, applicant: str, is_self: bool, today: date) -> Draft:
        """Settle whom it is for: oneself brings in what the identity knows, another drops all of the identity.

        Of who applies for another, name and number become the agent's, and nothing becomes the other person's but
        a telephone number where the flow lets it.
        """
        draft = self.remembering(applicant=applicant)
        return draft._prefilled(today) if is_self else draft._without_identity().by_agent(self.identity or {}, today)

    def by_agent(self, helper: Mapping[str, Any], today: date) -> Draft:
        """Return the draft for another person with the agent's particulars, as the sign-in has them or as said."""
        own: Mapping[str, str] = self.stored.context.get("own") or {}
        said = {
            _AGENTS_FIELD[kind]: value
            for name, value in own.items()
            for kind in [self.flow.by_name[name].kind.personal]
            if kind in _AGENTS_FIELD and _AGENTS_FIELD[kind] in self.flow.by_name
        }
        taken = [name for name in own if self.stored.fields.get(name) == own[name] and not self._may_be_agents(name)]
        signed_in = _known([one for one in self.flow.fields if one.of_agent], helper, today)
        lacking = [one for one in self.flow.fields if one.may_be_agents and one.name not in self.stored.fields]
        draft = self.without(*taken).holding(said) if own else self
        draft = draft.holding({**_known(lacking, helper, today), **signed_in}, FROM_AGENT)
        kept = {name: helper[name] for name in _PARTICULARS if helper.get(name)}
        return draft.remembering(own=None, helper=kept or None)

    def reopened(self) -> Draft:
        """Return the draft with the question whom it is for open again and personal values dropped."""
        kept = {name: value for name, value in self.stored.fields.items() if not self._is_of_person(name)}
        sources = {name: source for name, source in self._sources.items() if name in kept}
        context = {
            **self.stored.context,
            "sources": sources,
            "applicant": None,
            "identity": self.helper or self.identity,
        }
        return self._with(fields=kept, context={**context, "helper": None, "own": None})

    def for_submission(self, agent: Agent | None = None) -> Draft:
        """Return the draft with the fields of its case only, defaults written out, the identity gone.

        What the agent is called and numbered is no field of the application; it is kept beside them, masked.
        """
        context = {"applicant": self.applicant, "sources": self._sources, "eligible": self.is_eligible}
        return self._with(
            fields={
                one.name: self.values[one.name] for one in self.needed if one.name in self.values and not one.of_agent
            },
            context={**context, AGENT: agent.as_mapping()} if agent is not None else context,
        )

    @property
    def _sources(self) -> dict[str, str]:
        return dict(self.stored.context.get("sources", {}))

    def _may_be_agents(self, name: str) -> bool:
        return self.flow.by_name[name].may_be_agents

    def _is_of_person(self, name: str) -> bool:
        one = self.flow.by_name.get(name)
        return one is None or one.kind.personal is not None or self.source(name) == FROM_IDENTITY

    def _prefilled(self, today: date) -> Draft:
        kept = [one for one in self.flow.fields if one.editable and one.name in self.stored.fields]
        wanted = [one for one in self.flow.fields if not one.of_agent and one not in kept]
        return self.holding(_known(wanted, self.identity or {}, today), FROM_IDENTITY)

    def _without_identity(self) -> Draft:
        kept = {name: value for name, value in self.stored.fields.items() if self.source(name) != FROM_IDENTITY}
        sources = {name: source for name, source in self._sources.items() if name in kept}
        return self._with(fields=kept, context={**self.stored.context, "sources": sources, "identity": None})

    def _with(self, **changes: Any) -> Draft:
        return replace(self, stored=replace(self.stored, **changes))


def look_up(identity: Mapping[str, Any], source: str | None) -> Any:
    """Follow a path such as `identity.birth.hospital`; None when nothing is there."""
    value: Any = identity
    for part in (source or "").split(".")[1:]:
        value = value.get(part) if isinstance(value, Mapping) else None
    return value if (source or "").startswith("identity.") else None


def _known(fields: Sequence[FlowField], identity: Mapping[str, Any], today: date) -> dict[str, str]:
    """Return what an identity knows for some fields; what a register has wrong is left out, and so asked."""
    known: dict[str, str] = {}
    for one in fields:
        value = look_up(identity, one.source)
        if isinstance(value, (str, date)):
            with suppress(FieldError):
                known[one.name] = one.kind.of_record(readable(str(value)), today)
    return known
