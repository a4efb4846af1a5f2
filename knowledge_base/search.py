"""Find the service item a citizen means, with a calibrated confidence."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from knowledge_base.calibration import calibrated_at
from knowledge_base.channels import Query, Scores, Vector
from knowledge_base.confidence import Evidence, gather, rough_confidence
from knowledge_base.encoder import Encoder
from knowledge_base.facets import GENERAL
from knowledge_base.fusion import shortlist
from knowledge_base.index import IndexManifest, IndexUnusable, SearchIndex, current_version, open_index
from knowledge_base.passages.index import FoundPassage
from knowledge_base.text import bare, normalise
from knowledge_base.thresholds import Decision, Thresholds

logger = logging.getLogger(__name__)

_NOTHING = Evidence((), ())
LONGEST_TEXT = 400


@dataclass(frozen=True)
class Candidate:
    """One item: its fused logit, and its probability given that the question is about some item."""

    item_id: str
    score: float
    probability: float


@dataclass(frozen=True)
class SearchResult:
    """What a search found.

    `confidence` is the calibrated probability that the question is for the desk and the first candidate is
    right; `in_scope` that it is for the desk; `clear` that one item is meant. `evidence` names the numbers behind them.
    """

    candidates: tuple[Candidate, ...]
    confidence: float
    in_scope: float
    clear: float
    facet: str
    facet_probability: float
    evidence: Evidence
    query: Query | None = field(default=None, repr=False, compare=False)
    """the question as it was read, for a search of the passages; None where there were no words"""

    @property
    def best(self) -> Candidate | None:
        """Return the first candidate."""
        return self.candidates[0] if self.candidates else None


_EMPTY = SearchResult((), 0.0, 0.0, 1.0, GENERAL, 0.0, _NOTHING)


class Searcher:
    """Search one index folder; a rebuilt index is taken over without disturbing searches under way."""

    def __init__(self, index_dir: Path, index: SearchIndex, encoder: Encoder) -> None:
        """Take an opened index and the encoder it was built with."""
        self._index_dir = index_dir
        self._encoder = encoder
        self._index = index
        self._loaded = _state(index_dir)
        self._lock = threading.Lock()

    @classmethod
    def open(cls, index_dir: str | Path, encoder: Encoder | None = None, calibrated: bool = True) -> Searcher:
        """Open the current index; without an encoder `search` must be given vectors.

        With `calibrated` false the confidence is what was fitted while the index was built.

        Raises the exceptions of `open_index`.
        """
        folder = Path(index_dir)
        return cls(folder, open_index(folder, encoder, calibrated), encoder or _NoEncoder())

    @property
    def manifest(self) -> IndexManifest:
        """Return what the loaded index is made of."""
        return self._index.manifest

    @property
    def thresholds(self) -> Thresholds:
        """Return the thresholds in force."""
        return self._index.thresholds

    @property
    def is_calibrated(self) -> bool:
        """Tell whether the confidence was calibrated on questions of other hands."""
        return self._index.calibration is not None

    @property
    def item_ids(self) -> tuple[str, ...]:
        """Return the items of the loaded index."""
        return self._index.item_ids

    def warm_up(self) -> None:
        """Load the encoder and run one search."""
        self.search("0")

    def vector(self, text: str) -> Vector:
        """Return the unit vector of a text as given by a citizen, shape (d,)."""
        return self._encoder.encode([normalise(text[:LONGEST_TEXT], self._index.glossary)])[0]

    def search(self, text: str, vector: Vector | None = None, limit: int = 5) -> SearchResult:
        """Rank the items for a text; `vector`, where known, is `vector(text)` and saves encoding again."""
        index = self._index
        normal = normalise(text[:LONGEST_TEXT], index.glossary)
        if not bare(normal):
            return _EMPTY
        if vector is None:
            vector = self._encoder.encode([normal])[0]
        query = Query(normal, vector)
        short = shortlist(index.bank.read(query))
        ranking = index.fusion.rank(short)
        evidence = gather(query, short, index.bank, ranking, index.scope)
        judged = index.confidence.judge(evidence, ranking) if index.confidence else rough_confidence(ranking)
        in_scope, confidence = judged.in_scope, judged.right
        if index.calibration is not None:
            in_scope, confidence = index.calibration.apply(in_scope, confidence)
        facet, facet_probability = index.facets.predict(normal) if index.facets is not None else (GENERAL, 0.0)
        candidates = tuple(
            Candidate(index.item_ids[place], float(logit), float(probability))
            for place, logit, probability in zip(
                short.places[ranking.order[:limit]], ranking.logits[:limit], ranking.probabilities[:limit], strict=True
            )
        )
        return SearchResult(candidates, confidence, in_scope, judged.clear, facet, facet_probability, evidence, query)

    def passages(self, result: SearchResult, today: date, limit: int = 5) -> tuple[FoundPassage, ...]:
        """Rank the passages in force on a day for a question that was searched; its vector and terms are used again."""
        index = self._index.passages
        if index is None or result.query is None:
            return ()
        return index.search(result.query, today, limit, result.in_scope)

    def channel_scores(self, text: str) -> tuple[tuple[str, ...], Scores]:
        """Return the rows' names and their (rows, items + 1) scores, for measuring."""
        index = self._index
        normal = normalise(text[:LONGEST_TEXT], index.glossary)
        return index.bank.rows, index.bank.scores(Query(normal, self._encoder.encode([normal])[0]))

    def decide(self, result: SearchResult, asks_back: bool = True) -> Decision:
        """Return whether to answer, to offer choices or to say we are not sure.

        Without `asks_back` the likeliest item is taken, though the question fits others too.
        """
        if not result.candidates:
            return Decision.UNSURE
        clear = result.clear if asks_back else 1.0
        return self._index.thresholds.decide(result.confidence, result.in_scope, clear)

    def reload_if_changed(self) -> bool:
        """Take over a newly built or calibrated index; True when one was taken.

        A damaged one is logged and left alone.
        """
        try:
            with self._lock:
                state = _state(self._index_dir)
                if state == self._loaded:
                    return False
                self._loaded = state  # one that cannot be used is not tried again at every search
                encoder = None if isinstance(self._encoder, _NoEncoder) else self._encoder
                self._index = open_index(self._index_dir, encoder)
        except IndexUnusable as error:
            logger.warning("the new search index is not taken over: %s", error)
            return False
        logger.info("search index %s taken over", self._index.manifest.version)
        return True

    def follow(self) -> None:
        """Look whether the index changed and take it over in a thread beside: searches go on in the one loaded."""
        try:
            changed = _state(self._index_dir) != self._loaded
        except IndexUnusable as error:
            logger.warning("the search index cannot be followed: %s", error)
            return
        if changed:
            threading.Thread(target=self.reload_if_changed, name="index-reload", daemon=True).start()


def _state(index_dir: Path) -> tuple[str, int]:
    """Return what tells one state of an index folder from another: its version, and when that was calibrated."""
    version = current_version(index_dir)
    return version, calibrated_at(index_dir / version)


class EncoderMissing(RuntimeError):
    """A search without a vector was asked of a searcher opened without an encoder."""


class _NoEncoder(Encoder):
    """Stand where no encoder was given."""

    def __init__(self) -> None:
        super().__init__("none")

    def encode(self, texts: object) -> Vector:
        raise EncoderMissing("This searcher was opened without an encoder; give `search` a vector.")
