"""Find the Chinese fonts of the system for certificates."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


class NoChineseFont(Exception):
    """The system has no Chinese font, so that no certificate can be drawn."""

    def __init__(self) -> None:
        super().__init__("No Chinese font was found: install one, for example `apt-get install fonts-noto-cjk`.")


@dataclass(frozen=True)
class FontFace:
    """A font file and which face of a collection it is."""

    path: Path
    index: int = 0


_NOTO = ("/usr/share/fonts/opentype/noto", "/usr/share/fonts/noto-cjk", "/usr/share/fonts/google-noto-cjk")
_SIMPLIFIED = 2  # the face of Noto's CJK collections that is drawn for simplified Chinese
_REGULAR = ("NotoSerifCJK-Regular.ttc", "NotoSansCJK-Regular.ttc")
_BOLD = ("NotoSerifCJK-Bold.ttc", "NotoSansCJK-Bold.ttc")
_OTHERS = (
    FontFace(Path("/usr/share/fonts/truetype/arphic/uming.ttc")),
    FontFace(Path("/usr/share/fonts/truetype/wqy/wqy-microhei.ttc")),
    FontFace(Path("/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc")),
)


def chinese_fonts(candidates: Sequence[FontFace] | None = None) -> tuple[FontFace, FontFace]:
    """Return a regular and a bold face (the same one where there is no bold); raise NoChineseFont.

    Known places come first, then what fontconfig offers for Chinese. `candidates` replaces both.
    """
    if candidates is not None:
        found = _first(candidates)
        if found is None:
            raise NoChineseFont
        return found, found
    regular = _first(_faces(_REGULAR)) or _first(_OTHERS) or _fontconfig()
    if regular is None:
        raise NoChineseFont
    return regular, _first(_faces(_BOLD)) or regular


def _faces(names: Sequence[str]) -> list[FontFace]:
    return [FontFace(Path(folder, name), _SIMPLIFIED) for name in names for folder in _NOTO]


def _first(faces: Sequence[FontFace]) -> FontFace | None:
    return next((face for face in faces if face.path.is_file()), None)


def _fontconfig() -> FontFace | None:
    program = shutil.which("fc-list")
    if program is None:
        return None
    listed = subprocess.run(
        [program, ":lang=zh-cn", "-f", "%{file}|%{index}\n"],
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )
    faces = [line.rsplit("|", 1) for line in sorted(listed.stdout.splitlines()) if "|" in line]
    readable = [face for face in faces if Path(face[0]).suffix.lower() in (".ttf", ".ttc", ".otf")]
    # the upper half of fontconfig's index names an instance of a variable font
    return FontFace(Path(readable[0][0]), int(readable[0][1]) & 0xFFFF) if readable else None
