"""Hears and sees everything that a page does while it is used, and tells what it should not have done."""

from playwright.sync_api import Page

from hosting import SiteHandler

# A word that is on no page and one that is on many, and what is said of it: neither may be found but in the field.
WORDS = {"hushedword": "No results", "children": " results"}


class Witness:
    """Everything that a page asks for, says in the console, and would have been stopped from doing."""

    def __init__(self, page: Page) -> None:
        """Listen from the start."""
        self.asked: list[tuple[str, str | None]] = []
        self.said: list[str] = []
        SiteHandler.requests.clear()
        page.on("request", lambda request: self.asked.append((request.url, request.post_data)))
        page.on("console", lambda message: self.said.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: self.said.append(f"error: {error}"))
        page.context.add_init_script(
            """addEventListener('securitypolicyviolation', event =>
                console.error('policy: ' + event.violatedDirective + ' ' + event.blockedURI));"""
        )

    def faults(self, address: str) -> list[str]:
        """What should not have been."""
        elsewhere = [f"asks {url} (only this site may be asked)" for url, _ in self.asked if not at_home(url, address)]
        sent = [f"sends {body!r} to {url}" for url, body in self.asked if body]
        whence = [f"tells {path} that it came from {referer}" for path, referer in SiteHandler.requests if referer]
        whispered = [f"puts the words searched for into {url}" for url, _ in self.asked if any(w in url for w in WORDS)]
        loud = [f"console: {line}" for line in self.said if "404 (" not in line]
        return elsewhere + sent + whence + whispered + loud


def at_home(url: str, address: str) -> bool:
    """Whether an address is one of the site's own."""
    return url.startswith((address, "data:"))
