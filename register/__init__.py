"""A register of how an inquiry's recommendations were considered by a body that they were not addressed to.

``model`` is the contract, ``load`` the only way in, ``rules`` what must hold between
records, ``fold`` what is true on a date, ``views`` what pages need to know.
Nothing here knows MkDocs: ``macros.py`` in the project's root is the door to it.
"""
