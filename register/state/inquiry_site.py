"""Which cited pages stand on the inquiry's own site, which ends some day: an inquiry that has reported keeps no site for ever."""

from urllib.parse import urlsplit

from register.model import Link, Register


def links_of_the_inquirys_site(register: Register) -> frozenset[str]:
    """Return the ids of the entries of data/links.yml that have host and owner of the inquiry's report.

    The owner counts, too, because a report may stand on a site that is not the inquiry's own, such as www.gov.uk. Addresses
    that nobody has confirmed count. If the report is a document of this site, there are none.
    """
    own = {_site(link) for link in register.links if link.id == register.header.inquiry.report and _site(link)[0]}
    return frozenset(link.id for link in register.links if _site(link) in own)


def _site(link: Link) -> tuple[str, str]:
    """The host of an entry's address, "" if it has none, and its owner."""
    return (urlsplit(link.address or "").hostname or "").removeprefix("www."), link.owner
