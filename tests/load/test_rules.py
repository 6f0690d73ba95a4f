"""Each rule between records passes once, and fails once with its exact message."""

import datetime
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects import Project
from register.load import rules
from register.load.loader import load, load_with_advice
from register.load.rules import RULES, Rule
from register.model import Register
from register.problems import ProblemsFound
from registers import SAMPLE, SMALL, TODAY, recommendation, with_updates

WORDING = """- number: {number}
  wording:
    text: {words}
    volume: 1
    page: {page}
    paragraph: "2"
    checked:
      by: Register editor
      on: 2024-01-05
"""

# Rule, file, text that stands once in tests/small/data, what it becomes, the whole message.
# LINE is the line on which the text stood, LINE+1 the next.
BROKEN = [
    (
        "a-former-id-leads-to-one-word",
        "register.yml",
        "  - id: schools\n",
        "  - id: schools\n    formerly: [schools]\n",
        "LINE+1: register: 'formerly' names 'schools', to which 'schools' has a claim already (take one of the two out)",
    ),
    (
        "a-former-id-leads-to-one-word",
        "register.yml",
        "  - id: schools\n",
        "  - id: schools\n    formerly: [work, learning, work]\n",
        "LINE+1: register: 'formerly' names 'work', to which 'schools' has a claim already (take one of the two out)",
    ),
    (
        "redirects-lead-somewhere-at-once",
        "redirects.yml",
        "- from: /in-brief/\n",
        "- {from: /in-brief/, to: /about/, since: 2026-01-30, why: It moved.}\n- from: /in-brief/\n",
        "LINE+1: redirect from /in-brief/: '/in-brief/' leads to '/about/' already (keep one of the two)",
    ),
    (
        "redirects-lead-somewhere-at-once",
        "redirects.yml",
        "- from: /in-brief/\n",
        "- {from: /brief/, to: /in-brief/, since: 2026-01-30, why: It moved.}\n- from: /in-brief/\n",
        "LINE: redirect from /brief/: 'to' names '/in-brief/', an old address itself (write 'to: /short/')",
    ),
    (
        "redirects-lead-somewhere-at-once",
        "redirects.yml",
        "  to: /short/\n",
        "  to: /in-brief/#part\n",
        "LINE: redirect from /in-brief/: 'to' names '/in-brief/', an old address itself (name another address)",
    ),
    (
        "redirects-lead-somewhere-at-once",
        "redirects.yml",
        "The page got another name.",
        "…",
        "LINE: redirect from /in-brief/: 'why' says nothing (say in one sentence what happened to the page)",
    ),
    (
        "help-words-lead-to-services-that-are-shown",
        "search.yml",
        "services: [emergency]",
        "services: [emergency, helplin]",
        "LINE: search words: unknown service 'helplin' (did you mean 'helpline'?)",
    ),
    (
        "help-words-lead-to-services-that-are-shown",
        "search.yml",
        "services: [emergency]",
        "services: [night-line]",
        "LINE: search words: 'scared' leads to no service that readers are shown "
        "(name one that has 'use: ok' in data/contacts.yml)",
    ),
    (
        "a-search-word-can-be-found-and-stands-once",
        "search.yml",
        "words: [scared, hurt]",
        "words: [scared, hurt, Scared]",
        "LINE: search words: 'Scared' stands twice (keep one of the two)",
    ),
    (
        "a-search-word-can-be-found-and-stands-once",
        "search.yml",
        "words: [esp, example]",
        "words: [esp, '?!']",
        "LINE: search words: nobody can search for '?!' (write words, or take it out)",
    ),
    (
        "nothing-is-dated-in-the-future",
        "redirects.yml",
        "since: 2026-01-31",
        "since: 2026-04-01",
        "LINE: redirect from /in-brief/: 'since' is in the future: '2026-04-01' "
        "(is the year right? promises go in 'due' or 'recheck')",
    ),
    (
        "numbers-run-without-a-gap",
        "recommendations.yml",
        "- number: 2\n",
        "",
        "LINE: recommendation 3: comes after 1: number 2 is missing",
    ),
    (
        "numbers-run-without-a-gap",
        "recommendations.yml",
        "- number: 2\n- number: 3\n",
        "",
        "LINE: recommendation 4: comes after 1: numbers 2 and 3 are missing",
    ),
    (
        "numbers-run-without-a-gap",
        "recommendations.yml",
        "- number: 3\n- number: 4\n",
        "",
        "LINE-1: recommendation 2: is the last record: numbers 3 and 4 are missing",
    ),
    (
        "numbers-run-without-a-gap",
        "recommendations.yml",
        "- number: 2\n- number: 3\n",
        "- number: 3\n- number: 2\n",
        "LINE+1: recommendation 2: comes after 3 (put the records in the order of their numbers)",
    ),
    (
        "numbers-run-without-a-gap",
        "recommendations.yml",
        "- number: 3\n",
        "- number: 3\n- number: 3\n",
        "LINE+1: recommendation 3: number 3 is used twice (each recommendation has one record)",
    ),
    (
        "numbers-run-without-a-gap",
        "recommendations.yml",
        "- number: 4\n",
        "- number: 4\n- number: 5\n",
        "LINE+1: recommendation 5: there is no number 5 (the total in data/register.yml is 4)",
    ),
    (
        "ids-are-used-once",
        "contacts.yml",
        "- id: helpline",
        "- id: emergency",
        "LINE: emergency: the id 'emergency' is used twice (give one of the two another id)",
    ),
    (
        "ids-are-used-once",
        "register.yml",
        "  - id: schools\n",
        "  - id: schools\n    label: Schools\n  - id: schools\n",
        "LINE+2: register: the id 'schools' is used twice (give one of the two another id)",
    ),
    (
        "matches-are-words-of-a-scale",
        "register.yml",
        "{scale: far-words, word: Yes, fit: close}",
        "{scale: far-word, word: Yes, fit: close}",
        "LINE: register: unknown scale for responses 'far-word' (did you mean 'far-words'? one of: far-words)",
    ),
    (
        "matches-are-words-of-a-scale",
        "register.yml",
        "{scale: far-words, word: Yes, fit: close}",
        "{scale: far-words, word: Maybe, fit: close}",
        "LINE: register: unknown word of 'far-words' 'Maybe' (one of: Yes, No)",
    ),
    (
        "one-voice-decides",
        "register.yml",
        "    decides: true\n",
        "",
        "LINE-4: register: no voice decides (write 'decides: true' under one of them)",
    ),
    (
        "one-voice-decides",
        "register.yml",
        "  - id: scrutineer\n",
        "  - id: scrutineer\n    decides: true\n",
        "LINE+1: register: 'partnership' and 'scrutineer' both decide (leave 'decides' under one of them)",
    ),
    (
        "words-are-in-the-vocabulary",
        "recommendations.yml",
        "response: applies",
        "response: aplies",
        "LINE: recommendation 1: unknown response 'aplies' (did you mean 'applies'? one of: applies, in-part, not-ours)",
    ),
    (
        "topics-name-known-audiences",
        "topics.yml",
        "  confidence: high\n",
        "  audiences: [wardens]\n  confidence: high\n",
        "LINE: wardens: unknown audience 'wardens' (one of: schools)",
    ),
    (
        "words-are-in-the-vocabulary",
        "recommendations.yml",
        "progress: under-way",
        "progress: xyz",
        "LINE: recommendation 1: unknown progress 'xyz' (one of: under-way, done)",
    ),
    (
        "words-are-in-the-vocabulary",
        "recommendations.yml",
        "voice: scrutineer",
        "voice: scrutiner",
        "LINE: recommendation 1: unknown voice 'scrutiner' (did you mean 'scrutineer'? one of: partnership, scrutineer)",
    ),
    (
        "words-are-in-the-vocabulary",
        "recommendations.yml",
        "addressed_to: [council]",
        "addressed_to: [counsil]",
        "LINE: recommendation 1: unknown body 'counsil' (did you mean 'council'? one of: council)",
    ),
    (
        "words-are-in-the-vocabulary",
        "recommendations.yml",
        "theme: training",
        "theme: trainning",
        "LINE: recommendation 1: unknown theme 'trainning' (did you mean 'training'? one of: training)",
    ),
    (
        "words-are-in-the-vocabulary",
        "recommendations.yml",
        "audiences: [schools]",
        "audiences: [schools, taxis]",
        "LINE: recommendation 1: unknown audience 'taxis' (one of: schools)",
    ),
    (
        "words-get-what-they-demand",
        "recommendations.yml",
        "      evidence: [minutes]\n",
        "",
        "LINE-2: recommendation 1: progress 'done' needs evidence (add a line 'evidence: [an id from data/links.yml]')",
    ),
    (
        "words-get-what-they-demand",
        "recommendations.yml",
        "      reason: They were left out.\n",
        "",
        "LINE-2: recommendation 1: response 'in-part' needs reason (add a line 'reason: …')",
    ),
    (
        "updates-stand-oldest-first",
        "recommendations.yml",
        "date: 2025-06-01",
        "date: 2024-06-01",
        "LINE: recommendation 1: the update of 1 June 2024 stands after the one of 20 November 2024 (put the older one first)",
    ),
    (
        "milestones-stand-oldest-first",
        "timeline.yml",
        "date: 2021",
        "date: 2019",
        "LINE: milestone of 2019: the milestone of 2019 stands after the one of May 2020 (put the older one first)",
    ),
    (
        "a-reported-result-adds-up",
        "reported_results.yml",
        "count: 3",
        "count: 2",
        "data/reported_results.yml:5: pond-review: the parts make up 3, and there are 4 recommendations "
        "(correct a count, or add the part that is missing)",
    ),
    (
        "a-reported-result-adds-up",
        "reported_results.yml",
        "shape: ring",
        "shape: tick",
        "LINE: pond-review: 'not begun' has the shape 'tick', like 'in place' "
        "(give it another shape, to tell them apart without colour)",
    ),
    (
        "nothing-is-dated-in-the-future",
        "recommendations.yml",
        "date: 2025-09-09",
        "date: 2026-04-01",
        "LINE: recommendation 1: 'date' is in the future: '2026-04-01' (is the year right? promises go in 'due' or 'recheck')",
    ),
    (
        "nothing-is-dated-in-the-future",
        "recommendations.yml",
        "on: 2024-01-05",
        "on: 2027",
        "LINE: recommendation 1: 'on' is in the future: '2027' (is the year right? promises go in 'due' or 'recheck')",
    ),
    (
        "nothing-is-dated-in-the-future",
        "register.yml",
        "published: 2020-05",
        "published: 2026-04",
        "LINE: register: 'published' is in the future: '2026-04' (is the year right? promises go in 'due' or 'recheck')",
    ),
    (
        "updates-are-recorded-after-they-happened",
        "recommendations.yml",
        "recorded: 2025-09-09",
        "recorded: 2025-09-08",
        "LINE: recommendation 1: 'recorded' (8 September 2025) is before the update itself (9 September 2025) (one of the two dates is wrong)",
    ),
    (
        "updates-are-recorded-after-they-happened",
        "recommendations.yml",
        "      note: It takes longer.\n",
        "      note: It takes longer.\n      edited: {on: 2024-11-19, reason: A word was wrong.}\n",
        "LINE+1: recommendation 1: 'edited' (19 November 2024) is before the update was recorded (20 November 2024) (one of the two dates is wrong)",
    ),
    (
        "updates-of-one-date-stand-as-they-were-recorded",
        "recommendations.yml",
        "    - date: 2025-09-09\n      recorded: 2025-09-09\n      voice: scrutineer\n",
        "    - date: 2025-06-01\n      recorded: 2025-07-01\n      voice: partnership\n      note: Later.\n"
        "    - date: 2025-06-01\n      recorded: 2025-06-30\n      voice: scrutineer\n",
        "LINE+5: recommendation 1: was recorded (30 June 2025) before the update of the same date above it (1 July 2025) "
        "(put the one that was recorded first above the other)",
    ),
    (
        "only-the-deciding-voice-says-who-leads-and-when-it-is-done",
        "recommendations.yml",
        "      reason: They were left out.\n",
        "      reason: They were left out.\n      done_when: Night wardens were asked.\n",
        "LINE+1: recommendation 1: 'done_when' is stated by 'scrutineer', which does not decide (say it in the note)",
    ),
    (
        "what-is-ended-had-been-stated",
        "recommendations.yml",
        "      reason: Fewer trainers than thought.\n",
        "      reason: Fewer trainers than thought.\n      ends: [lead]\n",
        "LINE+1: recommendation 1: 'ends' names 'lead', which does not hold (take it out)",
    ),
    (
        "what-is-ended-had-been-stated",
        "recommendations.yml",
        "      reason: Fewer trainers than thought.\n",
        "      reason: Fewer trainers than thought.\n      ends: [due]\n",
        "LINE+1: recommendation 1: 'due' is ended and stated in one update (a new one takes the place of the old: take it out of 'ends')",
    ),
    (
        "what-is-ended-had-been-stated",
        "recommendations.yml",
        "      recheck: 2026-06\n",
        "      recheck: 2026-06\n      ends: [due]\n",
        "LINE+1: recommendation 1: something is ended without a reason (add a line 'reason: …')",
    ),
    (
        "promises-look-ahead",
        "recommendations.yml",
        "due: 2024-12",
        "due: 2023",
        "LINE: recommendation 1: 'due' (2023) is before the update itself (February 2024) (one of the two dates is wrong)",
    ),
    (
        "promises-look-ahead",
        "recommendations.yml",
        "recheck: 2026-06",
        "recheck: 2025-05-31",
        "LINE: recommendation 1: 'recheck' (31 May 2025) is before the update itself (1 June 2025) (one of the two dates is wrong)",
    ),
    (
        "only-the-deciding-voice-promises",
        "recommendations.yml",
        "      reason: They were left out.\n",
        "      reason: They were left out.\n      recheck: 2027\n",
        "LINE+1: recommendation 1: 'recheck' is given by 'scrutineer', which does not decide (say it in the note)",
    ),
    (
        "a-moved-date-has-a-reason",
        "recommendations.yml",
        "      reason: Fewer trainers than thought.\n",
        "",
        "LINE: recommendation 1: the due date moves from December 2024 to 30 June 2025 without a reason (add a line 'reason: …')",
    ),
    (
        "a-title-was-checked",
        "recommendations.yml",
        "- number: 2\n",
        "- number: 2\n  title: Count the ponds\n",
        "LINE+1: recommendation 2: 'title' stands without a checked summary or wording (add one, or take the title out)",
    ),
    (
        "related-recommendations-exist",
        "recommendations.yml",
        "related: [2]",
        "related: [2, 5]",
        "LINE: recommendation 1: 'related' names 5 (name other recommendations, from 1 to 4)",
    ),
    (
        "related-recommendations-exist",
        "recommendations.yml",
        "related: [2]",
        "related: [1]",
        "LINE: recommendation 1: 'related' names 1 (name other recommendations, from 1 to 4)",
    ),
    (
        "cited-links-exist",
        "recommendations.yml",
        "evidence: [minutes]",
        "evidence: [minute]",
        "LINE: recommendation 1: unknown link 'minute' (did you mean 'minutes'?)",
    ),
    (
        "cited-links-exist",
        "register.yml",
        "report: report",
        "report: reprot",
        "LINE: register: unknown link 'reprot' (did you mean 'report'?)",
    ),
    (
        "cited-links-exist",
        "register.yml",
        "source: statement",
        "source: zzz",
        "LINE: register: unknown link 'zzz' (add it to data/links.yml first)",
    ),
    (
        "cited-links-exist",
        "register.yml",
        "link: licence",
        "link: license",
        "LINE: register: unknown link 'license' (did you mean 'licence'?)",
    ),
    (
        "cited-links-exist",
        "register.yml",
        "leave: weather",
        "leave: wether",
        "LINE: register: unknown link 'wether' (did you mean 'weather'?)",
    ),
    (
        "cited-links-exist",
        "links.yml",
        "way_in: minutes",
        "way_in: minuts",
        "LINE: plan: unknown link 'minuts' (did you mean 'minutes'?)",
    ),
    (
        "cited-links-exist",
        "contacts.yml",
        "link: minutes",
        "link: minuets",
        "LINE: helpline: unknown link 'minuets' (did you mean 'minutes'?)",
    ),
    (
        "cited-links-exist",
        "topics.yml",
        "sources: [report]",
        "sources: [report, reports]",
        "LINE: wardens: unknown link 'reports' (did you mean 'report'?)",
    ),
    (
        "cited-links-exist",
        "timeline.yml",
        "sources: [statement]",
        "sources: [statements]",
        "LINE: milestone of 2021: unknown link 'statements' (did you mean 'statement'?)",
    ),
    (
        "cited-links-exist",
        "reported_results.yml",
        "sources: [report]",
        "sources: [reports]",
        "LINE: pond-review: unknown link 'reports' (did you mean 'report'?)",
    ),
    (
        "an-address-is-confirmed",
        "links.yml",
        "  confirmed: {by: Register editor, on: 2024-01-07}\n",
        "",
        "LINE-1: weather: nobody has confirmed this address (add 'confirmed' with 'by' and 'on', or call it 'candidate')",
    ),
    (
        "an-address-is-confirmed",
        "links.yml",
        "  url: https://www.metoffice.gov.uk\n",
        "  url: https://www.metoffice.gov.uk\n  candidate: https://www.gov.uk/sky\n",
        "LINE+1: weather: stands beside a confirmed 'url' (take one of the two out)",
    ),
    (
        "an-address-is-confirmed",
        "links.yml",
        "  way_in: minutes\n",
        "  way_in: minutes\n  confirmed: {by: Register editor, on: 2024}\n",
        "LINE+1: plan: is confirmed but has no 'url' (write 'url' in place of 'candidate', or take 'confirmed' out)",
    ),
    (
        "an-address-is-confirmed",
        "links.yml",
        "  note: Its address is not known.\n",
        "",
        "LINE-3: statement: no address (put one in, or say in 'note' what is known)",
    ),
    (
        "links-that-must-work-are-confirmed",
        "recommendations.yml",
        "evidence: [minutes]",
        "evidence: [plan]",
        "LINE: recommendation 1: 'plan' has no confirmed address (confirm it in data/links.yml: 'url' and 'confirmed')",
    ),
    (
        "links-that-must-work-are-confirmed",
        "register.yml",
        "report: report",
        "report: statement",
        "LINE: register: 'statement' has no confirmed address (confirm it in data/links.yml: 'url' and 'confirmed')",
    ),
    (
        "links-that-must-work-are-confirmed",
        "register.yml",
        "leave: weather",
        "leave: plan",
        "LINE: register: 'plan' has no confirmed address (confirm it in data/links.yml: 'url' and 'confirmed')",
    ),
    (
        "links-that-must-work-are-confirmed",
        "links.yml",
        "way_in: minutes",
        "way_in: statement",
        "LINE: plan: 'statement' has no confirmed address (confirm it in data/links.yml: 'url' and 'confirmed')",
    ),
    (
        "a-kept-copy-is-of-that-page-and-that-day",
        "links.yml",
        "  url: https://www.gov.uk/report\n",
        "  url: https://www.gov.uk/report\n  archive:\n    url: https://web.archive.org/web/20230105143000/https://www.gov.uk/other\n    taken: 2023-01-05\n",
        "LINE+2: report: the kept copy is of another page: 'https://www.gov.uk/other' (open the copy, and take the address of one of this page)",
    ),
    (
        "a-kept-copy-is-of-that-page-and-that-day",
        "links.yml",
        "  url: https://www.gov.uk/report\n",
        "  url: https://www.gov.uk/report\n  archive:\n    url: https://webarchive.nationalarchives.gov.uk/ukgwa/20230105143000/http://gov.uk/report/\n    taken: 2023-02-05\n",
        "LINE+3: report: the kept copy was not made on 2023-02-05 (write the day in the copy's address: 2023-01-05)",
    ),
    (
        "an-address-has-one-entry",
        "links.yml",
        "  candidate: https://www.gov.uk/plan\n  way_in: minutes\n",
        "  file: plan.pdf\n- id: plan-2\n  name: A plan\n  owner: Pond Council\n  file: plan.pdf\n",
        "LINE+4: plan-2: this file already stands under 'plan' (keep one entry)",
    ),
    *[
        (
            "a-document-of-our-own-needs-no-address",
            "links.yml",
            "  candidate: https://www.gov.uk/plan\n  way_in: minutes\n",
            f"  file: plan.pdf\n  {field}: {value}\n",
            f"LINE+1: plan: '{field}' stands beside 'file', which needs no address (take one of the two out)",
        )
        for field, value in (
            ("candidate", "https://www.gov.uk/plan"),
            ("way_in", "minutes"),
            ("expect", "{phrases: [A plan]}"),
            ("must_work", "true"),
            ("archive", "{url: https://www.gov.uk/old, taken: 2024-01-01}"),
        )
    ],
    (
        "an-address-has-one-entry",
        "links.yml",
        "candidate: https://www.gov.uk/plan",
        "candidate: https://www.gov.uk/minutes",
        "LINE: plan: this address already stands under 'minutes' (keep one entry)",
    ),
    (
        "help-begins-with-emergency",
        "contacts.yml",
        "  emergency: true\n",
        "",
        "LINE-6: emergency: the first contact must be for emergencies (put the record with 'emergency: true' and 'use: ok' first)",
    ),
    (
        "contacts-of-one-card-stand-together",
        "contacts.yml",
        "name: Pond Line\n",
        "name: Pond Line\n  card: Worried?\n",
        "LINE+1: helpline: does not say which part of its card it is (add a line such as 'part: By day')",
    ),
    (
        "contacts-of-one-card-stand-together",
        "contacts.yml",
        "name: Pond Line\n",
        "name: Pond Line\n  part: By day\n",
        "LINE+1: helpline: 'part' stands without 'card' (add the card's heading in a line 'card', or take 'part' out)",
    ),
    (
        "a-shown-contact-can-be-reached",
        "contacts.yml",
        "  number: 999\n",
        "",
        "LINE-1: emergency: has neither 'number' nor 'link' (add one, or write 'use: check')",
    ),
    (
        "a-shown-contact-can-be-reached",
        "contacts.yml",
        "  confirmed: {by: Register editor, on: 2026-02}\n",
        "",
        "LINE-3: helpline: nobody has confirmed it (add 'confirmed', or say in 'unconfirmed' why it is shown all the same)",
    ),
    (
        "a-statement-claims-no-more-than-is-true",
        "accessibility.yml",
        "status: partially",
        "status: fully",
        "LINE: accessibility statement: 'fully' stands beside gaps (write 'partially', or take out the gaps that are mended)",
    ),
    (
        "numbers-run-without-a-gap",
        "recommendations.yml",
        "- number: 2\n",
        "- number: 4\n",
        "LINE: recommendation 4: number 4 stands where number 2 is due (write 'number: 2')",
    ),
    (
        "numbers-run-without-a-gap",
        "recommendations.yml",
        "- number: 2\n",
        "- number: 22\n",
        "LINE: recommendation 22: number 22 stands where number 2 is due (write 'number: 2')",
    ),
    (
        "numbers-run-without-a-gap",
        "recommendations.yml",
        "- number: 2\n",
        "- number: 3\n",
        "LINE: recommendation 3: number 3 stands where number 2 is due (write 'number: 2')",
    ),
    (
        "an-update-from-before-the-report-says-why",
        "register.yml",
        "published: 2020-05",
        "published: 2024-03",
        "data/recommendations.yml:12: recommendation 1: is dated February 2024, before the inquiry's report of March 2024 "
        "(is the year right? if it is, add a line 'reason: …')",
    ),
    (
        "an-update-is-put-in-once",
        "recommendations.yml",
        "    - date: 2025-09-09\n",
        "    - date: 2025-06-01\n      recorded: 2025-06-02\n      voice: partnership\n      progress: done\n"
        "      note: All wardens are trained.\n      evidence: [minutes]\n      recheck: 2026-06\n    - date: 2025-09-09\n",
        "LINE: recommendation 1: the update of 1 June 2025 stands twice (take one of the two out; if both are published, mark "
        "one 'withdrawn')",
    ),
    (
        "a-promise-for-far-ahead-says-why",
        "recommendations.yml",
        "due: 2024-12",
        "due: 2034-03",
        "LINE: recommendation 1: 'due' (March 2034) is more than 10 years ahead (is the year right? if it is, add a line 'reason: …')",
    ),
    (
        "a-promise-for-far-ahead-says-why",
        "recommendations.yml",
        "recheck: 2026-06",
        "recheck: 2035-06-02",
        "LINE: recommendation 1: 'recheck' (2 June 2035) is more than 10 years ahead (is the year right? if it is, add a line "
        "'reason: …')",
    ),
    (
        "a-wording-stands-in-one-record",
        "recommendations.yml",
        "- number: 3\n- number: 4\n",
        WORDING.format(number=3, words="Count the  ponds.", page=7)
        + WORDING.format(number=4, words="Count the ponds.", page=7),
        "LINE+11: recommendation 4: the same words, from the same place of the report, stand under number 3 (copy this "
        "recommendation's own words)",
    ),
    (
        "pages-run-forward",
        "recommendations.yml",
        "- number: 3\n",
        WORDING.format(number=3, words="Count the ponds.", page="8-7"),
        "LINE+4: recommendation 3: 'page' ends before it begins: '8-7' (write the first page, then the last)",
    ),
    (
        "an-emergency-number-is-999-or-112",
        "contacts.yml",
        "number: 999",
        "number: 99",
        "LINE: emergency: 'number' is not an emergency number: '99' (write 999, or take 'emergency' out)",
    ),
    (
        "an-emergency-number-is-999-or-112",
        "contacts.yml",
        "  number: 999\n  emergency: true\n",
        "  link: minutes\n  emergency: true\n",
        "LINE+1: emergency: the first contact has no emergency number (add a line 'number: 999')",
    ),
    (
        "a-number-can-be-rung",
        "contacts.yml",
        "number: 0800 1111",
        "number: 0800 1112",
        "LINE: helpline: 'number' is no number in the United Kingdom: '0800 1112' (compare it with the service's own page)",
    ),
    (
        "a-number-can-be-rung",
        "contacts.yml",
        "number: 0800 1111",
        "number: 01632 960 123",
        "LINE: helpline: 'number' is kept for television drama, nobody answers: '01632 960 123' (copy the service's own number; "
        "a made-up service has '(fictional)' in its name)",
    ),
]

