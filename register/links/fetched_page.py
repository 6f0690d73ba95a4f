"""What a page shows, and the signs that it is not the page it is taken for. Bytes in, facts out.

The signs were collected from pages as they are served; each list says what it stands for. Most are looked for in a
page's title and headings only, because a page's text may mention such a matter without being an example of it.
"""

import codecs
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal
from urllib.parse import urlsplit

from lxml import etree
from lxml import html as lxml_html

# In characters. The rest of a longer title is cut off: that bounds the time of the patterns and the length of messages.
_LONGEST_TITLE = 500
_TEXT_TYPES = re.compile(r"text/|application/(xhtml\+)?xml|application/xhtml")
_META_CHARSET = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
_ALIKE = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "\u2013": "-", "\u2014": "-", "\u00ad": ""})

# Titles and headings of "page not found" pages that are sent with status 200 (a "soft 404").
_NOT_FOUND = re.compile(
    r"^(error )?404\b|\b(error 404|404 error|404 page)\b|\bnot found\b|"
    r"\b(page|content|document|file) (you .*)?(that )?(does not|doesn't|no longer) exists?\b|"
    r"\b(page|content|document) (is )?(missing|unavailable|no longer available)|\bpage (was |has been )?removed\b|"
    r"\b(cannot|can't|can not|couldn't|could not) (be found|find (the|that|this|your) (page|content|document))"
)
# Titles and headings of login pages.
_LOGIN = re.compile(r"^(sign|log) ?[io]n\b|\b(sign|log) ?in to\b|\blog ?in\b *$|authentication required|single sign-on")
_LOGIN_PATH = re.compile(r"(?i)/(login|log-in|signin|sign-in|sso|saml2?|oauth2?|adfs|auth)(/|\.|$)|/account/login")
# Words of parked, lapsed and unconfigured domains, and of the companies that sell them.
_PARKED_WORDS = re.compile(
    r"(this )?domain( name)? (is|may be|has been)? ?(for sale|parked|expired|registered by)|buy this domain|"
    r"(domain|website|site) (has )?expired|is parked free|parked domain|renew (this|your) domain|inquire about this domain|"
    r"make an offer on this domain|future home of something|account (has been )?suspended|"
    r"welcome to nginx!|apache2? (ubuntu |debian )?default page|default web ?site page|it works!$"
)
# What only parking services put into a page's source.
_PARKED_SOURCE = re.compile(
    rb"(?i)data-adblockkey|sedoparking\.com|parkingcrew\.net|bodis\.com|/parking-?lander|cashparking|"
    rb"afternic\.com|hugedomains\.com|dan\.com/buy-domain|window\.location\.href\s*=\s*[\"']/lander|parklogic\.com|"
    rb"img\.sedoparking|godaddy\.com/(domainsearch|forsale)|above\.com/marketplace"
)
PARKED_HOSTS = re.compile(
    r"(^|\.)(sedo(parking)?|parkingcrew|bodis|hugedomains|afternic|dan|above|undeveloped|domainmarket|parklogic)\.(com|net)$|"
    r"^ww\d+\."
)
# Titles of the pages with which a site asks whether its visitor is a person (a "bot challenge").
_CHALLENGE = re.compile(
    r"^just a moment|attention required! \| cloudflare|pardon our interruption|checking your browser|"
    r"are you (a )?(human|robot)|human verification|bot verification|security check(point)?|"
    r"vercel security checkpoint|ddos-guard|client challenge|^access denied|request unsuccessful"
)
_CHALLENGE_SOURCE = re.compile(
    rb"(?i)_cf_chl_opt|cf-browser-verification|_incapsula_resource|captcha-delivery\.com|px-captcha|sgcaptcha|awswafcaptcha"
)
# The encodings that browsers know (WHATWG Encoding, 4.2), as Python names them.
_BROWSERS_ENCODINGS = re.compile(
    r"ascii|big5|cp125[0-8]|cp866|euc_(jp|kr)|gb18030|gb2312|gbk|iso2022_jp|iso8859-\d+|koi8-[ru]|mac-roman|shift_jis|"
    r"utf-(8|16(-[bl]e)?)"
)
_READ_INSTEAD = {"iso8859-1": "cp1252", "ascii": "cp1252", "utf-16": "utf-16-le"}
_BYTE_ORDER_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}

Extent = Literal["whole", "large", "slow", "broken"]


@dataclass(frozen=True)
class FetchedPage:
    """What one answer's body shows."""

    media_type: str  # as sent, or as its first bytes show
    is_text: bool  # whether phrases can be looked for in it
    # How much of it was read: all, or its beginning because it is large, came too slowly or its connection broke.
    extent: Extent
    title: str = ""
    headings: tuple[str, ...] = ()
    text: str = ""
    joined_text: str = ""  # the text with nothing put between elements, for words that are partly emphasised
    asks_password: bool = False
    canonical: str = ""  # the address that it calls its own
    refresh: str = ""  # where it sends a browser at once
    parked_source: bool = False
    challenge_source: bool = False

    def missing(self, phrases: Iterable[str]) -> list[str]:
        """Return the phrases that are neither in the title nor in the text; letter case and kind of quotes do not matter."""
        held = (comparable(self.title), self.text, self.joined_text)
        return [phrase for phrase in phrases if not any(comparable(phrase) in words for words in held)]

    @cached_property
    def titles(self) -> list[str]:
        """Its title and its main headings, as ``comparable`` writes them: where a page says what it is."""
        words = (comparable(words[:_LONGEST_TITLE]) for words in (self.title, *self.headings))
        return [found for found in words if found]

    @property
    def is_challenge(self) -> bool:
        """Whether it asks if its visitor is a person."""
        return any(_CHALLENGE.search(words) for words in self.titles) or self.challenge_source

    @property
    def parked(self) -> str:
        """The words or source of a parked, lapsed or unconfigured domain; "" if it is none."""
        for words in (*self.titles, self.text[:3000]):
            if found := _PARKED_WORDS.search(words):
                return found[0].strip()
        return "a parking service's script" if self.parked_source else ""

    @property
    def not_found(self) -> str:
        """The title or heading that says there is no such page; "" if none does."""
        return next((words for words in self.titles if _NOT_FOUND.search(words)), "")

    @property
    def login(self) -> str:
        """The title or heading that asks to log in; "" if none does."""
        return next((words for words in self.titles if _LOGIN.search(words)), "") if self.asks_password else ""

    @property
    def is_empty(self) -> bool:
        """Whether it shows nothing at all."""
        return self.is_text and not self.title.strip() and not self.text.strip()


