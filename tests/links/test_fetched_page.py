"""What a page shows, read from its bytes, and the signs that it is not the page it is taken for."""

import codecs
import encodings
import pkgutil

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from register.links.fetched_page import PARKED_HOSTS, FetchedPage, comparable, is_login_path, read_page

HTML = "text/html; charset=utf-8"


def read(body: str, content_type: str = HTML) -> FetchedPage:
    """What a whole page of UTF-8 shows."""
    return read_page(body.encode(), content_type, "whole")


def titled(title: str) -> FetchedPage:
    """A page with a title and some text."""
    return read(f"<title>{title}</title><p>words</p>")


def headed(heading: str) -> FetchedPage:
    """A page with an ordinary title, a main heading and some text."""
    return read(f"<title>Site</title><h1>{heading}</h1><p>words</p>")


# ── what a page shows ──────────────────────────────────────────────────────────────────────────


def test_title_headings_and_text_are_read_and_scripts_and_styles_are_not() -> None:
    page = read(
        "<head><title> The\n report </title><style>hidden</style></head><body><h1>One <b>two</b></h1><h1>Three</h1>"
        "<script>hidden</script><template>hidden</template><p>Some <b>w</b>ords</p></body>"
    )
    assert page == FetchedPage(
        "text/html",
        True,
        "whole",
        title="The report",
        headings=("One two", "Three"),
        text="one two three some w ords",
        joined_text="one twothreesome words",
    )


def test_every_title_of_the_head_is_read() -> None:
    assert read("<head><noscript><title>One</title></noscript><title>Two</title></head>").title == "One Two"


@pytest.mark.parametrize("body", ["", " ", "<!-- words -->", "<!DOCTYPE html>", "</p>"])
def test_a_body_without_any_element_shows_nothing(body: str) -> None:
    assert read(body) == FetchedPage("text/html", True, "whole")


def test_only_the_first_three_headings_are_kept() -> None:
    assert read("<h1>1</h1><h1>2</h1><h1>3</h1><h1>4</h1>").headings == ("1", "2", "3")


@pytest.mark.parametrize(
    "phrase", ["the report", "THE  Report", "we're here", "We’re here", 'a "word"', "a – b", "emphasised", "about"]
)
def test_words_are_found_whatever_their_case_quotes_and_dashes(phrase: str) -> None:
    page = read("<title>About</title><p>The Report<p>we’re here a “word” a — b <b>em</b>phas\u00adised")
    assert page.missing([phrase]) == []


def test_words_that_are_not_there_are_missing_in_the_order_in_which_they_were_given() -> None:
    assert read("<title>About</title><p>Report").missing(["z", "report", "a b", "about"]) == ["z", "a b"]


def test_text_for_comparing_has_single_spaces_straight_quotes_and_small_letters() -> None:
    assert comparable(" A\u00a0B\n‘c’ “d” e–f—g x\u00ady STRASSE Straße ") == ("a b 'c' \"d\" e-f-g xy strasse strasse")


