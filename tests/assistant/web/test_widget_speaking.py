"""Speaking with the assistant in a real browser, whose microphone plays a file."""

from __future__ import annotations

import json
import re
import shutil
import wave
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.assistant.server_process import INSECURE_PORTAL
from tests.assistant.web.accessibility import no_violations
from tests.assistant.web.browsing import OnPage
from tests.assistant.web.conftest import QUIET
from tests.assistant.web.kiosk_page import SCREEN, OnKiosk
from tests.voice.speech import spoken
from voice.audio import SAMPLE_RATE, float_to_pcm

pytestmark = [pytest.mark.server, pytest.mark.browser]

TURNS = ("我要办无犯罪记录证明", "找工作用", "确认提交")
SPOKEN_WITHIN_MS = 60_000


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file that the microphone plays, from its beginning, whenever it is opened."""
    path = tmp_path_factory.mktemp("microphone") / "heard.wav"
    say_into(path, "")
    return path


@pytest.fixture(scope="module")
def chromium(sound: Path) -> Iterator[Browser]:
    """A browser with a microphone that one is allowed to use."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    flags = (
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-audio-capture={sound}%noloop",
    )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=[*QUIET, *flags])
        yield browser
        browser.close()


def say_into(path: Path, text: str) -> None:
    quiet = np.zeros(SAMPLE_RATE, np.float32)
    samples = np.concatenate([quiet, spoken(text), np.tile(quiet, 6)]) if text else quiet
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(SAMPLE_RATE)
        file.writeframes(float_to_pcm(samples))


@pytest.fixture
def spoken_to(on_page: Callable[..., OnPage]) -> Callable[..., OnPage]:
    """Open the page with somebody who likes to speak in one way."""

    def open_page(chosen: str = "{}", started: Callable[[Page], Any] = lambda _: None) -> OnPage:
        def begin(page: Page) -> None:
            page.add_init_script(f"localStorage.setItem('wenban:face', '{chosen}')")
            started(page)

        here = on_page(started=begin).greeted()
        expect(here.button("用语音说")).to_be_visible()
        return here

    return open_page


def test_given_a_citizen_who_speaks_three_times_when_it_is_hands_free_then_a_receipt_comes(spoken_to, sound):
    here = spoken_to('{"handsFree": true}')

    for number, text in enumerate(TURNS):
        say_into(sound, text)
        here.button("用语音说").click()
        expect(here.replies).to_have_count(2 + number, timeout=SPOKEN_WITHIN_MS)
        expect(here.find(".status")).to_have_text("请说", timeout=SPOKEN_WITHIN_MS)  # the reply was read to its end
        here.button("改用打字").click()

    expect(here.find(".receipt")).to_be_visible()
    expect(here.own).to_have_count(3)


def test_given_a_sentence_when_the_button_was_held_then_it_waits_to_be_corrected_and_counts_when_it_is_sent(
    spoken_to, sound
):
    here = spoken_to()
    say_into(sound, TURNS[0])

    here.button("用语音说").click()
    talk = here.find(".talk")
    expect(talk).to_be_enabled()
    no_violations(here.page, "wenban-assistant")
    talk.focus()
    here.page.keyboard.down(" ")
    expect(talk).to_have_attribute("aria-pressed", "true")
    expect(here.box).not_to_be_empty(timeout=SPOKEN_WITHIN_MS)  # live, while it is being said
    expect(here.box).to_have_value(re.compile("证明"), timeout=SPOKEN_WITHIN_MS)
    here.page.keyboard.up(" ")
    expect(here.find(".count")).to_contain_text("对就发送", timeout=SPOKEN_WITHIN_MS)
    expect(here.own).to_have_count(0)
    here.after(lambda: here.write("居住证要多久"))

    expect(here.own).to_have_text(["您说：居住证要多久"])
    expect(here.find(".stop")).to_be_visible(timeout=SPOKEN_WITHIN_MS)
    here.find(".stop").click()
    expect(here.find(".stop")).to_be_hidden()


def test_given_a_reply_when_it_is_to_be_read_then_it_is_read_at_the_chosen_pace_and_can_be_stopped(spoken_to):
    asked = []
    here = spoken_to('{"speed": 0.6}', lambda page: page.on("request", lambda request: asked.append(request.url)))

    here.button("朗读这条回复").click()
    expect(here.find(".stop")).to_be_visible(timeout=SPOKEN_WITHIN_MS)
    here.write("你好")

    expect(here.find(".stop")).to_be_hidden()
    assert any("/speech?speed=0.6" in url for url in asked)


def test_given_elder_mode_when_a_reply_comes_then_it_is_read_by_itself(spoken_to):
    here = spoken_to('{"elder": true}')

    here.box.click()
    here.say("你好")

    expect(here.find(".stop")).to_be_visible(timeout=SPOKEN_WITHIN_MS)


