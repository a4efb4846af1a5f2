"""Building, refusing and keeping indexes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from knowledge_base.encoder import Encoder
from knowledge_base.index import (
    IndexDamaged,
    IndexedItem,
    IndexForeign,
    IndexMissing,
    IndexOutdated,
    NothingToIndex,
    build_index,
    current_version,
    open_index,
)
from knowledge_base.search import Searcher


def quiet(stage: str, share: float) -> None:
    """Take progress and say nothing."""


def change_manifest(folder: Path, **values: Any) -> None:
    """Overwrite entries of the current version's manifest."""
    path = folder / current_version(folder) / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text("utf-8")), **values}), "utf-8")


def test_given_a_built_index_then_its_manifest_tells_what_it_is_made_of(
    small: Any, small_index: Path, encoder: Encoder
) -> None:
    manifest = open_index(small_index, encoder).manifest
    assert manifest.items == len(small.items)
    assert manifest.encoder == encoder.fingerprint
    assert manifest.thresholds["figures"]["questions_in_scope"] > 60
    assert 0 < manifest.figures["held_out_hit_at_1"] <= 1


def test_given_nothing_changed_then_nothing_is_built(small: Any, index_copy: Path, encoder: Encoder) -> None:
    stages: list[str] = []
    before = open_index(index_copy).manifest
    after = build_index(
        small.items, small.asks, small.out_of_scope, encoder, index_copy, lambda stage, share: stages.append(stage)
    )
    assert after == before
    assert stages == ["unchanged"]


def test_given_one_new_item_then_known_vectors_are_taken_over_and_the_old_version_stays(
    small: Any, index_copy: Path, encoder: Encoder
) -> None:
    before = current_version(index_copy)
    items = [*small.items, IndexedItem("dog-licence", "养犬登记", ("狗证",))]
    manifest = build_index(items, small.asks, small.out_of_scope, encoder, index_copy, quiet)
    assert manifest.sentences - manifest.vectors_reused == 2
    assert current_version(index_copy) == manifest.version != before
    assert (index_copy / before).is_dir()
    assert not list(index_copy.glob(".building-*"))


def test_given_one_more_way_of_asking_when_built_without_fitting_then_what_was_learnt_is_taken_over(
    small: Any, index_copy: Path, encoder: Encoder
) -> None:
    before = open_index(index_copy, encoder)
    stages: list[str] = []
    asks = {**small.asks, "birth-allowance": {**small.asks["birth-allowance"], "general": ["奶粉钱上哪儿领"]}}

    manifest = build_index(
        small.items,
        asks,
        small.out_of_scope,
        encoder,
        index_copy,
        lambda stage, share: stages.append(stage),
        revisions="mark",
        refit=False,
    )

    assert set(stages) == {"vectors", "channels", "writing", "done"}
    after = open_index(index_copy, encoder)
    assert (after.manifest.revisions, manifest.vectors_reused) == ("mark", manifest.sentences - 1)
    assert after.thresholds == before.thresholds
    found = Searcher.open(index_copy, encoder).search("奶粉钱上哪儿领")
    assert found.best is not None and found.best.item_id == "birth-allowance"

    again = build_index(small.items, small.asks, small.out_of_scope, encoder, index_copy, quiet, refit=False)
    assert again.revisions == ""


def test_given_a_calibration_when_built_without_fitting_then_it_is_kept(
    small: Any, index_copy: Path, encoder: Encoder
) -> None:
    folder = index_copy / current_version(index_copy)
    (folder / "calibration.json").write_text("{}", "utf-8")

    build_index(small.items, small.asks, small.out_of_scope, encoder, index_copy, quiet, revisions="m", refit=False)

    assert (index_copy / current_version(index_copy) / "calibration.json").read_text("utf-8") == "{}"


def test_given_no_item_then_a_sentence_says_so(encoder: Encoder, tmp_path: Path) -> None:
    with pytest.raises(NothingToIndex):
        build_index([], {}, {}, encoder, tmp_path, quiet)


