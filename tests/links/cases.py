"""What can be found at an address: for each case a stand-in's behaviour, the verdict and the exact message.

Every case is one entry of data/links.yml. Real names are used for the links that matter most.
"""

import gzip
from dataclasses import dataclass, field
from itertools import islice, product

from standin import (
    Behaviour,
    Call,
    Reply,
    World,
    dripping_body,
    dripping_head,
    endless,
    endless_redirect,
    five_gigabytes,
    page,
    silent,
    silent_page,
)

# How long a server may take. The quick cases get the usual time, which only a server that hangs uses up; the slow cases
# are those that only a limit ends, so they get little.
SECONDS = 10
SLOW_SECONDS = 2
LOOK = "(not proof of anything: open it by hand, and say so under 'excuse' in data/links.yml)"
NOT_IT = "(open it by hand; if the page is gone, take the address out)"
COUNCIL = "Worcestershire County Council"
GET_SAFE = page("Get Safe", f"Get Safe is run by {COUNCIL}.")
REPORT = page("The report", "The Report of the inquiry.")


@dataclass
class Case:
    """One address, what it answers and what the report must say of it."""

    says: str  # the case as a sentence
    url: str
    answer: Behaviour | None
    verdict: str
    detail: str
    phrases: tuple[str, ...] = ()
    final: str | None = ""  # "" where it is the address itself
    more: str = ""  # further lines of the entry
    key: str = "url"
    extra: dict[str, Behaviour] = field(default_factory=dict)  # further addresses, as "host/path"
    slow: bool = False  # whether only a limit of time or memory ends it

    @property
    def id(self) -> str:
        """Its id in data/links.yml."""
        return "-".join(self.says.lower().replace("'", "").replace(",", "").replace(".", "").split())[:58].strip("-")

    def entry(self) -> str:
        """Its entry in data/links.yml."""
        lines = [
            f"- id: {self.id}",
            f"  name: {self.says.capitalize()}",
            "  owner: A stand-in",
            f"  {self.key}: {self.url}",
        ]
        if self.key == "url":
            lines.append("  confirmed: {by: Register editor, on: 2024-01-05}")
        if self.phrases or "host:" in self.more:
            host = [line for line in self.more.split("\n") if line.startswith("host:")]
            lines += ["  expect:", *(f"    {line}" for line in host)]
            lines += [f"    phrases: [{', '.join(self.phrases)}]"] if self.phrases else []
        lines += [f"  {line}" for line in self.more.split("\n") if line and not line.startswith("host:")]
        return "\n".join(lines) + "\n"


def _retry_after(call: Call) -> Reply:
    return Reply("slow down", 429, {"Retry-After": "1"}) if call.count == 1 else Reply(REPORT)


def _third_time(call: Call) -> Reply:
    return Reply("later", 503) if call.count < 3 else Reply(REPORT)


def _get_only(call: Call) -> Reply:
    return Reply(REPORT) if call.method == "GET" else Reply("", 405)


def _to(address: str, status: int = 301) -> Reply:
    return Reply("", status, {"Location": address})


def _impostor(sign: str) -> str:
    return f"answers, but is not the page: {sign} {NOT_IT}"


TELFORD = ("Independent Inquiry", "Telford")
SILENT = "(open it by hand; if it stays so, tell its owner)"
OWNER = "(if it stays so, tell its owner)"
BROWSERS = "(tell its owner; readers are warned off by their browsers)"
EXCUSE = "excuse:\n  verdict: blocked\n  reason: A person can open the page.\n  checked: {{by: The editor, on: {on}}}\n  days: 30"

# What a page could try on those who read about it: a terminal's commands, a change of direction, signs that show nothing,
# the commands of GitHub's runner, and Markdown.
COMMANDS = (
    "\x1b]0;owned\x9b[31m \u202edlrow\u202c\u200b \u3164\ufe0f ::error file=x::y ##[error]z %0A::warning::w "
    "![a](https://a.test) <b> @team"
)

