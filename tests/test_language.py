"""Chinese stands in data/, not in code: a sentence in a source file could not be changed by those who edit texts."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGES = ("assistant", "actions", "knowledge_base", "storage")
SENTENCE = re.compile(r"[\u4e00-\u9fff]{4,}")
TABLES = {
    "actions/flows/choice_field.py": "particles that may stand at the end of an answer",
    "actions/flows/date_field.py": "the digits of weekdays",
    "actions/flows/numerals.py": "Chinese numerals",
    "actions/flows/words.py": "Chinese numerals",
    "knowledge_base/checks.py": "Chinese numerals, in the number of an article of a law",
    "knowledge_base/chinese_numbers.py": "Chinese numerals",
    "knowledge_base/passages/splitting.py": "Chinese numerals, in the number of a chapter or an article",
}
"""files that hold algorithm tables, single characters in a row; no sentence may stand there either"""


def literals(source: str) -> Iterator[tuple[int, str]]:
    """Yield line and text of each string literal; docstrings, also those of attributes, are none."""
    tree = ast.parse(source)
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.lineno, node.value


@pytest.mark.parametrize("package", PACKAGES)
def test_given_a_package_when_its_strings_are_read_then_none_holds_a_chinese_sentence(project: Path, package):
    found = [
        f"{path.relative_to(project)}:{line}: {text}"
        for path in sorted((project / package).rglob("*.py"))
        if str(path.relative_to(project)) not in TABLES
        for line, text in literals(path.read_text("utf-8"))
        if SENTENCE.search(text)
    ]

    assert found == []


@pytest.mark.parametrize("source", ["say('您好，请问办什么')", "say(f'您好请问{x}')", "x = '''\n办理什么事项'''"])
def test_given_a_sentence_in_code_when_read_then_it_is_found(source):
    assert any(SENTENCE.search(text) for _, text in literals(source))


@pytest.mark.parametrize(
    "source", ['"""办事指南。"""', 'x: int\n"""到办事现场次数"""', "x = '《》'", "y = 1  # 到办事现场次数"]
)
def test_given_docstrings_comments_and_single_characters_when_read_then_nothing_is_found(source):
    assert not any(SENTENCE.search(text) for _, text in literals(source))
