"""All tables, documents and descriptions in one zip, so that whoever takes them away has them all, in one state."""

import io
import zipfile
from collections.abc import Mapping

# The day of every file within. The zip must not change because a day has passed, and its form (APPNOTE, 4.4.6) knows none
# before 1980.
_DAY = (1980, 1, 1, 0, 0, 0)


def everything(files: Mapping[str, bytes]) -> bytes:
    """Return some files as a zip that unpacks into one folder.

    Args:
        files: the content of each by its path from the site's root; all stand in ``data/``.
    """
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in sorted(files.items()):
            entry = zipfile.ZipInfo(path, _DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return packed.getvalue()
