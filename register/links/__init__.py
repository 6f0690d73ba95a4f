"""The link check: does every address lead where it claims? The only room of this house that opens sockets.

addresses   what to check: data/links.yml and every link of the built site
rounds      when to ask: retries, waiting, the bound on the whole run
linkchecker the asking itself, by the real LinkChecker in a process of its own
opinion     a second look by plain requests where LinkChecker could not say what is wrong
page        what a page shows, and the signs of a page that is not what it claims
verdict     the finding in one word, with what to do
report      link-report.json: its form, reading and writing
show        the same for people and CI: table, Markdown, annotations, JUnit
command     ``python -m register links``
"""
