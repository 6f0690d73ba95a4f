"""How a snapshot becomes a site.

urls             every published address, once
pages/           what each page shows: a presenter and a template each
macros           the names by which written pages reach a presenter
generated_pages  the pages that nobody writes
render, prose    a presenter's values as HTML
policy           what a browser may do on the site
site             all that MkDocs' hooks (``macros.py`` in the project's folder) ask for
build            a fresh site in place of the last one, whole or not at all
"""
