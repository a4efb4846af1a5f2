"""From what the recogniser wrote to what a citizen would have typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from knowledge_base.items import Catalogue
from voice.language.domain_bias import DomainBias
from voice.language.expectation import Expectation
from voice.language.normalizer import normalize, tidy
from voice.recognition.transcript import Transcript


@dataclass(frozen=True)
class Understanding:
    """Mend what was heard by its sound and write numbers as figures."""

    bias: DomainBias

    @classmethod
    def of(cls, catalogue: Catalogue) -> Understanding:
        """Prefer the names and aliases of the service items."""
        return cls(DomainBias(_names(catalogue)))

    def __call__(self, transcript: Transcript, expectation: Expectation) -> Transcript:
        """Return the transcript with the text as it would have been typed."""
        mended = self.bias.apply(tidy(transcript.text), transcript.confidence, expectation)
        return replace(transcript, text=normalize(mended.text, expectation))


def _names(catalogue: Catalogue) -> Mapping[str, str]:
    return {name: item.item_id for item in catalogue.items.values() for name in (item.name, *item.aliases) if name}
