"""Old addresses for web hosts, so that readers and programs are led on before they see a page.

Every old page is there as a page, too, which works on any host, without JavaScript. ``_redirects`` is read by Netlify and
Cloudflare Pages by themselves; the other two are for people who run nginx or Caddy to include. 301 is "moved permanently"
(RFC 9110, 15.4.2).
"""

from collections.abc import Iterable
from urllib.parse import quote, urlsplit

from register.site import urls
from register.site.urls import Move

_ABOUT = "# Where this site's old addresses lead. Made from data/redirects.yml and data/register.yml.\n"


def redirect_files(moves: Iterable[Move], site_url: str) -> dict[str, str]:
    """Return what hosts read, by its path from the site's root; the files are there even if nothing has moved.

    Args:
        moves: the old addresses.
        site_url: where the site is published, ending in ``/``; the site may be one folder of its host.
    """
    base = urlsplit(site_url).path or "/"
    # What is copied answers at its old address by itself.
    pairs = [(base + move.old, base + quote(move.new, safe="/#")) for move in moves if not move.is_copied]
    lines = {
        urls.REDIRECTS: [f"{quote(old)} {new} 301" for old, new in pairs],
        # nginx and Caddy compare with the address as it reads when "%20" is a space again.
        urls.REDIRECTS_NGINX: [f'location = "{old}" {{ return 301 "{new}"; }}' for old, new in pairs],
        urls.REDIRECTS_CADDY: [f'redir "{old}" "{new}" 301' for old, new in pairs],
    }
    return {path: _ABOUT + "".join(f"{line}\n" for line in made) for path, made in lines.items()}
