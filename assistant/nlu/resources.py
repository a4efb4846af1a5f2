"""The models that Rasa's components share: loaded once a process, whoever asks first.

Rasa builds its graph components itself and gives them only their configuration, so what they share is kept here.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.settings import Settings

if TYPE_CHECKING:
    from actions.catalogue_holder import CatalogueHolder
    from assistant.nlu.joints import Joints
    from knowledge_base.encoder import Encoder
    from knowledge_base.search import Searcher
    from knowledge_base.text import Glossary


@lru_cache(maxsize=4)
def encoder_at(name_or_path: str) -> Encoder:
    """Load the sentence encoder of this name or path."""
    from knowledge_base.encoder import Encoder

    encoder = Encoder(name_or_path)
    encoder.warm_up()
    return encoder


@lru_cache(maxsize=4)
def searcher_at(index: Path, encoder: str) -> Searcher:
    """Open the index with the encoder that the sentence featurizer uses."""
    from knowledge_base.search import Searcher

    return Searcher.open(index, encoder=encoder_at(encoder))


@lru_cache(maxsize=4)
def glossary_at(data: Path) -> Glossary:
    """Load the words that stand for a standard Chinese word."""
    from knowledge_base.text import load_glossary

    return load_glossary(data / "texts" / "glossary.yml")


@lru_cache(maxsize=4)
def joints_at(data: Path) -> Joints:
    """Load the words at which a sentence may fall apart."""
    import yaml

    from assistant.nlu.joints import Joints

    words = yaml.safe_load((data / "texts" / "dialogue.yml").read_text(encoding="utf-8"))
    return Joints.from_mapping(words["joints"])


_settings: Settings | None = None
_guides: CatalogueHolder | None = None


def use(settings: Settings, guides: CatalogueHolder | None = None) -> None:
    """Make the components of this process run with these settings instead of the environment's.

    `guides` are those that the program answers from already, approved revisions included; without them they are read.
    """
    global _settings, _guides
    _settings, _guides = settings, guides


def settings() -> Settings:
    """Return the settings that the components of this process run with."""
    return _settings or Settings.from_environment()


def guides() -> CatalogueHolder:
    """Return the guides that the components of this process hold messages against."""
    from actions.catalogue_holder import CatalogueHolder

    return _guides or CatalogueHolder(settings().data, knowledge=settings().knowledge)
