"""Makes the pictures of the README from the sample register: `make pictures`. Small, few, the same every time."""

import base64
import itertools
import struct
import sys
import tempfile
import zlib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT), *(str(ROOT / "tests" / part) for part in ("", "browser", "transcribe"))]

from markdown_it import MarkdownIt  # noqa: E402
from playwright.sync_api import sync_playwright  # noqa: E402

from fonts import NARROW_FONT, launch  # noqa: E402
from hosting import hosted_sample  # noqa: E402
from made_reports import Style, print_report  # noqa: E402
from projects import git, make_project  # noqa: E402
from visits import PAGES, visit  # noqa: E402

PICTURES = ROOT / "pictures"
SHOWN = ["home", "register", "full record", "number only", "help"]
# A screenshot in the sixteen colours that it has most of, four bits a dot: a third of the size, and nobody sees it.
# Done in the browser, which has the dots and deflate.
SMALL = """async data => {
    const image = await createImageBitmap(await (await fetch('data:image/png;base64,' + data)).blob());
    const {width, height} = image;
    const paper = new OffscreenCanvas(width, height).getContext('2d');
    paper.drawImage(image, 0, 0);
    const dots = paper.getImageData(0, 0, width, height).data;
    const counts = new Map();
    for (let at = 0; at < dots.length; at += 4) {
        const colour = dots[at] << 16 | dots[at + 1] << 8 | dots[at + 2];
        counts.set(colour, (counts.get(colour) || 0) + 1);
    }
    const split = colour => [colour >> 16, colour >> 8 & 255, colour & 255];
    const apart = (one, two) => split(one).reduce((sum, part, at) => sum + (part - split(two)[at]) ** 2, 0);
    /* First the grounds, which are most of a page; then what is farthest from what has been chosen. */
    const palette = [];
    const wanted = [...counts].sort((one, two) => two[1] - one[1]).map(([colour]) => colour);
    for (const [gap, most] of [[60, 6], [2000, 16], [500, 16], [100, 16], [0, 16]]) {
        for (const colour of wanted) {
            if (palette.length < most && palette.every(chosen => apart(chosen, colour) > gap)) { palette.push(colour); }
        }
    }
    const nearest = new Map(wanted.map(colour => [colour, palette.reduce((best, chosen, at) =>
        apart(chosen, colour) < apart(palette[best], colour) ? at : best, 0)]));
    const row = Math.ceil(width / 2) + 1;
    const raw = new Uint8Array(row * height);
    for (let y = 0; y < height; y += 1) {
        for (let x = 0; x < width; x += 1) {
            const at = 4 * (y * width + x);
            const index = nearest.get(dots[at] << 16 | dots[at + 1] << 8 | dots[at + 2]);
            raw[y * row + 1 + (x >> 1)] |= x % 2 ? index : index << 4;
        }
    }
    const packed = new Uint8Array(await new Response(
        new Blob([raw]).stream().pipeThrough(new CompressionStream('deflate'))).arrayBuffer());
    return {width, height, palette: palette.flatMap(split), packed: packed.toBase64 ? packed.toBase64()
        : btoa(Array.from(packed, byte => String.fromCharCode(byte)).join(''))};
}"""
# Parts of pages that CONTRIBUTING shows: the page and what is shown of it.
PARTS = {
    "update": ("recommendations/1/", ".history > li:nth-of-type(2)"),
    "withdrawn-update": ("recommendations/8/", ".history > li.withdrawn"),
    "edited-update": ("recommendations/4/", ".history > li:nth-of-type(2)"),
}
# A fictional report, to show how its wordings are reviewed.
REPORT = {
    3: ["The wardens should publish what they hear:", "• by day", "• by night", "They should do so each year."],
}
PART_SCREEN = {"width": 768, "height": 800}
SCREENS = {"wide": {"width": 1280, "height": 800}, "narrow": {"width": 320, "height": 568}}


