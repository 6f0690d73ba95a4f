"""What MkDocs calls while it builds: ``define_env`` by its macros plugin, the ``on_…`` hooks by itself.

Nothing is kept here. What the site holds stands in ``register.site.site``, which knows no MkDocs.
"""

import os
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))  # MkDocs runs this file by its path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files, InclusionLevel

from register.problems import InputError
from register.site.site import Site


def define_env(env: Any) -> None:
    """Load the site, unless the caller of MkDocs has done so, and offer every macro to the pages."""
    try:
        site = env.conf.extra.get("site") or Site.load(Path(env.conf.config_file_path).parent, os.environ)
    except InputError as error:
        raise PluginError(f"\n{error}") from None
    env.conf.extra["site"] = site
    for name in site.macros:
        env.macro(lambda *arguments, name=name: site.macro(name, arguments, env.page.url), name)


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add what is made from the register: pages and other files; leave out what the theme does not use."""
    site: Site = config.extra["site"]
    for file in [file for file in files if site.is_unused(file.src_uri)]:
        files.remove(file)
    for uri, page in site.generated.items():
        made = File.generated(config, uri, content=page.source, inclusion=InclusionLevel.NOT_IN_NAV)
        made.edit_uri = page.edit_uri
        files.append(made)
    for path, content in site.files(config.site_url or "").items():
        files.append(File.generated(config, path, content=content))
    return files


def on_page_content(html: str, page: Any, config: MkDocsConfig, files: Files) -> str:
    """Fill a page that is made from the register: it is HTML already, and no macro is left in it."""
    return config.extra["site"].generated_html(page.file.src_uri, page.url) or html


def on_env(env: Any, config: MkDocsConfig, files: Files) -> Any:
    """Give the theme what it shows on every page."""
    env.globals.update(config.extra["site"].theme_values())
    return env


def on_page_context(context: Any, page: Any, config: MkDocsConfig, nav: Any) -> Any:
    """Give the theme the facts of one page."""
    context.update(config.extra["site"].page_values(page.file.src_uri, page.meta, page.edit_url))
    return context