def is_login_path(path: str) -> bool:
    """Return whether the path of an address is a login page's."""
    return bool(_LOGIN_PATH.search(path))


def comparable(text: str) -> str:
    """Return text for comparing: one space between words, straight quotes, no difference of letter case."""
    return " ".join(text.translate(_ALIKE).split()).casefold()


def read_page(body: bytes, content_type: str, extent: Extent) -> FetchedPage:
    """Return what a body shows; never raises, whatever a server sends.

    Args:
        body: its beginning, already unpacked.
        content_type: the header as sent; "" if there was none.
        extent: how much of it that is; see ``FetchedPage.extent``.
    """
    media_type = content_type.split(";")[0].strip().lower() or _sniffed(body)
    if not _TEXT_TYPES.match(media_type):
        return FetchedPage(media_type, False, extent)
    parser = lxml_html.HTMLParser(encoding="utf-8")
    try:
        root = lxml_html.document_fromstring(_decoded(body, content_type).encode(), parser=parser)
    except etree.ParserError:  # nothing but white space, comments and the like
        return FetchedPage(media_type, True, extent)
    return _shown(root, media_type, extent, body)


def _shown(root: lxml_html.HtmlElement, media_type: str, extent: Extent, body: bytes) -> FetchedPage:
    nodes = root.xpath("//text()[not(ancestor::script or ancestor::style or ancestor::template or ancestor::title)]")
    title = " ".join(root.xpath("//head//title[1]//text() | /html/title//text()"))
    return FetchedPage(
        media_type,
        True,
        extent,
        title=" ".join(title.split()),
        headings=tuple(" ".join(heading.text_content().split()) for heading in root.xpath("//h1")[:3]),
        text=comparable(" ".join(nodes)),
        joined_text=comparable("".join(nodes)),
        asks_password=bool(root.xpath("//input[translate(@type, 'PASWORD', 'pasword') = 'password']")),
        canonical=_address(next(iter(root.xpath("//link[@rel='canonical']/@href")), "")),
        refresh=_address(_refresh(root)),
        parked_source=bool(_PARKED_SOURCE.search(body)),
        challenge_source=bool(_CHALLENGE_SOURCE.search(body)),
    )


def _refresh(root: lxml_html.HtmlElement) -> str:
    """Where a ``meta refresh`` of at most five seconds leads (HTML, 4.2.5.3)."""
    for content in root.xpath("//meta[translate(@http-equiv, 'REFSH', 'refsh') = 'refresh']/@content"):
        if found := re.match(r"""(?i)\s*[0-5]\s*[;,]\s*url\s*=\s*['"]?([^'"]+)""", content):
            return found[1].strip()
    return ""


def _address(text: str) -> str:
    """An address that a page names; "" if it is not even one by form (RFC 3986), such as ``http://[``."""
    try:
        urlsplit(text)
    except ValueError:
        return ""
    return text


def _sniffed(body: bytes) -> str:
    """The media type of a body that came without one, from its first bytes (WHATWG MIME Sniffing, 7)."""
    start = body[:512].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"%PDF-"):
        return "application/pdf"
    return "application/octet-stream" if b"\0" in start else "text/html"


def _decoded(body: bytes, content_type: str) -> str:
    """A body as text: by its byte-order mark, its header, its ``meta`` element, else UTF-8 or Windows-1252."""
    for mark, encoding in _BYTE_ORDER_MARKS.items():
        if body.startswith(mark):
            return codecs.getincrementaldecoder(encoding)("replace").decode(body)
    header = re.search(r"charset\s*=\s*[\"']?([\w-]+)", content_type, re.IGNORECASE)
    meta = _META_CHARSET.search(body[:4096])
    named = header[1] if header else meta[1].decode() if meta else ""
    for encoding in (_browsers_encoding(named), "utf-8"):
        try:
            return codecs.getincrementaldecoder(encoding)().decode(body)  # a body may be cut within a character
        except UnicodeDecodeError:
            continue
    return body.decode("windows-1252", "replace")


def _browsers_encoding(named: str) -> str:
    """The encoding that browsers read under a name (WHATWG Encoding, 4.2); UTF-8 for a name that they do not know.

    Python knows names that browsers do not. Some of them unpack a body or take very long over it, so no page chooses them.
    """
    try:
        name = codecs.lookup(named).name
    except LookupError:
        return "utf-8"
    return _READ_INSTEAD.get(name, name) if _BROWSERS_ENCODINGS.fullmatch(name) else "utf-8"