@pytest.mark.parametrize(
    ("content_type", "body", "media_type", "is_text"),
    [
        ("text/html; charset=utf-8", b"<p>x", "text/html", True),
        (" Text/HTML ;x", b"<p>x", "text/html", True),
        ("text/plain", b"x", "text/plain", True),
        ("application/xhtml+xml", b"<p>x", "application/xhtml+xml", True),
        ("application/xml", b"<p>x", "application/xml", True),
        ("application/pdf", b"<p>x", "application/pdf", False),
        ("image/svg+xml", b"<p>x", "image/svg+xml", False),
        ("", b"\xef\xbb\xbf \r\n\t%PDF-1.7 \0", "application/pdf", False),
        ("", b"%PDF", "text/html", True),
        ("", b"x\0", "application/octet-stream", False),
        ("", b"<p>x", "text/html", True),
        ("", b"x" * 512 + b"\0", "text/html", True),
    ],
)
def test_the_media_type_is_what_was_sent_or_what_the_first_bytes_show(
    content_type: str, body: bytes, media_type: str, is_text: bool
) -> None:
    page = read_page(body, content_type, "large")
    assert (page.media_type, page.is_text, page.extent) == (media_type, is_text, "large")


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("text/html; charset=utf-8", "<p>café".encode()),
        ("text/html", "<p>café".encode()),
        ("text/html; charset=iso-8859-1", b"\xef\xbb\xbf" + "<p>café".encode()),
        ("text/html; charset=iso-8859-1", "<p>café".encode("cp1252")),
        ("text/html; charset=US-ASCII", "<p>café".encode("cp1252")),
        ('text/html; charset = "windows-1252"', "<p>café".encode("cp1252")),
        ("text/html", "<meta charset=cp1252><p>café".encode("cp1252")),
        ("text/html", b'<meta http-equiv="Content-Type" content="text/html; charset=cp1252"><p>caf\xe9'),
        ("text/html; charset=utf-16", "<p>café".encode("utf-16-le")),
        ("text/html; charset=utf-16be", "<p>café".encode("utf-16-be")),
        ("text/html", "\ufeff<p>café".encode("utf-16-le")),
        ("text/html; charset=utf-8", "\ufeff<p>café".encode("utf-16-be")),
        ("text/html; charset=utf-8", "<meta charset=cp1252><p>café".encode()),
        ("text/html", "<p>café</p>".encode("cp1252")),
        ("text/html; charset=nonsense", "<p>café".encode()),
        ("text/html; charset=cp437", "<p>café".encode()),
    ],
)
def test_text_is_decoded_by_its_mark_its_header_its_meta_element_or_else_as_browsers_would(
    content_type: str, body: bytes
) -> None:
    assert read_page(body, content_type, "whole").text == "café"


def test_a_named_encoding_wins_over_what_the_bytes_look_like_and_one_that_does_not_fit_them_is_ignored() -> None:
    assert read_page("<p>é".encode(), "text/html; CHARSET=windows-1252", "whole").text == "ã©"
    assert read_page("<p>Á".encode(), "text/html; charset=windows-1252", "whole").text == "á"


def test_bytes_that_fit_no_encoding_do_not_hide_the_others() -> None:
    assert read_page(b"\xef\xbb\xbf<p>a \xff b", HTML, "whole").text == "a \ufffd b"
    assert read_page(b"<p>a \x81\xff b", HTML, "whole").text == "a \ufffdÿ b"


def test_latin_1_is_read_as_windows_1252_as_browsers_do() -> None:
    assert read_page(b"<p>\x80", "text/html; charset=iso-8859-1", "whole").text == "€"


def test_a_page_that_was_cut_off_within_a_character_is_read() -> None:
    assert read_page("<p>café".encode()[:-1], HTML, "large").text == "caf"


@pytest.mark.parametrize(
    ("content", "refresh"),
    [
        ("0; url=/new", "/new"),
        ("5;URL='/new'", "/new"),
        (' 3 , url = "/new"', "/new"),
        ("6; url=/new", ""),
        ("10; url=/new", ""),
        ("0", ""),
        ("0; url=http://[", ""),
    ],
)
def test_an_immediate_refresh_is_read(content: str, refresh: str) -> None:
    html = f"<meta http-equiv=REFRESH content='{content}'>" if "'" not in content else ""
    html = html or f'<meta http-equiv=REFRESH content="{content}">'
    assert read(html).refresh == refresh


def test_the_address_that_a_page_calls_its_own_is_read_if_it_is_one() -> None:
    assert read('<link rel="canonical" href="/page"><link rel="canonical" href="/two">').canonical == "/page"
    assert read('<link rel="canonical" href="http://[x">').canonical == ""
    assert read('<link rel="alternate" href="/page">').canonical == ""


