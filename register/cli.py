"""The commands: ``python -m register check``, ``site``, ``serve``, ``diff``, ``links``, …; ``make`` calls most of them.

Each loads what it alone needs when it runs: all of it takes half a second, and some only editors or publishers have.
"""

import io
import os
import signal
import sys
import time
import traceback
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO

import click

from register import clock
from register.characters import one_line
from register.checks.project import check_project
from register.edit.commands import EDIT_COMMANDS
from register.links.options import Gate, LinkCheckOptions
from register.load.loader import load
from register.ordinary_files import write_whole
from register.problems import SHOWN, InputError, ProblemsFound, as_json, counted
from register.review.commands import REVIEW_COMMANDS
from register.run import Run
from register.spreadsheet.commands import SPREADSHEET_COMMANDS

FOUND, WRONG_USE, CALLED_OFF = 1, 2, 130
FAULT = 70  # a mistake in the program (sysexits.h, EX_SOFTWARE)


def main(arguments: list[str]) -> int:
    """Run one command; return the exit status: 0 good, 1 problems found, 2 wrong use, 70 a mistake in the program."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that a run that is called off tidies up, too
    _open_what_is_closed()
    try:
        status = commands.main(arguments, prog_name="python -m register", standalone_mode=False)
        sys.stdout.flush()
    except BrokenPipeError:  # the reader of the output, such as head, has seen enough
        _write_no_more(sys.stdout)
        return FOUND
    except click.ClickException as wrong:
        _say(_usage(wrong))
        return wrong.exit_code
    except click.Abort:  # Ctrl-C
        return CALLED_OFF
    except InputError as error:
        _say(str(error))
        return FOUND if isinstance(error, ProblemsFound) else WRONG_USE
    except OSError as error:
        return _system_refused(error, "--traceback" in arguments)
    except MemoryError:
        _say("there is not enough memory for this (500 MB are enough; what else runs on this machine?)")
        return FOUND
    except Exception as error:
        _say(_fault(error, "--traceback" in arguments))
        return FAULT
    return int(status or 0)


def _open_what_is_closed() -> None:
    """Let output that the caller closed (``>&-``) go nowhere; else the next file that is opened would be taken for it."""
    while (place := os.open(os.devnull, os.O_RDWR)) <= 2:
        pass
    os.close(place)
    sys.stdout = sys.stdout or open(os.devnull, "w")  # noqa: PTH123, SIM115 - open until the end
    sys.stderr = sys.stderr or open(os.devnull, "w")  # noqa: PTH123, SIM115
    if isinstance(sys.stdout, TextIOWrapper):  # a terminal that cannot show every sign shows the others
        sys.stdout.reconfigure(errors="backslashreplace")


def _say(message: str) -> None:
    """Print for a person what went wrong. If even that cannot be written, the exit status alone says it."""
    try:
        print(message, file=sys.stderr, flush=True)
    except OSError:
        _write_no_more(sys.stderr)


def _write_no_more(stream: TextIO) -> None:
    """Let what a stream still holds go nowhere, so that Python does not fail with it when it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _usage(wrong: click.ClickException) -> str:
    """What click says of a command that is used in a wrong way."""
    written = io.StringIO()
    wrong.show(written)
    return written.getvalue().rstrip("\n")


def _system_refused(error: OSError, whole: bool) -> int:
    """Say what the system did not let a command do: read or write a file, or its own output."""
    reason = error.strerror or str(error)
    if error.filename is None:
        _write_no_more(sys.stdout)
        _say(f"the output, or a file, cannot be written: {reason} (is there room?)")
        return FOUND
    if whole:
        _say("".join(traceback.format_exception(error)))
    name = os.fsdecode(error.filename)
    _say(one_line(f"'{name}' cannot be read or written: {reason} (who may use it, and is there room?)"))
    return FOUND


def _fault(error: Exception, whole: bool) -> str:
    """A mistake in the program, in one line; or all that is known of it."""
    if whole:
        return "".join(traceback.format_exception(error))
    frame = traceback.extract_tb(error.__traceback__)[-1]
    what = one_line(f"{type(error).__name__}: {error}")[:200]
    place = f"{Path(frame.filename).name}:{frame.lineno}"
    to_do = "the same command with '--traceback' behind 'register' says more: report that"
    return f"this is a mistake in the program, not in your files: {what}, at {place} ({to_do})"


