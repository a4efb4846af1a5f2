"""The page for integrators: what is set is seen at once, and the markup to copy follows."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.assistant.web.accessibility import no_violations
from tests.assistant.web.browsing import OnPage

pytestmark = [pytest.mark.server, pytest.mark.browser]


@pytest.fixture
def here(server, new_page):
    page = new_page()
    page.goto(f"{server.url}/integrate")
    return OnPage(page).greeted()


def test_given_the_page_when_controls_are_changed_then_the_assistant_and_the_markup_follow(here):
    page = here.page
    page.get_by_label("language").select_option("en")
    expect(here.box).to_have_attribute("placeholder", "Say it in your own words")
    page.get_by_label("theme").select_option("dark")
    page.get_by_label("elder", exact=False).first.check()
    expect(here.find(".shell.elder")).to_have_attribute("data-theme", "dark")
    page.get_by_label("heading").fill('"City" <desk>')
    page.get_by_label("heading").press("Tab")
    expect(here.find("h2").first).to_contain_text('"City" <desk>')
    page.get_by_label("--wenban-accent", exact=False).first.fill("#7a1a5a")
    assert (
        here.find(".bar .mark").evaluate("node => getComputedStyle(node).getPropertyValue('--wenban-accent')")
        == "#7a1a5a"
    )

    markup = page.locator("#snippet").inner_text()
    assert 'language="en" theme="dark" elder heading="&quot;City&quot; &lt;desk>"' in markup
    assert "--wenban-accent: #7a1a5a;" in markup
    assert (
        page.evaluate(
            """markup => {
        const node = new DOMParser().parseFromString(markup, "text/html").querySelector("wenban-assistant");
        return node.getAttribute("heading");
    }""",
            markup,
        )
        == '"City" <desk>'
    )


def test_given_markup_that_was_copied_when_it_changes_then_it_is_offered_again(here):
    here.page.context.grant_permissions(["clipboard-write"])
    copy = here.page.locator("#copy")
    copy.click()
    expect(copy).to_have_text("已复制")

    here.page.get_by_label("theme").select_option("dark")

    expect(copy).to_have_text("复制代码")
    assert "" not in here.page.locator("option").all_inner_texts()


def test_given_the_page_when_the_button_mode_is_chosen_then_the_assistant_waits_behind_its_button(here):
    here.page.get_by_label("mode", exact=False).first.select_option("button")

    expect(here.find(".launcher")).to_be_visible()
    expect(here.find(".panel")).to_be_hidden()


def test_given_something_said_when_the_page_listens_then_its_events_are_shown_without_words(here):
    here.say("护照丢了怎么补办")

    events = here.page.get_by_role("log", name="事件")
    expect(events).to_contain_text("ready")
    expect(events).to_contain_text('{"from":"citizen"}')
    expect(events).not_to_contain_text("护照")


@pytest.mark.parametrize("width", [390, 768, 1440])
def test_given_any_width_when_the_page_is_shown_then_it_is_sound_and_nothing_runs_over(server, new_page, width):
    page = new_page(viewport={"width": width, "height": 900})
    page.goto(f"{server.url}/integrate")
    OnPage(page).greeted()

    assert page.evaluate("document.documentElement.scrollWidth") <= width
    no_violations(page)


def test_given_the_reference_when_it_is_held_against_the_element_then_it_names_what_there_is(here, project):
    source = "\n".join(path.read_text("utf-8") for path in (project / "assistant" / "web" / "widget").rglob("*.js"))
    documented = (project / "docs" / "embedding.md").read_text("utf-8")
    told = here.page.evaluate("""async () => {
        const { ATTRIBUTES, EVENTS, METHODS, PARTS, PROPERTIES } = await import("/web/integrate/interface.js");
        const names = (list) => list.map(({ name }) => name);
        return { attributes: names(ATTRIBUTES), properties: names(PROPERTIES), parts: PARTS, events: EVENTS, methods: METHODS };
    }""")
    observed = here.page.evaluate("customElements.get('wenban-assistant').observedAttributes")

    assert set(observed) | {"start"} == set(told["attributes"])
    assert all(f'part: "{part}"' in source for part in told["parts"])
    assert all(f'("{event}"' in source for event in told["events"])
    for names in told.values():
        assert [name for name in names if f"`{name}" not in documented] == []
