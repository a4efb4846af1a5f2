"""Settings name where things are."""

from __future__ import annotations

from pathlib import Path

from assistant.settings import Settings


def test_given_knowledge_of_its_own_when_set_then_its_index_and_what_it_was_built_from_lie_in_it(
    project: Path, tmp_path: Path
):
    settings = Settings.from_environment({"WENBAN_HOME": str(project), "WENBAN_KNOWLEDGE": str(tmp_path)})

    assert settings.has_own_knowledge and settings.data == project / "data"
    assert settings.index == tmp_path / "index" and settings.knowledge_built.parent == settings.index
    assert settings.built.parent == settings.rasa_models


def test_given_none_when_set_then_knowledge_is_the_data_folder(project: Path):
    settings = Settings.from_environment({"WENBAN_HOME": str(project), "WENBAN_KNOWLEDGE": ""})

    assert not settings.has_own_knowledge and settings.knowledge == settings.data
    assert settings.index == project / "models" / "index" and settings.knowledge_built == settings.built
