#!/bin/sh
# Makes sure that pages can be read aloud: Orca and Firefox, and what they need where there is no desktop.
set -eu
cd "$(dirname "$0")"

. ../../tools/lacking.sh

has orca || lacks Orca orca
has openbox || lacks Openbox openbox
look_for_firefox_on_a_screen
# shellcheck disable=SC2086 # a list of packages
[ -z "$what" ] || sh ../../tools/need.sh "pages are read aloud by a screen reader" "$what" $packages
