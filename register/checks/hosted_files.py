"""Whether the documents in ``docs/files/`` and the entries of ``data/links.yml`` that name them agree."""

from collections.abc import Collection, Iterator

from register.model import Register
from register.problems import Problem, nearest
from register.site import urls


def missing_files(register: Register, names: Collection[str]) -> Iterator[Problem]:
    """Yield each entry that names a document which is not there.

    Args:
        register: the register.
        names: the names of the files of ``docs/``.
    """
    there = [name.removeprefix(urls.FILES) for name in names if name.startswith(urls.FILES)]
    for link in register.links:
        if link.file and link.file not in there:
            line, record = (link.origin.line_of("file"), link.origin.record) if link.origin else (1, link.id)
            what = f"'file' names '{link.file}', which is not in docs/{urls.FILES}"
            yield Problem("data/links.yml", line, record, what, nearest(link.file, there), "file-missing")


def unnamed_files(docs: str, register: Register, names: Collection[str]) -> Iterator[Problem]:
    """Yield, as advice, each document that no entry names: readers find it only by a link that somebody types.

    Args:
        docs: the folder of pages, as messages show it.
        register: the register of today.
        names: the names of the files of ``docs/``.
    """
    named = {urls.hosted_file(link.file) for link in register.links if link.file}
    for name in names:
        if name.startswith(urls.FILES) and name not in named:
            file = name.removeprefix(urls.FILES)
            what, to_do = (
                "no entry of data/links.yml names this document",
                f"add one with 'file: {file}', or take it out",
            )
            yield Problem(f"{docs}/{name}", 1, "", what, to_do, "unnamed-file")
