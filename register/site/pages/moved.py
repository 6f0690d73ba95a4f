"""A page at an old address, which leads on."""

from dataclasses import dataclass
from typing import ClassVar

from register.site.presenter import Presenter
from register.site.urls import Move


@dataclass(frozen=True)
class MovedPage(Presenter):
    """Where something has gone, since when and why."""

    template: ClassVar[str] = "moved.html"

    move: Move
    since: str  # in words; "" where the day is not known