# The same for rules that only advise.
ADVISED = [
    (
        "a-number-is-confirmed-every-quarter",
        "contacts.yml",
        "on: 2026-02}",
        "on: 2025-12-30}",
        "LINE: helpline: was last confirmed 91 days ago (ring the service, then change 'on')",
    ),
    (
        "a-number-is-confirmed-every-quarter",
        "contacts.yml",
        "confirmed: {by: Register editor, on: 2026-02}",
        "unconfirmed: It is new.",
        "LINE: helpline: nobody has confirmed it yet (ring the service, then add 'confirmed')",
    ),
    (
        "a-statement-is-reviewed-every-year",
        "accessibility.yml",
        "reviewed: 2026-02-10",
        "reviewed: 2025-03-30",
        "LINE: accessibility statement: the statement was last reviewed: 30 March 2025, over 12 months ago (review it, then change 'reviewed')",
    ),
    (
        "a-statement-promises-no-date-that-has-passed",
        "accessibility.yml",
        "fix_by: 2026-06",
        "fix_by: 2026-02",
        "LINE: accessibility statement: the date has passed: February 2026 (mend it and take the gap out, or give a new date)",
    ),
    (
        "no-work-is-open-beside-a-response-that-closes",
        "recommendations.yml",
        "    - date: 2025-09-09\n",
        "    - date: 2025-06-02\n      recorded: 2025-06-02\n      voice: partnership\n      progress: under-way\n"
        "      response: not-ours\n      note: Begun again.\n    - date: 2025-09-09\n",
        "LINE+4: recommendation 1: the response 'not-ours' stands beside the progress 'under-way', which is open (add an update "
        "with 'ends: [progress]', or with another response)",
    ),
    (
        "what-is-done-has-a-test",
        "recommendations.yml",
        "      done_when: Each warden was trained.\n",
        "",
        "LINE+11: recommendation 1: is 'done', and no test for done was ever stated (add an update with 'done_when': by what was "
        "it judged?)",
    ),
    (
        "wordings-differ",
        "recommendations.yml",
        "- number: 3\n- number: 4\n",
        WORDING.format(number=3, words="Count the  ponds.", page=7)
        + WORDING.format(number=4, words="count the ponds.", page=8),
        "LINE+11: recommendation 4: the same words stand under number 3 (compare both with the report)",
    ),
]
STRICT = [rule for rule in RULES if not rule.advises]


