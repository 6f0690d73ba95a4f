#!/bin/sh
# content_only.sh COMMIT: whether all that changed since a commit is content: exit status 0 if it is. That is data/ and docs/, and
# what 'make forms' makes of them.
# An editor's change then need not wait for the browser's tests, which it cannot break.
set -eu
changed=$(git diff --name-only "$1"...HEAD)
test -n "$changed"
! printf '%s\n' "$changed" | grep -qvE '^(data|docs|\.vscode/schemas|\.github/ISSUE_TEMPLATE)/'
