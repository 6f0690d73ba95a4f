"""Every kind of page, scored by Lighthouse on Debian's Chromium: accessibility and best practices must be 100."""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "tests" / "browser")]

from hosting import hosted_sample  # noqa: E402
from visits import FLAGS, NODE, PAGES, find_browser  # noqa: E402

HERE = Path(__file__).parent / "lighthouse"
SCORED = ["accessibility", "best-practices"]


def install() -> None:
    """Fetch Lighthouse once."""
    if not (HERE / "node_modules" / "lighthouse").exists():
        command = ["npm", "ci", "--silent", "--ignore-scripts", "--no-audit", "--no-fund"]
        subprocess.run(command, cwd=HERE, check=True)


def score(url: str) -> dict[str, int]:
    """The scores of one page, from 0 to 100, with what cost points."""
    done = subprocess.run(
        [
            NODE,
            str(HERE / "node_modules" / "lighthouse" / "cli" / "index.js"),
            url,
            "--quiet",
            "--output=json",
            f"--only-categories={','.join(SCORED)}",
            f"--chrome-flags=--headless=new {' '.join(FLAGS)}",
        ],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "CHROME_PATH": find_browser()},
    )
    if done.returncode:
        sys.exit(f"Lighthouse did not run: {done.stderr.strip()[-500:]}")
    report = json.loads(done.stdout)
    for audit in report["audits"].values():
        if audit["score"] is not None and audit["score"] < 1 and audit["scoreDisplayMode"] == "binary":
            print(f"    {audit['id']}: {audit['title']}")
    return {name: round(100 * report["categories"][name]["score"]) for name in SCORED}


def main() -> None:
    """Score every kind of page and say how it went."""
    install()
    low = 0
    with hosted_sample() as address:
        # A wrong address answers 404, which Lighthouse does not score.
        for name, path in PAGES.items():
            found = score(address + path.replace("no-such-page/deep/", "404.html"))
            low += any(value < 100 for value in found.values())
            print(f"{name:24}" + "  ".join(f"{kind} {value}" for kind, value in found.items()), flush=True)
    print("Lighthouse: 100 everywhere" if not low else f"Lighthouse: {low} pages under 100")


if __name__ == "__main__":
    main()
