"""The catalogue of the project, and small data folders to break on purpose."""

from __future__ import annotations

import copy
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from knowledge_base.asks import load_asks, load_out_of_scope
from knowledge_base.corpus import Corpus, IndexedItem, make_corpus
from knowledge_base.encoder import Encoder
from knowledge_base.index import build_index
from knowledge_base.indexing import indexed_items
from knowledge_base.items import Catalogue, load_catalogue

ITEM: dict[str, Any] = {
    "item_id": "library-card",
    "name": "读者证办理",
    "english_name": "Library card",
    "aliases": ["借书证", "图书证", "读者卡"],
    "department": "市图书馆",
    "audience": "自然人",
    "theme": "文化",
    "item_type": "公共服务",
    "sample": True,
    "source": "sample",
    "checked": None,
    "summary": "办一张读者证，就可以借书回家",
    "result": {"name": "读者证", "validity": "三年"},
    "conditions": ["住在本市", {"text": "年满14周岁", "quantity": "age", "at_least": 14}],
    "materials": [
        {"name": "居民身份证", "form": "原件", "number": 1, "medium": "纸质", "shared": True},
        {"name": "照片", "form": "原件", "number": 2, "medium": "电子", "required": False, "note": "一寸。"},
    ],
    "steps": ["填表", "交表", "拍照", "领证"],
    "time_limits": {"legal": 10, "promised": 3},
    "fee": {"charged": False, "standard": "不收费"},
    "places": [
        {"district": "各区", "name": "区图书馆", "hours": "9:00–17:00", "citywide": True},
        {"district": "浦东新区", "name": "东馆", "hours": "9:00–20:00", "citywide": False},
        {"district": "徐汇区", "name": "西馆", "hours": "9:00–18:00", "citywide": False},
    ],
    "channels": ["窗口办理", "网上办理"],
    "visits": 1,
    "legal_basis": ["《公共图书馆法》"],
    "neighbours": [{"item": "museum-card", "difference": "借书用读者证，看展览用博物馆卡"}],
    "questions": [{"question": "借书要交押金吗？", "answer": "不用交"}],
    "cases": [
        {
            "when": {"applicant": "代办"},
            "note": "代办的要带委托书",
            "extra_materials": [{"name": "委托书", "form": "原件", "number": 1, "medium": "纸质"}],
            "visits": 2,
        },
        {
            "when": {"applicant": "代办", "household": "非本市户籍"},
            "materials": [{"name": "居住证", "form": "原件", "number": 1, "medium": "纸质"}],
            "time_limits": {"legal": 10, "promised": 0},
        },
    ],
}
OTHER: dict[str, Any] = {
    **ITEM,
    "item_id": "museum-card",
    "name": "博物馆卡办理",
    "aliases": ["看展卡", "馆卡", "参观卡"],
    "steps": ["网上预约", "刷身份证进馆", "前台付工本费", "当场制卡"],
    "conditions": ["喜欢看展览的任何人都可以办"],
    "materials": [{"name": "护照或港澳台证件", "form": "原件核验", "number": 1, "medium": "纸质"}],
    "neighbours": [{"item": "library-card", "difference": "博物馆卡不能借书"}],
    "cases": [],
}


@pytest.fixture(scope="session")
def catalogue(data: Path) -> Catalogue:
    """Return the catalogue of the project."""
    return load_catalogue(data)


@pytest.fixture(scope="session")
def answer_texts(data: Path) -> Callable[..., str]:
    """Return the texts answers are phrased with."""
    texts = yaml.safe_load((data / "texts" / "answers.yml").read_text(encoding="utf-8"))
    return lambda key, **values: texts[key].format(**values)


@pytest.fixture
def item() -> dict[str, Any]:
    """Return an item as it stands in a file, to be changed at will."""
    return copy.deepcopy(ITEM)


@pytest.fixture
def other() -> dict[str, Any]:
    """Return the neighbour of `item`."""
    return copy.deepcopy(OTHER)


@pytest.fixture
def write_data(tmp_path: Path, data: Path) -> Callable[..., Path]:
    """Write items as theme files into a data folder with the project's schema, dimensions and fact words."""

    def write(*items: dict[str, Any], **content: Any) -> Path:
        for part in ("schemas/service_items.schema.json", "cases.yml", "texts/facts.yml"):
            (tmp_path / part).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / part).write_text((data / part).read_text(encoding="utf-8"), encoding="utf-8")
        (tmp_path / "items").mkdir(exist_ok=True)
        theme = {"theme": "文化", "items": list(items), **content}
        (tmp_path / "items" / "culture.yml").write_text(yaml.safe_dump(theme, allow_unicode=True), "utf-8")
        return tmp_path

    return write


SMALL = (
    "passport-renewal",
    "passport-reissue",
    "residence-permit-endorsement",
    "residence-permit-reissue",
    "marriage-registration",
    "housing-fund-rent-withdrawal",
    "birth-allowance",
    "no-criminal-record-certificate",
)


@dataclass(frozen=True)
class SmallKnowledge:
    """A few items of the project, their ways of asking, and some sentences from outside the desk."""

    items: list[IndexedItem]
    asks: dict[str, dict[str, list[str]]]
    out_of_scope: dict[str, list[str]]

    @property
    def corpus(self) -> Corpus:
        """Return all of it as one corpus."""
        return make_corpus(self.items, self.asks, self.out_of_scope)


@pytest.fixture(scope="session")
def small(data: Path, catalogue: Catalogue) -> SmallKnowledge:
    """Return eight items with their asks, and a slice of what is out of scope."""
    asks = load_asks(data / "asks")
    strangers = load_out_of_scope(data / "asks" / "out_of_scope.yml")
    return SmallKnowledge(
        indexed_items(catalogue.items[item_id] for item_id in SMALL),
        {item_id: asks[item_id] for item_id in SMALL},
        {kind: texts[:40] for kind, texts in strangers.items()},
    )


@pytest.fixture(scope="session")
def encoder(project: Path) -> Encoder:
    """Return the shipped encoder."""
    return Encoder(project / "models" / "encoder")


@pytest.fixture(scope="session")
def small_index(small: SmallKnowledge, encoder: Encoder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a built index of the small knowledge; tests copy it before they change it."""
    folder = tmp_path_factory.mktemp("index")
    build_index(small.items, small.asks, small.out_of_scope, encoder, folder, lambda stage, share: None)
    return folder


@pytest.fixture
def index_copy(small_index: Path, tmp_path: Path) -> Path:
    """Return a copy of the small index to be changed at will."""
    return Path(shutil.copytree(small_index, tmp_path / "index"))
