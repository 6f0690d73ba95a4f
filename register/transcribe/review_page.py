"""The review as one page in a folder: each text beside a picture of its place in the report. It runs nothing and fetches nothing."""

import base64
import datetime
import hashlib
from collections.abc import Sequence
from pathlib import Path

import jinja2
from markupsafe import Markup

from register.dates import say
from register.site.prose import prose
from register.transcribe.review_file import NAME, ReviewEntry, in_words

PAGE = "review.html"
NOT_READ = "not-read.txt"  # what of the report could not be read, a line each; the page shows it, too
_STYLE = """
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 90rem; padding: 1rem; overflow-wrap: anywhere; }
section { border-top: 2px solid; margin-top: 2rem; }
.pair { display: flex; flex-wrap: wrap; gap: 1.5rem; }
.pair > div { flex: 1 1 20rem; min-width: 0; }
blockquote { margin: 0; padding-left: 1rem; border-left: .25rem solid; }
img { max-width: 100%; height: auto; border: 1px solid; background: #fff; }
h3 { font-size: 1rem; margin: 1rem 0 .25rem; }
dt { font-weight: 600; display: inline; } dt::after { content: ":"; } dd { display: inline; margin: 0; }
.id { font-family: monospace; }
ul.as-typed { list-style-type: ""; }
"""
_DECISIONS = {"open": "Nobody has decided yet", "accept": "Accepted", "refuse": "Refused"}


def write_page(folder: Path, held: Sequence[ReviewEntry], total: int, day: datetime.date) -> Path:
    """Write a review's page beside its file.

    Args:
        folder: where the review's file and pictures are, and ``not-read.txt``, which it shows.
        held: the entries.
        total: how many recommendations there are.
        day: whose state it shows.
    """
    not_read = folder / NOT_READ
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=jinja2.StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    environment.filters["prose"] = prose
    html = environment.get_template(PAGE).render(
        style=Markup(_STYLE),
        style_hash=base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode(),
        entries=held,
        notes=not_read.read_text("utf-8").splitlines() if not_read.exists() else [],
        total=total,
        progress=in_words(held, total),
        decisions=_DECISIONS,
        file=NAME,
        in_terminal=f"make review-wordings REVIEW={folder.as_posix()}",
        accept=f"make accept-wordings REVIEW={folder.as_posix()}",
        day=say(day),
    )
    path = folder / PAGE
    path.write_text(html, encoding="utf-8")
    return path
