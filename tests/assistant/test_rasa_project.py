"""The project as Rasa's own commands see it."""

from __future__ import annotations

import asyncio
from pathlib import Path

import yaml


def test_given_rasas_default_paths_when_looked_at_then_the_project_is_there(project: Path):
    for path in ("config.yml", "domain.yml", "endpoints.yml", "credentials.yml", "data", "actions", "tests"):
        assert (project / path).exists()
    assert (project / "domain.yml").read_text("utf-8") == (project / "domain" / "domain.yml").read_text("utf-8")


def test_given_the_data_folder_when_rasa_looks_for_rules_and_stories_then_it_finds_only_its_own(project: Path):
    from rasa.shared.core.training_data.story_reader.yaml_story_reader import YAMLStoryReader
    from rasa.shared.data import get_data_files

    found = get_data_files([str(project / "data")], YAMLStoryReader.is_stories_file)

    assert found == [str(project / "data" / "rules" / "rules.yml")]


def test_given_the_test_stories_when_rasa_runs_them_then_every_outcome_leads_to_its_action(
    assistant, project: Path, tmp_path: Path
):
    from rasa.core.test import test as run_stories

    stories = project / "tests" / "test_stories.yml"
    told = len(yaml.safe_load(stories.read_text("utf-8"))["stories"])
    assert told >= 8

    result = asyncio.run(run_stories(str(stories), assistant.agent, out_directory=str(tmp_path), disable_plotting=True))

    accuracy = result["report"]["conversation_accuracy"]
    assert (accuracy["correct"], accuracy["total"]) == (told, told)
