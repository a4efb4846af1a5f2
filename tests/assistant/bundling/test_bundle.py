"""Many modules become one script that means the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.bundling.bundle import bundle, small_css, small_js
from assistant.bundling.one_scope import BundleError

WEB = Path(__file__).parents[3] / "assistant" / "web"


def written(folder: Path, **modules: str) -> Path:
    for name, source in modules.items():
        (folder / f"{name}.js").write_text(source, encoding="utf-8")
    return folder / "entry.js"


def test_given_modules_when_they_are_joined_then_each_stands_once_after_what_it_imports(tmp_path):
    entry = written(
        tmp_path,
        entry='import { one } from "./one.js";\nimport { two } from "./two.js";\n\nuse(one, two);\n',
        one='import { two } from "./two.js";\n\nexport const one = two + 1;\n',
        two="/** A number. */\nexport const two = 2;\n",
    )

    assert bundle(entry) == "let a=2;let b=a+1;use(b,a);"


def test_given_a_style_sheet_when_it_is_imported_as_text_then_it_is_a_string_with_short_properties(tmp_path):
    (tmp_path / "look.css").write_text(":host {\n  --ink: var(--wenban-ink, red);\n  color: var(--ink);\n}\n")
    entry = written(tmp_path, entry='import look from "./look.css" with { type: "text" };\n\nuse(look);\n')

    assert bundle(entry) == 'let a=":host{--a:var(--wenban-ink,red);color:var(--a)}";use(a);'


def test_given_a_script_that_is_loaded_later_when_it_adds_to_a_sheet_then_it_calls_its_properties_the_same(tmp_path):
    first = written(tmp_path, entry='use("--ink", "--line");\n')
    (tmp_path / "later.js").write_text('use("--own", "--line");\n')

    assert bundle(first) == 'use("--a","--b");'
    assert bundle(tmp_path / "later.js", after=first) == 'use("--c","--b");'


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("export const one = 1;\n", "both declare one"),
        ('import { one as uno } from "./one.js";\n', "renames"),
        ('export { one } from "./one.js";\n', "cannot be joined"),
    ],
)
def test_given_what_cannot_be_joined_when_it_is_then_the_module_and_the_reason_are_told(tmp_path, source, reason):
    entry = written(
        tmp_path,
        entry=f'import "./one.js";\nimport {{ one }} from "./one.js";\n{source}',
        one="export const one = 1;\n",
    )

    with pytest.raises(BundleError, match=reason):
        bundle(entry)


@pytest.mark.parametrize(
    "source",
    [
        "const fetch = 1;\n",
        "let one = 1, fetch = 2;\n",
        "const { fetch } = box;\n",
        "function f() { const fetch = 1; }\n",
        "const f = (fetch) => fetch();\n",
        "class Box { add(one, { other: fetch = 2 }) { one(fetch); } }\n",
        "for (const fetch of box) use(fetch);\n",
        "try { use(); } catch (fetch) { use(); }\n",
    ],
)
def test_given_a_variable_when_another_module_uses_the_global_of_that_name_then_both_are_told(tmp_path, source):
    entry = written(tmp_path, entry=f'import "./asks.js";\n{source}', asks='fetch("/api");\n')

    with pytest.raises(BundleError, match=r"asks\.js uses fetch, .* and entry\.js has a variable of that name"):
        bundle(entry)


@pytest.mark.parametrize(
    "source",
    [
        "const ask = (fetch) => fetch(1);\nfetch(2);\n",
        "function ask(fetch) { fetch(1); }\nask(fetch);\n",
        "if (yes) { const fetch = 1; use(fetch); }\nfetch(2);\n",
        "for (const fetch of box) use(fetch);\nfetch(2);\n",
    ],
)
def test_given_a_variable_when_its_own_module_uses_the_global_elsewhere_then_it_is_refused(tmp_path, source):
    with pytest.raises(BundleError, match=r"entry\.js uses fetch"):
        bundle(written(tmp_path, entry=source))


def test_given_an_import_that_was_forgotten_when_another_module_declares_the_name_then_it_is_refused(tmp_path):
    entry = written(
        tmp_path,
        entry='import { one } from "./one.js";\nimport { two } from "./two.js";\nuse(one, two);\n',
        one="export const one = 1;\n",
        two="export const two = one + 1;\n",
    )

    with pytest.raises(BundleError, match=r"two\.js uses one, .* and one\.js has a variable"):
        bundle(entry)


@pytest.mark.parametrize(
    "source",
    [
        "const { one, two: three } = box;\n",
        "let zero, one;\n",
        "const [zero = [], one] = box;\n",
        "async function one() { return 1; }\n",
    ],
)
def test_given_a_name_when_two_modules_declare_it_in_whatever_way_then_it_is_refused(tmp_path, source):
    entry = written(tmp_path, entry=f'import "./one.js";\n{source}', one="export const one = 1;\n")

    with pytest.raises(BundleError, match=r"entry\.js and one\.js both declare one"):
        bundle(entry)


def test_given_names_that_mean_only_one_thing_each_when_modules_are_joined_then_none_is_refused(tmp_path):
    entry = written(
        tmp_path,
        entry='import { one } from "./one.js";\n\n'
        "const get = (address, size = one) => window.fetch(address, { fetch: size });\n"
        "function sum(list) { let total = 0, place = 0; for (const each of list) total += each; return total + place; }\n"
        "class Box { fetch(address) { return get(address, this.fetch); } }\n"
        "use(Box, sum);\n",
        one='fetch("/api");\nexport const one = (list, total = (address) => address) => total(list);\n',
    )

    assert bundle(entry).startswith('fetch("/api");')


@pytest.mark.parametrize(
    ("source", "small"),
    [
        ("a = b / c; // no pattern\nd = /[/]x/g.test(e);", "a=b/c;d=/[/]x/g.test(e);"),
        ("say(\"// no comment\", '/* none */');", "say(\"// no comment\",'/* none */');"),
        ("use(`a  ${  b  + `${ c }` } // d`);", "use(`a  ${b+`${c}`} // d`);"),
        ("x = a - -b; y = c + +d;", "x=a- -b;y=c+ +d;"),
        ("if (a) return;\nelse throw b;", "if(a)return;else throw b;"),
    ],
)
def test_given_a_script_when_it_is_made_small_then_it_means_the_same(source, small):
    assert small_js(source) == small


def test_given_a_sheet_when_it_is_made_small_then_selectors_and_sums_keep_their_spaces():
    sheet = ".a .b > c,\nd {\n  /* wide */\n  width: calc(1px + 2px);\n  color: red;\n}\n@media (min-width: 2px) {\n  e { f: g; }\n}\n"

    assert small_css(sheet) == ".a .b>c,d{width:calc(1px + 2px);color:red}@media (min-width:2px){e{f:g}}"


def test_given_the_assistant_when_a_page_loads_it_then_it_weighs_60_kb_at_most():
    largest = max((WEB / f"texts.{language}.js").stat().st_size for language in ("zh-CN", "zh-TW", "en"))

    assert len(bundle(WEB / "widget.js").encode()) + largest <= 60 * 1024
