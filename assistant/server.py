"""The server process: prepare, load, listen."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from rich.console import Console

from assistant.preparation import prepare_all
from assistant.progress import progress
from assistant.quiet import quiet_rasa
from assistant.settings import Settings

console = Console(stderr=True)


class PortTaken(Exception):
    """The port is in use by another program: stop it, or choose another with --port."""


def serve_forever(settings: Settings, on_ready: Callable[[], None] | None = None) -> None:
    """Serve until interrupted; print the address when the page works, and call `on_ready` then.

    Raises:
        PortTaken: something else listens on the port.
    """
    began = time.monotonic()
    check_port(settings.host, settings.port)
    prepare_all(settings)
    with progress("Starting") as report:
        report("loading the models", 0.1)
        preload()
        quiet_rasa()
        from assistant.app import create_app
        from assistant.assistant import Assistant
        from assistant.nlu import resources
        from assistant.speech.voice import voice_if_there
        from assistant.staff.accounts import ensure_demo_staff

        report("opening knowledge, flows and storage", 0.6)
        assistant = Assistant.open(settings)
        report("warming up", 0.8)
        assistant.warm_up()
        voice = voice_if_there(settings, assistant.services)
        app = create_app(assistant, voice=voice)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    if not resources.searcher_at(settings.index, settings.encoder).is_calibrated:
        console.print(
            "The search index was never calibrated: cautious thresholds are in force, and it asks back more "
            "than it need (docs/operating.md, Confidence)."
        )
    if voice is None:
        console.print(
            "Speech is off, typing works: no recogniser is installed. Fetch one with `wenban voice install small` and "
            "set WENBAN_ASR_MODEL=small, or train one with `wenban train asr` (docs/voice.md)."
        )
    elif voice.recognizer.model.is_demonstration:
        console.print(
            "The shipped recogniser is a demonstration: it hears synthetic voices, not people. "
            "Set a real one with WENBAN_ASR_MODEL (docs/voice.md)."
        )
    if settings.demo:
        for said in ensure_demo_staff(settings, assistant.services):
            console.print(f"Staff page: {said}", soft_wrap=True)

    @app.listener("after_server_start")
    async def announce(*_: object) -> None:
        seconds = time.monotonic() - began
        console.print(f"Wenban is ready after {seconds:.0f} s: [bold]http://{settings.host}:{settings.port}/[/]")
        if on_ready is not None:
            on_ready()

    app.run(host=settings.host, port=settings.port, workers=1, access_log=False, debug=False, motd=False)


def preload() -> None:
    """Import the heavy libraries in a quarter less time than plain imports take.

    The garbage collector finds nothing while modules load, and TensorFlow would import jax, which nothing here uses.
    Threads do not help: importing is work for the interpreter, not waiting. skops, by which Rasa reads its classifier,
    comes first: it looks through every module that is loaded, which takes five seconds once the others are.
    """
    import gc
    import sys
    from importlib import import_module

    gc.disable()
    sys.modules.setdefault("jax", None)  # type: ignore[arg-type]
    for name in ("skops.io", "rasa.core.agent", "sentence_transformers"):
        import_module(name)
    gc.freeze()
    gc.enable()


def check_port(host: str, port: int) -> None:
    """Raise PortTaken when something listens there already."""
    import socket

    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise PortTaken(
                f"Port {port} is in use by another program: stop it, or choose another with --port."
            ) from error
