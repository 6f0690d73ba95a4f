"""The day and address for which the sample's exports are made, and a folder to lay them out in."""

import datetime
from pathlib import Path

DAY = datetime.date(2026, 3, 31)
SITE = "https://register.exampleshire.test/"


def laid_out(files: dict[str, bytes], folder: Path) -> Path:
    """Write exports into a folder; return the ``data`` folder within."""
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder / "data"
