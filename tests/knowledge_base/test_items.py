"""Items are loaded whole, or refused with the file, the item and the element."""

from __future__ import annotations

import subprocess
import sys

import pytest

from knowledge_base.items import DuplicateItem, ItemFileInvalid, UnknownReference, load_catalogue


def test_given_a_file_when_loaded_then_every_element_is_there(write_data, item, other):
    loaded = load_catalogue(write_data(item, other)).items["library-card"]

    assert loaded.guide.materials[0].shared and not loaded.guide.materials[1].required
    assert loaded.guide.conditions[1].quantity.unit == "周岁" and loaded.guide.conditions[1].at_least == 14
    assert loaded.guide.time_limits.promised == 3 and loaded.guide.result.validity == "三年"
    assert loaded.neighbours[0].item == "museum-card"
    assert set(loaded.dimensions) == {"applicant", "household"}
    assert loaded.sample and loaded.checked is None and loaded.file == "culture.yml"


def test_given_a_theme_with_its_own_dimension_when_loaded_then_it_goes_before_the_shared_one(write_data, item, other):
    own = {"applicant": {"name": "谁", "question": "谁来办？", "values": {"本人": ["自己"], "代办": ["别人"]}}}

    loaded = load_catalogue(write_data(item, other, dimensions=own))

    assert loaded.items["library-card"].dimensions["applicant"].question == "谁来办？"
    assert loaded.dimensions["applicant"].question != "谁来办？"


def test_given_a_broken_element_when_loaded_then_the_error_names_file_item_and_element(write_data, item, other):
    item["materials"][1]["form"] = "口头"

    with pytest.raises(ItemFileInvalid, match=r"culture\.yml, item library-card, materials\.1\.form: .*口头"):
        load_catalogue(write_data(item, other))


def test_given_several_broken_elements_when_loaded_then_all_are_told(write_data, item, other):
    del item["fee"]
    item["visits"] = -1

    with pytest.raises(ItemFileInvalid) as caught:
        load_catalogue(write_data(item, other))

    assert len(caught.value.problems) == 2 and "(and 1 more)" in str(caught.value)


def test_given_a_real_item_that_lacks_what_a_sample_must_have_when_loaded_then_it_is_taken(write_data, item, other):
    for element in ("fee", "steps", "english_name", "aliases", "summary", "legal_basis", "visits"):
        del item[element]
    with pytest.raises(ItemFileInvalid, match="'fee' is a required property|'english_name' is a required"):
        load_catalogue(write_data(item, other))

    loaded = load_catalogue(write_data({**item, "sample": False, "source": "市图书馆"}, other)).items["library-card"]

    assert loaded.guide.fee is None and loaded.guide.steps == () and loaded.summary == ""


def test_given_a_knowledge_folder_when_loaded_then_items_are_its_own_and_cases_too_where_it_has_them(
    data, write_data, item, other, tmp_path
):
    folder = write_data(item, other)

    assert set(load_catalogue(data, folder).items) == {"library-card", "museum-card"}

    (folder / "cases.yml").unlink()
    assert load_catalogue(data, folder).items["library-card"].dimensions["applicant"].values["代办"]


def test_given_an_item_with_its_own_dimension_when_loaded_then_it_goes_before_its_themes(write_data, item, other):
    mine = {"name": "谁", "question": "您是谁？", "values": {"本人": ["自己"], "代办": ["别人"]}}
    item["dimensions"] = {"applicant": mine}

    loaded = load_catalogue(write_data(item, other, dimensions={"applicant": {**mine, "question": "谁来办？"}}))

    assert loaded.items["library-card"].dimensions["applicant"].question == "您是谁？"


def test_given_no_yaml_when_loaded_then_the_file_is_named(write_data, item, other):
    folder = write_data(item, other)
    (folder / "items" / "bad.yml").write_text("theme: [", "utf-8")

    with pytest.raises(ItemFileInvalid, match=r"bad\.yml is not valid YAML"):
        load_catalogue(folder)


def test_given_one_id_twice_when_loaded_then_it_is_refused(write_data, item, other):
    with pytest.raises(DuplicateItem, match="library-card.*already used in culture.yml"):
        load_catalogue(write_data(item, item, other))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"related": ["no-such-item"]}, "related: there is no item no-such-item"),
        ({"neighbours": [{"item": "gone", "difference": "无"}]}, "neighbours: there is no item gone"),
        ({"cases": [{"when": {"weather": "晴"}, "note": "无"}]}, "case 1: there is no dimension weather"),
        (
            {"cases": [{"when": {"applicant": "猫"}, "note": "无"}]},
            "case 1: dimension applicant has no value 猫",
        ),
        (
            {"conditions": [{"text": "高", "quantity": "height", "at_least": 1}]},
            "there is no quantity height",
        ),
    ],
)
def test_given_an_unknown_reference_when_loaded_then_it_is_refused(write_data, item, other, change, message):
    with pytest.raises(UnknownReference, match=message):
        load_catalogue(write_data({**item, **change}, other))


def test_given_all_items_of_the_project_when_loaded_then_none_is_missing(data):
    assert len(load_catalogue(data).items) >= 164


def test_given_guides_only_when_imported_then_nothing_heavy_is_loaded():
    heavy = "[name for name in ('torch', 'faiss', 'sklearn', 'rasa', 'numpy') if name in sys.modules]"
    code = f"import sys; from knowledge_base import Catalogue, compose, check_items; print({heavy})"

    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert shown.stdout.strip() == "[]"