def placed(message: str, path: str, line: int) -> str:
    """A message with the place that it names: LINE, LINE+1, or another file's, which is named in full."""
    if not message.startswith("LINE"):
        return message
    offset, rest = message.removeprefix("LINE").split(":", 1)
    return f"{path}:{line + int(offset or 0)}:{rest}"


@pytest.mark.parametrize("folder", [SMALL, SAMPLE], ids=["small", "sample"])
@pytest.mark.parametrize("rule", STRICT, ids=lambda rule: rule.name)
def test_each_rule_accepts_a_register_in_which_it_holds(rule: Rule, folder: Path) -> None:
    register = load(folder / "data", TODAY)
    assert list(rule.check(register, TODAY)) == []


@pytest.mark.parametrize(("rule", "name", "old", "new", "message"), BROKEN)
def test_each_rule_says_exactly_what_is_wrong_and_what_to_do(
    tmp_path: Path, rule: str, name: str, old: str, new: str, message: str
) -> None:
    shutil.copytree(SMALL, tmp_path, dirs_exist_ok=True)
    line = Project(tmp_path).edit(f"data/{name}", old, new)
    with pytest.raises(ProblemsFound) as found:
        load(tmp_path / "data", TODAY)
    problem = placed(message, f"data/{name}", line)
    assert str(found.value) == f"{problem}\n1 problem in 1 file; the site was not changed"
    assert [one.kind for one in found.value.problems] == [rule]


