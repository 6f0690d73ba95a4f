"""The commands for the published report: find its recommendations, review and accept them, and prove the wordings."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from register import clock
from register.edit.change import Change
from register.load.loader import load
from register.model import Header
from register.problems import InputError, ProblemsFound, counted
from register.time_limit import OutOfTime, time_limit
from register.transcribe import acceptance, verification
from register.transcribe.candidates import Candidate, candidates
from register.transcribe.joined_lines import Usage
from register.transcribe.layout import LaidOut, lay_out
from register.transcribe.report import draw_parts, pages_not_read, read_report
from register.transcribe.review import review
from register.transcribe.review_file import ReviewEntry, entries, in_words, merged, read_review, write_review
from register.transcribe.review_page import NOT_READ, write_page

FOLDER = "review"
_LONGEST = 600.0  # seconds for one step of the work on a whole report, of which 1,250 pages take some 3
_PROOF = "data/proved.yml"


def transcribe(project: Path, paths: Sequence[Path], folder: Path, environment: Mapping[str, str]) -> list[str]:
    """Find the recommendations in the published report and write a review of them; return what to say of it.

    Args:
        project: the folder with ``data/``.
        paths: the report's files.
        folder: where the review's file, page and pictures are written.
        environment: for today's date.

    Raises:
        ProblemsFound: a file, the register, or an earlier review cannot be used; nothing was written.
    """
    today = clock.today(environment)
    header = load(project / "data", today).header
    earlier = read_review(folder)
    volumes = _laid_out(paths)
    with _in_time():
        found = _found(volumes, header)
    folder.mkdir(parents=True, exist_ok=True)
    held = merged(_with_pictures(entries(found), found, volumes, folder), earlier)
    notes = [note for laid_out in volumes for note in pages_not_read(laid_out.volume)]
    write_review(folder, held)
    (folder / NOT_READ).write_text("".join(f"{note}\n" for note in notes), encoding="utf-8")
    page = write_page(folder, held, header.total, today)
    read = f"Read {counted(sum(len(one.volume.pages) for one in volumes), 'page')} in {counted(len(volumes), 'file')}."
    return [
        read,
        *(f"Note: {note}" for note in notes),
        in_words(held, header.total),
        f"To compare: open {page.as_posix()}",
    ]


def _laid_out(paths: Sequence[Path]) -> list[LaidOut]:
    volumes = read_report(paths)
    with _in_time():
        return [lay_out(volume) for volume in volumes]


@contextmanager
def _in_time() -> Iterator[None]:
    """Give up what takes too long.

    Raises:
        InputError: it did.
    """
    try:
        with time_limit(_LONGEST, "processor"):
            yield
    except OutOfTime:
        raise InputError("the report takes too long to read (give one volume at a time)") from None


def _found(volumes: Sequence[LaidOut], header: Header) -> list[Candidate]:
    usage = Usage.of(line for laid_out in volumes for line in laid_out.lines)
    found = [one for laid_out in volumes for one in candidates(laid_out, usage, header.total, header.bodies)]
    return sorted(found, key=lambda one: one.number)


def _with_pictures(
    new: Sequence[ReviewEntry], found: Sequence[Candidate], volumes: Sequence[LaidOut], folder: Path
) -> list[ReviewEntry]:
    """Entries with pictures of their places, which are drawn into the folder."""
    made = list[ReviewEntry]()
    for laid_out in volumes:
        parts = list[tuple[int, tuple[float, float, float, float], Path]]()
        for entry, one in zip(new, found, strict=True):
            if one.volume == laid_out.volume.number:
                names = [f"{entry.id}{f'-{count}' if count > 1 else ''}.png" for count in range(1, len(one.places) + 1)]
                parts += [(page, box, folder / name) for (page, box), name in zip(one.places, names, strict=True)]
                made.append(entry.model_copy(update={"pictures": names}))
        if parts:
            draw_parts(laid_out.volume, parts)
    return made


def review_in_terminal(project: Path, folder: Path, environment: Mapping[str, str]) -> str:
    """Ask about each passage that nobody has decided about; return how far the review is then.

    Raises:
        ProblemsFound: the register or the review cannot be used.
    """
    today = clock.today(environment)
    total = load(project / "data", today).header.total
    held = review(folder, _review_of(folder))
    write_page(folder, held, total, today)
    return in_words(held, total)


def _review_of(folder: Path) -> list[ReviewEntry]:
    held = read_review(folder)
    if not held:
        raise InputError(
            f"there is no review in {folder.as_posix()}/ (first: python -m register transcribe REPORT.pdf)"
        )
    return held


def accept(project: Path, folder: Path, by: str, on: str, dry_run: bool, environment: Mapping[str, str]) -> list[str]:
    """Put every accepted wording of a review into the register; return what to say of it.

    Raises:
        InputError: there is no review.
        ProblemsFound: something cannot be used, or would be wrong in the register; nothing was written.
    """
    _review_of(folder)
    accepted = acceptance.accept(project, folder, by, on, environment)
    said = list(accepted.change.lines())
    if accepted.present:
        said.append(f"There already: {', '.join(map(str, accepted.present))}.")
    if not accepted.added:
        return [*said, "Nothing is new: accept some in the review first."]
    numbers = ", ".join(map(str, accepted.added))
    if dry_run:
        return [*said, f"Nothing was written. It would be the wording of {numbers}."]
    accepted.change.write()
    return [*said, f"Written: the wording of {numbers}. To prove it: make verify REPORT=…"]


def verify(project: Path, paths: Sequence[Path], environment: Mapping[str, str]) -> list[str]:
    """Prove that every wording of the register stands in the report, and record it; return what to say of it.

    Raises:
        ProblemsFound: a wording does not stand there, or a file cannot be read; nothing was written.
    """
    today = clock.today(environment)
    records = [record for record in load(project / "data", today).recommendations if record.wording]
    if not records:
        return ["No recommendation has its wording yet, so there is nothing to prove."]
    volumes = _laid_out(paths)
    notes = [f"Note: {note}" for laid_out in volumes for note in pages_not_read(laid_out.volume)]
    with _in_time():
        problems = verification.mistakes(records, volumes)
    if problems:
        raise ProblemsFound(problems, acceptance.NOTHING_WRITTEN)
    text = verification.proof_text(records, volumes, today.isoformat())
    Change.of(project, {_PROOF: text}, environment).write()
    stand = f"{counted(len(records), 'wording')} stand" + ("s" if len(records) == 1 else "")
    return [*notes, f"{stand} in the report, word for word, at the page given. Recorded in {_PROOF}."]
