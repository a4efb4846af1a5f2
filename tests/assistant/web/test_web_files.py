"""What holds for every static file: words in the catalogue only, nothing from elsewhere, nothing inline."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

WEB = Path(__file__).parents[3] / "assistant" / "web"
FILES = sorted(path for path in WEB.rglob("*") if path.is_file())
CATALOGUE = "texts.zh-CN.js"
FACES = ("texts.zh-TW.js", "texts.en.js")
"""the assistant's face in other languages; what is said for the citizen is Chinese in each"""
LATER = ("cards.js", "rating.js", "settings.js", "speech.js")
"""the parts of the assistant that are loaded later, with the catalogue in widget/"""
TRANSLATED = (WEB, WEB / "widget", WEB / "kiosk")
"""where the catalogues are that have other languages beside them"""
SAID = ("say.", "kiosk.say_")


def names(path: Path) -> str:
    return str(path.relative_to(WEB))


@pytest.mark.parametrize("path", [path for path in FILES if path.name not in (CATALOGUE, *FACES)], ids=names)
def test_given_a_file_when_it_is_read_then_its_chinese_is_in_the_catalogue(path):
    assert re.findall(r"[\u3400-\u9fff]+", path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", [path for path in FILES if path.suffix == ".html"], ids=names)
def test_given_a_page_when_it_is_read_then_no_script_or_style_is_inline(path):
    page = path.read_text(encoding="utf-8")

    assert re.findall(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=", page) == []


@pytest.mark.parametrize("path", FILES, ids=names)
def test_given_a_file_when_it_is_read_then_it_loads_nothing_from_another_place(path):
    loaded = re.findall(r"(?:src|href)=\"https?://|url\(|from \"https?:|@import", path.read_text(encoding="utf-8"))

    assert loaded == []


def test_given_the_code_when_it_names_texts_then_a_catalogue_has_them_all_once():
    defined = [key for path in FILES if path.name == CATALOGUE for key in _keys(path)]
    code = "\n".join(path.read_text(encoding="utf-8") for path in FILES if path.suffix in (".js", ".html"))
    named = set(re.findall(r"text\(\"([\w.]+)\"|data-text(?:-label)?=\"([\w.]+)\"", code))

    assert {key for pair in named for key in pair if key} <= set(defined)
    assert len(defined) == len(set(defined))


def test_given_the_assistant_when_it_has_loaded_no_part_then_it_names_no_text_of_a_part():
    later = set(_keys(WEB / "widget" / CATALOGUE))
    first = _modules(WEB / "widget.js")
    named = {key for path in first for key in re.findall(r"\"([\w.]+)\"", path.read_text(encoding="utf-8"))}

    assert named & later == set()
    assert not any(path in first for name in LATER for path in _modules(WEB / name))


@pytest.mark.parametrize("folder", TRANSLATED, ids=names)
@pytest.mark.parametrize("face", FACES)
def test_given_a_face_in_another_language_when_it_is_read_then_it_has_the_same_texts_and_fields(face, folder):
    ours, theirs = _texts(folder / CATALOGUE), _texts(folder / face)

    assert list(theirs) == list(ours)
    for key, text in ours.items():
        assert set(re.findall(r"\{\w+\}", theirs[key])) == set(re.findall(r"\{\w+\}", text)), key
        if key.startswith(SAID):
            assert theirs[key] == text


@pytest.mark.parametrize("folder", TRANSLATED, ids=names)
def test_given_the_english_face_when_it_is_read_then_only_names_and_what_is_said_are_chinese(folder):
    chinese = [key for key, text in _texts(folder / "texts.en.js").items() if re.search(r"[\u3400-\u9fff]", text)]

    assert all(key.startswith((*SAID, "language.", "kiosk.language_")) for key in chinese)


@pytest.mark.parametrize("folder", TRANSLATED, ids=names)
def test_given_the_traditional_face_when_it_is_read_then_it_has_the_words_that_are_used_where_it_is_read(folder):
    texts = _texts(folder / "texts.zh-TW.js")

    usual_elsewhere = re.compile("查找|圖標|聯繫|滾動|記錄|保存|助手|身份|地址欄|二維碼|提交的|打開問|憑條")
    assert {key: text for key, text in texts.items() if usual_elsewhere.search(text)} == {}


def _texts(catalogue: Path) -> dict[str, str]:
    return dict(re.findall(r'^  "([\w.-]+)": "(.*)",$', catalogue.read_text(encoding="utf-8"), re.M))


def _modules(entry: Path) -> set[Path]:
    """Return the modules that are loaded with one, itself included."""
    found, waiting = set(), [entry.resolve()]
    while waiting:
        path = waiting.pop()
        if path not in found and path.suffix == ".js":
            found.add(path)
            source = path.read_text(encoding="utf-8")
            waiting += [(path.parent / one).resolve() for one in re.findall(r'^import .*"([^"]+)"', source, re.M)]
    return found


def _keys(catalogue: Path) -> list[str]:
    return re.findall(r"^\s+\"([\w.]+)\":", catalogue.read_text(encoding="utf-8"), re.M)
