"""What nginx and Caddy include is written beside the site: whole, or not at all. Real servers read it in tests/browser."""

from projects import Project


def test_both_files_are_written_beside_the_site_and_named(content: Project) -> None:
    content.edit("mkdocs.yml", "  short_name:", "  preload: true\n  short_name:")
    done = content.run_here("hosting")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "Written: hosting/nginx.conf\nWritten: hosting/Caddyfile\n"
    for name in ("nginx.conf", "Caddyfile"):
        text = (content.folder / "hosting" / name).read_text()
        assert "/in-brief/" in text and "includeSubDomains; preload" in text


def test_nothing_is_written_of_a_register_that_is_wrong(content: Project) -> None:
    content.write("data/redirects.yml", "- from: nowhere\n")
    done = content.run_here("hosting")
    assert (done.returncode, done.stdout) == (1, "")
    assert "data/redirects.yml:1: " in done.stderr
    assert not (content.folder / "hosting").exists()
