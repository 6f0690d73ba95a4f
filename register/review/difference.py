"""One thing that a change makes different, as a sentence for somebody who knows the work and not the program."""

from dataclasses import dataclass
from typing import Literal

# In the order in which they are shown.
Part = Literal["help", "register", "pages", "links", "addresses", "program"]


@dataclass(frozen=True)
class Difference:
    """One thing that is different."""

    part: Part
    about: str  # what it is about, by the name that readers know: "Recommendation 12", "Childline"
    what: str  # one or more sentences
    risk: str = ""  # what to make sure of before it is published, as "ring it"; "" if it is an ordinary change
    page: str | None = None  # the address of the page on which readers see it first, if there is one: "help/"
