"""What is checked, and what is worked out from it, cannot be changed: whoever holds it holds the same as everybody else."""

import dataclasses
import importlib
import inspect

from projects import ROOT
from register.model import Record

# The parts of the package that hold values and nothing else.
MODULES = [
    path.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".").removesuffix(".__init__")
    for pattern in (
        "dates.py",
        "model.py",
        "problems.py",
        "state/*.py",
        "load/*.py",
        "links/*.py",
        "site/*.py",
        "site/pages/*.py",
        "exports/*.py",
    )
    for path in sorted((ROOT / "register").glob(pattern))
]


def dataclasses_of(name: str) -> list[type]:
    """The dataclasses of a module that others may use."""
    held = vars(importlib.import_module(name)).values()
    own = [kind for kind in held if inspect.isclass(kind) and kind.__module__ == name]
    return [kind for kind in own if dataclasses.is_dataclass(kind) and not kind.__name__.startswith("_")]


def test_every_dataclass_is_frozen() -> None:
    found = [kind for name in MODULES for kind in dataclasses_of(name)]
    assert len(found) > 50
    assert [kind.__name__ for kind in found if not kind.__dataclass_params__.frozen] == []


def test_a_record_is_frozen() -> None:
    assert Record.model_config["frozen"]
