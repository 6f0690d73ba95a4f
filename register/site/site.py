"""The site of one project: what is published besides the pages that are written. Loaded once for a build.

It knows nothing of MkDocs: ``macros.py`` in the project's folder asks it and hands MkDocs the answers.
"""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from register import clock
from register.checks.project import check_project
from register.dates import PartialDate, say
from register.exports.files import exports
from register.links import report
from register.site import urls
from register.site.generated_pages import REGISTER_SOURCE, GeneratedPage, generated_pages
from register.site.macros import MACROS
from register.site.policy import CONTENT_POLICY, headers_file
from register.site.render import Renderer
from register.state.help_lines import help_lines
from register.state.snapshot import Snapshot


@dataclass(frozen=True)
class Site:
    """A snapshot of the register, shown as a site."""

    snapshot: Snapshot
    today: datetime.date
    preview: bool = False  # shown by ``mkdocs serve``, whose own script the content policy would stop

    @classmethod
    def load(cls, project: Path, environment: Mapping[str, str]) -> "Site":
        """Return the site of a project.

        Args:
            project: the folder with ``data/``, ``docs/`` and, if links were checked, their report.
            environment: for the day (see ``clock``) and for ``PREVIEW``, which ``make serve`` sets.

        Raises:
            ProblemsFound: something is wrong in data or pages, or the report of the link check cannot be used.
            WrongDay: a day that was asked for is none.
        """
        return cls.of(check_project(project, environment).good, project, environment)

    @classmethod
    def of(cls, snapshot: Snapshot, project: Path, environment: Mapping[str, str]) -> "Site":
        """Return the site of a snapshot that is loaded already; see ``load``."""
        checked = report.read(project / report.NAME)
        with_report = Snapshot(snapshot.register, snapshot.as_of, checked)
        return cls(with_report, clock.today(environment), environment.get("PREVIEW") == "1")

    @cached_property
    def renderer(self) -> Renderer:
        """The one renderer of the build."""
        return Renderer()

    @cached_property
    def generated(self) -> dict[str, GeneratedPage]:
        """The pages made from the register, by their place among the Markdown pages."""
        return {page.uri: page for page in generated_pages(self.snapshot)}

    @property
    def macros(self) -> Iterable[str]:
        """The names of the macros that pages can use."""
        return MACROS

    def macro(self, name: str, arguments: tuple[object, ...], here: str) -> str:
        """Return the HTML that a macro leaves in a page.

        Args:
            name: one of ``MACROS``.
            arguments: what the editor put between the brackets.
            here: the page's address, from the site's root.

        Raises:
            WrongArgument: the macro does not know an argument.
        """
        return str(self.renderer.render(MACROS[name].present(self.snapshot, *arguments), here))

    def generated_html(self, uri: str, here: str) -> str | None:
        """Return the HTML of a page made from the register; None for a page that is written."""
        page = self.generated.get(uri)
        return str(self.renderer.render(page.present(), here)) if page else None

    def files(self, site_url: str) -> dict[str, str | bytes]:
        """Return every file besides the pages, by its path: exports, and what web hosts and search engines read."""
        return {
            **exports(self.snapshot, site_url, self.renderer),
            urls.ROBOTS: _robots(site_url),
            urls.HEADERS: headers_file(),
        }

    def is_unused(self, uri: str) -> bool:
        """Return whether a file of MkDocs' theme is left out, because no page uses it."""
        return uri.startswith(urls.UNUSED_FOLDERS)

    def theme_values(self) -> dict[str, Any]:
        """Return what the theme shows on every page, 404 included."""
        as_of = self.snapshot.as_of
        return {
            "urls": urls,
            "earlier_day": say(as_of) if as_of < self.today else "",
            "help_lines": help_lines(self.snapshot.register),
            "leave_url": self.leave_url,
            "content_policy": "" if self.preview else CONTENT_POLICY,
        }

    @property
    def leave_url(self) -> str | None:
        """Where 'Leave this site' leads: whatever the last check found, for staying is worse."""
        return self.snapshot.links[self.snapshot.header.leave].link.url

    def page_values(self, uri: str, typed: Mapping[str, Any], edit_url: str | None) -> dict[str, Any]:
        """Return what the theme shows of one page: when it was updated, what it shows, where it is kept.

        Args:
            uri: its place among the Markdown pages.
            typed: its front matter.
            edit_url: where it can be edited; None if that is not known.
        """
        page = self.generated.get(uri)
        updated = page.updated if page else PartialDate(str(typed["updated"]))
        return {
            "page_facts": {
                "updated": str(updated or ""),
                "version": self.snapshot.version,
                "as_of": say(self.snapshot.as_of),
                "edit_url": edit_url or "",
                "source_path": REGISTER_SOURCE if page else f"docs/{uri}",
            },
            "alternates": urls.alternates(page.route if page else None),
        }


def _robots(site_url: str) -> str:
    """Everything may be read (RFC 9309). The sitemap is named only at a real address."""
    welcome = "User-agent: *\nAllow: /\n"
    return welcome if "127.0.0.1" in site_url else f"{welcome}Sitemap: {urls.absolute(site_url, urls.SITEMAP)}\n"
