"""Variables become shorter; what others reach by its name keeps it."""

from __future__ import annotations

import pytest

from assistant.bundling.bundle import small_js


@pytest.mark.parametrize(
    ("source", "small"),
    [
        ("const size = 1; use(size);", "let a=1;use(a);"),
        ("const size = 1; use(box.size, size);", "let a=1;use(box.size,a);"),
        ("const size = 1; use({ size, other: size, size: 2 });", "let a=1;use({size:a,other:a,size:2});"),
        ("const { size, width: wide = 3 } = box; use(size, wide);", "let{size:a,width:b=3}=box;use(a,b);"),
        ("const { size = 2, ...rest } = box; use(...rest, size);", "let{size:a=2,...b}=box;use(...b,a);"),
        ("function grow(size, by = size) { return size + by; }", "function c(a,b=a){return a+b}"),
        ("use((size) => ({ size }));", "use((a)=>({size:a}));"),
        ("const size = 1; use(`${size} size ${box.size}`);", "let a=1;use(`${a} size ${box.size}`);"),
        ("const size = 1; use(yes ? size : other, [size]);", "let a=1;use(yes?a:other,[a]);"),
        ("const size = 1; for (const one of size) use(one);", "let a=1;for(let b of a)use(b);"),
        ("const key = 1; const table = { [key]: 2 }; use(table);", "let a=1;let b={[a]:2};use(b);"),
        ("try { use(); } catch { const size = 1; use(size, size); }", "try{use()}catch{let a=1;use(a,a)}"),
    ],
)
def test_given_a_script_when_its_names_are_shortened_then_keys_and_globals_keep_theirs(source, small):
    assert small_js(source) == small


def test_given_a_class_when_its_names_are_shortened_then_only_what_is_private_loses_its_name():
    source = """
        class Box {
          static kinds = ["a"];
          size = limit;
          #inner = null;

          constructor(size) {
            this.#inner = size;
          }

          get inner() {
            return this.#grow(this.#inner);
          }

          async #grow(by) {
            return by;
          }
        }
        const limit = 2;
    """

    assert small_js(source) == (
        'class d{static kinds=["a"];size=a;#a=null;constructor(b){this.#a=b}'
        "get inner(){return this.#b(this.#a)}async #b(c){return c}}let a=2;"
    )


def test_given_a_name_that_is_short_and_global_when_others_are_shortened_then_it_is_not_taken():
    assert small_js("const size = a; use(size, b);") == "let c=a;use(c,b);"
