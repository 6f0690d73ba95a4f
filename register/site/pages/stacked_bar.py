"""A bar that is divided into parts: how wide each is, and where it begins. Numbers in, numbers out; no HTML."""

from collections.abc import Sequence
from dataclasses import dataclass

from register.model import Shape


@dataclass(frozen=True)
class BarPart:
    """What one part stands for; no shape: for there being no word, drawn empty."""

    label: str
    shape: Shape | None
    count: int


@dataclass(frozen=True)
class PlacedPart:
    """A part that is drawn, with its place in hundredths of the bar."""

    part: BarPart
    begin: str
    width: str


@dataclass(frozen=True)
class StackedBar:
    """A bar of parts in their order."""

    parts: list[BarPart]

    @property
    def total(self) -> int:
        """What the whole bar stands for."""
        return sum(part.count for part in self.parts)

    @property
    def placed(self) -> list[PlacedPart]:
        """The parts that are drawn; one of nothing is not."""
        drawn, before = list[PlacedPart](), 0
        for part in self.parts:
            if part.count:
                drawn.append(PlacedPart(part, self._at(before), self._at(part.count)))
            before += part.count
        return drawn

    def _at(self, count: int) -> str:
        """A count as hundredths of the bar, as SVG writes them."""
        return f"{100 * count / self.total:.2f}%"


def key_of(bars: Sequence[StackedBar]) -> list[BarPart]:
    """Return the parts that any of several like bars draws, as the last has them: what has to be explained beside them."""
    columns = zip(*(bar.parts for bar in bars), strict=True)
    return [parts[-1] for parts in columns if any(part.count for part in parts)]