@pytest.mark.parametrize(
    ("failure", "help"),
    [
        ("NotAllowedError", "没有麦克风的权限"),
        ("NotFoundError", "没有找到麦克风"),
        ("NotReadableError", "麦克风正被别的程序占用"),
    ],
)
def test_given_a_microphone_that_cannot_be_used_when_one_wants_to_speak_then_help_says_what_to_do(
    spoken_to, failure, help
):
    refuse = f"navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', '{failure}'))"
    here = spoken_to(started=lambda page: page.add_init_script(refuse))

    here.button("用语音说").click()

    expect(here.find(".help")).to_contain_text(help)
    expect(here.find(".help")).to_contain_text("打字")
    no_violations(here.page, "wenban-assistant")
    here.find(".help").get_by_role("button", name="改用打字").click()
    expect(here.find(".speech")).to_be_hidden()
    expect(here.box).to_be_focused()


def test_given_a_page_that_is_not_secure_when_one_wants_to_speak_then_it_is_said(server, new_page):
    page = new_page()
    markup = f'<!doctype html><script type="module" src="{server.url}/web/widget.js"></script><wenban-assistant></wenban-assistant>'
    page.route(f"{INSECURE_PORTAL}/", lambda route: route.fulfill(content_type="text/html; charset=utf-8", body=markup))
    page.goto(f"{INSECURE_PORTAL}/")
    here = OnPage(page)
    here.find(".launcher").click()
    here.greeted()

    here.button("用语音说").click()

    expect(here.find(".help")).to_contain_text("https")


def hands_free(spoken_to, sound) -> tuple[OnPage, list[tuple[Any, Any]]]:
    """Begin to speak hands-free; return each connection's two ends as well, the page's and the server's."""
    sockets: list[tuple[Any, Any]] = []
    here = spoken_to(
        '{"handsFree": true}',
        lambda page: page.route_web_socket(
            "**/voice", lambda socket: sockets.append((socket, socket.connect_to_server()))
        ),
    )
    say_into(sound, "")
    here.button("用语音说").click()
    expect(here.find(".status")).to_have_text("请说")
    return here, sockets


def test_given_the_spoken_connection_is_lost_when_it_comes_back_then_one_goes_on_speaking(spoken_to, sound):
    here, sockets = hands_free(spoken_to, sound)

    sockets[0][1].close()
    sockets[0][0].close()
    expect(here.find(".said")).to_contain_text("重新连接")
    expect(here.find(".said")).to_be_empty()

    assert len(sockets) == 2
    here.after(lambda: here.write("你好"))
    expect(here.own).to_have_count(1)


def test_given_the_button_is_held_when_the_connection_comes_back_then_the_server_is_told_again(spoken_to, sound):
    sockets, told = [], []

    def passed_on(socket: Any) -> None:
        server = socket.connect_to_server()
        sockets.append((socket, server))
        number = len(sockets)

        def sent(message: str | bytes) -> None:
            if isinstance(message, str):
                told.append((number, json.loads(message)["type"]))
            server.send(message)

        socket.on_message(sent)

    here = spoken_to(started=lambda page: page.route_web_socket("**/voice", passed_on))
    say_into(sound, "")
    here.button("用语音说").click()
    talk = here.find(".talk")
    expect(talk).to_be_enabled()
    talk.focus()
    here.page.keyboard.down(" ")
    expect(talk).to_have_attribute("aria-pressed", "true")
    expect(here.find(".status")).to_have_text("正在听…")

    sockets[0][1].close()
    sockets[0][0].close()
    expect(here.find(".said")).to_contain_text("重新连接")
    expect(here.find(".said")).to_be_empty()

    assert [kind for number, kind in told if number == 2][:2] == ["hello", "hold-pressed"]


def test_given_another_window_speaks_when_it_takes_over_then_this_one_says_so_and_does_not_take_it_back(
    spoken_to, sound
):
    here, sockets = hands_free(spoken_to, sound)

    sockets[0][0].close(code=4409, reason="another client speaks in this conversation")

    expect(here.find(".help")).to_contain_text("另一个页面")
    assert len(sockets) == 1


def test_given_a_kiosk_when_the_button_to_talk_is_touched_then_one_is_heard_as_in_a_hall(server, new_page, sound):
    said: list[str] = []
    page = new_page(viewport=SCREEN)
    page.on(
        "websocket",
        lambda socket: socket.url.endswith("/voice") and socket.on("framesent", lambda frame: said.append(str(frame))),
    )
    here = OnKiosk.opened(page, server.url)
    say_into(sound, TURNS[0])

    here.welcome.get_by_role("button", name="说话办事").click()
    page.locator("wenban-assistant").evaluate(
        """node => {
            window.spoke = [];
            node.addEventListener("speaking", ({ detail }) => window.spoke.push(detail.who));
        }"""
    )
    expect(here.own).to_have_count(1, timeout=SPOKEN_WITHIN_MS)

    hello = json.loads(said[0])
    assert {name: hello[name] for name in ("hall", "half_duplex", "mode", "elder")} == {
        "hall": True,
        "half_duplex": True,
        "mode": "hands-free",
        "elder": True,
    }
    page.wait_for_function("window.spoke.includes('assistant')", timeout=SPOKEN_WITHIN_MS)
    assert page.evaluate("window.spoke.slice(0, 2)") == ["citizen", None]
    here.act("结束").click()
    expect(here.welcome).to_be_visible()