@click.group()
@click.option(
    "--project",
    type=click.Path(path_type=Path),
    default=Path(),
    metavar="FOLDER",
    help="The folder with mkdocs.yml, data/ and docs/.",
)
@click.option("--as-of", metavar="DATE", help="Show the register as it stood on this day, like 2026-02-28.")
@click.option("--traceback", is_flag=True, help="Say all that is known of a mistake in the program.")
@click.pass_context
def commands(context: click.Context, project: Path, as_of: str | None, traceback: bool) -> None:
    """Check a register and build its site. These options stand before the command."""
    context.obj = Run(project, {**os.environ, **({"AS_OF": as_of} if as_of else {})})


@commands.command("check")
@click.option(
    "--format",
    "written",
    type=click.Choice(["text", "json"]),
    default="text",
    help="How problems and advice are written.",
)
@click.pass_obj
def check_command(run: Run, written: str) -> int:
    """Check data and pages; links and raw HTML are checked by site."""
    checked = check_project(run.project, run.environment)
    if written == "json":
        print(as_json(checked.problems, checked.advice))
        return FOUND if checked.problems else 0
    snapshot = checked.good
    register = snapshot.register
    for worth_attention in checked.advice[:SHOWN]:
        print(f"Soon: {worth_attention}")
    if (more := len(checked.advice) - SHOWN) > 0:
        print(f"… and {counted(more, 'piece')} of advice more (mind these first)")
    print(
        f"All is well: {len(register.recommendations)} recommendations, {len(register.links)} links, "
        f"{len(register.contacts)} contacts, register version {snapshot.version}."
    )
    return 0


@commands.command("attention")
@click.option(
    "--format",
    "written",
    type=click.Choice(["text", "json", "markdown"]),
    default="text",
    help="How it is written; Markdown is empty if nothing is due.",
)
@click.pass_obj
def attention_command(run: Run, written: str) -> None:
    """List what is due for a person: help lines to ring, passed dates, work without news, …."""
    from register.checks import attention
    from register.checks.security_contact import security_advice

    checked = check_project(run.project, run.environment)
    advice = [*checked.advice, *security_advice(run.project, checked.good.as_of)]
    groups = attention.attention(checked.good, advice)
    if written == "json":
        print(attention.as_json(groups, checked.good.as_of))
    elif written == "text" or groups:
        print(attention.as_text(groups) if written == "text" else attention.as_markdown(groups))


@commands.command("site")
@click.option(
    "--publish",
    is_flag=True,
    help="For readers: refuse an address that only this machine can open; compress what web hosts send.",
)
@click.pass_obj
def site_command(run: Run, publish: bool) -> None:
    """Check, build and check what was built."""
    from register.checks.built_site import count_pages
    from register.checks.site_address import check_published, said_of_local_addresses
    from register.site.build import build

    begun = time.monotonic()
    snapshot = check_project(run.project, run.environment).good
    if publish:
        check_published(run.project, run.environment)
    built = build(run.project, snapshot, run.environment, compressed=publish)
    print(f"Built {len(snapshot.statuses)} recommendations into {count_pages(built)} pages, in {built}/.")
    print(f"Register version {snapshot.version}, as at {snapshot.as_of.isoformat()}.")
    if local := said_of_local_addresses(run.project, run.environment):
        print(local)
    print("To look at it: make serve, then open http://127.0.0.1:8000/")
    print(f"It took {time.monotonic() - begun:.1f} seconds.")


@commands.command("hosting")
@click.pass_obj
def hosting_command(run: Run) -> None:
    """Write settings for nginx and Caddy into hosting/: headers, redirects, compression."""
    from register.site.hosting import write_hosting

    print(*(f"Written: {path}" for path in write_hosting(run.project, run.environment)), sep="\n")


@commands.command("offline")
@click.pass_obj
def offline_command(run: Run) -> int:
    """Write offline.zip: the built site for a memory stick, to be opened by a double click."""
    from register.site.offline import ARCHIVE, offline_archive
    from register.site.swap import SITE

    if not (run.project / SITE / "index.html").is_file():
        print(f"there is no built site in {SITE}/ (run 'make site' first)", file=sys.stderr)
        return FOUND
    write_whole(run.project / ARCHIVE, offline_archive(run.project / SITE))
    print(f"Written: {ARCHIVE}. Unpack it, then open index.html in the folder that it holds.")
    return 0


@commands.command("rollback")
@click.pass_obj
def rollback_command(run: Run) -> int:
    """Put the site before the last build back in its place; once more, and it is undone."""
    from register.site.swap import PREVIOUS, SITE, roll_back

    if not roll_back(run.project):
        print(f"there is no earlier site in {PREVIOUS}/ (nothing was changed)", file=sys.stderr)
        return FOUND
    print(f"The site before the last build is in {SITE}/ again; the other one is in {PREVIOUS}/.")
    return 0


