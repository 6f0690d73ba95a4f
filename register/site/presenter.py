"""What every presenter is: a frozen dataclass whose fields are the values of one template."""

from dataclasses import fields
from typing import Any, ClassVar


class Presenter:
    """The values that one template shows. A subclass is a frozen dataclass and names its template."""

    template: ClassVar[str]  # a file's name, beside the presenter's module

    def values(self) -> dict[str, Any]:
        """Return the values by the names that the template knows them by."""
        return {field.name: getattr(self, field.name) for field in fields(self)}  # type: ignore[arg-type]