def test_given_items_without_asks_then_the_index_still_finds_by_name(encoder: Encoder, tmp_path: Path) -> None:
    items = [IndexedItem("a", "养犬登记"), IndexedItem("b", "居住证签注"), IndexedItem("c", "离婚登记")]
    build_index(items, {}, {}, encoder, tmp_path, quiet)
    index = open_index(tmp_path, encoder)
    assert index.confidence is None
    assert index.facets is None


def test_given_items_without_asks_then_facets_are_learnt_from_the_asks_of_others(
    small: Any, encoder: Encoder, tmp_path: Path
) -> None:
    items = [IndexedItem("a", "养犬登记"), IndexedItem("b", "居住证签注"), IndexedItem("c", "离婚登记")]
    build_index(items, {}, small.out_of_scope, encoder, tmp_path, quiet, facet_asks=small.asks)
    searcher = Searcher.open(tmp_path, encoder)

    found = searcher.search("养犬登记要带什么材料")

    assert searcher.item_ids == ("a", "b", "c")
    assert found.best is not None and found.best.item_id == "a" and found.facet == "materials"
    assert not searcher.is_calibrated


def test_given_no_index_then_it_is_missing(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing, match="wenban index"):
        open_index(tmp_path)


def test_given_another_format_version_then_it_is_outdated(index_copy: Path) -> None:
    change_manifest(index_copy, format_version=1)
    with pytest.raises(IndexOutdated, match="format 1"):
        open_index(index_copy)


def test_given_something_else_then_it_is_foreign(index_copy: Path) -> None:
    change_manifest(index_copy, format="other")
    with pytest.raises(IndexForeign):
        open_index(index_copy)


def test_given_a_pointer_out_of_the_folder_then_it_is_foreign(index_copy: Path) -> None:
    (index_copy / "current").write_text("../elsewhere", "utf-8")
    with pytest.raises(IndexForeign):
        open_index(index_copy)


def test_given_another_encoder_then_the_index_is_refused_with_both_names(index_copy: Path, tmp_path: Path) -> None:
    other = tmp_path / "other-encoder"
    other.mkdir()
    (other / "config.json").write_text("{}", "utf-8")
    with pytest.raises(IndexForeign, match="other-encoder"):
        open_index(index_copy, Encoder(other))


@pytest.mark.parametrize("name", ["vectors.npy", "dense.faiss", "items.json", "fusion.npz"])
def test_given_a_file_cut_short_then_the_index_is_damaged_and_the_file_named(index_copy: Path, name: str) -> None:
    path = index_copy / current_version(index_copy) / name
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises(IndexDamaged, match=name):
        open_index(index_copy)


def test_given_a_missing_file_then_the_index_is_damaged(index_copy: Path) -> None:
    (index_copy / current_version(index_copy) / "dense.owners.npy").unlink()
    with pytest.raises(IndexDamaged, match=r"dense\.owners\.npy"):
        open_index(index_copy)


def test_given_a_manifest_cut_short_then_the_index_is_damaged(index_copy: Path) -> None:
    path = index_copy / current_version(index_copy) / "manifest.json"
    path.write_text(path.read_text("utf-8")[:40], "utf-8")
    with pytest.raises(IndexDamaged, match="manifest"):
        open_index(index_copy)


def test_given_a_damaged_index_then_building_again_mends_it(small: Any, index_copy: Path, encoder: Encoder) -> None:
    (index_copy / current_version(index_copy) / "items.json").unlink()
    manifest = build_index(small.items, small.asks, small.out_of_scope, encoder, index_copy, quiet)
    assert open_index(index_copy, encoder).manifest == manifest


def test_given_an_index_then_no_file_of_it_is_pickled(small_index: Path) -> None:
    kinds = {path.suffix for path in small_index.rglob("*") if path.is_file()}
    assert kinds <= {".json", ".npy", ".npz", ".faiss", ""}
