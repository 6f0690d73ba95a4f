#!/bin/sh
# need.sh WHAT PACKAGE...: gets what this machine lacks. Root on Debian installs the packages; anyone else is told in one
# line what is missing and what to install.
set -eu
what=$1
shift

if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
  echo "Missing: $what. Install, then run make again (on Debian: sudo apt-get install $*)" >&2
  exit 1
fi

echo "Installing from Debian: $what …"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
export DEBIAN_FRONTEND=noninteractive
if ! { apt-get update -qq && apt-get install -y -qq --no-install-recommends "$@"; } >"$log" 2>&1; then
  cat "$log" >&2
  echo "Debian's apt-get could not install: $*" >&2
  exit 1
fi
