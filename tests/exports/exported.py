"""Exports made in tests: the address for which they are made, and a folder to lay them out in."""

from pathlib import Path

from register.exports.files import exports
from register.site.render import Renderer
from register.state.snapshot import Snapshot

SITE = "https://register.exampleshire.test/"


def exported(snapshot: Snapshot, site: str = SITE) -> dict[str, bytes]:
    """Every export of a snapshot, by its path."""
    return exports(snapshot, site, Renderer(site), snapshot.as_of)


def laid_out(files: dict[str, bytes], folder: Path) -> Path:
    """Write exports into a folder; return the ``data`` folder within."""
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder / "data"