def png(found: dict) -> bytes:
    """A PNG of what SMALL returns (PNG, 11.2: header, palette, data, end)."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", found["width"], found["height"], 4, 3, 0, 0, 0)
    data = zlib.compress(zlib.decompress(base64.b64decode(found["packed"])), 9)
    parts = (b"IHDR", header), (b"PLTE", bytes(found["palette"])), (b"IDAT", data), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(kind, held) for kind, held in parts)


def review_page(folder: Path) -> Path:
    """The page on which the wordings found in a report are reviewed."""
    project = make_project(folder)
    print_report(
        project.folder / "report.pdf", REPORT, Style(first_page=11), ["What the wardens should do from now on."]
    )
    done = project.run("transcribe", "report.pdf")
    if done.returncode:
        sys.exit(done.stderr)
    return project.folder / "review" / "review.html"


# A fictional change, to show what a reviewer is given of it.
CHANGED = (
    ("data/contacts.yml", "number: 01632 960 001", "number: 01632 960 009"),
    (
        "data/recommendations.yml",
        "      evidence:\n        - scrutineer-report-2025\n\n- number: 2\n",
        "      evidence:\n        - scrutineer-report-2025\n    - date: 2026-03-03\n      recorded: 2026-03-04\n      voice: partnership\n"
        "      note: Two of the nine posts are empty again.\n      progress: under-way\n      due: 2026-09\n"
        "      reason: The board wants all nine posts filled.\n\n- number: 2\n",
    ),
    ("docs/about.md", "This register is a sample.", "This register is a sample, and nothing in it is real."),
)  # fmt: skip
# Near to how GitHub shows Markdown.
SUMMARY = """<!doctype html><meta charset="utf-8"><title>Summary</title><style>body {{ font: 14px/1.5 system-ui, sans-serif;
    margin: 0; padding: 1rem; color: #1f2328; }} h2, h3 {{ margin: .5rem 0; }} ul {{ margin: 0; padding-left: 1.5rem; }}</style>{}"""


def changed_sample(folder: Path) -> Path:
    """What a reviewer is given of a change of the sample: the folder that 'make review-page' writes."""
    project = make_project(folder)
    git(folder, "init", "--initial-branch", "main")
    git(folder, "add", ".")
    git(folder, "commit", "--message", "Begin", GIT_COMMITTER_DATE="2026-02-02T12:00:00Z")
    for path, old, new in CHANGED:
        project.edit(path, old, new)
    done = project.run("review-page", "main")
    if done.returncode:
        sys.exit(done.stderr)
    return folder / "review-page"


def main() -> None:
    """Build the sample, visit the pages, write one picture of each first screen, wide and narrow, light and dark, and of parts."""
    PICTURES.mkdir(exist_ok=True)
    with hosted_sample() as address, sync_playwright() as driver, tempfile.TemporaryDirectory() as folder:
        chromium = launch(driver, NARROW_FONT, Path(folder))
        judge = chromium.new_page()
        for name, (width, screen), scheme in itertools.product(SHOWN, SCREENS.items(), ("light", "dark")):
            with visit(chromium, address + PAGES[name], screen, color_scheme=scheme) as page:
                path = PICTURES / f"{name.replace(' ', '-')}-{width}-{scheme}.png"
                path.write_bytes(png(judge.evaluate(SMALL, base64.b64encode(page.screenshot()).decode())))
        for name, (place, selector) in PARTS.items():
            with visit(chromium, address + place, PART_SCREEN, color_scheme="light") as page:
                shown = base64.b64encode(page.locator(selector).screenshot()).decode()
                (PICTURES / f"{name}.png").write_bytes(png(judge.evaluate(SMALL, shown)))
        page = chromium.new_page(viewport=PART_SCREEN)
        Path(folder, "report").mkdir()
        page.goto(review_page(Path(folder, "report")).as_uri())
        shown = base64.b64encode(page.screenshot(full_page=True)).decode()
        (PICTURES / "review.png").write_bytes(png(judge.evaluate(SMALL, shown)))
        Path(folder, "changed").mkdir()
        reviewed = changed_sample(Path(folder, "changed"))
        words = chromium.new_page(viewport=PART_SCREEN)
        words.set_content(SUMMARY.format(MarkdownIt().render((reviewed / "summary.md").read_text("utf-8"))))
        shown = base64.b64encode(words.locator("body").screenshot()).decode()
        (PICTURES / "change-in-words.png").write_bytes(png(judge.evaluate(SMALL, shown)))
        pages = chromium.new_page(viewport={"width": 800, "height": 800})
        pages.goto((reviewed / "index.html").as_uri())
        pages.evaluate(
            "() => Promise.all([...document.images].map(one => { one.loading = 'eager'; return one.decode(); }))"
        )
        top = pages.locator("h3", has_text="Get help now").last.bounding_box()["y"]
        clip = {"x": 0, "y": top, "width": 800, "height": 720}
        shown = base64.b64encode(pages.screenshot(full_page=True, clip=clip)).decode()
        (PICTURES / "change-in-pictures.png").write_bytes(png(judge.evaluate(SMALL, shown)))
        chromium.close()
    made = sorted(PICTURES.glob("*.png"))
    print(f"{len(made)} pictures, {sum(path.stat().st_size for path in made) // 1000} kB, in pictures/.")


if __name__ == "__main__":
    main()