def test_every_rule_is_seen_to_fail() -> None:
    assert {name for name, *_ in BROKEN} == {rule.name for rule in STRICT}
    assert {name for name, *_ in ADVISED} == {rule.name for rule in RULES if rule.advises}


@pytest.mark.parametrize(("rule", "name", "old", "new", "message"), ADVISED)
def test_advice_is_given_without_stopping_the_site(
    tmp_path: Path, rule: str, name: str, old: str, new: str, message: str
) -> None:
    shutil.copytree(SMALL, tmp_path, dirs_exist_ok=True)
    assert advice_on(tmp_path) == []
    line = Project(tmp_path).edit(f"data/{name}", old, new)
    assert advice_on(tmp_path) == [placed(message, f"data/{name}", line)]


def advice_on(folder: Path) -> list[str]:
    """What loading a register advises."""
    return [str(problem) for problem in load_with_advice(folder / "data", TODAY).advice]


@given(day=st.dates(min_value=TODAY))
def test_a_register_that_is_right_today_is_right_on_any_later_day(
    small_register: Register, sample_register: Register, day: datetime.date
) -> None:
    """Time alone never stops a publication: a wrong help line can be corrected on every day."""
    for register in (small_register, sample_register):
        assert [violation.what for rule in STRICT for violation in rule.check(register, day)] == []


