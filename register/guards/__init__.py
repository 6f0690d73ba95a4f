"""What is asked of the words that readers will see, on pages and in the register, as a careful colleague would.

passages                                              the words of pages and data, without markup, each with its place
guard                                                 what a guard is, and how an exception answers it
language, names, personal, contacts                   one guard each: about people, and how they are spoken of
plain_english, abbreviations, spelling, links, calm   one guard or a few each: about reading, and about being seen reading
typed_line                                            the line of a data file on which words stand
guards                                                the list of all guards, and ``check_words``, which asks each of them
"""
