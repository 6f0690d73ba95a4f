"""What MkDocs and its macros plugin call while they build. Nothing is kept here: see ``register.site.site``."""

import os
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))  # MkDocs runs this file by its path

from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files, InclusionLevel

from register.problems import InputError
from register.site.site import Site


def define_env(env: Any) -> None:
    """Load the site, unless the caller of MkDocs has done so. The macros plugin itself gets nothing to render."""
    try:
        site = env.conf.extra.get("site") or Site.load(Path(env.conf.config_file_path).parent, os.environ)
    except InputError as error:
        raise PluginError(f"\n{error}") from None
    env.conf.extra["site"] = site.at(env.conf.site_url or "")


def on_files(files: Files, config: Any) -> Files:
    """Add what is made from the register: pages and other files; leave out what the theme does not use."""
    site: Site = config.extra["site"]
    for file in [file for file in files if site.is_unused(file.src_uri)]:
        files.remove(file)
    for uri, content, edit_uri in site.made(config.extra):
        made = File.generated(config, uri, content=content, inclusion=InclusionLevel.NOT_IN_NAV)
        made.edit_uri = edit_uri
        files.append(made)
    return files


@event_priority(100)
def on_page_markdown(markdown: str, page: Any, config: Any, files: Files) -> str:
    """Fill in the macros of a page before the macros plugin, whose templates could run code, would."""
    page.meta["render_macros"] = False
    page.update_date = config.extra["site"].last_changed(page.file.src_uri, page.meta, markdown)
    return str(config.extra["site"].filled(markdown, page.file.src_uri, page.url))


def on_page_content(html: str, page: Any, config: Any, files: Files) -> str:
    """Fill a page that is made from the register: it is HTML already."""
    return str(config.extra["site"].page_html(html, page.file.src_uri, page.url))


def on_env(env: Any, config: Any, files: Files) -> Any:
    """Give the theme what it shows on every page, and the search the words of all pages, which are filled by now."""
    site: Site = config.extra["site"]
    env.globals.update(site.theme_values())
    pages: list[Any] = [file.page for file in files.documentation_pages()]
    path, content = site.search_index((page.url, page.title, page.content, page.meta) for page in pages)
    files.append(File.generated(config, path, content=content, inclusion=InclusionLevel.NOT_IN_NAV))
    return env


def on_page_context(context: Any, page: Any, config: Any, nav: Any) -> Any:
    """Give the theme the facts of one page."""
    context.update(config.extra["site"].page_values(page.file.src_uri, page.meta, page.edit_url))
    return context
