"""What is asked of the words that readers will see, on pages and in the register, as a careful colleague would.

passages  the words of pages and data, without markup, each with its place
guard     what a guard is, and the exceptions that were made, each with its reason
plain_english, abbreviations, spelling, links, calm   one guard or a few each
guards    the list of all guards, and ``check_words``, which asks each of them
"""
