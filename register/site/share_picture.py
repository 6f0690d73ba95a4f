"""The picture that messengers and social networks show beside a link to this site: its icon and its name, nothing that hints at why.

1200 by 630 pixels, as the Open Graph protocol's readers expect it. It is drawn with a font of its own, so that every
machine draws the same.
"""

import io
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT = 1200, 630
_FONT = Path(__file__).parent / "share_font" / "NotoSans-Bold-Latin.ttf"
# The colours of theme/assets/site.css: paper, deep, ink.
_PAPER, _DEEP, _INK = "#f6f4ee", "#0b3b45", "#1a2130"
_LEFT, _RIGHT, _BAND, _ICON, _GAP = 96, 1104, 72, 176, 56
_SIZES, _MOST_LINES = (76, 64, 52, 44), 4  # of the letters, largest first


def share_picture(name: str, icon: Path) -> bytes:
    """Return the picture as a PNG. A name in letters that the font lacks is left out: the icon alone is no less true.

    Args:
        name: the site's short name.
        icon: a square picture, a PNG.
    """
    picture = Image.new("RGB", (WIDTH, HEIGHT), _PAPER)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, WIDTH, _BAND - 1), fill=_DEEP)
    middle = (HEIGHT + _BAND) // 2
    with Image.open(icon) as read:
        mark = read.convert("RGBA").resize((_ICON, _ICON))
    picture.paste(mark, (_LEFT, middle - _ICON // 2), mark)
    if font_and_lines := _fitting(name):
        font, lines = font_and_lines
        place = (_LEFT + _ICON + _GAP, middle)
        draw.multiline_text(place, "\n".join(lines), font=font, fill=_INK, anchor="lm", spacing=font.size // 4)
    saved = io.BytesIO()
    picture.quantize(32).save(saved, "PNG", optimize=True)
    return saved.getvalue()


def _fitting(name: str) -> tuple[ImageFont.FreeTypeFont, list[str]] | None:
    """The largest letters in which a name fits beside the icon, and its lines; None if it cannot be written at all."""
    if not _can_write(ImageFont.truetype(_FONT, _SIZES[0]), name):
        return None
    for size in _SIZES:
        font = ImageFont.truetype(_FONT, size)
        lines = _lines(font, name, _RIGHT - _LEFT - _ICON - _GAP)
        if lines and len(lines) <= _MOST_LINES:
            return font, lines
    return None


def _can_write(font: ImageFont.FreeTypeFont, name: str) -> bool:
    missing = bytes(font.getmask("\uffff"))
    return bool(name.split()) and all(bytes(font.getmask(letter)) != missing for letter in name if not letter.isspace())


def _lines(font: ImageFont.FreeTypeFont, name: str, width: int) -> list[str]:
    """The words of a name in lines that fit; nothing if a word alone does not."""
    lines = list[str]()
    for word in name.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if font.getlength(word) > width:
            return []
        if lines and font.getlength(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
