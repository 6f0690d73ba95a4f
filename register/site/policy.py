"""What a browser may do on this site, and what it may tell others: one list for the pages and for the web host.

Nothing is loaded from elsewhere, nothing inline is run, no page says where its
reader came from. The policy stands in every page, so that a saved copy or a
mirror keeps it, and in ``_headers`` for hosts that read that file; some
protections work only as headers (Content Security Policy Level 3, 4.1).
"""

CONTENT_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
    )
)

HEADERS = {
    # frame-ancestors and upgrade-insecure-requests say nothing, or too much, inside a page read from a disk.
    "Content-Security-Policy": f"{CONTENT_POLICY}; frame-ancestors 'none'; upgrade-insecure-requests",
    "Referrer-Policy": "no-referrer",
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains; preload",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    # A corrected help line must show at once.
    "Cache-Control": "no-cache",
}


def headers_file() -> str:
    """Return the headers in the form that Netlify and Cloudflare Pages read from a file named ``_headers``."""
    return "/*\n" + "".join(f"  {name}: {value}\n" for name, value in HEADERS.items())
