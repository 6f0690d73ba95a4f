"""Settings for web hosts: the headers of each kind of address, redirects, media types, and which files are not served.

Their only source is ``policy`` and the register's moves; here they are written as each host reads them. ``_headers`` and
``_redirects`` (Netlify, Cloudflare Pages) and ``.htaccess`` (Apache) are read from the site itself and so lie in it. nginx and
Caddy include a file that stands beside the site. Every old page also exists as a page, which works on any host.

301 is "moved permanently" (RFC 9110, 15.4.2).
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote, urlsplit

from register.site import urls
from register.site.policy import (
    CODINGS,
    FOR_HOSTS_ONLY,
    IN_UTF_8,
    KINDS,
    MEDIA_TYPES,
    PAGES,
    PathKind,
    headers_everywhere,
)
from register.site.urls import Move

_MADE = "# Made by the build from the register and register/site/policy.py: change it there.\n"
NGINX, CADDY = "nginx.conf", "Caddyfile"
_OF_KINDS = sorted({name for kind in KINDS for name in kind.headers})  # headers that not every answer has


@dataclass(frozen=True)
class WebHosting:
    """The settings of one site, for each web host."""

    moves: tuple[Move, ...]
    site_url: str  # where the site is published, ending in ``/``; the site may be one folder of its host
    preload: bool = False  # whether the host's owner wants browsers to preload that it is reached by https only

    def in_site(self) -> dict[str, str]:
        """Return what hosts read from the site itself, by its path from the site's root; there even if nothing has moved."""
        return {
            urls.HEADERS: _MADE + "".join(self._headers()),
            urls.REDIRECTS: _MADE + "".join(f"{quote(old)} {new} 301\n" for old, new in self._redirects),
            urls.HTACCESS: _MADE + "".join(f"{line}\n" for line in self._apache()),
        }

    def beside_site(self) -> dict[str, str]:
        """Return what nginx and Caddy include, by its name."""
        return {
            NGINX: _MADE + "".join(f"{line}\n" for line in self._nginx()),
            CADDY: _MADE + "".join(f"{line}\n" for line in self._caddy()),
        }

    @cached_property
    def _base(self) -> str:
        return urlsplit(self.site_url).path or "/"

    @cached_property
    def _everywhere(self) -> dict[str, str]:
        return headers_everywhere(self.preload)

    @cached_property
    def _redirects(self) -> list[tuple[str, str]]:
        """Old address and new one from the host's root; what is copied answers at its old address by itself."""
        base = self._base
        return [(base + move.old, base + quote(move.new, safe="/#")) for move in self.moves if not move.is_copied]

    def _pattern(self, kind: PathKind, behind: str = "") -> str:
        """A regular expression for the addresses of a kind, which reads the same in nginx and in Apache."""
        whole = [re.escape(path) + behind + "$" for path in kind.paths if not path.endswith("*")]
        begun = [re.escape(path[:-1]) for path in kind.paths if path.endswith("*")]
        return f"^{re.escape(self._base)}({'|'.join(whole + begun)})"

    # ── Netlify and Cloudflare Pages ────────────────────────────────────────────────────────────────

    def _headers(self) -> Iterator[str]:
        """The blocks of ``_headers``.

        Every block that fits an address counts, and Cloudflare joins what stands in two of them: so no header stands in
        two that can fit the same address. What pages alone have cannot be said in this form; both hosts by themselves tell
        browsers to ask each time whether a file is still the same, which is what matters of it.
        """
        yield self._block("*", self._everywhere)
        for kind in KINDS:
            for path in kind.paths:
                yield self._block(path, kind.headers)

    def _block(self, path: str, headers: Mapping[str, str]) -> str:
        return f"{self._base}{path}\n" + "".join(f"  {name}: {value}\n" for name, value in headers.items())

    # ── Apache ──────────────────────────────────────────────────────────────────────────────────────

    def _apache(self) -> Iterator[str]:
        yield "# It needs mod_headers, mod_mime and mod_rewrite, 'AllowOverride All' for the folder, and 'TraceEnable off'."
        yield "Options -Indexes -MultiViews"
        yield "DirectoryIndex index.html"
        yield f"ErrorDocument 404 {self._base}{urls.NOT_FOUND}"
        yield from _each('Header always set {} "{}"', self._everywhere)
        for kind in KINDS:
            condition = self._condition(kind)
            yield from (
                f'Header always set {name} "{value}" "expr={condition}"' for name, value in kind.headers.items()
            )
        yield "Header always append Vary Accept-Encoding"
        yield from ("RemoveType .gz .br", "AddEncoding gzip .gz", "AddEncoding br .br")
        yield from _each("AddType {1} .{0}", MEDIA_TYPES)
        yield f"AddCharset utf-8 {' '.join(f'.{ending}' for ending in IN_UTF_8)}"
        yield from ("RewriteEngine On", "RewriteCond %{REQUEST_METHOD} !^(GET|HEAD)$", "RewriteRule ^ - [R=405,L]")
        yield f'RewriteRule "{_hidden("(^|/)")}" - [R=404,L]'
        for old, new in self._redirects:
            # "%" and "$" name parts of what was found.
            pattern, target = re.escape(old.removeprefix(self._base)), re.sub(r"[%$]", r"\\\g<0>", new)
            yield f'RewriteRule "^{pattern}$" "{target}" [R=301,NE,L]'
        for coding, ending in CODINGS.items():
            yield f"RewriteCond %{{HTTP:Accept-Encoding}} \\b{coding}\\b"
            yield f"RewriteCond %{{REQUEST_FILENAME}}{ending} -f"
            yield f"RewriteRule ^(.+)$ $1{ending} [L]"

    def _condition(self, kind: PathKind) -> str:
        """When Apache sends the headers of a kind. A file that is compressed is found there by another name."""
        compressed = "".join(f"|{re.escape(ending)}" for ending in CODINGS.values())
        if kind.paths:
            return f"%{{REQUEST_URI}} =~ m#{self._pattern(kind, f'({compressed})')}#"
        others = (self._pattern(other, f"({compressed})") for other in KINDS if other.paths)
        return " && ".join(f"%{{REQUEST_URI}} !~ m#{other}#" for other in others)

    # ── nginx ───────────────────────────────────────────────────────────────────────────────────────

    def _nginx(self) -> Iterator[str]:
        yield "# Write into the site's 'server { }': 'root', the folder of the site, and 'include', this file. If nginx has the module"
        yield "# that sends files compressed with brotli (Debian: libnginx-mod-http-brotli-static), also: brotli_static on;"
        # What is set for pages counts unless the address is of another kind; a header without a value is not sent.
        for kind in sorted(KINDS, key=lambda kind: bool(kind.paths)):
            values = [f'set ${_variable(name)} "{kind.headers.get(name, "")}";' for name in _OF_KINDS]
            yield from [f"if ($uri ~ '{self._pattern(kind)}') {{", *_inside(values), "}"] if kind.paths else values
        yield from _each('add_header {} "{}" always;', self._everywhere)
        yield from _each("add_header {} ${} always;", {name: _variable(name) for name in _OF_KINDS})
        yield "if ($request_method !~ '^(GET|HEAD)$') { return 405; }"
        yield f"location ~ '{_hidden('/')}' {{ return 404; }}"
        yield f"error_page 404 {self._base}{urls.NOT_FOUND};"
        yield from (
            "index index.html;",
            "absolute_redirect off;",
            "server_tokens off;",
            "gzip_static on;",
            "gzip_vary on;",
        )
        yield from ("types {", *_inside(_each("{1} {0};", MEDIA_TYPES)), "}", "default_type application/octet-stream;")
        yield f"charset_types {' '.join(MEDIA_TYPES[ending] for ending in IN_UTF_8 if ending != 'html')};"
        yield "charset utf-8;"
        yield from (f'location = "{old}" {{ return 301 "{new}"; }}' for old, new in self._redirects)

    # ── Caddy ───────────────────────────────────────────────────────────────────────────────────────

    def _caddy(self) -> Iterator[str]:
        yield "# Write into the site's block: 'root *', the folder of the site, and 'import', this file."
        yield from ("header {", *_inside(_each('{} "{}"', self._everywhere)), "}", "header -Server")
        for number, kind in enumerate(KINDS):
            yield f"@kind{number} {self._matcher(kind)}"
            yield from (f"header @kind{number} {{", *_inside(_each('{} "{}"', kind.headers)), "}")
        for ending, media in MEDIA_TYPES.items():
            yield f"@{ending} path *.{ending}"
            yield f"header @{ending} Content-Type {_quoted_media(media)}"
        yield from ("@odd not method GET HEAD", "respond @odd 405")
        yield "@hidden {"
        yield f"\tpath */.* {' '.join(self._base + path for path in FOR_HOSTS_ONLY)}"
        yield f"\tnot path {self._base}{urls.WELL_KNOWN}*"
        yield from ("}", "error @hidden 404")
        yield from (f'redir "{old}" "{new}" 301' for old, new in self._redirects)
        yield from ("file_server {", f"\tprecompressed {' '.join(CODINGS)}", "}")
        # The page for a wrong address is a page, whatever the address looked like.
        yield from ("handle_errors {", f"\trewrite * {self._base}{urls.NOT_FOUND}")
        yield f"\theader Content-Type {_quoted_media(MEDIA_TYPES['html'])}"
        for name in _OF_KINDS:
            yield f'\theader {name} "{PAGES.headers[name]}"' if name in PAGES.headers else f"\theader -{name}"
        yield from ("\theader -Server", "\tfile_server", "}")

    def _matcher(self, kind: PathKind) -> str:
        """How Caddy knows the addresses of a kind."""
        named = kind.paths or [path for other in KINDS for path in other.paths]
        return f"{'' if kind.paths else 'not '}path {' '.join(self._base + path for path in named)}"


def _each(form: str, values: Mapping[str, str]) -> Iterator[str]:
    """Lines of one form, for each name and its value."""
    return (form.format(name, value) for name, value in values.items())


def _inside(lines: Iterable[str]) -> Iterator[str]:
    return (f"\t{line}" for line in lines)


def _hidden(before: str) -> str:
    """A regular expression for what no reader is shown, in nginx and Apache: what is for hosts, and names that begin with a dot.

    ``/.well-known/`` is there for everybody (RFC 8615).
    """
    named = "|".join(re.escape(path) for path in FOR_HOSTS_ONLY)
    return f"{before}([.](?!well-known/)|({named})$)"


def _quoted_media(media: str) -> str:
    """A media type for a header, with the character encoding where it is text."""
    return f'"{media}; charset=utf-8"' if media in map(MEDIA_TYPES.get, IN_UTF_8) else f'"{media}"'


def _variable(header: str) -> str:
    """The name of nginx's variable for a header."""
    return header.lower().replace("-", "_")
