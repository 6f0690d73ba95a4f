"""Files as one ZIP archive: the same files give the same bytes, whenever they are packed and in whichever order they come."""

import io
import zipfile
from collections.abc import Mapping

# The day of every file within: the form knows none before it (APPNOTE, 4.4.6), and the archive must not change with the day.
_DAY = (1980, 1, 1, 0, 0, 0)
_UNIX, _READABLE = 3, 0o100644 << 16  # a plain file that everybody may read, whatever system packs it


def zip_archive(files: Mapping[str, bytes]) -> bytes:
    """Return files as a ZIP archive.

    Args:
        files: the content of each by its name in the archive, folders with ``/``.
    """
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in sorted(files.items()):
            entry = zipfile.ZipInfo(name, _DAY)
            entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, _UNIX, _READABLE
            archive.writestr(entry, content)
    return packed.getvalue()