# ── signs ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "title",
    ["404", "Error 404", "404 error", "My 404 page", "Sorry, page not found", "This page does not exist",
     "That file doesn't exist", "Page no longer exists", "The page you are looking for does not exist", "Page missing",
     "Document is unavailable", "Content is no longer available", "This page has been removed", "Page was removed",
     "It cannot be found", "We can't find that page", "We couldn't find the document", "Could not find your content"],
)  # fmt: skip
def test_a_title_or_heading_that_says_there_is_no_such_page_is_a_sign(title: str) -> None:
    assert titled(title).not_found == comparable(title)
    assert headed(title).not_found == comparable(title)


@pytest.mark.parametrize("title", ["Sign in", "Log in", "Login", "Signin", "Sign in to your account", "Please log in",
                                   "Authentication required", "Single sign-on"])  # fmt: skip
def test_a_title_or_heading_that_asks_to_log_in_is_a_sign_if_a_password_is_asked_for(title: str) -> None:
    assert read(f"<title>{title}</title><input type=PassWord>").login == comparable(title)
    assert read(f"<h1>{title}</h1><input type='password'>").login == comparable(title)
    assert read(f"<title>{title}</title><input type=text>").login == ""


@pytest.mark.parametrize(
    "title", ["Just a moment...", "Attention Required! | Cloudflare", "Pardon Our Interruption", "Checking your browser",
              "Are you a human?", "Are you human?", "Human verification", "Bot verification", "Security check",
              "Vercel Security Checkpoint", "DDoS-Guard", "Client Challenge", "Access denied", "Request unsuccessful"],
)  # fmt: skip
def test_a_title_or_heading_that_asks_if_its_visitor_is_a_person_is_a_sign(title: str) -> None:
    assert titled(title).is_challenge
    assert headed(title).is_challenge


@pytest.mark.parametrize("source", ["_cf_chl_opt", "px-captcha", "AwsWafCaptcha"])
def test_the_script_of_a_challenge_is_a_sign(source: str) -> None:
    assert read(f"<p>words<script>{source}</script>").is_challenge


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("<title>This domain is for sale</title>", "this domain is for sale"),
        ("<p>Welcome. Buy this domain now", "buy this domain"),
        ("<h1>It works!</h1>", "it works!"),
        ("<h1>Apache2 Ubuntu Default Page</h1>", "apache2 ubuntu default page"),
        ("<html data-adblockkey='x'><p>words", "a parking service's script"),
        ("<p>words<script src=//img.SedoParking.com/x></script>", "a parking service's script"),
        ("<p>" + "x" * 2980 + " buy this domain", "buy this domain"),
        ("<p>" + "x" * 2990 + " buy this domain", ""),
    ],
)
def test_the_words_or_script_of_a_parked_domain_are_a_sign(body: str, words: str) -> None:
    assert read(body).parked == words


@pytest.mark.parametrize(
    "title",
    ["Getting help for a child", "Section 404 of the report", "Missing People", "Report not yet published",
     "Signs of abuse", "Log of decisions", "Find your local council", "Domain-wide review", "Accessing help"],
)  # fmt: skip
def test_an_ordinary_title_is_no_sign(title: str) -> None:
    for page in (titled(title), headed(title)):
        assert (page.not_found, page.login, page.parked, page.is_challenge) == ("", "", "", False)
    assert read(f"<title>{title}</title><input type=password>").login == ""


def test_what_only_a_pages_text_mentions_is_no_sign() -> None:
    page = read("<title>Help</title><p>If you see page not found, sign in. Access denied? <input type=password>")
    assert (page.not_found, page.login, page.is_challenge) == ("", "", False)


def test_a_title_is_looked_at_only_so_far_that_no_pattern_takes_long() -> None:
    assert titled("x" * 485 + " page not found and more").not_found == "x" * 485 + " page not found"
    assert titled("x" * 486 + " page not found and more").not_found == ""


def test_an_empty_page_shows_neither_title_nor_text() -> None:
    assert read("").is_empty
    assert read("<html><head><script>x</script></head><body> </body></html>").is_empty
    assert not read("<title>x</title>").is_empty
    assert not read("<p>x").is_empty
    assert not read("", "application/pdf").is_empty