@pytest.mark.parametrize("name", sorted({name for name, *_ in BROKEN}))
def test_the_message_in_the_table_comes_from_the_rule_that_the_table_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """With the one rule taken away, the broken register is let through."""
    monkeypatch.setattr("register.load.loader.RULES", [rule for rule in RULES if rule.name != name])
    for number, (_, file, old, new, _) in enumerate(row for row in BROKEN if row[0] == name):
        folder = tmp_path / str(number)
        shutil.copytree(SMALL, folder)
        Project(folder).edit(f"data/{file}", old, new)
        load(folder / "data", TODAY)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_rule_is_a_plain_sentence_that_the_site_can_print(rule: Rule) -> None:
    assert rule.text.endswith(".")
    assert "  " not in rule.text
    assert "`" not in rule.text


def test_no_recommendation_at_all_is_reported_at_the_total(tmp_path: Path) -> None:
    shutil.copytree(SMALL, tmp_path, dirs_exist_ok=True)
    Project(tmp_path).write("data/recommendations.yml", "[]\n")
    with pytest.raises(ProblemsFound) as found:
        load(tmp_path / "data", TODAY)
    assert [str(problem) for problem in found.value.problems] == [
        "data/register.yml:3: register: no recommendation has a record: numbers 1 to 4 are missing"
    ]


