"""What a change does, in words, for somebody who reviews it and is no programmer.

earlier_project        the project as it was at an earlier commit, in a folder of its own
difference             one thing that is different, and why somebody has to look at it first
text_differences       which sentences of a text came, went or became others
value_words            values of a record as readers know them: labels for ids, dates in words
record_differences     what is different between two records, field by field
register_differences   what is different between two registers
page_differences       what is different between written pages: sentences, links, parts shown from the register
file_differences       pictures and documents, the settings, the program
address_differences    which addresses are new, and which lead elsewhere
review                 all of it for one change, with what is wrong and what will need somebody
reporters              a review as plain text, Markdown or JSON
pictures               pages before and after in a browser; picture_page shows them beside the words
"""
