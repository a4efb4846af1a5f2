"""The helper that looks for faults finds them, and speaks a page in its order."""

from __future__ import annotations

import pytest

from tests.assistant.web.accessibility import no_violations, spoken_order

pytestmark = [pytest.mark.browser]

PAGE = """<!doctype html><html lang="zh-CN"><title>t</title><main><h1>Heading</h1>{}</main></html>"""


def test_given_a_sound_page_when_it_is_checked_then_nothing_is_found(new_page):
    page = new_page()
    page.set_content(PAGE.format("<p>Words</p><button>Send</button>"))

    no_violations(page)


@pytest.mark.parametrize(
    "fault", ["<button></button>", "<p style='color:#aaa;background:#fff'>pale</p>", "<img src='data:,'>"]
)
def test_given_a_fault_when_the_page_is_checked_then_it_is_found(new_page, fault):
    page = new_page()
    page.set_content(PAGE.format(fault))

    with pytest.raises(AssertionError):
        no_violations(page)


def test_given_grey_text_when_seven_to_one_is_asked_for_then_it_is_found(new_page):
    page = new_page()
    page.set_content(PAGE.format("<p style='color:#666;background:#fff'>grey</p>"))

    no_violations(page)
    with pytest.raises(AssertionError, match="enhanced"):
        no_violations(page, enhanced=True)


def test_given_a_page_when_it_is_spoken_then_names_values_and_states_come_in_order(new_page):
    page = new_page()
    page.set_content(
        PAGE.format(
            "<div id='host'></div><p aria-hidden='true'>unheard</p>"
            "<div role='log' aria-label='Log'><p>first</p></div>"
            "<label>Name <input value='Li'></label><button aria-pressed='true' disabled>Send</button>"
        )
    )
    page.locator("#host").evaluate("node => { node.attachShadow({mode: 'open'}).innerHTML = '<p>inside</p>'; }")

    assert spoken_order(page) == [
        "heading: Heading",
        "inside",
        "log: Log",
        "first",
        "Name",
        "textbox: Name = Li",
        "button: Send (pressed, disabled)",
    ]
    assert spoken_order(page, page.get_by_role("log")) == ["log: Log", "first"]
