"""The site of one project: what is published besides the pages that are written. Loaded once for a build.

It knows nothing of MkDocs: ``macros.py`` in the project's folder asks it and hands MkDocs the answers.
"""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from register import clock
from register.checks.docs_files import published_names
from register.checks.project import check_project
from register.dates import PartialDate, say
from register.exports.files import exports
from register.links import report
from register.problems import Problem, ProblemsFound
from register.site import urls
from register.site.generated_pages import GeneratedPage, generated_pages
from register.site.introductions import shown_introductions, year_of
from register.site.macro_calls import macro_calls
from register.site.macros import MACROS
from register.site.pages.yearly_report import YearlyReportPage
from register.site.policy import CONTENT_POLICY, STYLE_IN_PAGE
from register.site.render import THEME, Renderer
from register.site.search_index import SearchedPage, search_index
from register.site.share_picture import share_picture
from register.site.small_files import MADE_SMALL, small_files, with_digest
from register.site.web_hosts import WebHosting
from register.state.change_days import register_changed, status_changed
from register.state.help_lines import cards, help_lines
from register.state.snapshot import Snapshot


@dataclass(frozen=True)
class Site:
    """A snapshot of the register, shown as a site."""

    snapshot: Snapshot
    today: datetime.date
    docs: tuple[str, ...] = ()  # the names of the files of docs/ that are published
    introductions: frozenset[str] = frozenset()  # those of them that introduce yearly reports
    site_url: str = ""  # where it is published, ending in ``/``; "" if that is not known
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
        with_report = replace(snapshot, report=checked)
        names = published_names(project / "docs")
        introduced = shown_introductions(project / "docs", names, snapshot)
        docs = tuple(name for name in names if name in introduced or not year_of(name))
        preview = environment.get("PREVIEW") == "1"
        return cls(with_report, clock.today(environment), docs, introduced, preview=preview)

    def at(self, site_url: str) -> "Site":
        """Return the same site as published at an address, which ends in ``/``; "" if that is not known."""
        return replace(self, site_url=site_url)

    @cached_property
    def renderer(self) -> Renderer:
        """The one renderer of the build."""
        return Renderer(self.site_url)

    @cached_property
    def generated(self) -> dict[str, GeneratedPage]:
        """The pages made from the register, by their place among the Markdown pages."""
        return {page.uri: page for page in generated_pages(self.snapshot)}

    def filled(self, markdown: str, uri: str, here: str) -> str:
        """Return a page with what its macros show in their places. Nothing of the page is evaluated.

        Args:
            markdown: the page, without its front matter.
            uri: its place among the Markdown pages.
            here: its address, from the site's root.

        Raises:
            ProblemsFound: something that is no macro call stands in curly brackets, or there is no such macro.
            WrongArgument: a macro does not know an argument.
        """
        parts, at = list[str](), 0
        for call in macro_calls(markdown, f"docs/{uri}"):
            if isinstance(call, Problem):
                raise ProblemsFound([call])
            if call.name not in MACROS or call.arguments is None:
                what = f"there is no such macro: '{markdown[call.start : call.end]}'"
                raise ProblemsFound([Problem(f"docs/{uri}", call.line_in(markdown), "", what, "", "unknown-macro")])
            presenter = MACROS[call.name].present(self.snapshot, *call.arguments)
            parts += [markdown[at : call.start], str(self.renderer.render(presenter, here))]
            at = call.end
        return "".join([*parts, markdown[at:]])

    def page_html(self, written: str, uri: str, here: str) -> str:
        """Return the HTML of a page: as it was written, as it is made from the register, or the one above the other.

        Args:
            written: the HTML of what was written.
            uri: its place among the Markdown pages.
            here: its address, from the site's root.
        """
        page = self.generated.get(uri)
        if not page:
            return written
        presenter = page.present()
        if uri not in self.introductions or not isinstance(presenter, YearlyReportPage):
            return str(self.renderer.render(presenter, here))
        return f"{written}\n{self.renderer.render(replace(presenter, introduced=True), here)}"

    def made(self, extra: Mapping[str, Any]) -> Iterator[tuple[str, str | bytes, str | None]]:
        """Yield every page and file that nobody writes: where it stands, its content, where it is edited if anywhere.

        Files are exports, and what web hosts, search engines and messengers read.

        Args:
            extra: the partnership's own settings (see ``model.ExtraSettings``).
        """
        for uri, page in self.generated.items():
            if uri not in self.introductions:
                yield uri, page.source, page.edit_uri
        for path, content in exports(self.snapshot, self.site_url, self.renderer, self.today, self.docs).items():
            yield path, content, None
        yield urls.ROBOTS, _robots(self.site_url), None
        yield urls.SHARE_PICTURE, share_picture(extra["short_name"], THEME / urls.TOUCH_ICON), None
        for path, text in small_files(THEME):
            yield path, text, None
        if security := extra.get("security"):
            yield urls.SECURITY, _security(str(security["contact"]), str(security["expires"]), self.site_url), None
        hosting = WebHosting(tuple(urls.moves(self.snapshot)), self.site_url, bool(extra.get("preload")))
        for path, text in hosting.in_site().items():
            yield path, text, None

    def search_index(self, pages: Iterable[tuple[str, str, str, Mapping[str, Any]]]) -> tuple[str, str]:
        """Return the file that the site's search reads: where it stands, and its content.

        Args:
            pages: the address, title, HTML and front matter of every page.
        """
        searched = [
            SearchedPage(address, str(typed.get("title", title)), html)
            for address, title, html, typed in pages
            if not (typed.get("search") or {}).get("exclude")
        ]
        return urls.SEARCH_INDEX, search_index(self.snapshot, searched)

    def last_changed(self, uri: str, typed: Mapping[str, Any], source: str) -> str:
        """Return the day on which a page last changed, for the sitemap (sitemaps.org, ``lastmod``): by the data, never by the build.

        Args:
            uri: its place among the Markdown pages.
            typed: its front matter.
            source: what was written of it, with its macros.
        """
        page, days = self.generated.get(uri), list[datetime.date]()
        if not page or uri in self.introductions:
            days.append(PartialDate(str(typed["updated"])).first)
        if page and page.route.shows == "recommendation":
            days += [day for day in [status_changed(self.snapshot.statuses[int(page.route.of[0])])] if day]
        elif page or "{{" in source:
            days.append(self._register_changed)
        return max(days, default=self.snapshot.header.inquiry.published.first).isoformat()

    @cached_property
    def _register_changed(self) -> datetime.date:
        return register_changed(self.snapshot)

    def is_unused(self, uri: str) -> bool:
        """Return whether a file is left out: of the theme if no page uses it or the build writes its own; of ``docs/`` if the day shown has no use for it."""
        return (
            uri in (*MADE_SMALL, *urls.PARTS_OF_SEARCH)
            or uri.startswith(urls.UNUSED_FOLDERS)
            or bool(year_of(uri) and uri not in self.introductions)
        )

    def theme_values(self) -> dict[str, Any]:
        """Return what the theme shows on every page, 404 included."""
        as_of = self.snapshot.as_of
        lines = help_lines(self.snapshot.register, as_of)
        return {
            "urls": urls,
            "addresses": {uri: with_digest(THEME, uri) for uri in urls.ADDRESSED_BY_CONTENT},
            "earlier_day": say(as_of) if as_of < self.today else "",
            "help_lines": lines,
            "help_cards": cards(lines),
            "leave_url": self.leave_url,
            "content_policy": "" if self.preview else CONTENT_POLICY,
            "style_in_page": STYLE_IN_PAGE,
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
        dates = [page.updated] if page else []
        if not page or uri in self.introductions:
            dates.append(PartialDate(str(typed["updated"])))
        updated = max((date for date in dates if date), default=None)
        return {
            "page_facts": {
                "updated": str(updated or ""),
                "version": self.snapshot.version,
                "as_of": say(self.snapshot.as_of),
                "edit_url": edit_url or "",
                "source_path": page.edited_in if page and uri not in self.introductions else f"docs/{uri}",
            },
            "alternates": urls.alternates(page.route if page else None),
        }


def _robots(site_url: str) -> str:
    """Everything may be read (RFC 9309). The sitemap is named only at a real address."""
    welcome = "User-agent: *\nAllow: /\n"
    return welcome if "127.0.0.1" in site_url else f"{welcome}Sitemap: {urls.absolute(site_url, urls.SITEMAP)}\n"


def _security(contact: str, expires: str, site_url: str) -> str:
    """Where to report a weakness of the site (RFC 9116, 2.5: an address, a moment in UTC)."""
    fields = {
        "Contact": contact if contact.startswith("https://") else f"mailto:{contact}",
        "Expires": f"{expires}T00:00:00Z",
        "Preferred-Languages": "en",
        "Canonical": urls.absolute(site_url, urls.SECURITY),
    }
    return "".join(f"{name}: {value}\n" for name, value in fields.items())
