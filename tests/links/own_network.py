"""Run in a network of its own: a server at a public and at a private address, and the link check over it.

Arguments: a file for what the server was asked, then the command. The server listens on port 80 at every address.
"""

import http.server
import subprocess
import sys
import threading
from pathlib import Path

LEADS_TO = {
    "/name": "http://private.test/secret",
    "/address": "http://10.9.9.9/secret",
    "/loopback": "http://127.0.0.1/secret",
    "/mapped": "http://[::ffff:10.9.9.9]/secret",
    "/outside": "http://other.test/page",
}


class Handler(http.server.BaseHTTPRequestHandler):
    """Redirects, or shows a page, and writes down at which address it was asked."""

    def do_GET(self) -> None:
        """Answer one request."""
        with Path(sys.argv[1]).open("a") as log:
            print(self.connection.getsockname()[0], self.path, file=log)
        target = LEADS_TO.get(self.path)
        body = b"<title>A page</title><p>words"
        self.send_response(302 if target else 200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        if target:
            self.send_header("Location", target)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing."""


server = http.server.ThreadingHTTPServer(("0.0.0.0", 80), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
sys.exit(subprocess.run(sys.argv[2:], check=False).returncode)
