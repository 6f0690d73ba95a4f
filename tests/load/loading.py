"""What the loader says of data that a test has broken."""

import pytest

from projects import Project
from register.load.loader import load
from register.problems import ProblemsFound
from registers import TODAY


def problems_of(project: Project) -> list[str]:
    """What the loader says of a project's data, without the last line."""
    with pytest.raises(ProblemsFound) as found:
        load(project.folder / "data", TODAY)
    *problems, _count = str(found.value).split("\n")
    return problems
