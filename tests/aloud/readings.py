"""How pages are read aloud: which keys are pressed, one after the other, and what is taken down of it."""

import difflib
import itertools
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from listening import Listener

# What Orca adds to the words of a page: kinds of things, their states, where a list or a part of the page begins and ends.
_OF_ORCA = re.compile(
    r"\b(heading level \d|link|description (term|value)|list with \d+ items?|leaving [\w ]+|region|navigation|banner|search|form"
    r"|main content|complementary content|information|(column|row) header|push button|combo box|entry|clickable|collapsed|expanded"
    r"|table with \d+ rows \d+ columns|caption|figure|block quote|deletion (start|end)|\d+ values|statusbar|document web)\b\.?",
    re.IGNORECASE,
)
# What a page says by itself, when it changes. It comes before or after what a key says, as it happens: it is written last.
_BY_ITSELF = re.compile(r"\d+ of \d+ found.*|\d+ results?.*|Help first\..*")


@dataclass
class Reading:
    """A page that is being read: what was pressed and what was said, key by key."""

    listener: Listener
    opened: list[str]  # all that Orca says by itself of a page that was opened: it reads it out to its end
    said: list[tuple[str, list[str]]] = field(default_factory=list)

    def press(self, *keys: str, until: str = "") -> list[str]:
        """Press keys, take down what each of them makes Orca say, and return what the last one did."""
        for key in keys:
            phrases = sorted(self.listener.press(key, until), key=lambda phrase: bool(_BY_ITSELF.fullmatch(phrase)))
            self.said.append((key, phrases))
        return self.said[-1][1]

    def go_to_start(self) -> None:
        """Go to where the page begins; what is said then depends on where the reader was, so it is not taken down."""
        self.listener.press("ctrl+Home")

    def type(self, word: str, until: str) -> None:
        """Type a word, and take down what is said once all of it is there."""
        for letter in word[:-1]:
            self.listener.press(letter)
        self.press(word[-1], until=until)
        self.said[-1] = (word, self.said[-1][1])

    def down_to(self, words: str, most: int = 200) -> None:
        """Read line by line until some words are said. Raises ``AssertionError`` if they are not among so many lines."""
        for _ in range(most):
            if words in " ".join(self.press("Down")):
                return
        raise AssertionError(f"'{words}' is not said in {most} lines")

    def jump_to(self, key: str, words: str) -> None:
        """Press a key, such as that for the next heading, until some words are said; only the last time is taken down."""
        for _ in range(50):
            phrases = self.listener.press(key)
            if words in " ".join(phrases):
                self.said.append((f"{key} …", phrases))
                return
        raise AssertionError(f"'{words}' is not reached by {key}")


def transcript(reading: Reading) -> str:
    """What was pressed and what was said, a line for each key."""
    return "".join(f"{key:<10} {' '.join(phrases) or '(nothing)'}\n" for key, phrases in reading.said)


def all_words(reading: Reading) -> str:
    """What was said for all the keys together, with single spaces."""
    return " ".join(phrase for _, phrases in reading.said for phrase in phrases)


def bare(phrase: str) -> str:
    """The words of the page in a phrase, without those of Orca."""
    return " ".join(re.findall(r"\w+", _OF_ORCA.sub(" ", phrase)))


def said_twice(reading: Reading) -> list[str]:
    """The phrases of which Orca says the same words of the page straight before, for the same key."""
    found = []
    for _, phrases in reading.said:
        words = [held for phrase in phrases if len(held := bare(phrase)) > 1]
        found += [below for above, below in itertools.pairwise(words) if above == below]
    return found


def numbers_left_out(reading: Reading) -> list[str]:
    """The numbers, of dates above all, that are said line by line and fewer times when the page is read out in one go."""
    said = (
        number for _, phrases in reading.said for phrase in phrases for number in re.findall(r"\b\d+\b", bare(phrase))
    )
    in_one_go = (number for phrase in reading.opened for number in re.findall(r"\b\d+\b", bare(phrase)))
    return sorted(Counter(said) - Counter(in_one_go))


def landmarks(reading: Reading) -> int:
    """How many parts of a page Orca counts to which a reader can jump."""
    [number] = re.findall(r"Page has (\d+) landmarks", " ".join(reading.opened))
    return int(number)


def missing_from(text: str, wanted: list[str]) -> str | None:
    """The first of some words that does not come after those before it; ``None`` if all come in this order."""
    at = 0
    for words in wanted:
        if (found := text.find(words, at)) < 0:
            return words
        at = found + len(words)
    return None


def difference(before: str, after: str) -> str:
    """The lines in which two transcripts differ: what was heard before with a minus, what is heard now with a plus."""
    lines = difflib.ndiff(before.splitlines(), after.splitlines())
    return "\n".join(line for line in lines if line[0] in "-+")


# ── the pages ──────────────────────────────────────────────────────────────────────────────────


def home(reading: Reading) -> None:
    """Its links by Tab, its text line by line; of two tables only the beginning of the first."""
    reading.press("Tab", "Tab", "Tab", "Tab", "Tab", "Tab", "h")
    reading.down_to("Recommendation 2: already in place")
    reading.jump_to("t", "Response, out of 14")
    reading.press(*["Down"] * 8)
    reading.jump_to("h", "What happened in Sampleton")
    reading.press(*["Down"] * 12)
    reading.jump_to("h", "Get help now")
    reading.down_to("More ways to get help")


def narrowed_list(reading: Reading) -> None:
    """The list, its first rows, and the list narrowed by words and by a choice."""
    reading.press("h", "Down", "Down")
    reading.jump_to("t", "All 14 recommendations")
    reading.press(*["Down"] * 16)
    reading.go_to_start()
    reading.press("h")
    reading.press("Tab", "Tab")
    reading.type("taxi", until="1 of 14 found")
    reading.press("ctrl+a")
    reading.press("BackSpace", until="14 of 14 found")
    reading.press("Tab", "Tab")
    reading.press("Down", until="1 of 14 found")
    reading.press("Down", until="6 of 14 found")
    reading.press("Tab")
    reading.jump_to("Tab", "Clear all")
    reading.jump_to("t", "All 14 recommendations")
    reading.press(*["Down"] * 4)


def record(reading: Reading) -> None:
    """Its landmarks, then all of it line by line, but for its older updates, and the help lines below."""
    reading.listener.press("m")  # the header: of its line Orca says all or only the first link
    reading.press(*["m"] * 5)
    reading.go_to_start()
    reading.press("h")
    reading.down_to("update 8")
    reading.jump_to("h", "Related recommendations")
    reading.down_to("All pages heading level 2")


def help_page(reading: Reading) -> None:
    """All of it line by line."""
    reading.press("h")
    reading.down_to("All pages heading level 2")


def search(reading: Reading) -> None:
    """The search of the whole site: opened, words typed, results read; then words by which somebody may ask for help."""
    reading.jump_to("b", "Search")
    reading.press("Return")
    reading.type("rota", until="result")
    reading.press("Tab", "Tab", "Down", "Down", "Down")
    reading.jump_to("shift+Tab", "Search this site")
    reading.press("ctrl+a")
    reading.type("scared", until="Help first.")
    reading.press("Tab", "Return")
    reading.press(*["Down"] * 12)


# Each page that is read: where it stands, and how.
READINGS: dict[str, tuple[str, Callable[[Reading], None]]] = {
    "home": ("", home),
    "list": ("recommendations/", narrowed_list),
    "record": ("recommendations/3/", record),
    "help": ("help/", help_page),
    "search": ("privacy/", search),
}
