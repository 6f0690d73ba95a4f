#!/bin/sh
# Makes sure that the browser tests have a browser, their judges and their fonts. All that is missing is named at once.
set -eu
cd "$(dirname "$0")"

has() { command -v "$1" >/dev/null; }

what=""
packages=""
# lacks WHAT PACKAGE
lacks() {
  what="${what:+$what, }$1"
  packages="$packages $2"
}

[ -n "${BROWSER_PATH:-}" ] || has chromium || has chromium-browser || has google-chrome || lacks Chromium chromium
has npm || lacks npm npm
# The Nu HTML checker runs on Java.
java -version >/dev/null 2>&1 || lacks Java default-jre-headless
# shellcheck disable=SC2086 # a list of packages
[ -z "$what" ] || sh ../../tools/need.sh "the tests run in a real browser" "$what" $packages

npm ci --loglevel=error --ignore-scripts --no-audit --no-fund >/dev/null
