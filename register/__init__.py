"""A register of how an inquiry's recommendations were considered by a body that they were not addressed to.

model    the contract: every field of the register, once
load     from the files in ``data/`` to a checked register
state    what is true of it on a day
site     pages, addresses and the build
exports  files for programs: tables, JSON, feeds, a calendar
checks   written pages, built pages, published addresses
links    whether every link leads where it claims
transcribe  from the published report to wordings, and the proof that they stand in it

MkDocs reaches it through the hooks in ``macros.py``, in the project's folder.
"""
