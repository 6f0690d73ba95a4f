"""Whether a wording was proved against the published report, and is still the one that was.

A proof names a digest of each wording with its place. When the wording or the place is changed, the digest is another one,
and nothing is claimed until the wording is compared with the report again.
"""

import hashlib

from register.dates import PartialDate
from register.model import Recommendation, ReportProof, Wording
from register.state.history_proof import canonical


def wording_digest(wording: Wording) -> str:
    """Return the SHA-256 of a wording and its place in the report: of its canonical JSON without who checked it."""
    return hashlib.sha256(canonical(wording.model_dump(mode="json", exclude={"checked"})).encode()).hexdigest()


def proved_on(proof: ReportProof | None, record: Recommendation) -> PartialDate | None:
    """Return the day on which a recommendation's wording, as it stands, was found in the report; None if it never was."""
    if not proof or not record.wording:
        return None
    held = {proved.number: proved.sha256 for proved in proof.wordings}
    return proof.on if held.get(record.number) == wording_digest(record.wording) else None
