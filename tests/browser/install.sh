#!/bin/sh
# Makes sure that the browser tests have a browser and their judges. Says in one line what is missing where it cannot help.
set -eu
cd "$(dirname "$0")"

find_browser() { command -v chromium || command -v chromium-browser || command -v google-chrome; }

if ! find_browser >/dev/null; then
  if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
    echo "Installing Debian's Chromium (once) …"
    apt-get update -qq >/dev/null
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-liberation >/dev/null
  else
    echo "The browser tests need Chromium: install it (Debian: sudo apt-get install chromium) and run make test again." >&2
    exit 1
  fi
fi
if ! command -v npm >/dev/null; then
  if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
    apt-get update -qq >/dev/null
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends npm >/dev/null
  else
    echo "The browser tests need npm: install it (Debian: sudo apt-get install npm) and run make test again." >&2
    exit 1
  fi
fi
npm ci --silent --ignore-scripts --no-audit --no-fund
