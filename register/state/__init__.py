"""What is true of a checked register on a day. Everything here is derived from it; nothing is read or written.

status             one recommendation: response, progress, voices, due date, from its updates up to the day
snapshot           the whole register on that day, which pages and exports show
offered_link       whether a page outside this site is offered as a link
facets             the ways to narrow the list of recommendations
change_sentences   what an update changed, in words
comparison         one day beside another
reporting_year     the yearly report
"""
