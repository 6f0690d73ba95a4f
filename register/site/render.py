"""Turns a presenter into HTML. All HTML of the register stands in templates; autoescape is always on."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import jinja2
from markupsafe import Markup

from register.characters import capital
from register.site import urls
from register.site.compiled_templates import CompiledTemplates
from register.site.presenter import Presenter
from register.site.prose import literal, prose
from register.site.small_files import with_digest
from register.site.urls import relative
from register.state.help_lines import telephone_address
from register.state.wording import NOT_LINKED, NOT_PUBLISHED

_PACKAGE = Path(__file__).resolve().parent.parent
THEME = _PACKAGE.parent / "theme"
TEMPLATES = (_PACKAGE / "site" / "pages", _PACKAGE / "exports")


class Renderer:
    """Knows the templates; made once for a build, since reading them takes longer than filling them."""

    def __init__(self, site_url: str = "") -> None:
        """Read nothing yet.

        Args:
            site_url: where the site is published, for what is read far from it; "" if that is not known.
        """
        self.environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader(TEMPLATES),
            bytecode_cache=CompiledTemplates(TEMPLATES[0] / "__pycache__", _PACKAGE),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.environment.filters.update(FILTERS)
        self.environment.globals.update(
            urls=urls,
            site_url=site_url,
            with_digest=partial(with_digest, THEME),
            NOT_PUBLISHED=NOT_PUBLISHED,
            NOT_LINKED=NOT_LINKED,
        )

    def render(self, presenter: Presenter, here: str) -> Markup:
        """Return a presenter's HTML, without blank lines and indentation, which Markdown would read.

        Args:
            presenter: the values, and which template shows them.
            here: address of the page it will stand on, from the site's root: ``recommendations/12/``, ``""`` for home.
        """
        template = self.environment.get_template(presenter.template)
        html = template.render(presenter.values(), href=partial(relative, here))
        return Markup("\n".join(line.strip() for line in html.splitlines() if line.strip()))


FILTERS: dict[str, Callable[..., str]] = {
    "prose": prose,
    "literal": literal,
    "capitalize_first": capital,
    "tel": telephone_address,
}
