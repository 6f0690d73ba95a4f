"""What is made of the register for those who fill it in, and stands in the project's folder: schemas for editors that complete
and underline, and forms on GitHub. ``make forms`` writes them, and every check compares them with the register.
"""

from pathlib import Path

from register.edit import forms, input_schema
from register.model import Register
from register.ordinary_files import read_ordinary, write_whole
from register.problems import Problem, ProblemsFound, counted

_LARGEST = 20_000_000  # bytes


def write_made_files(project: Path, register: Register) -> list[str]:
    """Write what is new of the schemas and forms of a register; return the paths of the files that were changed."""
    changed = _out_of_date(project, register)
    for path, content in changed.items():
        (project / path).parent.mkdir(parents=True, exist_ok=True)
        write_whole(project / path, content)
    return list(changed)


def renew_made_files(project: Path, register: Register) -> None:
    """Write what is new of the schemas and forms that a project has; one without their folders does without them."""
    for path, content in _old(project, register).items():
        write_whole(project / path, content)


def made_files_advice(project: Path, register: Register) -> list[Problem]:
    """Return advice if the schemas or forms in a project's folder are not those of its register.

    That is no mistake: an editor would merely underline a new id, or not know a new field, and a form not offer a new word. A
    project without their folders does without them.
    """
    return _advice(list(_old(project, register)))


def _advice(paths: list[str]) -> list[Problem]:
    """One piece of advice for all files: one command mends them."""
    if not paths:
        return []
    others = f", nor {'is' if len(paths) == 2 else 'are'} {counted(len(paths) - 1, 'other')}" if len(paths) > 1 else ""
    what = f"is not what people should be shown for this register{others}"
    return [Problem(paths[0], 1, "", what, "run 'make forms'", "old-made-file")]


def _old(project: Path, register: Register) -> dict[str, bytes]:
    """What is out of date in the folders that the project has."""
    # Looked for first: to make the schemas takes longer than the rest of a small project's check.
    if not any((project / folder).is_dir() for folder in (input_schema.FOLDER, forms.FOLDER)):
        return {}
    made = _out_of_date(project, register)
    return {path: content for path, content in made.items() if (project / path).parent.is_dir()}


def _out_of_date(project: Path, register: Register) -> dict[str, bytes]:
    """What does not stand in the project's folder as it should."""
    made = {
        **input_schema.input_schemas(register),
        **{form.path: form.text().encode() for form in forms.forms(register)},
    }
    return {path: content for path, content in made.items() if _held(project, path) != content}


def _held(project: Path, path: str) -> bytes | None:
    """A file's content; None if it cannot be read."""
    try:
        return read_ordinary(project / path, path, _LARGEST)
    except ProblemsFound:
        return None
