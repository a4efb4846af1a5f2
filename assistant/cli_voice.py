"""The commands that hear and speak: transcribe, say, talk, mic, voice install; and the training of the recogniser."""

from __future__ import annotations

import json
from pathlib import Path

import typer

from assistant.cli_options import command_group, settings_of

voice = command_group("Recognisers for real voices.")

AsJson = typer.Option(False, "--json", help="Print JSON.")
Files = typer.Argument(..., metavar="FILE...", exists=True, dir_okay=False)


def add_voice_commands(app: typer.Typer) -> None:
    """Add the commands to the program's."""
    app.command()(transcribe)
    app.command()(say)
    app.command()(talk)
    app.command()(mic)
    voice.command("install")(install)
    app.add_typer(voice, name="voice")


def transcribe(files: list[Path] = Files, as_json: bool = AsJson) -> None:
    """Print what is said in sound files of any usual format; one that cannot be read is told, the others are done."""
    from assistant.speech.transcribing import transcribe_files

    failed = 0
    for record in transcribe_files(settings_of(), files):
        failed += "error" in record
        if as_json:
            typer.echo(json.dumps(record, ensure_ascii=False))
        else:
            typer.echo(f"{record['file']}: {record.get('error') or record['text'] or '(nothing understood)'}")
    if failed:
        raise typer.Exit(1)


def say(
    text: str,
    out: Path = typer.Option(..., "-o", "--out", metavar="FILE.wav", dir_okay=False),
    voice_name: str = typer.Option("mandarin", "--voice", help="mandarin or cantonese."),
    speed: float = typer.Option(1.0, min=0.4, max=2.5),
) -> None:
    """Speak a text into a WAV file, as replies are spoken."""
    from voice.synthesis.contract import VoiceName
    from voice.synthesis.synthesizer import SynthesisSettings, Synthesizer

    settings = settings_of()
    if voice_name not in ("mandarin", "cantonese"):
        raise typer.BadParameter("the voices are mandarin and cantonese.")
    chosen: VoiceName = "cantonese" if voice_name == "cantonese" else "mandarin"
    with Synthesizer(SynthesisSettings(synthesizer=settings.synthesizer, rate=settings.speech_rate)) as synthesizer:
        clip = synthesizer.say(text, chosen, speed)
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(clip.wav)
    typer.echo(f"{out}: {clip.seconds:.1f} s")


def talk(
    clips: list[Path] = typer.Argument(..., metavar="IN.wav...", exists=True, dir_okay=False),
    out: Path = typer.Option(..., "-o", "--out", metavar="DIR", file_okay=False),
    as_json: bool = AsJson,
    identity: str | None = typer.Option(None, "--identity", help="A demonstration identity; `demo` is the first."),
    today: str | None = typer.Option(None, "--today", help="Fix the date, such as 2026-11-23."),
) -> None:
    """Hold a whole spoken dialogue: a clip a turn in, the replies as text and sound out (docs/interfaces.md)."""
    from assistant.speech.talk import talk as talked

    for record in talked(settings_of(today), clips, out, identity):
        if as_json:
            typer.echo(json.dumps(record, ensure_ascii=False))
        else:
            typer.echo(
                f"> {record['heard'] or '(nothing understood)'}\n{record['text']}\n[{record['audio'] or 'not said'}]\n"
            )


def mic(
    identity: str | None = typer.Option(None, "--identity", help="A demonstration identity; `demo` is the first."),
) -> None:
    """Speak with the assistant in the terminal, where there is a microphone; Ctrl-C ends it."""
    from assistant.speech.microphone import talk_at_microphone

    talk_at_microphone(settings_of(), identity)


def install(
    name: str = typer.Argument(..., help="A faster-whisper model, such as small or large-v3-turbo."),
) -> None:
    """Fetch a recogniser for real voices over the network; WENBAN_ASR_MODEL=NAME then uses it."""
    from assistant.progress import console
    from voice.recognition.installing import install_model

    folder = install_model(name, settings_of().speech_models)
    console.print(f"Installed in {folder}. Use it with WENBAN_ASR_MODEL={name}.", highlight=False, soft_wrap=True)


def train_asr(
    out: Path | None = typer.Option(None, help="Where the recogniser goes; models/asr unless told."),
    minutes: float = typer.Option(120.0, min=1.0, help="How long to train; more is better."),
    lines: int = typer.Option(100_000, min=1000, help="How many clips to record at most."),
    lines_only: Path | None = typer.Option(
        None, help="Only write what would be said into this folder, to train elsewhere with `python -m voice.training`."
    ),
    weights: Path | None = typer.Option(
        None, exists=True, file_okay=False, help="Take over what `python -m voice.training` wrote; nothing is trained."
    ),
    words_only: bool = typer.Option(False, help="Only count the words anew by which it spells what it heard."),
) -> None:
    """Train the shipped recogniser from our own texts and espeak-ng's voices."""
    from assistant.speech.training import adopt_weights, count_words, train_recognizer, write_training_lines

    settings = settings_of()
    target = out or settings.home / "models" / "asr"
    if weights is not None:
        adopt_weights(settings, weights, target)
    elif words_only:
        count_words(settings, target)
    elif lines_only is not None:
        write_training_lines(settings, lines_only, lines)
    else:
        train_recognizer(settings, target, lines, minutes)
