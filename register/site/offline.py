"""Makes the edition of a built site that opens by a double click, from a memory stick or a folder, without a server.

There an address that ends in a folder shows the folder's content, so that each link names the page in it. Everything else is
the same site: one search, one list, one way out.
"""

from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit, urlunsplit

from selectolax.lexbor import LexborHTMLParser

from register.site import urls
from register.site.policy import CODINGS, CONTENT_POLICY, FOR_HOSTS_ONLY
from register.zip_archive import zip_archive

ARCHIVE = "offline.zip"
_FOLDER = "register/"  # the one thing that is seen when the archive is opened
_PAGE = "index.html"
# Of use to servers, search engines and nobody else.
_LEFT_OUT = (
    *FOR_HOSTS_ONLY,
    urls.HTACCESS,
    urls.NOT_FOUND,
    urls.ROBOTS,
    urls.SITEMAP,
    f"{urls.SITEMAP}.gz",
    urls.SECURITY,
)
# On a disk there is no host whose own files could be meant by 'self' in every browser.
_POLICY = CONTENT_POLICY.replace("'self'", "'self' file:")


def offline_archive(site: Path) -> bytes:
    """Return a built site as a ZIP archive whose pages work from a disk.

    Args:
        site: the folder of the site.
    """
    named = {path.relative_to(site).as_posix(): path for path in site.rglob("*") if path.is_file()}
    return zip_archive(
        {
            _FOLDER + name: _offline_file(path)
            for name, path in named.items()
            if name not in _LEFT_OUT and path.suffix not in CODINGS.values()
        }
    )


def _offline_file(path: Path) -> bytes:
    content = path.read_bytes()
    return offline_page(content.decode()).encode() if path.suffix == ".html" else content


def offline_page(page: str) -> str:
    """Return a page of the site as it stands on a disk: links name pages, and the policy allows files of the disk."""
    tree = LexborHTMLParser(page)
    for link in tree.css("a[href]"):
        link.attrs["href"] = offline_address(link.attributes["href"] or "")
    for policy in tree.css('meta[http-equiv="Content-Security-Policy"]'):
        policy.attrs["content"] = _POLICY
    for script in tree.css("script[data-index]"):
        script.attrs["data-page"] = _PAGE
    return f"{tree.html or ''}\n"


def offline_address(address: str) -> str:
    """Return an address that a page leads to, with the name of the page where it ends in a folder: ``../help/index.html#x``.

    Addresses of other sites, and of parts of the same page, stay.
    """
    parts = urlsplit(address)
    if parts.scheme or parts.netloc or not parts.path:
        return address
    last = PurePosixPath(parts.path).name
    is_folder = parts.path.endswith("/") or parts.path in (".", "..") or last == ".."
    path = f"{parts.path.removesuffix('/')}/{_PAGE}" if is_folder else parts.path
    return urlunsplit(parts._replace(path=path))
