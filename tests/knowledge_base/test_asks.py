"""Loading the ways of asking."""

from __future__ import annotations

from pathlib import Path

from knowledge_base.asks import load_asks, load_out_of_scope


def test_given_two_theme_files_then_their_items_come_together(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text("passport:\n  fee: [要钱吗]\n", "utf-8")
    (tmp_path / "b.yml").write_text("passport:\n  fee: [贵不贵]\nvisa:\n  general: [想出国]\n", "utf-8")
    (tmp_path / "out_of_scope.yml").write_text("chat: [你好]\n", "utf-8")

    asks = load_asks(tmp_path)

    assert asks == {"passport": {"fee": ["要钱吗", "贵不贵"]}, "visa": {"general": ["想出国"]}}
    assert load_out_of_scope(tmp_path / "out_of_scope.yml") == {"chat": ["你好"]}


def test_given_no_out_of_scope_file_then_there_are_none(tmp_path: Path) -> None:
    assert load_out_of_scope(tmp_path / "missing.yml") == {}
