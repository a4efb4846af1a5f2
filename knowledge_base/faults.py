"""What may be wrong with a rephrased clause, and the rules that find it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum

from knowledge_base.clauses import NEGATIVE, Clause, Word, marks_of


class Fault(str, Enum):
    """Why a rephrased sentence does not stand."""

    CONTACT = "contact"
    """a link, an address or a telephone number that no cited line has"""
    TITLE = "title"
    """a title in 《》 that no cited line has"""
    ADDED = "added"
    """a word or a number that no cited line has"""
    SCATTERED = "scattered"
    """words of several clauses put together, and some of theirs left out"""
    ORDER = "order"
    """words of one clause in another order"""
    NEGATION = "negation"
    """said where the guide denies it, or denied where the guide says it"""
    MODALITY = "modality"
    """may, must and need not, exchanged, added or lost"""
    CHOICE = "choice"
    """and put for or, or the other way round"""
    LOST = "lost"
    """a word or a number of a cited line that was not said again"""


@dataclass(frozen=True)
class Finding:
    """A fault and the words it was found in."""

    fault: Fault
    words: str


def fault_of(
    words: Sequence[Word], rephrased: Clause, around: frozenset[str], stretch: Sequence[Clause], complete: bool
) -> Finding | None:
    """Return what is wrong with a clause whose words stand in a stretch; `complete` is one that says all of it."""
    said = "".join(word.text for word in words)
    whole = [word for clause in stretch for word in clause.words]
    if len(stretch) > 1 and not complete:
        return Finding(Fault.SCATTERED, said)
    if any(_out_of_order(words, clause) for clause in stretch):
        return Finding(Fault.ORDER, said)
    for word in words:
        same = [one.negated for one in whole if _same(one, word)]
        if same and word.negated not in same:
            return Finding(Fault.NEGATION, word.text)
    if complete and rephrased.denials != sum(clause.denials for clause in stretch):
        return Finding(Fault.NEGATION, said)
    kept = rephrased.marks if complete else around  # what a part leaves out, the part beside it may say
    return _modality(said, rephrased.marks, kept, marks_of(stretch))


def _same(one: Word, other: Word) -> bool:
    if one.unit or other.unit or one.whole or other.whole:
        return one == replace(other, negated=one.negated)
    return one.text == other.text or (min(len(one.text), len(other.text)) > 1 and _overlap(one.text, other.text))


def _overlap(one: str, other: str) -> bool:
    return one in other or other in one


def _out_of_order(words: Sequence[Word], clause: Clause) -> bool:
    """Tell whether words that stand once in a clause come in another order than there.

    Of three and more, the last ones may have moved to the front together: that is how Chinese sets a topic. A clause's
    only number may stand anywhere.
    """
    text = "".join(word.text for word in clause.words)
    numbers = sum(bool(word.unit) for word in clause.words)
    fixed = [word.text for word in words if not word.unit or numbers > 1]
    places = [text.index(word) for word in fixed if text.count(word) == 1]
    falls = sum(later < earlier for earlier, later in zip(places, places[1:], strict=False))
    moved = falls == 1 and len(places) > 2 and places[-1] < places[0]
    return falls > 0 and not moved


def _modality(said: str, marks: frozenset[str], kept: frozenset[str], own: frozenset[str]) -> Finding | None:
    """Compare may, must, need not, or and and with the stretch's `own`: `marks` may not add, `kept` may not lack."""
    may, must = {"may", "either"}, {"need", "must"}
    exchanged = (
        ("free" in marks) != ("free" in own)
        or ("must" in marks and not own & must)
        or ("must" in own and not kept & must)
        or ("need" in marks and own & may and not own & must)
        or ("barred" in own and not marks & NEGATIVE)
        or ("may" in own and not kept & may)
        or (marks & may and own & must and not own & may)
    )
    if exchanged:
        return Finding(Fault.MODALITY, said)
    if ("or" in own and not kept & {"or", "either"}) or ("or" in marks and not own & {"or", "either", "may"}):
        return Finding(Fault.CHOICE, said)
    if "and" in marks and "or" in own and "and" not in own:
        return Finding(Fault.CHOICE, said)
    return None
