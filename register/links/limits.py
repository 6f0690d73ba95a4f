"""How much time and memory one run of the link check may take."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """The limits of one run, with the usual values."""

    timeout: int = 10  # seconds for a server to begin its answer, and again for the page to arrive
    whole_run: float = 600.0  # seconds
    tries: int = 3  # where another try may help; two where nothing answers at all
    pause: float = 2.0  # seconds before the second try, doubled before the third
    longest_wait: float = 60.0  # seconds: a server that asks for more (Retry-After) is not asked again
    page_bytes: int = 512 * 1024  # how much of a page is read
    threads: int = 32  # addresses asked at once; LinkChecker itself asks one host at most ten times a second
    memory: int = 768 * 1024 * 1024  # bytes that LinkChecker's process may take
    page_seconds: float = 5.0  # to read and judge one page
    page_memory: int = 500_000_000  # bytes that the process may take that reads pages