@pytest.mark.parametrize("path", ["/login", "/Log-In/", "/a/signin.aspx", "/sso/x", "/saml2", "/oauth", "/adfs/ls",
                                  "/auth", "/my/account/login-form"])  # fmt: skip
def test_the_path_of_a_login_page_is_known(path: str) -> None:
    assert is_login_path(path)


@pytest.mark.parametrize("path", ["/", "/logins", "/authors", "/blog/in", "/page/login-help", "/account"])
def test_another_path_is_no_login_page(path: str) -> None:
    assert not is_login_path(path)


@pytest.mark.parametrize("host", ["sedo.com", "www.sedoparking.com", "ww1.a.test", "ww25.a.test", "dan.com"])
def test_the_hosts_of_parking_services_are_known(host: str) -> None:
    assert PARKED_HOSTS.search(host)


@pytest.mark.parametrize("host", ["www.a.test", "www1.a.test", "sudan.com", "dan.community", "above.org.uk"])
def test_other_hosts_are_no_parking_services(host: str) -> None:
    assert not PARKED_HOSTS.search(host)


# ── whatever a server sends ────────────────────────────────────────────────────────────────────

TAGS = st.sampled_from(
    ["<p>", "</p>", "<title>", "</title>", "<h1>", "<!--", "-->", "<script>", "<![CDATA[", "<?xml version='1.0' encoding='x'?>",
     "<meta charset=", "<meta http-equiv=refresh content='0;url=", "<link rel=canonical href='", "'>", "//[", "&#0;", "\0", "é",
     "<svg>", "<template>", "<input type=password>", "<html xmlns:x='"]
)  # fmt: skip
BODIES = st.one_of(
    st.binary(max_size=400),
    st.lists(st.one_of(TAGS, st.text(max_size=8)), max_size=30).map(
        lambda parts: "".join(parts).encode("utf-8", "replace")
    ),
)
# Every encoding that Python knows, some of which browsers do not: they would unpack a body, or fail in their own ways.
CODECS = sorted({module.name for module in pkgutil.iter_modules(encodings.__path__)} | {"nonsense", "", "a b", "é"})
CONTENT_TYPES = st.one_of(
    st.sampled_from(["", "text/html", "application/xhtml+xml", "text/plain", "application/pdf"]),
    st.sampled_from(CODECS).map(lambda name: f"text/html; charset={name}"),
    st.text(max_size=30),
)


@pytest.mark.parametrize("name", CODECS)
def test_no_encoding_that_python_knows_can_stop_the_reading_of_a_page(name: str) -> None:
    for body in (
        b"x" * 99,
        b"<p>\xc3\xa9\xff\x81",
        b"\0\xd8a",
        codecs.encode(b"x" * 99, "zlib"),
        codecs.encode(b"x" * 99, "bz2"),
    ):
        assert read_page(body, f"text/html; charset={name}", "large").is_text
        assert read_page(b"<meta charset=" + name.encode() + b">" + body, "text/html", "large").is_text


@given(body=BODIES, content_type=CONTENT_TYPES)
@example(body=b"<" * 5000, content_type="text/html")
@example(body=b"<div>" * 5000, content_type="text/html")
@example(body=b"<!--" * 999, content_type="text/html")
@example(body=b"<link rel=canonical href='http://[x'>", content_type="text/html")
def test_whatever_comes_as_a_page_is_read_and_shows_text_without_line_ends(body: bytes, content_type: str) -> None:
    page = read_page(body, content_type, "large")
    for text in (page.title, *page.headings, page.text, page.joined_text, page.parked, page.not_found, page.login):
        assert text == " ".join(text.split())
        text.encode()  # no half of a surrogate pair, which no report could hold
    assert page.missing([page.title, page.text]) == []
    assert isinstance(page.is_challenge, bool)
