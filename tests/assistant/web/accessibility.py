"""What axe-core finds wrong with a page, and the order in which a screen reader speaks it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page

RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
ENHANCED = ("color-contrast-enhanced", "target-size")
"""rules of level AAA, or switched off by axe-core unless asked for"""
WHOLE = frozenset({"button", "link", "heading", "radio", "checkbox", "switch", "option", "tab", "menuitem", "image"})
"""roles that a screen reader speaks by their name, without going into them"""
FIELDS = frozenset({"textbox", "searchbox", "combobox", "slider", "spinbutton", "progressbar", "meter"})
"""roles that are spoken by their name and their value"""
GROUPS = frozenset(
    {
        "dialog",
        "alertdialog",
        "log",
        "region",
        "navigation",
        "main",
        "form",
        "search",
        "complementary",
        "table",
        "group",
        "list",
    }
)
"""roles that are announced by their name before what they hold"""
STATES = ("checked", "pressed", "expanded", "disabled", "invalid")


def no_violations(page: Page, within: str | None = None, enhanced: bool = False, only: Sequence[str] = ()) -> None:
    """Assert that axe-core finds nothing wrong with a page, or with what a CSS selector names on it.

    `enhanced` asks for a contrast of 7:1 (WCAG 1.4.6, AAA) on top of WCAG 2.2 AA and axe-core's best practices; `only`
    names the rules to look at, of what was looked at whole before.
    """
    _finish_animations(page)
    switched = {rule: {"enabled": enhanced or rule == "target-size"} for rule in ENHANCED}
    options: dict[str, Any] = {"runOnly": {"type": "tag", "values": list(RULES)}, "rules": switched}
    if only:
        options = {"runOnly": {"type": "rule", "values": list(only)}}
    found = Axe().run(page, context=within, options=options).response["violations"]
    if found:
        raise AssertionError("\n".join(_told(violation) for violation in found))


def spoken_order(page: Page, root: Locator | str = "body") -> list[str]:
    """Return what a screen reader speaks within `root`, in its order, from Chromium's accessibility tree.

    A line is a text, or `role: name` with the value and the states that are set, such as `button: Send (disabled)`.
    """
    place = page.locator(root) if isinstance(root, str) else root
    place.first.evaluate("node => { window.__spokenRoot = node; }")
    session = page.context.new_cdp_session(page)
    try:
        session.send("DOM.enable")
        session.send("Accessibility.enable")
        held = session.send("Runtime.evaluate", {"expression": "window.__spokenRoot"})["result"]["objectId"]
        wanted = session.send("DOM.describeNode", {"objectId": held})["node"]["backendNodeId"]
        nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    finally:
        session.detach()
        page.evaluate("() => { delete window.__spokenRoot; }")
    by_id = {node["nodeId"]: node for node in nodes}
    top = next(node for node in nodes if node.get("backendDOMNodeId") == wanted)
    return list(_spoken(top, by_id))


def _spoken(node: dict[str, Any], nodes: dict[str, dict[str, Any]]) -> Iterator[str]:
    role, name = _value(node, "role"), _value(node, "name").strip()
    if not node.get("ignored"):
        if role == "StaticText":
            if name:
                yield name
            return
        if role in WHOLE | FIELDS:
            yield _line(role, name, node)
            return
        if role in GROUPS and name:
            yield f"{role}: {name}"
    for child in node.get("childIds", ()):
        if child in nodes:
            yield from _spoken(nodes[child], nodes)


def _line(role: str, name: str, node: dict[str, Any]) -> str:
    set_states = {one["name"]: one["value"].get("value") for one in node.get("properties", ())}
    states = [state for state in STATES if set_states.get(state) in (True, "true", "mixed")]
    value = f" = {_value(node, 'value')}" if role in FIELDS and _value(node, "value") else ""
    return f"{role}: {name}{value}" + (f" ({', '.join(states)})" if states else "")


def _value(node: dict[str, Any], key: str) -> str:
    return str(node.get(key, {}).get("value", ""))


def _told(violation: dict[str, Any]) -> str:
    places = "; ".join(f"{node['target']}: {node['failureSummary']}" for node in violation["nodes"][:4])
    return f"{violation['id']} ({violation['help']}) at {places}"


def _finish_animations(page: Page) -> None:
    """Bring animations to their end: half-faded text has a contrast of its own. Those without an end go on."""
    page.evaluate(
        """() => {
            const roots = [document, ...[...document.querySelectorAll("*")].map((node) => node.shadowRoot)];
            for (const root of roots.filter(Boolean)) {
                for (const one of root.getAnimations()) {
                    if (one.effect.getComputedTiming().endTime !== Infinity) one.finish();
                }
            }
        }"""
    )
