"""Whether it is known where a weakness of the site can be reported, and for how long still. It stops nothing: it is listed."""

import datetime
from pathlib import Path

from register.checks.site_settings import SETTINGS, extra_settings
from register.dates import say
from register.problems import Problem
from register.site import urls

_SOON = datetime.timedelta(days=30)


def security_advice(project: Path, day: datetime.date) -> list[Problem]:
    """Return what is due of the contact for weaknesses: that it is missing, has expired, or will within 30 days.

    Args:
        project: the folder that holds ``mkdocs.yml``.
        day: the day that is asked about.
    """
    extra = extra_settings(project)
    security = extra.security if extra else None
    if not security:
        what = f"nobody is named to whom a weakness of the site can be reported, so /{urls.SECURITY} is not made"
        to_do = "find out who reads such reports, then add 'security' with 'contact' and 'expires' below 'extra'"
        return [Problem(SETTINGS, 1, "", what, to_do, "no-security-contact")]
    expires = security.expires.first
    if expires > day + _SOON:
        return []
    line = security.origin.line_of("expires") if security.origin else 1
    what = f"the contact for weaknesses {'expired' if expires <= day else 'expires'} on {say(expires)}"
    return [Problem(SETTINGS, line, "", what, "make sure that it is right, then write a later day", "security-expires")]
