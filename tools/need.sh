#!/bin/sh
# need.sh WHY WHAT PACKAGE...: gets what this machine lacks. Root on Debian installs the packages, having said which and why;
# anyone else, and whoever sets INSTALL=0, is told in one line what is missing and what to install.
set -eu
why=$1
what=$2
shift 2

by_hand=""
if [ "${INSTALL:-1}" = 0 ]; then
  by_hand="Nothing was installed, because INSTALL=0. "
elif [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
  by_hand=" "
fi
if [ -n "$by_hand" ]; then
  echo "Missing: $what ($why). ${by_hand# }Install, then run make again (on Debian: sudo apt-get install $*)" >&2
  exit 1
fi

echo "Installing from Debian, because $why: $* (INSTALL=0 installs nothing and says what to install) …"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
export DEBIAN_FRONTEND=noninteractive
if ! { apt-get update -qq && apt-get install -y -qq --no-install-recommends "$@"; } >"$log" 2>&1; then
  cat "$log" >&2
  echo "Debian's apt-get could not install: $*" >&2
  exit 1
fi
