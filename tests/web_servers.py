"""The web servers that people run, for a built site: nginx, Caddy and Apache as plain processes on free ports of this machine."""

import contextlib
import http.client
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

MODULES_OF_NGINX = Path("/usr/lib/nginx/modules")
MODULES_OF_APACHE = Path("/usr/lib/apache2/modules")

NGINX = """
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/log;
{user}
load_module {modules}/ngx_http_brotli_static_module.so;
events {{ }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    server {{
        listen 127.0.0.1:{port};
        root {site};
        include {settings}/nginx.conf;
        brotli_static on;
    }}
}}
"""

CADDY = """{{
    admin off
    auto_https off
}}
http://127.0.0.1:{port} {{
    root * {site}
    import {settings}/Caddyfile
}}
"""

APACHE = """
ServerRoot {folder}
ServerName 127.0.0.1
Listen 127.0.0.1:{port}
PidFile {folder}/apache.pid
ErrorLog {folder}/log
{user}
LoadModule mpm_event_module {modules}/mod_mpm_event.so
LoadModule authz_core_module {modules}/mod_authz_core.so
LoadModule dir_module {modules}/mod_dir.so
LoadModule mime_module {modules}/mod_mime.so
LoadModule headers_module {modules}/mod_headers.so
LoadModule rewrite_module {modules}/mod_rewrite.so
LoadModule autoindex_module {modules}/mod_autoindex.so
TypesConfig /dev/null
TraceEnable off
DocumentRoot {site}
<Directory {site}>
    AllowOverride All
    Require all granted
</Directory>
"""

# A server that root starts hands its work to an account without rights, as it does on a real host.
_UNPRIVILEGED = "www-data"


@dataclass(frozen=True)
class Answer:
    """What a server answered: its status, its headers as they came, and its body."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes

    def values(self, name: str) -> list[str]:
        """The values of a header; a server may send it twice."""
        return [value for key, value in self.headers if key.lower() == name.lower()]

    def value(self, name: str) -> str | None:
        """The value of a header that is sent once or not at all."""
        assert len(self.values(name)) <= 1, f"{name} is sent twice: {self.values(name)}"
        return next(iter(self.values(name)), None)


@dataclass(frozen=True)
class WebServer:
    """A running server, and the folder that it serves."""

    name: str
    port: int
    site: Path
    base: str = "/"  # below which the site stands

    @property
    def address(self) -> str:
        """Where it answers, with a slash at the end."""
        return f"http://127.0.0.1:{self.port}{self.base}"

    def ask(self, path: str, method: str = "GET", headers: Mapping[str, str] | None = None) -> Answer:
        """Ask for a path, exactly as it is written: nothing in it is made neat before it is sent."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        with contextlib.closing(connection):
            connection.putrequest(method, path, skip_accept_encoding=True)
            for name, value in (headers or {}).items():
                connection.putheader(name, value)
            connection.endheaders()
            answer = connection.getresponse()
            return Answer(answer.status, answer.getheaders(), answer.read())


@contextlib.contextmanager
def web_server(name: str, site: Path, settings: Path, base: str = "/") -> Iterator[WebServer]:
    """Serve a copy of a built site for as long as a ``with`` lasts.

    Args:
        name: ``nginx``, ``caddy`` or ``apache``.
        site: the built site; beside its copy stands ``secret.txt``, and in it ``.git/config``, for thieves.
        settings: the folder that ``make hosting`` wrote.
        base: the folder of its host in which the site stands, with a slash at both ends.
    """
    with tempfile.TemporaryDirectory(prefix="web-server-") as made:
        folder = Path(made)
        folder.chmod(0o755)
        copy = folder / "site" / base.strip("/")
        shutil.copytree(site, copy)
        shutil.copytree(settings, folder / "settings")
        (folder / "secret.txt").write_text("secret")
        (copy / ".git").mkdir()
        (copy / ".git" / "config").write_text("secret")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        process = subprocess.Popen(
            _command(name, folder, port),
            env={**os.environ, "XDG_DATA_HOME": made, "XDG_CONFIG_HOME": made, "HOME": made},
            stdout=subprocess.DEVNULL,
            stderr=(folder / "said").open("w"),
        )
        try:
            _wait_for(process, port, folder)
            yield WebServer(name, port, copy, base)
        finally:
            process.terminate()
            process.wait(20)


def _command(name: str, folder: Path, port: int) -> list[str]:
    """Write the configuration of a server; return the command that starts it."""
    written = folder / "configuration"
    form, modules, user = {
        "nginx": (NGINX, MODULES_OF_NGINX, f"user {_UNPRIVILEGED};"),
        "caddy": (CADDY, "", ""),
        "apache": (APACHE, MODULES_OF_APACHE, f"User {_UNPRIVILEGED}\nGroup {_UNPRIVILEGED}"),
    }[name]
    user = user if os.geteuid() == 0 and pwd.getpwnam(_UNPRIVILEGED) else ""
    written.write_text(
        form.format(
            folder=folder, site=folder / "site", settings=folder / "settings", port=port, modules=modules, user=user
        )
    )
    return {
        "nginx": [_program("nginx"), "-p", str(folder), "-e", str(folder / "log"), "-c", str(written)],
        "caddy": [_program("caddy"), "run", "--config", str(written), "--adapter", "caddyfile"],
        "apache": [_program("apache2"), "-DFOREGROUND", "-f", str(written)],
    }[name]


def _program(name: str) -> str:
    """Where a program stands; those for root are not in everybody's path."""
    found = shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin:/sbin")
    assert found, f"{name} is missing: make .venv/ready-for-tests"
    return found


def _wait_for(process: subprocess.Popen, port: int, folder: Path) -> None:
    until = time.monotonic() + 30
    while process.poll() is None and time.monotonic() < until:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.02)
    logs = [path.read_text() for name in ("said", "log") if (path := folder / name).is_file()]
    raise AssertionError(f"the server did not start:\n{''.join(logs)}")
