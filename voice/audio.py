"""Sound as samples: any file decoded to 16 kHz mono, PCM read from a stream that is cut anywhere, levels."""

from __future__ import annotations

import io
import math
from collections.abc import Iterator
from typing import Any

import numpy as np

SAMPLE_RATE = 16_000
WINDOW = 512
"""samples judged at a time"""
WINDOW_S = WINDOW / SAMPLE_RATE
SILENT_DBFS = -100.0
"""the level given to digital silence"""
LONGEST_S = 300.0
_FULL_SCALE = 32_768.0
# only formats that hold the sound themselves: a playlist could name files and addresses for us to open
_FORMATS = "wav,w64,aiff,au,matroska,webm,ogg,mov,mp4,m4a,mp3,aac,flac,amr,caf"


class UnreadableAudio(Exception):
    """The data is no sound file that can be read: send wav, webm, ogg, m4a or mp3."""


class EmptyAudio(Exception):
    """The file holds no sound: record again."""


class AudioTooLong(Exception):
    """The recording is longer than allowed: send a shorter one."""


def decode(data: bytes, longest_s: float = LONGEST_S) -> np.ndarray:
    """Decode a sound file held in memory to float32 samples, mono, 16 kHz, -1 to 1.

    A truncated file gives what is there. Decoding stops as soon as `longest_s` seconds are passed, so that a small
    file cannot grow without bound.

    Raises:
        UnreadableAudio: no sound file, or none of a known format.
        EmptyAudio: no data, or a file without sound.
        AudioTooLong: more than `longest_s` seconds.
    """
    import av

    if not data:
        raise EmptyAudio("there is no data")
    try:
        with av.open(io.BytesIO(data), metadata_errors="ignore", options={"format_whitelist": _FORMATS}) as container:
            if not container.streams.audio:
                raise UnreadableAudio("there is no sound track in the file")
            pcm = _decode_track(container, longest_s)
    except (av.FFmpegError, ValueError) as error:
        raise UnreadableAudio(f"the file cannot be read: {getattr(error, 'strerror', None) or error}") from error
    if not pcm:
        raise EmptyAudio("the sound track is empty")
    return pcm_to_float(pcm)


def _decode_track(container: Any, longest_s: float) -> bytes:
    """Return the first sound track as s16le."""
    import av

    resampler = av.AudioResampler(format="s16", layout="mono", rate=SAMPLE_RATE)
    pcm = io.BytesIO()
    decoded_s = 0.0
    for frame in _frames(container):
        decoded_s += frame.samples / frame.sample_rate
        if decoded_s > longest_s:
            raise AudioTooLong(f"the recording is longer than {longest_s:g} s")
        frame.pts = None
        for part in resampler.resample(frame):
            pcm.write(part.to_ndarray().tobytes())
    if decoded_s:
        for part in resampler.resample(None):
            pcm.write(part.to_ndarray().tobytes())
    return pcm.getvalue()


def _frames(container: Any) -> Iterator[Any]:
    """Yield the decoded frames; packets that cannot be decoded are left out, a cut end ends it."""
    import av

    packets = container.demux(container.streams.audio[0])
    while True:
        try:
            packet = next(packets, None)
            if packet is None:
                return
            frames = packet.decode()
        except av.FFmpegError:
            continue
        yield from frames


def pcm_to_float(pcm: bytes) -> np.ndarray:
    """Return s16le bytes, whole samples, as float32 samples from -1 to 1.

    Raises:
        UnreadableAudio: an odd number of bytes; a stream is read with PcmReader.
    """
    if len(pcm) % 2:
        raise UnreadableAudio(f"{len(pcm)} bytes are no whole number of 16-bit samples")
    samples: np.ndarray = np.frombuffer(pcm, dtype="<i2").astype(np.float32) / np.float32(_FULL_SCALE)
    return samples


def float_to_pcm(samples: np.ndarray) -> bytes:
    """Return samples from -1 to 1 as s16le bytes; what is louder is clipped."""
    scaled = np.clip(np.rint(samples * _FULL_SCALE), -_FULL_SCALE, _FULL_SCALE - 1)
    return scaled.astype("<i2").tobytes()


class PcmReader:
    """Turn a stream of s16le bytes, cut at any byte, into samples."""

    def __init__(self) -> None:
        self._rest = b""

    def read(self, data: bytes) -> np.ndarray:
        """Return the samples complete by now as float32; half a sample waits for the next bytes."""
        data = self._rest + data
        whole = len(data) - len(data) % 2
        self._rest = data[whole:]
        return pcm_to_float(data[:whole])


def level_dbfs(samples: np.ndarray) -> float:
    """Return the root mean square level in dB below full scale, -100 for silence or no samples."""
    power = float(np.dot(samples, samples)) / len(samples) if len(samples) else 0.0
    return max(SILENT_DBFS, 10.0 * math.log10(power)) if power > 0.0 else SILENT_DBFS
