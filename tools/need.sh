#!/bin/sh
# need.sh WHY WHAT PACKAGE...: gets what this machine lacks. Root on Debian installs the packages, having said which and why, and
# so does a runner of CI, which may become root; anyone else, and whoever sets INSTALL=0, is told in one line what is missing and
# what to install. No service that comes with a package is started.
set -eu
why=$1
what=$2
shift 2

by_hand=""
as_root=""
if [ "${INSTALL:-1}" = 0 ]; then
  by_hand="Nothing was installed, because INSTALL=0. "
elif ! command -v apt-get >/dev/null; then
  by_hand=" "
elif [ "$(id -u)" != 0 ]; then
  if [ "${CI:-}" = true ] && sudo -n true 2>/dev/null; then as_root="sudo -n"; else by_hand=" "; fi
fi
if [ -n "$by_hand" ]; then
  echo "Missing: $what ($why). ${by_hand# }Install, then run make again (on Debian: sudo apt-get install $*)" >&2
  exit 1
fi

echo "Installing from Debian, because $why: $* (INSTALL=0 installs nothing and says what to install) …"
log=$(mktemp)
policy=${POLICY:-/usr/sbin/policy-rc.d} # what Debian asks whether a service may be started: policy-rc.d(8)
made=""
trap 'rm -f "$log"; [ -z "$made" ] || $as_root rm -f "$made"' EXIT
if [ ! -e "$policy" ]; then
  made=$policy
  printf '#!/bin/sh\nexit 101\n' | $as_root tee "$policy" >/dev/null
  $as_root chmod 755 "$policy"
fi
get() { $as_root env DEBIAN_FRONTEND=noninteractive apt-get "$@"; }
if ! { get update -qq && get install -y -qq --no-install-recommends "$@"; } >"$log" 2>&1; then
  cat "$log" >&2
  echo "Debian's apt-get could not install: $*" >&2
  exit 1
fi