@commands.command("serve")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, help="The port on this machine.")
@click.pass_obj
def serve_command(run: Run, port: int) -> None:
    """Show the site at http://127.0.0.1:8000/ and follow every change."""
    from register.checks.site_settings import check_settings
    from register.site.mkdocs_build import serve

    # Before MkDocs reads them: it would run what they name.
    if problems := check_settings(run.project):
        raise ProblemsFound(problems)
    serve(run.project, port, run.environment)


@commands.command("diff")
@click.argument("first")
@click.argument("last")
@click.pass_obj
def diff_command(run: Run, first: str, last: str) -> None:
    """Say what changed from FIRST to LAST, both included: days like 2023-04-01."""
    from register.state.comparison import describe

    begin, end = clock.day(first, "FIRST"), clock.past(last, "LAST", run.environment)
    if begin > end:
        raise clock.WrongDay(f"FIRST is later than LAST: '{begin}', '{end}' (put the earlier day first)")
    print(describe(load(run.project / "data", clock.today(run.environment)), begin, end))


_USUAL = LinkCheckOptions()


@commands.command("links")
@click.option("--offline", is_flag=True, help="Check inside links and placeholders only.")
@click.option(
    "--gate",
    type=click.Choice(["all", "must-work"]),
    default=_USUAL.gate,
    help="Which failing links give exit status 1: any, or only those that must always work.",
)
@click.option("--summary", type=click.Path(path_type=Path), metavar="FILE", help="Write a Markdown summary here.")
@click.option("--junit", type=click.Path(path_type=Path), metavar="FILE", help="Write JUnit XML here.")
@click.option("--timeout", type=int, default=_USUAL.timeout, metavar="SECONDS", help="For one server to answer.")
@click.option("--limit", type=float, default=_USUAL.limit, metavar="SECONDS", help="For the whole check.")
@click.option("--pause", type=float, default=_USUAL.pause, metavar="SECONDS", help="Before the second try.")
@click.option(
    "--copies/--no-copies", default=_USUAL.copies, help="Ask public web archives for copies of pages that have none."
)
@click.option("--learn", is_flag=True, help="Only fetch pages without 'expect' and propose words to know them by.")
@click.pass_obj
def links_command(
    run: Run,
    offline: bool,
    gate: Gate,
    summary: Path | None,
    junit: Path | None,
    timeout: int,
    limit: float,
    pause: float,
    copies: bool,
    learn: bool,
) -> int:
    """Check every link of the built site, with the real LinkChecker."""
    from register.links.command import check_links, learn_words

    options = LinkCheckOptions(offline, gate, summary, junit, timeout, limit, pause, copies)
    register = load(run.project / "data", clock.today(run.environment))
    if learn:
        return learn_words(register, run.project, options.limits)
    return check_links(register, run.project, options, run.environment)


@commands.command("last-links")
@click.pass_obj
def last_links_command(run: Run) -> None:
    """Take over what the weekly link check found last."""
    from register.links.last_report import take_over

    print(take_over(run.project))


_REPORT = click.argument("report", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="REPORT.pdf…")
_FOLDER = click.argument("folder", type=click.Path(path_type=Path), default=Path("review"))


@commands.command("transcribe")
@_REPORT
@click.option("--out", "folder", type=click.Path(path_type=Path), default=Path("review"), help="Where the review goes.")
@click.option("--review", is_flag=True, help="Then accept, mend or refuse each one in the terminal.")
@click.pass_obj
def transcribe_command(run: Run, report: tuple[Path, ...], folder: Path, review: bool) -> None:
    """Find the recommendations in the published report, for somebody to review; a file for each volume."""
    from register.transcribe.command import review_in_terminal, transcribe

    print(*transcribe(run.project, report, folder, run.environment), sep="\n", flush=True)
    if review:
        print(review_in_terminal(run.project, folder, run.environment))
    print(f"Then: make accept-wordings REVIEW={folder.as_posix()}")


@commands.command("review-wordings")
@_FOLDER
@click.pass_obj
def review_wordings_command(run: Run, folder: Path) -> None:
    """Accept, mend or refuse in the terminal what 'transcribe' found and nobody has decided about."""
    from register.transcribe.command import review_in_terminal

    print(review_in_terminal(run.project, folder, run.environment))


