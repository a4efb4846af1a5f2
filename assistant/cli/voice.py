"""The commands that hear and speak: transcribe, say, talk, mic, voice install."""

from __future__ import annotations

from pathlib import Path

import typer

from assistant.cli.options import AsJson, IdentityName, Today, command_group, json_line, settings_of

voice = command_group("Recognisers for real voices.")

Files = typer.Argument(..., metavar="FILE...", exists=True, dir_okay=False)


def transcribe(files: list[Path] = Files, as_json: bool = AsJson) -> None:
    """Print what is said in sound files of any usual format; one that cannot be read is told, the others are done."""
    from assistant.speech.transcribing import transcribe_files

    failed = 0
    for record in transcribe_files(settings_of(), files):
        failed += "error" in record
        if as_json:
            typer.echo(json_line(record))
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
    identity: str | None = IdentityName,
    today: str | None = Today,
) -> None:
    """Hold a whole spoken dialogue: a clip a turn in, the replies as text and sound out (docs/interfaces.md)."""
    from assistant.speech.talk import talk as talked

    for record in talked(settings_of(today), clips, out, identity):
        if as_json:
            typer.echo(json_line(record))
        else:
            typer.echo(
                f"> {record['heard'] or '(nothing understood)'}\n{record['text']}\n[{record['audio'] or 'not said'}]\n"
            )


def mic(identity: str | None = IdentityName) -> None:
    """Speak with the assistant in the terminal, where there is a microphone; Ctrl-C ends it."""
    from assistant.speech.microphone import talk_at_microphone

    talk_at_microphone(settings_of(), identity)


@voice.command("install")
def install(
    name: str = typer.Argument(..., help="A faster-whisper model, such as small or large-v3-turbo."),
) -> None:
    """Fetch a recogniser for real voices over the network; WENBAN_ASR_MODEL=NAME then uses it."""
    from assistant.progress import console
    from voice.recognition.installing import install_model

    folder = install_model(name, settings_of().speech_models)
    console.print(f"Installed in {folder}. Use it with WENBAN_ASR_MODEL={name}.", highlight=False, soft_wrap=True)
