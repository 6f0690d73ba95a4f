"""What a page shows, and the signs that it is not the page it is taken for. Bytes in, facts out.

The signs were gathered from pages as they are served; each list says what it stands for. A sign in a
page's title or heading weighs more than one in its text, which may merely speak of the matter.
"""

import codecs
import re
from dataclasses import dataclass, field
from functools import cached_property

from lxml import etree
from lxml import html as lxml_html

_TEXT_TYPES = re.compile(r"text/|application/(xhtml\+)?xml|application/xhtml")
_META_CHARSET = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
_SAME_SIGNS = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "\u2013": "-", "\u2014": "-", "\u00ad": ""})

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
# Titles of the pages with which a site asks whether its visitor is a person.
_CHALLENGE = re.compile(
    r"^just a moment|attention required! \| cloudflare|pardon our interruption|checking your browser|"
    r"are you (a )?(human|robot)|human verification|bot verification|security check(point)?|"
    r"vercel security checkpoint|ddos-guard|client challenge|^access denied|request unsuccessful"
)
_CHALLENGE_SOURCE = re.compile(
    rb"(?i)_cf_chl_opt|cf-browser-verification|_incapsula_resource|captcha-delivery\.com|px-captcha|sgcaptcha|awswafcaptcha"
)


@dataclass(frozen=True)
class Page:
    """What one answer's body shows."""

    kind: str  # its media type, as sent or as its first bytes tell
    readable: bool  # whether it is text, in which phrases can be looked for
    whole: str  # "whole", "large" (cut off), "slow" (cut off) or "broken" (the connection ended early)
    title: str = ""
    headings: list[str] = field(default_factory=list)
    text: str = ""
    joined: str = ""  # the text with nothing put between elements, for words that are partly emphasised
    password: bool = False
    canonical: str = ""
    refresh: str = ""  # where the page itself sends a browser at once
    source_parked: bool = False
    source_challenge: bool = False

    def missing(self, phrases: list[str]) -> list[str]:
        """Return the phrases that stand neither in the title nor in the text, whatever their case and quotes."""
        held = (plain(self.title), self.text, self.joined)
        return [phrase for phrase in phrases if not any(plain(phrase) in words for words in held)]

    @cached_property
    def shouted(self) -> list[str]:
        """The title and the main headings: where a page says what it is."""
        return [plain(words) for words in (self.title, *self.headings) if words.strip()]

    @property
    def challenge(self) -> bool:
        """Whether it asks if its visitor is a person."""
        return any(_CHALLENGE.search(words) for words in self.shouted) or self.source_challenge

    @property
    def parked(self) -> str:
        """The words or source of a parked, lapsed or unconfigured domain; "" if it is none."""
        for words in (*self.shouted, self.text[:3000]):
            if found := _PARKED_WORDS.search(words):
                return found[0].strip()
        return "a parking service's script" if self.source_parked else ""

    @property
    def not_found(self) -> str:
        """The title or heading that says there is no such page; "" if none does."""
        return next((words for words in self.shouted if _NOT_FOUND.search(words)), "")

    @property
    def login(self) -> str:
        """The title or heading that asks to log in; "" if none does."""
        return next((words for words in self.shouted if _LOGIN.search(words)), "") if self.password else ""

    @property
    def empty(self) -> bool:
        """Whether it shows nothing at all."""
        return self.readable and not self.title.strip() and not self.text.strip()


def login_path(path: str) -> bool:
    """Return whether an address's path is a login page's."""
    return bool(_LOGIN_PATH.search(path))


def plain(text: str) -> str:
    """Return text for comparing: one space between words, straight quotes, no difference of case."""
    return " ".join(text.translate(_SAME_SIGNS).split()).casefold()


def read_page(body: bytes, content_type: str, whole: str) -> Page:
    """Return what a body shows.

    Args:
        body: its beginning, already unpacked.
        content_type: the header as sent; "" if there was none.
        whole: see ``Page.whole``.
    """
    kind = content_type.split(";")[0].strip().lower() or _sniffed(body)
    if not _TEXT_TYPES.match(kind):
        return Page(kind, False, whole)
    text = _decoded(body, content_type)
    try:
        root = lxml_html.document_fromstring(
            text.encode("utf-8", "replace"), parser=lxml_html.HTMLParser(encoding="utf-8")
        )
    except (etree.ParserError, ValueError):
        return Page(kind, True, whole, text=plain(text))
    return _shown(root, kind, whole, body)


def _shown(root: lxml_html.HtmlElement, kind: str, whole: str, body: bytes) -> Page:
    nodes = root.xpath("//text()[not(ancestor::script or ancestor::style or ancestor::template or ancestor::title)]")
    title = " ".join(root.xpath("//head//title[1]//text() | /html/title//text()"))
    return Page(
        kind,
        True,
        whole,
        title=" ".join(title.split()),
        headings=[" ".join(heading.text_content().split()) for heading in root.xpath("//h1")][:3],
        text=plain(" ".join(nodes)),
        joined=plain("".join(nodes)),
        password=bool(root.xpath("//input[translate(@type, 'PASWORD', 'pasword') = 'password']")),
        canonical=next(iter(root.xpath("//link[@rel='canonical']/@href")), ""),
        refresh=_refresh(root),
        source_parked=bool(_PARKED_SOURCE.search(body)),
        source_challenge=bool(_CHALLENGE_SOURCE.search(body)),
    )


def _refresh(root: lxml_html.HtmlElement) -> str:
    """Where a ``meta refresh`` of at most five seconds leads (HTML, 4.2.5.3)."""
    for content in root.xpath("//meta[translate(@http-equiv, 'REFSH', 'refsh') = 'refresh']/@content"):
        if found := re.match(r"""(?i)\s*[0-5]\s*[;,]\s*url\s*=\s*['"]?([^'"]+)""", content):
            return found[1].strip()
    return ""


def _sniffed(body: bytes) -> str:
    """The media type of a body that came without one, from its first bytes (WHATWG MIME Sniffing, 7)."""
    start = body[:512].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"%PDF-"):
        return "application/pdf"
    return "application/octet-stream" if b"\0" in start else "text/html"


def _decoded(body: bytes, content_type: str) -> str:
    """A body as text: by its byte-order mark, its header, its ``meta`` element, else UTF-8 or Windows-1252."""
    if body.startswith(b"\xef\xbb\xbf"):
        return body.decode("utf-8-sig", "replace")
    header = re.search(r"charset\s*=\s*[\"']?([\w-]+)", content_type, re.IGNORECASE)
    meta = _META_CHARSET.search(body[:4096])
    named = header[1] if header else meta[1].decode("ascii", "replace") if meta else ""
    # Browsers read pages that say Latin-1 as Windows-1252 (WHATWG Encoding, 4.2).
    if named.lower() in ("iso-8859-1", "latin-1", "latin1", "us-ascii"):
        named = "windows-1252"
    for encoding in (named, "utf-8"):
        try:
            return codecs.getincrementaldecoder(encoding)().decode(body)  # a body may be cut within a character
        except (LookupError, UnicodeDecodeError):
            continue
    return body.decode("windows-1252", "replace")
