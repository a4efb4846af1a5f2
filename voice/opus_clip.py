"""A clip as opus packets, for clients that play them: a tenth of the bytes of its samples."""

from __future__ import annotations

from dataclasses import dataclass, field

from voice.audio import pcm_to_float
from voice.opus import OpusEncoder
from voice.synthesis.clip import Clip


class EncodingFailed(Exception):
    """A clip could not be encoded: show the sentence as text."""


@dataclass(frozen=True, eq=False)
class OpusClip(Clip):
    """A piece of sound with its opus packets of 20 ms, mono."""

    packets: tuple[bytes, ...] = field(repr=False)
    pre_skip: int
    """samples at 48 kHz that a decoder is to leave out at the beginning (RFC 7845)"""


def opus_clip(clip: Clip) -> OpusClip:
    """Encode a clip at 24 kbit/s; blocks, a few milliseconds a second of sound.

    The packets last as long as the clip, the pre-skip and at most 20 ms more.

    Raises:
        EncodingFailed: no packets came of it.
    """
    import av

    try:
        encoder = OpusEncoder(clip.rate)
        packets = (*encoder.encode(pcm_to_float(clip.pcm)), *encoder.finish())
    except (av.FFmpegError, ValueError, OSError) as error:
        raise EncodingFailed(f"{EncodingFailed.__doc__} ({type(error).__name__})") from error
    return OpusClip(clip.samples, clip.rate, packets, encoder.pre_skip)
