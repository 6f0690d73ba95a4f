"""Makes the pictures of the README from the sample register: `make pictures`. Small, few, the same every time."""

import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests" / "browser")]

from playwright.sync_api import sync_playwright  # noqa: E402

from hosting import Host, SiteHandler  # noqa: E402
from projects import make_project  # noqa: E402
from visits import FLAGS, PAGES, find_browser, visit  # noqa: E402

PICTURES = ROOT / "pictures"
SHOWN = ["home", "register", "full record", "number only", "help"]
SCREENS = {"wide": {"width": 1280, "height": 800}, "narrow": {"width": 320, "height": 568}}


def main() -> None:
    """Build the sample, visit the pages, write one picture of each first screen, wide and narrow, light and dark."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder, "project")
        place.mkdir()
        project = make_project(place)
        done = project.run("site")
        if done.returncode:
            sys.exit(done.stderr)
        with Host(SiteHandler, directory=project.folder / "site") as host, sync_playwright() as driver:
            chromium = driver.chromium.launch(executable_path=find_browser(), args=FLAGS)
            for name in SHOWN:
                for width, screen in SCREENS.items():
                    for scheme in ("light", "dark"):
                        with visit(chromium, host.address + PAGES[name], screen, color_scheme=scheme) as page:
                            path = PICTURES / f"{name.replace(' ', '-')}-{width}-{scheme}.png"
                            page.screenshot(path=path)
            chromium.close()
    made = sorted(PICTURES.glob("*.png"))
    print(f"{len(made)} pictures, {sum(path.stat().st_size for path in made) // 1000} kB, in pictures/.")


if __name__ == "__main__":
    main()
