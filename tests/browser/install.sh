#!/bin/sh
# Makes sure that the browser tests have a browser, their judges and their fonts.
# Says in one line what is missing where it cannot help.
set -eu
cd "$(dirname "$0")"

find_browser() { command -v chromium || command -v chromium-browser || command -v google-chrome; }

# need PACKAGE WHAT: installs what is missing from Debian where apt can be used, or says what to install.
need() {
  if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
    echo "Installing Debian's $2 (once) …"
    apt-get update -qq >/dev/null
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$1" >/dev/null
  else
    echo "The browser tests need $2: install it (Debian: sudo apt-get install $1) and run make test again." >&2
    exit 1
  fi
}

find_browser >/dev/null || need chromium Chromium
command -v npm >/dev/null || need npm npm
# The Nu HTML checker runs on Java.
command -v java >/dev/null || need default-jre-headless Java
npm ci --silent --ignore-scripts --no-audit --no-fund