# One element with 130,000 attributes: the parser compares each with all before it.
MANY_ATTRIBUTES = f"<a {' '.join(map(''.join, islice(product('abcdefghijklmnopqrstuvwxyz0123456789!#$%&()*+,-.:;?@[]^_{|}~', repeat=3), 130_000)))}>"

CASES = [
    # working
    Case(
        "a page that shows its words is working",
        "https://www.worcestershire.gov.uk/getsafe",
        Reply(GET_SAFE),
        "working",
        f"shows 'Get Safe' and '{COUNCIL}'",
        ("Get Safe", COUNCIL),
    ),
    Case(
        "a page with nothing to know it by is working",
        "https://www.iitcse.com/plain",
        Reply(REPORT),
        "working",
        "answers; no words are given to know the page by",
    ),
    Case("503 twice and then a page is working", "https://retry.test/503", _third_time, "working", "shows 'Report'", ("Report",)),
    Case("429 is asked again when it says", "https://retry.test/429", _retry_after, "working", "shows 'Report'", ("Report",)),
    Case("a server that refuses HEAD is asked with GET", "https://head.test/", _get_only, "working", "shows 'Report'", ("Report",)),
    Case(
        "a packed page is unpacked",
        "https://forms.test/gzip",
        Reply(gzip.compress(REPORT.encode()), headers={"Content-Encoding": "gzip"}),
        "working",
        "shows 'Report'",
        ("Report",),
    ),
    Case(
        "a page in latin-1 is read",
        "https://forms.test/latin",
        Reply(page("Café", "Enquête").encode("latin-1"), kind="text/html; charset=iso-8859-1"),
        "working",
        "shows 'Café' and 'Enquête'",
        ("Café", "Enquête"),
    ),
    Case("a page without content type is read", "https://forms.test/bare", Reply(REPORT, kind=None), "working", "shows 'Report'", ("Report",)),
    Case(
        "case, line ends and curly quotes make no difference",
        "https://forms.test/quotes",
        Reply(page("Children’s   SERVICES", "We're <b>h</b>ere")),
        "working",
        "shows 'children's services' and 'we’re here'",
        ("children's services", "we’re here"),
    ),
    Case("an endless page is cut off", "https://forms.test/endless", endless, "working", "shows 'Get Safe'", ("Get Safe",)),
    Case("five gigabytes are cut off", "https://forms.test/5gb", five_gigabytes, "working", "shows 'Report'", ("Report",)),
    Case(
        "a connection that is closed after each answer works behind a proxy",
        "https://closing.test/",
        Reply(REPORT, headers={"Connection": "close"}),
        "working",
        "shows 'Report'",
        ("Report",),
        slow=True,
    ),
    Case(
        "a file is working if no words are given",
        "https://forms.test/report.pdf",
        Reply(b"%PDF-1.7 \0", kind="application/pdf"),
        "working",
        "answers; no words are given to know the page by",
    ),
    # redirected and moved away
    Case(
        "http to https to the canonical address is redirected",
        "http://www.iitcse.com/report",
        None,
        "redirected",
        "leads to https://www.iitcse.com/the-report of the same owner (put that address in)",
        ("Report",),
        final="https://www.iitcse.com/the-report",
        extra={
            "http:www.iitcse.com/report": _to("https://www.iitcse.com/report"),
            "www.iitcse.com/report": _to("/the-report"),
            "www.iitcse.com/the-report": Reply(REPORT),
        },
    ),
    Case(
        "a page expected at another host is redirected",
        "https://short.test/s",
        _to("https://long.test/page"),
        "redirected",
        "leads to https://long.test/page of the same owner (put that address in)",
        final="https://long.test/page",
        more="host: long.test",
        extra={"long.test/page": Reply(REPORT)},
    ),
    Case(
        "a redirect to a different owner is moved away",
        "https://www.iitcse.com/away",
        _to("https://elsewhere.test/page"),
        "moved-away",
        "leads to another host: https://elsewhere.test/page (if that is the page, put it in and confirm it; if not, take it out)",
        final="https://elsewhere.test/page",
        extra={"elsewhere.test/page": Reply(REPORT)},
    ),
    Case(
        "a page that sends browsers to another host is moved away",
        "https://www.iitcse.com/refresh",
        Reply(page("Moved", head='<meta http-equiv="Refresh" content="0; url=https://elsewhere.test/page">')),
        "moved-away",
        "leads to another host: https://elsewhere.test/page (if that is the page, put it in and confirm it; if not, take it out)",
        final="https://elsewhere.test/page",
    ),
    # impostors
    Case(
        "a parked domain is an impostor",
        "https://www.iitcse.com",
        Reply(page("iitcse.com", "This domain is for sale.", head="<script>/* parked */</script>")),
        "impostor",
        _impostor("a parked or lapsed domain ('this domain is for sale')"),
        TELFORD,
    ),
    Case(
        "a parking service's script gives a parked domain away",
        "https://parked.test/",
        Reply("<!doctype html><html data-adblockkey='x'><head><title>parked.test</title></head><body>Telford</body></html>"),
        "impostor",
        _impostor("a parked or lapsed domain ('a parking service's script')"),
        ("Telford",),
    ),
    Case(
        "a redirect to a parking host is an impostor",
        "https://lapsing.test/",
        _to("https://ww1.lapsing.test/?x=1", 302),
        "impostor",
        _impostor("a parked domain, at ww1.lapsing.test"),
        final="https://ww1.lapsing.test/?x=1",
        extra={"ww1.lapsing.test/?x=1": Reply(page("Related searches", "Inquiry lawyers"))},
    ),
    Case(
        "a lapsed domain with somebody else's page is an impostor",
        "https://lapsed.test/",
        Reply(page("Best casino bonus", "Independent Inquiry into jackpots")),
        "impostor",
        "answers, but is not the page: 'Telford' stands nowhere on the page (open it by hand; it may be another's now)",
        TELFORD,
    ),
    Case(
        "a redirect to a login page is an impostor",
        "https://login.test/report",
        _to("/login?next=/report", 302),
        "impostor",
        _impostor("a login page, https://login.test/login?next=/report"),
        final="https://login.test/login?next=/report",
        extra={"login.test/login?next=/report": Reply(page("Report", "Report"))},
    ),
    Case(
        "a login form in the page's place is an impostor",
        "https://login.test/form",
        Reply(page("Sign in to continue", "Report", "<input type=PassWord>")),
        "impostor",
        _impostor("a login page ('sign in to continue')"),
        ("Report",),
    ),
    Case(
        "page not found with status 200 is an impostor",
        "https://www.worcestershire.gov.uk/softgone",
        Reply(page("Page not found | Worcestershire County Council", "Get Safe", COUNCIL)),
        "impostor",
        _impostor("a page that says 'page not found | worcestershire county council' with status 200"),
        ("Get Safe", COUNCIL),
    ),
    Case(
        "the home page instead of the page is an impostor",
        "https://www.worcestershire.gov.uk/oldpage",
        _to("/", 302),
        "impostor",
        _impostor("the home page in its place"),
        (COUNCIL,),
        final="https://www.worcestershire.gov.uk/",
        extra={"www.worcestershire.gov.uk/": Reply(page("Home", COUNCIL))},
    ),
    Case(
        "a page that calls itself the home page is an impostor",
        "https://www.worcestershire.gov.uk/alias",
        Reply(page("Welcome", COUNCIL, head='<link rel="canonical" href="https://www.worcestershire.gov.uk/">')),
        "impostor",
        _impostor("the home page in its place"),
        (COUNCIL,),
    ),
    Case("an empty page is an impostor", "https://forms.test/empty", Reply(""), "impostor", _impostor("an empty page")),
    # gone
    Case(
        "404 is gone",
        "https://www.worcestershire.gov.uk/gone",
        Reply(page("Not found"), 404),
        "gone",
        "the server says 404, there is no such page (find its new address, or take it out)",
    ),
    Case(
        "410 is gone",
        "https://www.iitcse.com/gone",
        Reply(page("Gone"), 410),
        "gone",
        "the server says 410, the page was taken away (find another, or take it out)",
    ),
    # server fault
    Case("500 every time is a server fault", "https://faulty.test/", Reply("oops", 500), "server-fault", f"the server answers 500, tried 3 times {OWNER}"),
    Case(
        "a proxy that cannot connect is a server fault",
        "https://refusing.test/",
        None,
        "server-fault",
        f"this network's proxy cannot reach it: 502 Bad Gateway, tried 3 times {OWNER}",
        final=None,
    ),
    # blocked
    Case("401 is blocked", "https://blocked.test/401", Reply("", 401), "blocked", f"the server says 401 to this program {LOOK}"),
    Case("403 is blocked", "https://blocked.test/403", Reply("", 403), "blocked", f"the server says 403 to this program {LOOK}"),
    Case(
        "429 every time is blocked",
        "https://busy.test/",
        Reply("", 429),
        "blocked",
        f"the server says 429, too many requests, tried 3 times {LOOK}",
    ),
    Case(
        "429 for longer than can be waited is blocked",
        "https://busier.test/",
        Reply("", 429, {"Retry-After": "3600"}),
        "blocked",
        f"the server says 429, too many requests and asks to wait: 3600 {LOOK}",
    ),
    Case(
        "a question whether one is a person is blocked",
        "https://challenge.test/",
        Reply(page("Just a moment...", "Checking"), 503, {"cf-mitigated": "challenge"}),
        "blocked",
        f"the site asks whether its visitor is a person {LOOK}",
        ("Report",),
    ),
    Case(
        "a question whether one is a person with status 200 is blocked",
        "https://challenge.test/200",
        Reply(page("Human verification", "Please wait")),
        "blocked",
        f"the site asks whether its visitor is a person {LOOK}",
        ("Report",),
    ),
    Case(
        "denied by robots.txt is blocked",
        "https://robots.test/page",
        Reply(REPORT),
        "blocked",
        f"its robots.txt asks programs to stay away {LOOK}",
        final=None,
        extra={"robots.test/robots.txt": Reply("User-agent: *\nDisallow: /\n", kind="text/plain")},
    ),
    Case(
        "a file in which words cannot be looked for is blocked",
        "https://forms.test/words.pdf",
        Reply(b"%PDF-1.7 \0", kind=None),
        "blocked",
        f"is a file (application/pdf) in which words cannot be looked for {LOOK}",
        ("Report",),
    ),
    Case(
        "a proxy that forbids is blocked",
        "https://forbidden.test/",
        None,
        "blocked",
        f"this network's proxy does not let it through: 403 Forbidden {LOOK}",
        final=None,
    ),
    Case(
        "a human confirmation keeps a finding quiet",
        "https://blocked.test/quiet",
        Reply("", 403),
        "blocked",
        f"the server says 403 to this program {LOOK}; The editor looked on 10 March 2026: quiet until 9 April 2026",
        more=EXCUSE.format(on="2026-03-10"),
    ),
    Case(
        "a human confirmation runs out",
        "https://blocked.test/loud",
        Reply("", 403),
        "blocked",
        f"the server says 403 to this program {LOOK}; The editor looked on February 2026, which counted until "
        "3 March 2026: look again and write the new date",
        more=EXCUSE.format(on="2026-02"),
    ),
    # no host, certificates
    Case(
        "a name that does not exist is no host",
        "https://nohost.test/",
        None,
        "no-host",
        "there is no host 'nohost.test' (check the spelling; if the domain has lapsed, take the address out)",
        final=None,
    ),
    Case("an expired certificate is reported", "https://expired.test/", None, "certificate", f"the certificate has expired {BROWSERS}", final=None),
    Case(
        "a certificate for another name is reported",
        "https://wrongname.test/",
        None,
        "certificate",
        f"the certificate is for another name {BROWSERS}",
        final=None,
    ),
    Case(
        "a certificate of an unknown authority is reported",
        "https://unknown.test/",
        None,
        "certificate",
        f"the certificate comes from an authority that nobody knows {BROWSERS}",
        final=None,
    ),
    Case(
        "a certificate that ends in 5 days is reported",
        "https://ending.test/",
        Reply(REPORT),
        "certificate",
        "the certificate ends in 5 days (tell its owner to renew it)",
    ),
    # timeout, loop
    Case(
        "a host that accepts and never answers is a timeout",
        "https://silent.test/",
        None,
        "timeout",
        f"no answer within 2 seconds, tried twice {SILENT}",
        final=None,
        slow=True,
    ),
    Case(
        "a page that never comes is a timeout",
        "https://silentpage.test/",
        silent_page,
        "timeout",
        f"no answer within 2 seconds, tried twice {SILENT}",
        final=None,
        slow=True,
    ),
    Case(
        "headers that drip are a timeout",
        "https://driphead.test/",
        dripping_head,
        "timeout",
        "no answer that comes to an end, given up after 2 seconds (open it by hand)",
        final=None,
        slow=True,
    ),
    Case(
        "another address of a host whose headers drip is not waited for",
        "https://driphead.test/two",
        dripping_head,
        "timeout",
        "'driphead.test' was silent for another address, so this one was not waited for (open it by hand)",
        final=None,
        slow=True,
    ),
    Case(
        "a page that drips is a timeout",
        "https://dripbody.test/",
        dripping_body,
        "timeout",
        "the page did not come whole within 2 seconds, tried twice (open it by hand)",
        ("Report",),
        slow=True,
    ),
    Case(
        "a redirect to itself is a loop",
        "https://loop.test/a",
        _to("/b"),
        "loop",
        "redirects without end (open it by hand and put in the address that shows the page)",
        final=None,
        extra={"loop.test/b": _to("/a")},
    ),
    Case(
        "a redirect whose own body never ends cannot hold the check",
        "https://endlessredirect.test/",
        endless_redirect,
        "redirected",
        "leads to https://endlessredirect.test/elsewhere of the same owner (put that address in)",
        final="https://endlessredirect.test/elsewhere",
        extra={"endlessredirect.test/elsewhere": Reply(REPORT)},
        slow=True,
    ),
    # what is sent to do harm
    Case(
        "a page that takes too long to read ends nothing but its own reading",
        "https://hostile.test/attributes",
        Reply(MANY_ATTRIBUTES),
        "blocked",
        f"it answers, and its answer cannot be judged: to read it takes more than 5 seconds {LOOK}",
        final=None,
    ),
    Case(
        "a redirect to what is no address is a server fault",
        "https://hostile.test/redirect",
        _to("http://[bad"),
        "server-fault",
        f"it redirects to 'http://[bad', which is no address of a page {OWNER}",
        final=None,
    ),
    Case(
        "a redirect to a port that does not exist is a server fault",
        "https://hostile.test/port",
        _to("https://hostile.test:999999/"),
        "server-fault",
        f"it redirects to 'https://hostile.test:999999/', which is no address of a page {OWNER}",
        final=None,
    ),
    Case(
        "a page that calls what is no address its own is working",
        "https://hostile.test/head",
        Reply(page("Report", head='<meta http-equiv=refresh content="0;url=http://[x"><link rel=canonical href="http://[x">')),
        "working",
        "shows 'Report'",
        ("Report",),
    ),
    *(
        Case(
            f"a page in the encoding {encoding} is read like any other",
            f"https://hostile.test/{encoding}",
            Reply(REPORT, kind=f"text/html; charset={encoding}"),
            "working",
            "shows 'Report'",
            ("Report",),
        )
        for encoding in ("undefined", "bz2", "zip", "idna", "punycode", "x-nobodys")
    ),
    Case(
        "a retry-after of a thousand digits is not waited for",
        "https://hostile.test/digits",
        Reply("", 429, {"Retry-After": "9" * 1000}),
        "blocked",
        f"the server says 429, too many requests and asks to wait: {'9' * 99}… {LOOK}",
    ),
    Case(
        "a retry-after in the year 99999 counts as none",
        "https://hostile.test/year",
        Reply("", 429, {"Retry-After": "Thu, 01 Jan 99999 00:00:00 GMT"}),
        "blocked",
        f"the server says 429, too many requests and asks to wait: Thu, 01 Jan 99999 00:00:00 GMT, tried 3 times {LOOK}",
    ),
    Case(
        "a retry-after below nothing counts as none",
        "https://hostile.test/negative",
        Reply("", 429, {"Retry-After": "-5"}),
        "blocked",
        f"the server says 429, too many requests and asks to wait: -5, tried 3 times {LOOK}",
    ),
    Case(
        "a title that orders the terminal and the runner about is quoted harmlessly",
        "https://hostile.test/title",
        Reply(f"<title>Not found {COMMANDS}</title><p>x"),
        "impostor",
        _impostor(
            "a page that says 'not found �]0;owned�[31m �dlrow�� �� : :error file=x: :y # #[error]z %0a: :warning: :w "
            "![a](https://a.test) <b> @team' with status 200"
        ),
    ),
    Case(
        "a media type that orders the terminal and the runner about is quoted harmlessly",
        "https://hostile.test/type",
        Reply("\0", kind="application/\x1b[31m::error::y" + "z" * 3000),
        "blocked",
        f"is a file (application/�[31m: :error: :y{'z' * 70}…) in which words cannot be looked for {LOOK}",
        ("Report",),
    ),
    Case(
        "a page that sends its reader to an endless address is cut short",
        "https://hostile.test/long",
        Reply(page("x", head=f'<meta http-equiv=refresh content="0;url=https://b.test/{"c" * 100_000}">')),
        "moved-away",
        f"leads to another host: https://b.test/{'c' * 561}… (if that is the page, put it in and confirm it; if not, take it out)",
        final=f"https://b.test/{'c' * 1984}…",
    ),
    # candidates
    Case(
        "a candidate that passes says which line to change",
        "https://www.worcestershire.gov.uk/getthere",
        Reply(page("Get There", COUNCIL)),
        "unconfirmed",
        f"passes the check, shows 'Get There' and '{COUNCIL}' (open it, read it; if it is the page: data/links.yml:LINE: "
        "'candidate: https://www.worcestershire.gov.uk/getthere' becomes 'url: https://www.worcestershire.gov.uk/getthere', "
        "with 'confirmed' under it)",
        ("Get There", COUNCIL),
        key="candidate",
    ),
    Case(
        "a candidate that fails says why",
        "https://www.worcestershire.gov.uk/guess",
        Reply("", 404),
        "unconfirmed",
        "gone: the server says 404, there is no such page (find its new address, or take it out)",
        ("Get There",),
        key="candidate",
    ),
    Case(
        "a candidate that answers without words to know it by needs words",
        "https://forms.test/candidate",
        Reply(REPORT),
        "unconfirmed",
        "it answers, but nothing says what it must show (give words under 'expect' of "
        "a-candidate-that-answers-without-words-to-know-it-by-needs, near data/links.yml:LINE)",
        key="candidate",
    ),
]  # fmt: skip


def stage(world: World, cases: list[Case]) -> None:
    """Let the stand-ins of some cases answer."""
    for case in cases:
        scheme, _, rest = case.url.partition("://")
        if case.answer is not None:
            world.answer(rest if scheme == "https" else f"http:{rest}", case.answer)
        for address, behaviour in case.extra.items():
            world.answer(address, behaviour)
    world.answer("www.gov.uk/*", Reply(REPORT))
    world.answer("www.metoffice.gov.uk/*", Reply(REPORT))
    world.tunnels["silent.test"] = silent
    world.tunnels["nohost.test"] = b"HTTP/1.1 503 Service Unavailable\r\nX-Squid-Error: ERR_DNS_FAIL 0\r\n\r\n"
    world.tunnels["refusing.test"] = b"HTTP/1.1 502 Bad Gateway\r\n\r\n"
    world.tunnels["forbidden.test"] = b"HTTP/1.1 403 Forbidden\r\n\r\n"
    world.certificate("expired.test", days=-5)
    world.certificate("wrongname.test", name="other.test")
    world.certificate("ending.test", days=5)
    world.unknown_authority("unknown.test")
