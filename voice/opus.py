"""Opus packets without a container, as browsers and devices stream them."""

from __future__ import annotations

from typing import Any

import numpy as np

from voice.audio import SAMPLE_RATE, float_to_pcm, pcm_to_float

FRAME_S = 0.02
_LONGEST_PACKET_BYTES = 7_650
"""120 ms, the longest packet of RFC 6716, at its highest rate"""
OPUS_RATE = 48_000
"""samples a second that opus counts in, whatever was encoded"""
_ENCODED_RATE = 24_000
_PRE_SKIP = slice(10, 12)
"""where OpusHead, the header of RFC 7845, tells what the encoder puts before the sound"""


class BrokenPacket(Exception):
    """The bytes are no opus packet: leave it out and go on with the next."""


class OpusDecoder:
    """Decode a stream of opus packets to 16 kHz mono."""

    def __init__(self) -> None:
        self._open()

    def _open(self) -> None:
        import av

        self._codec: Any = av.CodecContext.create("libopus", "r")
        self._codec.sample_rate = OPUS_RATE
        self._codec.layout = "mono"
        self._resampler = av.AudioResampler(format="s16", layout="mono", rate=SAMPLE_RATE)

    def decode(self, packet: bytes) -> np.ndarray:
        """Return a packet's float32 samples, 320 for 20 ms, give or take the resampler's delay.

        Raises:
            BrokenPacket: no opus packet; the decoder stays usable.
        """
        import av

        if not 0 < len(packet) <= _LONGEST_PACKET_BYTES:
            raise BrokenPacket(f"a packet has 1 to {_LONGEST_PACKET_BYTES} bytes, not {len(packet)}")
        try:
            frames = self._codec.decode(av.Packet(packet))
        except av.FFmpegError as error:
            self._open()
            raise BrokenPacket(f"the packet cannot be decoded: {error}") from error
        parts = []
        for frame in frames:
            frame.pts = None
            parts += [part.to_ndarray().tobytes() for part in self._resampler.resample(frame)]
        return pcm_to_float(b"".join(parts))


class OpusEncoder:
    """Encode mono samples of one rate to opus packets of 20 ms."""

    def __init__(self, sample_rate: int = SAMPLE_RATE, bit_rate: int = 24_000) -> None:
        """Prepare to encode samples at a rate (samples a second) to so many bits a second."""
        import av

        self._rate = sample_rate
        self._codec: Any = av.CodecContext.create("libopus", "w")
        self._codec.sample_rate = _ENCODED_RATE
        self._codec.layout = "mono"
        self._codec.format = "s16"
        self._codec.bit_rate = bit_rate
        self._codec.options = {"application": "voip", "frame_duration": "20"}
        self._codec.open()
        frame_size = round(_ENCODED_RATE * FRAME_S)
        self._resampler = av.AudioResampler(format="s16", layout="mono", rate=_ENCODED_RATE, frame_size=frame_size)

    @property
    def pre_skip(self) -> int:
        """Return how many samples at 48 kHz the encoder puts before the sound."""
        return int.from_bytes(self._codec.extradata[_PRE_SKIP], "little")

    def encode(self, samples: np.ndarray) -> list[bytes]:
        """Return the packets complete by now; less than 20 ms waits for the next samples."""
        import av

        if not len(samples):
            return []
        frame = av.AudioFrame.from_ndarray(
            np.frombuffer(float_to_pcm(samples), dtype="<i2").reshape(1, -1), format="s16", layout="mono"
        )
        frame.sample_rate = self._rate
        return self._packets(frame)

    def finish(self) -> list[bytes]:
        """Return the packets of what is left, filled up with silence; nothing can be encoded after it."""
        return [*self._packets(None), *(bytes(packet) for packet in self._codec.encode(None))]

    def _packets(self, frame: Any) -> list[bytes]:
        return [bytes(packet) for part in self._resampler.resample(frame) for packet in self._codec.encode(part)]
