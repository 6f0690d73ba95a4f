"""The picture beside a shared link bears the partnership's own name, whatever letters it has, and gives nothing away."""

import io
from pathlib import Path

import pytest
from PIL import Image

from projects import ROOT
from register.site.share_picture import HEIGHT, WIDTH, share_picture

ICON = ROOT / "theme" / "assets" / "icon.png"
BESIDE_ICON = (300, 72, WIDTH, HEIGHT)  # where the name stands
PAPER = (246, 244, 238)


def drawn(name: str) -> Image.Image:
    return Image.open(io.BytesIO(share_picture(name, ICON))).convert("RGB")


def has_words(picture: Image.Image) -> bool:
    return len(picture.crop(BESIDE_ICON).getcolors(WIDTH * HEIGHT)) > 1


@pytest.mark.parametrize("name", ["Exampleshire register", "Cofrestr Llŷr Môn & Łódź", "A register " * 9])
def test_a_name_is_written_beside_the_icon_and_nothing_is_cut_off(name: str) -> None:
    picture = drawn(name)
    assert picture.size == (1200, 630)
    assert has_words(picture)
    edges = [(x, y) for x in range(1110, WIDTH) for y in range(80, HEIGHT, 7)]
    assert {picture.getpixel(at) for at in edges} == {PAPER}


@pytest.mark.parametrize("name", ["", "مرحبا", "Register 登録", "W" * 99])
def test_what_cannot_be_written_whole_is_left_out(name: str) -> None:
    assert not has_words(drawn(name))


def test_another_name_makes_another_picture_and_the_same_name_the_same_bytes() -> None:
    assert share_picture("One", ICON) == share_picture("One", ICON) != share_picture("Two", ICON)


@pytest.mark.shared_build
def test_the_built_site_has_the_picture_of_its_own_short_name(built_sample: Path) -> None:
    assert (built_sample / "assets/share.png").read_bytes() == share_picture("Fictional register", ICON)
