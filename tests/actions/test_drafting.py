"""Drafts: the right item first, every sentence a field of its guide."""

from __future__ import annotations

import pytest

from actions.catalogue_holder import CatalogueHolder
from actions.drafting import Drafter, with_sources
from actions.texts import Texts
from knowledge_base.answers import compose
from knowledge_base.cases import read_facts
from knowledge_base.confidence import Evidence
from knowledge_base.encoder import Encoder
from knowledge_base.search import Candidate, Searcher, SearchResult
from knowledge_base.thresholds import Decision

REISSUE, RENEWAL = "passport-reissue", "passport-renewal"
QUESTIONS = (
    ("护照丢了怎么补办", REISSUE, None),
    ("护照快到期了换一本要多少钱", RENEWAL, "fee"),
    ("居住证签注要带什么材料", "residence-permit-endorsement", "materials"),
    ("居住证丢了去哪里补", "residence-permit-reissue", "place"),
    ("我要开无犯罪记录证明，几天能拿到", "no-criminal-record-certificate", "time"),
    ("领结婚证要什么条件", "marriage-registration", "conditions"),
    ("租房提取公积金怎么弄", "housing-fund-rent-withdrawal", None),
    ("生育津贴怎么申请", "birth-allowance", None),
    ("身份证丢了补一张多久拿到", "id-card-reissue", "time"),
    ("身份证到期换证要什么材料", "id-card-renewal", "materials"),
)


class Ranking:
    """A search that always finds the same."""

    def __init__(self, *found: tuple[str, float], in_scope: float = 0.9, decision: Decision = Decision.CLARIFY):
        candidates = tuple(Candidate(item, 0.0, probability) for item, probability in found)
        self._result = SearchResult(candidates, 0.5, in_scope, 1.0, "fee", 0.9, Evidence((), ()))
        self._decision = decision

    def follow(self) -> None:
        """Nothing is ever built anew."""

    def search(self, text: str, *, limit: int) -> SearchResult:
        return self._result

    def decide(self, result: SearchResult, asks_back: bool = True) -> Decision:
        return self._decision


@pytest.fixture(scope="module")
def guides(data) -> CatalogueHolder:
    return CatalogueHolder(data)


@pytest.fixture(scope="module")
def answer_texts(data) -> Texts:
    return Texts.load(data / "texts" / "answers.yml")


@pytest.fixture
def drafts_of(guides, answer_texts):
    """Draft for a question with a ranking of one's own."""

    def draft(question: str, *found: tuple[str, float], focus: str | None = None, **how):
        return Drafter(Ranking(*found, **how), guides, answer_texts).draft(question, focus)

    return draft


def items(drafted) -> list[str]:
    return [draft.item for draft in drafted.drafts]


@pytest.fixture(scope="module")
def drafter(prepared, guides, answer_texts) -> Drafter:
    return Drafter(Searcher.open(prepared.index, Encoder(prepared.encoder)), guides, answer_texts)


@pytest.mark.parametrize(("question", "item", "facet"), QUESTIONS)
def test_given_a_question_then_the_right_item_is_first_and_each_sentence_is_a_field_of_its_guide(
    drafter, guides, answer_texts, question, item, facet
):
    drafted = drafter.draft(question)

    assert 1 <= len(drafted.drafts) <= 3
    first = drafted.drafts[0]
    assert (first.rank, first.item) == (1, item)
    assert facet in (None, first.facet)
    catalogue = guides.current
    for draft in drafted.drafts:
        guide = catalogue.items[draft.item]
        facts = read_facts(question, catalogue, guide)
        said = compose(guide, draft.facet, facts, catalogue, answer_texts, question=question).sentences
        assert [(one.text, one.citation.field) for one in draft.sentences] == [(one.text, one.field) for one in said]
        for sentence in draft.sentences:
            cited = sentence.citation
            assert (cited.item, cited.source, cited.checked) == (guide.item_id, guide.source, guide.checked)
            assert cited.field_label


def test_given_a_question_for_nobody_then_nothing_is_drafted(drafts_of):
    drafted = drafts_of("今天天气怎么样", (REISSUE, 0.9), in_scope=0.01, decision=Decision.UNSURE)
    assert (drafted.drafts, drafted.is_sure) == ((), False)


def test_given_unlikely_items_and_one_that_is_gone_then_they_are_left_out(drafts_of):
    drafted = drafts_of("护照多少钱", ("taken-away", 0.5), (REISSUE, 0.4), (RENEWAL, 0.001))
    assert [(draft.rank, draft.item) for draft in drafted.drafts] == [(1, REISSUE)]


@pytest.mark.parametrize(
    ("question", "decision", "expected"),
    [
        ("那要多少钱", Decision.UNSURE, [REISSUE, RENEWAL]),
        ("护照到期换发多少钱", Decision.ANSWER, [RENEWAL]),
        ("我前几天听隔壁说换一本要交不少钱，到底多少", Decision.CLARIFY, [RENEWAL]),
    ],
)
def test_given_an_item_talked_of_before_when_a_short_question_names_none_then_it_is_first(
    drafts_of, question, decision, expected
):
    assert items(drafts_of(question, (RENEWAL, 0.6), focus=REISSUE, decision=decision)) == expected


def test_given_an_item_talked_of_before_when_the_question_alone_is_for_nobody_then_it_is_the_only_draft(drafts_of):
    assert items(drafts_of("那要多久", (RENEWAL, 0.6), focus=REISSUE, in_scope=0.0)) == [REISSUE]


def test_given_a_draft_when_it_is_copied_then_its_sources_are_below_it(drafts_of, data):
    (draft,) = drafts_of("护照多少钱", (REISSUE, 0.9)).drafts

    copied = with_sources(draft, Texts.load(data / "texts" / "staff.yml"))

    assert copied.startswith(draft.text)
    below = copied.removeprefix(draft.text)
    assert all(cited.source in below and cited.field_label in below for cited in draft.citations)
    assert f"{len(draft.citations)}. " in below