def test_a_vague_date_may_stand_wherever_it_can_be_true(tmp_path: Path) -> None:
    shutil.copytree(SMALL, tmp_path, dirs_exist_ok=True)
    Project(tmp_path).edit("data/recommendations.yml", "date: 2025-09-09", "date: 2025")
    Project(tmp_path).edit("data/timeline.yml", "date: 2021", "date: 2020")
    assert load(tmp_path / "data", TODAY).timeline[1].date.text == "2020"


def test_today_itself_is_not_the_future(tmp_path: Path) -> None:
    shutil.copytree(SMALL, tmp_path, dirs_exist_ok=True)
    Project(tmp_path).edit(
        "data/recommendations.yml",
        "date: 2025-09-09\n      recorded: 2025-09-09",
        "date: 2026-03-31\n      recorded: 2026-03-31",
    )
    assert load(tmp_path / "data", TODAY).recommendations[0].updates[-1].date.first == TODAY


def test_a_vague_promise_may_begin_before_the_update_that_gives_it(tmp_path: Path) -> None:
    shutil.copytree(SMALL, tmp_path, dirs_exist_ok=True)
    Project(tmp_path).edit("data/recommendations.yml", "due: 2024-12", "due: 2024")
    assert load(tmp_path / "data", TODAY).recommendations[0].updates[0].due.text == "2024"


