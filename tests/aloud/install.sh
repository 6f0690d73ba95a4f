#!/bin/sh
# Makes sure that pages can be read aloud: Orca and Firefox, and what they need where there is no desktop.
set -eu
cd "$(dirname "$0")"

what=""
packages=""
# lacks WHAT PACKAGE
lacks() {
  what="${what:+$what, }$1"
  packages="$packages $2"
}

has() { command -v "$1" >/dev/null; }

has orca || lacks Orca orca
has firefox-esr || lacks Firefox firefox-esr
has Xvfb || lacks Xvfb xvfb
has openbox || lacks Openbox openbox
has dbus-daemon || lacks D-Bus dbus-daemon
has xdotool || lacks xdotool xdotool
[ -e /usr/libexec/at-spi-bus-launcher ] || lacks "the bus for screen readers" at-spi2-core
# shellcheck disable=SC2086 # a list of packages
[ -z "$what" ] || sh ../../tools/need.sh "pages are read aloud by a screen reader" "$what" $packages
