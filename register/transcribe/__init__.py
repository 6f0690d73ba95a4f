"""From the published report to wordings in the register, and the proof that they stand in it.

pdf_text      in a process of its own: the text of a PDF with its places, and pictures of parts of its pages
report        the report's volumes as read, or what is wrong with a file
layout        what is a page's own text, in reading order: without running heads, page numbers and footnotes
printed_pages the numbers that are printed on the pages
joined_lines  lines become text: words parted at a line's end, paragraphs, lists
candidates    where in the report each recommendation stands
review_file   what was found and what a person decided about it, in one YAML file
review_page   the same as a local page, with pictures
review        one by one in a terminal
acceptance    what was accepted enters the register
verification  whether each wording stands in the report
command       the commands
"""