# ── at the edges of a rule ─────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("total", "numbers", "found"),
    [
        (4, [1, 2, 3, 4], []),
        (3, [1, 3], [(3, "comes after 1: number 2 is missing", "")]),
        (4, [1, 4], [(4, "comes after 1: numbers 2 and 3 are missing", "")]),
        (5, [1, 5], [(5, "comes after 1: numbers 2 to 4 are missing", "")]),
        (4, [2, 3, 4], [(2, "comes after 0: number 1 is missing", "")]),
        (4, [1, 2, 3], [(3, "is the last record: number 4 is missing", "")]),
        (6, [1, 2, 3], [(3, "is the last record: numbers 4 to 6 are missing", "")]),
        (
            6,
            [1, 6, 3],
            [
                (6, "comes after 1: numbers 2, 4 and 5 are missing", ""),
                (3, "comes after 6", "put the records in the order of their numbers"),
            ],
        ),
        (
            4,
            [1, 3, 2, 4],
            [(2, "comes after 3", "put the records in the order of their numbers")],
        ),
        (2, [1, 1, 2], [(1, "number 1 is used twice", "each recommendation has one record")]),
        (
            3,
            [1, 3, 2, 2],
            [
                (2, "comes after 3", "put the records in the order of their numbers"),
                (2, "number 2 is used twice", "each recommendation has one record"),
            ],
        ),
        (2, [1, 9, 2], [(9, "there is no number 9", "the total in data/register.yml is 2")]),
        (3, [1, 9], [(9, "there is no number 9", "the total in data/register.yml is 3")]),
    ],
)
def test_numbers_run_from_one_to_the_total(
    small_register: Register, total: int, numbers: list[int], found: list[tuple[int, str, str]]
) -> None:
    register = small_register.model_copy(
        update={
            "header": small_register.header.model_copy(update={"total": total}),
            "recommendations": [recommendation(number, []) for number in numbers],
        }
    )
    violations = list(rules.numbers_run_without_a_gap(register, TODAY))
    assert [(one.record.number, one.what, one.to_do) for one in violations] == found
    assert {one.field for one in violations} <= {"number"}


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("recommendations.yml", "due: 2024-12", "due: 2024-02"),
        ("recommendations.yml", "due: 2024-12", "due: 2034-02"),
        ("recommendations.yml", "due: 2025-06-30", "due: 2050"),
        ("recommendations.yml", "recheck: 2026-06", "recheck: 2035-06-01"),
        ("register.yml", "published: 2020-05", "published: 2024-02-29"),
        ("register.yml", "published: 2020-05", "published: 2024-02"),
        ("contacts.yml", "number: 999", "number: 112"),
        ("contacts.yml", "number: 0800 1111", "number: 116 123"),
        ("contacts.yml", "name: Pond Line\n", "name: Pond Line (fictional)\n"),
        ("recommendations.yml", "recheck: 2026-06", "recheck: 2025-06-01"),
        ("recommendations.yml", "date: 2025-06-01", "date: 2024-11-20"),
        ("recommendations.yml", "due: 2025-06-30", "due: 2024-12"),
        ("recommendations.yml", "related: [2]", "related: [4]"),
        ("recommendations.yml", "on: 2024-01-05", "on: 2026-03-31"),
        ("timeline.yml", "date: 2021", "date: 2020-05"),
        ("timeline.yml", "date: 2021", "date: 2026-03"),
        ("contacts.yml", "on: 2026-02}", "on: 2025-12-31}"),
        ("contacts.yml", "on: 2026-02}", "on: 2025-10-01}\n  unconfirmed: It is rung again."),
        ("accessibility.yml", "reviewed: 2026-02-10", "reviewed: 2025-03-31"),
        ("accessibility.yml", "fix_by: 2026-06", "fix_by: 2026-03-31"),
        ("accessibility.yml", "fix_by: 2026-06", "fix_by: 2026-03"),
    ],
)
def test_what_is_just_right_stops_nothing(tmp_path: Path, name: str, old: str, new: str) -> None:
    shutil.copytree(SMALL, tmp_path, dirs_exist_ok=True)
    Project(tmp_path).edit(f"data/{name}", old, new)
    assert load(tmp_path / "data", TODAY)


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        (
            "contacts.yml",
            "on: 2026-02}",
            "on: 2025-10-02}\n  unconfirmed: It is rung again.",
            "LINE+1: helpline: stands beside a recent 'confirmed' (take 'unconfirmed' out)",
        ),
        (
            "recommendations.yml",
            "related: [2]",
            "related: [2, 1, 5]",
            "LINE: recommendation 1: 'related' names 1 (name other recommendations, from 1 to 4)",
        ),
        (
            "contacts.yml",
            "  use: ok\n  number: 999",
            "  use: check\n  number: 999",
            "LINE-4: emergency: the first contact must be for emergencies (put the record with 'emergency: true' and 'use: ok' first)",
        ),
        (
            "recommendations.yml",
            "recheck: 2026-06",
            "due: 2025-05\n      reason: It went well.",
            "LINE: recommendation 1: 'due' (May 2025) is before the update itself (1 June 2025) (one of the two dates is wrong)",
        ),
        (
            "recommendations.yml",
            "      reason: They were left out.\n",
            "      reason: They were left out.\n      due: 2027\n",
            "LINE+1: recommendation 1: 'due' is given by 'scrutineer', which does not decide (say it in the note)",
        ),
        (
            "register.yml",
            "  - id: done\n",
            "  - id: done\n    matches:\n      - {scale: far-words, word: Yes, fit: close}\n",
            "LINE+2: register: unknown scale for progress 'far-words' (there are none yet)",
        ),
        (
            "links.yml",
            "  url: https://www.metoffice.gov.uk\n",
            "  url: https://www.gov.uk/minutes\n",
            "LINE+5: minutes: this address already stands under 'weather' (keep one entry)",
        ),
        (
            "recommendations.yml",
            "progress: done",
            "progress: not-ours",
            "LINE: recommendation 1: unknown progress 'not-ours' ('not-ours' is a response word: write 'response: not-ours')",
        ),
    ],
)
def test_what_is_just_wrong_is_reported(tmp_path: Path, name: str, old: str, new: str, message: str) -> None:
    shutil.copytree(SMALL, tmp_path, dirs_exist_ok=True)
    line = Project(tmp_path).edit(f"data/{name}", old, new)
    with pytest.raises(ProblemsFound) as found:
        load(tmp_path / "data", TODAY)
    offset, rest = message.removeprefix("LINE").split(":", 1)
    assert f"data/{name}:{line + int(offset or 0)}:{rest}" in map(str, found.value.problems)


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("contacts.yml", "on: 2026-02}", "on: 2025-12-31}"),
        ("contacts.yml", "hours: Not known", "hours: Not known\n  confirmed: {by: An editor, on: 2020}"),
        ("contacts.yml", "hours: Not known", "hours: Not known\n  unconfirmed: It is new."),
        ("accessibility.yml", "reviewed: 2026-02-10", "reviewed: 2025-03-31"),
        ("accessibility.yml", "fix_by: 2026-06", "fix_by: 2026-03-31"),
        ("accessibility.yml", "fix_by: 2026-06", "fix_by: 2026-03"),
    ],
)
def test_advice_is_not_given_before_its_day_nor_of_what_is_not_shown(
    tmp_path: Path, name: str, old: str, new: str
) -> None:
    shutil.copytree(SMALL, tmp_path, dirs_exist_ok=True)
    Project(tmp_path).edit(f"data/{name}", old, new)
    assert advice_on(tmp_path) == []


