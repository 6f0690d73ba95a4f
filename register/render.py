"""Turns a view into HTML. All HTML of the register stands in ``templates/``; autoescape is always on."""

import posixpath
from functools import partial
from pathlib import Path

import jinja2
from markupsafe import Markup

from register.nouns import View
from register.prose import literal, prose


def compiled_templates() -> jinja2.BytecodeCache:
    """Where templates are kept compiled, as Python keeps its modules: reading them anew is a fifth of a build."""
    folder = Path(__file__).parent / "__pycache__" / "templates"
    folder.mkdir(parents=True, exist_ok=True)
    return jinja2.FileSystemBytecodeCache(str(folder))


class Renderer:
    """Knows the templates; made once for a build."""

    def __init__(self):
        self._environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader(Path(__file__).parent / "templates"),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            bytecode_cache=compiled_templates(),
        )
        self._environment.filters["prose"] = prose
        self._environment.filters["literal"] = literal
        self._environment.filters["capitalize_first"] = lambda text: text[:1].upper() + text[1:]

    def render(self, view: View, here: str) -> Markup:
        """Return a view's HTML.

        Args:
            view: a template's name and its values.
            here: address of the page it will stand on, from the site's root: ``recommendations/12/``, ``""`` for home.
        """
        template = self._environment.get_template(f"{view.template}.html")
        html = template.render(view.values, href=partial(relative, here))
        # A blank line would end a raw block in Markdown, and indentation would begin a code block.
        return Markup("\n".join(line.strip() for line in html.splitlines() if line.strip()))


def relative(here: str, there: str) -> str:
    """Return the address of one page of the site relative to another: ``../../help/``."""
    path, _, fragment = there.partition("#")
    address = posixpath.relpath(f"/{path}", f"/{here}")
    address = "./" if address == "." else address + ("/" if path.endswith("/") or not path else "")
    return address + (f"#{fragment}" if fragment else "")
