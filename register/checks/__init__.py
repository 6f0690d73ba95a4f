"""What is checked besides the register's own rules; each check returns problems, each with its file and line.

project         data and written pages together, as ``make check`` does
markdown_pages  written pages before the build: front matter, macros, what must not be typed by hand
site_settings   mkdocs.yml, before MkDocs reads it
docs_files      what kinds of file may stand in docs/; svg_picture and pdf_document look into two of them
allowed_html    what a written page may hold, as a browser reads it; built_html: what any page may
built_site      the HTML that readers get: links, titles, headings, what is not allowed in a page
unclosed_tags   elements that were left open, found by an HTML parser
permalinks      published addresses that would disappear
rewritten       what was said as of an earlier commit and was changed since

built_pages reads the HTML for them, inside_links follows its links, typed_places and line_of find where something was typed,
earlier_commit reads what git holds.
"""
