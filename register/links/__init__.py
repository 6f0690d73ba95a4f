"""The link check: does every link lead where it claims? The only package that opens network connections.

plan            what to check: the entries of data/links.yml and every link of the built site
check           asks about every address, as often as retry says
retry           when to ask: the tries, the waiting between them, the limit on the whole run
limits          how much time and memory one run may take
linkchecker     the requests themselves, made by the real LinkChecker in a process of its own
fallback_fetch  plain requests to the addresses about which LinkChecker could not say what is wrong
fetched_page    what a page shows, and the signs that it is not the page it is taken for
page_reader     reads and judges answers in a process of its own, each within its bounds
verdict         what one address answered, in one word, with what to do
findings        what that means for each link: candidates, excuses, what stops a change
web_archives    the public web archives: how each is asked whether it keeps a copy, and how its answer is read
kept_copies     the copies that they keep of cited pages, to be accepted by a person
copy_reporters  what is said of them
page_words      by which words a page could be known
learning        fetches pages of which nothing is expected yet and proposes such words, to be accepted by a person
published_site  fetches the files of a published site, to hold them against what a commit builds
report          link-report.json: its form, reading and writing
last_report     takes over the report that the weekly run keeps in the repository
reporters       the same for people and CI: table, Markdown, annotations, JUnit
command         one run from plan to report
"""
