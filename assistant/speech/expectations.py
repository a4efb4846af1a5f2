"""What a conversation expects to hear next, so that the ear can prefer it."""

from __future__ import annotations

from collections.abc import Sequence

from actions.flows.steps import Expected, Phase
from assistant.citizen.awaited import ID_NUMBER_END
from voice.language.expectation import ANYTHING, Expectation, ExpectationKind

_KINDS = {
    "cn_id_number": Expectation(ExpectationKind.digits, length=18),
    ID_NUMBER_END: Expectation(ExpectationKind.digits, length=4),
    "cn_mobile": Expectation(ExpectationKind.digits, length=11),
    "bank_account": Expectation(ExpectationKind.digits),
    "date": Expectation(ExpectationKind.date),
    "person_name": Expectation(ExpectationKind.name),
    "address": Expectation(ExpectationKind.address),
    "place": Expectation(ExpectationKind.address),
}


def expectation(expected: Expected | None, choices: Sequence[str] = ()) -> Expectation:
    """Return what is expected by the running application, or by the choices of the last reply."""
    labels = tuple(choices)
    if expected is None:
        return Expectation(ExpectationKind.choice, labels) if labels else ANYTHING
    if expected.phase in (Phase.AUTHORISE, Phase.CONFIRM, Phase.CANCEL):
        return Expectation(ExpectationKind.yes_no, labels)
    if expected.type == "choice":
        return Expectation(ExpectationKind.choice, tuple(dict.fromkeys((*expected.options, *labels))))
    return _KINDS.get(expected.type or "", ANYTHING)
