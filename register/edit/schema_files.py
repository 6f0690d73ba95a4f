"""The schema files in a project's folder: written by ``make forms``, and compared with the register by every check."""

from pathlib import Path

from register.edit.input_schema import FOLDER, input_schemas
from register.model import Register
from register.ordinary_files import read_ordinary, write_whole
from register.problems import Problem, ProblemsFound, counted

_LARGEST = 20_000_000  # bytes


def write_schemas(project: Path, register: Register) -> list[str]:
    """Write what is new of the schemas of a register; return the paths of the files that were changed."""
    changed = _out_of_date(project, register)
    (project / FOLDER).mkdir(parents=True, exist_ok=True)
    for path, content in changed.items():
        write_whole(project / path, content)
    return list(changed)


def schema_advice(project: Path, register: Register) -> list[Problem]:
    """Return advice if the schemas in a project's folder are not those of its register.

    That is no mistake: an editor would merely underline a new id, or not know a new field. A project without the folder
    does without schemas.
    """
    if not (project / FOLDER).is_dir():
        return []
    return _advice(list(_out_of_date(project, register)))


def _advice(paths: list[str]) -> list[Problem]:
    """One piece of advice for all files: one command mends them."""
    if not paths:
        return []
    others = f", nor {'is' if len(paths) == 2 else 'are'} {counted(len(paths) - 1, 'other')}" if len(paths) > 1 else ""
    what = f"is not what editors should be shown for this register{others}"
    return [Problem(paths[0], 1, "", what, "run 'make forms'", "old-schema")]


def _out_of_date(project: Path, register: Register) -> dict[str, bytes]:
    """The schemas that do not stand in the folder as they should."""
    return {path: content for path, content in input_schemas(register).items() if _held(project, path) != content}


def _held(project: Path, path: str) -> bytes | None:
    """A schema file's content; None if it cannot be read."""
    try:
        return read_ordinary(project / path, path, _LARGEST)
    except ProblemsFound:
        return None
