"""What every command of the program works on."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Run:
    """One run of a command: the project's folder, and the environment with the options that stand before the command."""

    project: Path
    environment: dict[str, str]
