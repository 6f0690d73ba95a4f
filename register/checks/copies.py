"""Reads back a copy of a published register that somebody has kept, perhaps for years."""

from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from register.problems import InputError
from register.site import urls


class NoCopy(InputError):
    """A file that was given is no copy of a published register; the text says which and why."""


class _Part(BaseModel):
    """What the comparison of two copies needs of a part; whatever else a copy of another year holds is kept."""

    model_config = ConfigDict(extra="allow")


class _Named(_Part):
    id: str


class _CopiedUpdate(_Part):
    date: str
    recorded: str
    voice: str
    note: str
    evidence: list[str]


class _CopiedRecommendation(_Part):
    number: int
    updates: list[_CopiedUpdate]


class _CopiedHeader(_Named):
    total: int
    review_every: int
    reporting_year_starts: str
    responses: list[_Named]
    progress: list[_Named]
    voices: list[_Named]


class _CopiedAbout(_Part):
    as_of: str = ""  # in copies of format 1 only
    changed: str = ""  # in later ones


class _CopiedBuild(_Part):
    as_of: str


class _Copy(_Part):
    about: _CopiedAbout
    header: _CopiedHeader
    recommendations: list[_CopiedRecommendation]
    links: list[_Named]


def read_copy(path: Path) -> dict[str, Any]:
    """Return a published register as JSON.

    Its day stands in ``about.as_of``: where ``build.json`` was not kept beside it, that of the latest change in it.

    Args:
        path: the file ``register.json``, its folder, or the folder of a whole site.

    Raises:
        NoCopy: there is none, or it is not of the form in which updates say when they were recorded.
    """
    places = [path, path / Path(urls.REGISTER_DOCUMENT.path).name, path / urls.REGISTER_DOCUMENT.path]
    file = next((place for place in places if place.is_file()), None)
    if file is None:
        raise NoCopy(f"there is no register.json in '{path}' (name the file, its folder, or the folder of a site)")
    try:
        copy = _Copy.model_validate_json(file.read_bytes())
        day = copy.about.as_of or _day_of_build(file) or copy.about.changed
    except ValidationError:
        raise NoCopy(f"'{file}' is no copy of a published register (download it again)") from None
    held = copy.model_dump(mode="json")
    held["about"]["as_of"] = day
    return held


def _day_of_build(file: Path) -> str:
    """The day up to which a copy was made, from the small file that is published beside it; "" if that was not kept."""
    beside = file.with_name(urls.BUILD.file_name)
    return _CopiedBuild.model_validate_json(beside.read_bytes()).as_of if beside.is_file() else ""
