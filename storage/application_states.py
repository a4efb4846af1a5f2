"""The states of an application and the steps between them.

Submission, supplement, acceptance or refusal (articles 29 to 32 of the Administrative Licensing Law of China), then
issue or refusal after examination (article 38). The labels that a citizen reads are data.
"""

from __future__ import annotations

from enum import Enum


class ApplicationState(str, Enum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    SUPPLEMENT = "supplement"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    ISSUED = "issued"
    WITHDRAWN = "withdrawn"


NEXT_STATES: dict[ApplicationState, frozenset[ApplicationState]] = {
    ApplicationState.DRAFT: frozenset({ApplicationState.SUBMITTED}),
    ApplicationState.SUBMITTED: frozenset(
        {
            ApplicationState.SUPPLEMENT,
            ApplicationState.ACCEPTED,
            ApplicationState.REFUSED,
            ApplicationState.WITHDRAWN,
        }
    ),
    ApplicationState.SUPPLEMENT: frozenset(
        {
            ApplicationState.SUBMITTED,
            ApplicationState.ACCEPTED,
            ApplicationState.REFUSED,
            ApplicationState.WITHDRAWN,
        }
    ),
    ApplicationState.ACCEPTED: frozenset(
        {
            ApplicationState.ISSUED,
            ApplicationState.REFUSED,
            ApplicationState.WITHDRAWN,
        }
    ),
    ApplicationState.REFUSED: frozenset(),
    ApplicationState.ISSUED: frozenset(),
    ApplicationState.WITHDRAWN: frozenset(),
}


def steps_between(state: ApplicationState, target: ApplicationState) -> tuple[ApplicationState, ...] | None:
    """Return the shortest way from one state to another, the first one left out; None where there is none."""
    ways: list[tuple[ApplicationState, ...]] = [()]
    seen = {state}
    for way in ways:
        here = way[-1] if way else state
        if here is target:
            return way
        following = sorted(NEXT_STATES[here] - seen)
        seen.update(following)
        ways.extend((*way, step) for step in following)
    return None


def may_follow(state: ApplicationState, following: ApplicationState) -> bool:
    """Tell whether an application may go from one state to another."""
    return following in NEXT_STATES[state]
