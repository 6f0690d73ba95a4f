"""The door between the register and MkDocs; everything behind it knows nothing of MkDocs.

MkDocs comes through here twice: the macros plugin calls ``define_env`` for the
nouns that pages use, and MkDocs itself calls the ``on_…`` hooks, which add one page
for each recommendation and give the theme its facts.
"""

import gc
import json
import logging
import os
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parent
sys.path.insert(0, str(PROJECT))  # MkDocs runs this file by its path; its folder is not importable by itself

from mkdocs.exceptions import PluginError  # noqa: E402
from mkdocs.structure.files import File, InclusionLevel  # noqa: E402

from register import clock, views  # noqa: E402
from register.dates import PartialDate, say  # noqa: E402
from register.exports.catalogue import alternates  # noqa: E402
from register.exports.files import exports  # noqa: E402
from register.generated import generated_pages  # noqa: E402
from register.links import report as link_report  # noqa: E402
from register.load import load  # noqa: E402
from register.nouns import NOUNS, WrongNoun  # noqa: E402
from register.pages import HELP_PAGE  # noqa: E402
from register.policy import CONTENT_POLICY, headers_file  # noqa: E402
from register.problems import ProblemsFound  # noqa: E402
from register.render import Renderer, compiled_templates  # noqa: E402

# Material's own scripts and styles are not used by theme/base.html, so they are not published.
UNUSED = ("assets/javascripts/", "assets/stylesheets/", "assets/images/")

# Where the words of generated pages are edited.
REGISTER_SOURCE = "data/recommendations.yml"

# The plugin tells of every variable it finds; what matters to an editor is told elsewhere.
logging.getLogger("mkdocs.plugins.mkdocs_macros.util").setLevel(logging.WARNING)

COMMAND = {"name": "build"}


def on_startup(command, dirty):
    """Remember whether this is ``mkdocs serve``, whose own script the content policy would stop."""
    COMMAND["name"] = command


def on_files(files, config):
    """Add the pages made from the register, every export and what web hosts read; leave out what the theme does not use."""
    for file in [file for file in files if file.src_uri.startswith(UNUSED)]:
        files.remove(file)
    for made in config.extra["generated"].values():
        content = f"---\n{json.dumps(made.front_matter)}\n---\n"
        page = File.generated(config, made.uri, content=content, inclusion=InclusionLevel.NOT_IN_NAV)
        page.edit_uri = f"../{REGISTER_SOURCE}"
        files.append(page)
    for path, content in exports(config.extra["snapshot"], config.site_url).items():
        files.append(File.generated(config, path, content=content))
    files.append(File.generated(config, "robots.txt", content=_robots(config.site_url)))
    files.append(File.generated(config, "_headers", content=headers_file()))
    return files


def on_page_content(html, page, config, files):
    """Fill a page that is made from the register: it is HTML already. The macros plugin fills those that are written."""
    made = config.extra["generated"].get(page.file.src_uri)
    if not made:
        return html
    view = NOUNS[made.noun](config.extra["snapshot"], *made.arguments)
    return str(config.extra["renderer"].render(view, page.url))


def _robots(site_url):
    """Everything may be read (RFC 9309). The sitemap is named only at a real address."""
    welcome = "User-agent: *\nAllow: /\n"
    return welcome if "127.0.0.1" in site_url else f"{welcome}Sitemap: {site_url}sitemap.xml\n"


def on_env(env, config, files):
    """Give every page, 404 included, what the theme shows everywhere."""
    snapshot = config.extra["snapshot"]
    env.bytecode_cache = compiled_templates()
    env.globals["earlier_day"] = config.extra["earlier_day"]
    env.globals["help_url"] = HELP_PAGE.replace(".md", "/")
    env.globals["help_lines"] = views.help_lines(snapshot)
    env.globals["leave_url"] = views.leave_address(snapshot)
    env.globals["content_policy"] = "" if COMMAND["name"] == "serve" else CONTENT_POLICY
    return env


def on_page_context(context, page, config, nav):
    """Give the theme the facts of one page: when it was updated, what it shows, where it is kept."""
    snapshot = config.extra["snapshot"]
    made = config.extra["generated"].get(page.file.src_uri)
    context["page_facts"] = {
        "updated": _updated(page, made),
        "version": snapshot.version,
        "as_of": say(snapshot.as_of),
        "edit_url": page.edit_url or "",
        "source_path": REGISTER_SOURCE if made else f"docs/{page.file.src_uri}",
    }
    context["alternates"] = alternates(page.url)
    return context


def _updated(page, made):
    if made:
        return str(made.updated or "")
    return str(PartialDate(str(page.meta["updated"])))


def define_env(env):
    """Load the register, keep it in the configuration for the hooks, and offer every noun to the pages."""
    project = Path(env.conf.config_file_path).parent
    try:
        register = load(project / "data", clock.today(os.environ))
        report = link_report.read(project / link_report.NAME)
        snapshot = views.Snapshot(register, clock.as_of(os.environ), report)
    except (ProblemsFound, clock.WrongDay) as found:
        raise PluginError(f"\n{found}") from None
    renderer = Renderer()
    env.conf.extra["snapshot"] = snapshot
    env.conf.extra["renderer"] = renderer
    env.conf.extra["generated"] = {page.uri: page for page in generated_pages(snapshot)}
    env.conf.extra["earlier_day"] = say(snapshot.as_of) if snapshot.as_of < clock.today(os.environ) else ""
    if COMMAND["name"] == "build":
        # What has been read stays to the end of the build: looking through it for waste again and again is a tenth of it.
        gc.freeze()
    for name in NOUNS:
        env.macro(_macro(name, snapshot, renderer, env), name)


def _macro(name, snapshot, renderer, env):
    def macro(*arguments):
        try:
            view = NOUNS[name](snapshot, *arguments)
        except WrongNoun as wrong:
            raise PluginError(f"docs/{env.page.file.src_uri}: {name}: {wrong}") from None
        return str(renderer.render(view, env.page.url))

    return macro
