"""Runs steps of the workflows as GitHub does, with a stand-in for GitHub's own program."""

import os
import re
import subprocess
from pathlib import Path
from typing import Any

import yaml

from projects import ROOT

# Stands in for GitHub's program: notes how it was called, and knows of one open issue or none.
GH = """#!/bin/sh
echo "$1 $2 $3" >> "$CALLS"
[ "$2" = list ] && echo "${OPEN:-}"
for word in "$@"; do [ "$word" = body.md ] && cp body.md "$CALLS.body"; done
exit 0
"""


def workflow(name: str) -> dict[Any, Any]:
    """A workflow as GitHub reads it; YAML reads its key 'on' as true."""
    return yaml.safe_load((ROOT / ".github" / "workflows" / name).read_text(encoding="utf-8"))


def run(name: str, job: str, step: str, folder: Path, **environment: str) -> dict[str, str]:
    """Run one step of a workflow in a folder; return its outputs."""
    [wanted] = [held for held in workflow(name)["jobs"][job]["steps"] if held.get("name") == step]
    output = folder / "output"
    output.touch()
    subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", wanted["run"]], cwd=folder, check=True, capture_output=True,
        env={**os.environ, "GITHUB_OUTPUT": str(output), **environment},
    )  # fmt: skip
    text = output.read_text()
    long = {key: value.strip() for key, end, value in re.findall(r"(?ms)^(\w+)<<(\S+)\n(.*?)\n\2$", text)}
    return long | dict(re.findall(r"(?m)^(\w+)=(.*)$", text))


def with_gh(folder: Path, open_issue: str = "") -> dict[str, str]:
    """Put the stand-in for GitHub's program into a folder; return the environment in which it is found."""
    (folder / "bin").mkdir()
    program = folder / "bin" / "gh"
    program.write_text(GH)
    program.chmod(0o755)
    calls = folder / "calls"
    calls.touch()
    return {"PATH": f"{folder / 'bin'}:{os.environ['PATH']}", "CALLS": str(calls), "OPEN": open_issue, "GH_TOKEN": "t"}