def test_a_word_of_a_vocabulary_without_words_is_to_be_added_there(tmp_path: Path) -> None:
    shutil.copytree(SMALL, tmp_path, dirs_exist_ok=True)
    Project(tmp_path).edit("data/register.yml", "themes:\n  - id: training\n    label: Training\n", "")
    with pytest.raises(ProblemsFound) as found:
        load(tmp_path / "data", TODAY)
    assert [str(problem) for problem in found.value.problems] == [
        "data/recommendations.yml:9: recommendation 1: unknown theme 'training' (add it first under 'themes' in data/register.yml)"
    ]


def test_advice_is_given_on_the_day_after_a_promised_repair(tmp_path: Path) -> None:
    shutil.copytree(SMALL, tmp_path, dirs_exist_ok=True)
    line = Project(tmp_path).edit("data/accessibility.yml", "fix_by: 2026-06", "fix_by: 2026-03-30")
    assert advice_on(tmp_path) == [
        f"data/accessibility.yml:{line}: accessibility statement: the date has passed: 30 March 2026 "
        "(mend it and take the gap out, or give a new date)"
    ]


WITHDRAWN = {"withdrawn": {"on": "2026-03-01", "by": "The editor", "reason": "It was wrong."}}
DONE = {"date": "2026-02-01", "progress": "done", "evidence": ["minutes"]}


@pytest.mark.parametrize(
    ("rule", "updates", "found"),
    [
        (rules.an_update_is_put_in_once, [DONE, {**DONE, "recorded": "2026-02-03"}], 1),
        (rules.an_update_is_put_in_once, [DONE, DONE, DONE], 2),
        (rules.an_update_is_put_in_once, [DONE, {**DONE, **WITHDRAWN}], 0),
        (rules.an_update_is_put_in_once, [DONE, {**DONE, "voice": "scrutineer"}], 0),
        (rules.an_update_is_put_in_once, [DONE, {**DONE, "date": "2026-02-02"}], 0),
        (rules.an_update_is_put_in_once, [DONE, {**DONE, "note": "Something else."}], 0),
        (rules.an_update_from_before_the_report_says_why, [{"date": "2020-04-30"}], 1),
        (rules.an_update_from_before_the_report_says_why, [{"date": "2020-04-30", "reason": "It was done before."}], 0),
        (rules.an_update_from_before_the_report_says_why, [{"date": "2020-04-30", **WITHDRAWN}], 0),
        (rules.an_update_from_before_the_report_says_why, [{"date": "2020"}], 0),
        (rules.a_promise_for_far_ahead_says_why, [{"date": "2024-02-29", "due": "2034-03-01"}], 1),
        (rules.a_promise_for_far_ahead_says_why, [{"date": "2024-02-29", "due": "2034-02-28"}], 0),
        (
            rules.a_promise_for_far_ahead_says_why,
            [{"date": "2024-02-29", "due": "2050", "reason": "It is a bridge."}],
            0,
        ),
        (rules.a_promise_for_far_ahead_says_why, [{"date": "2024-02-29", "due": "2050", **WITHDRAWN}], 0),
        (rules.a_promise_for_far_ahead_says_why, [{"date": "2025", "recheck": "2035-12-31"}], 0),
        (
            rules.no_work_is_open_beside_a_response_that_closes,
            [{"date": "2025", "progress": "under-way"}, {"date": "2026", "response": "not-ours"}],
            1,
        ),
        (
            rules.no_work_is_open_beside_a_response_that_closes,
            [{"date": "2025", "progress": "under-way"}, {"date": "2026", "response": "not-ours", "ends": ["progress"]}],
            0,
        ),
        (
            rules.no_work_is_open_beside_a_response_that_closes,
            [{"date": "2025", "progress": "under-way"}, {"date": "2026", "response": "not-ours", "progress": "done"}],
            0,
        ),
        (
            rules.no_work_is_open_beside_a_response_that_closes,
            [
                {"date": "2025", "progress": "under-way"},
                {"date": "2026", "response": "not-ours", "voice": "scrutineer"},
            ],
            0,
        ),
        (
            rules.no_work_is_open_beside_a_response_that_closes,
            [{"date": "2025", "progress": "under-way"}, {"date": "2026", "response": "not-ours", **WITHDRAWN}],
            0,
        ),
        (rules.what_is_done_has_a_test, [DONE], 1),
        (rules.what_is_done_has_a_test, [DONE, {"date": "2026-03", "done_when": "Each was trained."}], 0),
        (rules.what_is_done_has_a_test, [{"date": "2026-01", "done_when": "Each.", **WITHDRAWN}, DONE], 1),
        (rules.what_is_done_has_a_test, [{**DONE, "voice": "scrutineer"}], 0),
        (rules.what_is_done_has_a_test, [DONE, {"date": "2026-03", "progress": "under-way"}], 0),
    ],
)
def test_rules_about_updates_at_their_edges(
    small_register: Register, rule: rules.Check_, updates: list[dict], found: int
) -> None:
    assert len(list(rule(with_updates(small_register, updates), TODAY))) == found


def test_work_that_ended_off_the_line_of_steps_needs_no_test(small_register: Register) -> None:
    """What is no longer needed was never done."""
    terms = [term.model_copy(update={"step": None}) for term in small_register.header.progress]
    register = with_updates(small_register, [DONE])
    header = register.header.model_copy(update={"progress": terms})
    assert list(rules.what_is_done_has_a_test(register.model_copy(update={"header": header}), TODAY)) == []