@commands.command("accept-wordings")
@_FOLDER
@click.option(
    "--by", prompt="Who compared the texts with the report (a role, not a private person)", help="Who compared them."
)
@click.option("--on", help="When that was, like 2026-02-28; today if left out.")
@click.option("--dry-run", is_flag=True, help="Show what would be written, and write nothing.")
@click.pass_obj
def accept_wordings_command(run: Run, folder: Path, by: str, on: str | None, dry_run: bool) -> None:
    """Put the wordings that were accepted in a review into the register."""
    from register.transcribe.command import accept

    day = clock.past(on, "--on", run.environment) if on else clock.today(run.environment)
    print(*accept(run.project, folder, by, day.isoformat(), dry_run, run.environment), sep="\n")


@commands.command("verify-wording")
@_REPORT
@click.pass_obj
def verify_wording_command(run: Run, report: tuple[Path, ...]) -> None:
    """Prove that every wording stands in the published report at the page given, and record it in data/proved.yml."""
    from register.transcribe.command import verify

    print(*verify(run.project, report, run.environment), sep="\n")


@commands.command("kept")
@click.argument("since", metavar="COMMIT")
@click.pass_obj
def kept_command(run: Run, since: str) -> None:
    """Check that nothing published is lost or rewritten since COMMIT: a commit, a branch or a tag of git."""
    from register.checks.earlier_commit import EarlierCommit
    from register.checks.permalinks import compare_with_commit
    from register.checks.rewritten import NotComparable, rewritten_since

    clock.as_of(run.environment)  # a day that is none is reported; what is compared is always today's register
    snapshot = check_project(run.project, {**run.environment, "AS_OF": ""}).good
    earlier = EarlierCommit.find(run.project, since)
    compared = compare_with_commit(earlier, snapshot)
    for problem in compared.not_compared:
        print(f"Not compared: {problem}", file=sys.stderr)
    if compared.lost:
        raise ProblemsFound(compared.lost)
    try:
        rewritten = rewritten_since(earlier, snapshot.register, clock.today(run.environment))
    except NotComparable as older:
        print(f"Not compared: {older}", file=sys.stderr)
        print(f"Every address that was published as of '{since}' is still there.")
        return
    if rewritten:
        raise ProblemsFound(rewritten)
    print(f"Every address that was published as of '{since}' is still there, and nothing that was said is rewritten.")


@commands.command("verify-site")
@click.argument("at", metavar="SITE")
@click.option("--commit", default="HEAD", metavar="COMMIT", help="A commit, branch or tag; HEAD if left out.")
@click.option(
    "--link-report",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="FILE",
    help="The report of the link check that the site was built with; no commit holds it.",
)
@click.pass_obj
def verify_site_command(run: Run, at: str, commit: str, link_report: Path | None) -> int:
    """Say whether SITE, an address or a folder, is what a commit builds, byte for byte."""
    from register.checks.same_site import compare_with_built

    compared = compare_with_built(run.project, at, commit, link_report)
    print(compared, file=sys.stderr if compared.found else sys.stdout)
    return FOUND if compared.found else 0


@commands.command("sbom")
@click.pass_obj
def sbom_command(run: Run) -> None:
    """Write a bill of materials: what builds the site, and what goes out to browsers (CycloneDX 1.6)."""
    from register.inventory.sbom import NAME, sbom

    write_whole(run.project / NAME, sbom(run.project).encode())
    print(f"Written: {NAME}")


@commands.command("forms")
@click.pass_obj
def forms_command(run: Run) -> None:
    """Write the forms on GitHub, and the schemas by which an editor completes and underlines what is typed in data/."""
    from register.edit.made_files import write_made_files

    changed = write_made_files(run.project, load(run.project / "data", clock.today(run.environment)))
    for path in changed:
        print(f"Written: {path}")
    if not changed:
        print("Nothing is new: forms and schemas are as the register and the model say.")


@commands.command("verify-history")
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
def verify_history_command(old: Path, new: Path) -> int:
    """Say whether the register NEW only adds to OLD: files or folders with a published register.json."""
    from register.checks.copies import read_copy
    from register.state.history_proof import extension, rewritings

    earlier, later = read_copy(old), read_copy(new)
    if found := rewritings(earlier, later):
        print(
            *found, f"{counted(len(found), 'thing')} rewritten between '{old}' and '{new}'.", sep="\n", file=sys.stderr
        )
        return FOUND
    held = extension(earlier, later)
    print(
        f"'{new}' only adds to '{old}': {counted(held.unchanged, 'update')} unchanged, {held.added} added, "
        f"{held.edited} edited in the open, {held.withdrawn} withdrawn."
    )
    return 0


for command in (*EDIT_COMMANDS, *SPREADSHEET_COMMANDS, *REVIEW_COMMANDS):
    commands.add_command(command)
