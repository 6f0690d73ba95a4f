#!/usr/bin/env bash
# Proves that README's commands work from nothing: in a clean Debian that has git, make and Python and nothing else, in a
# clone of this repository's HEAD, under each account:
#   root   whatever is missing is installed by the set-up itself
#   user   an ordinary user; when the set-up says in one line what is missing, root installs just what the line names
#
# Usage, as root on any Linux that has debootstrap:
#   tests/from_nothing.sh                        make site and make test under both accounts; takes about 4 GB
#   tests/from_nothing.sh "root user" "site"     only these accounts, only these commands
#
# Environment, each passed on only if set:
#   SUITE, MIRROR                                the Debian to use; trixie is the first with Python 3.11.5 or newer
#   http_proxy, https_proxy, no_proxy, PIP_INDEX_URL, NPM_CONFIG_REGISTRY
#                                                how this machine reaches Debian, PyPI and npm
#   TMPDIR                                       where the systems are put; nothing stays there
# This machine's settings of apt's downloads and the certificates that it trusts besides the usual ones
# (/usr/local/share/ca-certificates) are passed on too. Nothing else of it can be seen from inside.
set -euo pipefail
shopt -s nullglob

SUITE=${SUITE:-trixie}
MIRROR=${MIRROR:-http://deb.debian.org/debian}
AUTHORITIES=/etc/ssl/authorities-of-this-machine.pem # in the clean system

stop() {
  echo "$*" >&2
  exit 1
}

say() { printf '\n== %s\n' "$*"; }

# The outer run: a place for the systems, taken away at the end however it ends. Mounts and processes live in namespaces
# of the inner run and vanish with it.
outer() {
  [ "$(id -u)" = 0 ] || stop "Run this as root: it makes a Debian system of its own."
  command -v debootstrap >/dev/null || stop "debootstrap is missing. Install it (on Debian: sudo apt-get install debootstrap)"
  local here
  here=$(cd "$(dirname "$0")/.." && pwd)
  WORK=$(mktemp -d)
  INNER=""
  trap 'clear_away' EXIT
  trap 'exit 129' HUP
  trap 'exit 130' INT
  trap 'exit 143' TERM
  chmod 755 "$WORK"
  git -c safe.directory="$here" -C "$here" bundle create --quiet "$WORK/register.bundle" HEAD
  say "The commit $(git -c safe.directory="$here" -C "$here" log -1 --format='%h, %s')"
  # In the background, because bash acts on a signal at once only while it waits.
  setpriv --pdeathsig KILL unshare --mount --pid --fork --kill-child --mount-proc \
    bash "$0" --inner "$WORK" "${1:-root user}" "${2:-site test}" &
  INNER=$!
  wait "$INNER"
}

clear_away() {
  if [ -n "$INNER" ]; then
    kill -KILL "$INNER" 2>/dev/null || true
    wait "$INNER" 2>/dev/null || true
  fi
  rm -rf --one-file-system "$WORK"
}

# A clean Debian in $WORK/base, with this machine's ways to the package registries.
make_base() {
  local base=$WORK/base names
  say "A clean Debian $SUITE with git, make and Python only"
  debootstrap --variant=minbase --include=git,make,python3 "$SUITE" "$base" "$MIRROR" >"$WORK/debootstrap.log" 2>&1 ||
    { grep "^[EW]: " "$WORK/debootstrap.log" >&2 || true; stop "debootstrap failed"; }
  cp -L /etc/resolv.conf "$base/etc/resolv.conf"
  printf '127.0.0.1\tlocalhost\n127.0.1.1\tclean\n' >"$base/etc/hosts"
  if command -v apt-config >/dev/null; then
    apt-config dump Acquire | grep -E '^Acquire::(Check|Retries|https?::)' >"$base/etc/apt/apt.conf.d/99this-machine" || true
  fi
  names=(/usr/local/share/ca-certificates/*.crt)
  if [ ${#names[@]} -gt 0 ]; then
    mkdir -p "$base/usr/local/share/ca-certificates" "$base$(dirname $AUTHORITIES)"
    cp -L "${names[@]}" "$base/usr/local/share/ca-certificates/"
    cat "${names[@]}" >"$base$AUTHORITIES"
  fi
  inside "$base" root apt-get update -qq
  # shellcheck disable=SC2016 # to be expanded there
  inside "$base" root sh -c 'echo "Debian $(cat /etc/debian_version), $(python3 --version), $(git --version), $(make --version | head -n 1)"'
}

# The start of a process in a clean system. pivot_root instead of chroot: in a chroot no browser can make its sandbox.
# shellcheck disable=SC2016 # to be expanded there
ENTER='
  set -eu
  root=$1 account=$2 path=$PATH
  shift 2
  PATH=/usr/sbin:/usr/bin:/sbin:/bin
  hostname clean
  mount --bind "$root" "$root"
  cd "$root"
  mount -t proc proc proc
  mount -t sysfs -o ro sysfs sys
  mount -t tmpfs -o mode=755 tmpfs dev
  for name in null zero full random urandom tty; do
    touch "dev/$name"
    mount --bind "/dev/$name" "dev/$name"
  done
  mkdir dev/shm dev/pts
  mount -t tmpfs -o mode=1777 tmpfs dev/shm
  mount -t devpts -o newinstance,ptmxmode=0666 devpts dev/pts
  ln -s pts/ptmx dev/ptmx
  ln -s /proc/self/fd dev/fd
  ln -s fd/0 dev/stdin
  ln -s fd/1 dev/stdout
  ln -s fd/2 dev/stderr
  mkdir -p .before
  pivot_root . .before
  umount -l .before
  rmdir .before
  home=$(getent passwd "$account" | cut -d: -f6)
  cd "$home"
  exec setpriv --reuid "$account" --regid "$account" --init-groups \
    env PATH="$path" HOME="$home" USER="$account" LOGNAME="$account" SHELL=/bin/bash "$@"
'

# inside SYSTEM ACCOUNT COMMAND...: runs a command in a clean system, with an environment as clean.
inside() {
  local system=$1 account=$2 name
  shift 2
  local environment=(PATH=/usr/local/bin:/usr/bin:/bin)
  [ "$account" != root ] || environment=(PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin)
  for name in http_proxy https_proxy no_proxy HTTP_PROXY HTTPS_PROXY NO_PROXY PIP_INDEX_URL NPM_CONFIG_REGISTRY; do
    [ -z "${!name:-}" ] || environment+=("$name=${!name}")
  done
  [ ! -e "$system$AUTHORITIES" ] || environment+=("PIP_CERT=$AUTHORITIES" "NODE_EXTRA_CA_CERTS=$AUTHORITIES")
  env -i "${environment[@]}" unshare --mount --uts --ipc --pid --fork --kill-child \
    sh -c "$ENTER" enter "$system" "$account" "$@" </dev/null
}

# prove ACCOUNT COMMANDS: the commands one after another in a system of their own; the results go to $WORK/results.
prove() {
  local account=$1 system=$WORK/$1 command
  say "$account: a clone in a fresh copy of that system"
  cp -a "$WORK/base" "$system"
  [ "$account" = root ] || inside "$system" root useradd --create-home --shell /bin/bash "$account"
  cp "$WORK/register.bundle" "$system/register.bundle"
  chmod 644 "$system/register.bundle"
  inside "$system" "$account" git -c init.defaultBranch=main -c advice.detachedHead=false clone --quiet /register.bundle register
  for command in $2; do
    prove_command "$account" "$system" "$command"
  done
}

# prove_command ACCOUNT SYSTEM COMMAND: when it fails with a line that names packages, root installs them and it runs again.
prove_command() {
  local account=$1 system=$2 command=$3 begun=$SECONDS result=passed installed="" named
  say "$account: make $command"
  until run_make "$account" "$system" "$command"; do
    named=$(sed -n 's/^Missing: .*(on Debian: sudo apt-get install \(.*\))$/\1/p' "$WORK/said")
    # Nothing is named, more than one line names something, or what was named and installed did not help.
    if [ "$account" = root ] || [ -z "$named" ] || [ "$named" != "${named%$'\n'*}" ] || [[ $installed == *" $named"* ]]; then
      result=FAILED
      break
    fi
    say "$account: root installs what that line names and nothing else: $named"
    # shellcheck disable=SC2086 # a list of packages
    inside "$system" root env DEBIAN_FRONTEND=noninteractive \
      apt-get install -y -qq --no-install-recommends $named >"$WORK/apt.log" 2>&1 ||
      { tail -n 20 "$WORK/apt.log" >&2 && stop "These packages cannot be installed: $named"; }
    installed+=" $named"
    begun=$SECONDS
    say "$account: make $command, once more"
  done
  echo "$account: make $command $result in $((SECONDS - begun)) s with its set-up${installed:+, after root had installed$installed}" |
    tee -a "$WORK/results"
}

# run_make ACCOUNT SYSTEM COMMAND: what it says is shown and kept in $WORK/said.
run_make() {
  # shellcheck disable=SC2016 # to be expanded there
  inside "$2" "$1" sh -c 'cd register && exec make "$1"' run "$3" 2>&1 | tee "$WORK/said" | sed -u 's/^/   /'
}

# inner WORK ACCOUNTS COMMANDS
inner() {
  local account
  WORK=$1
  make_base
  for account in $2; do
    prove "$account" "$3"
    rm -rf --one-file-system "${WORK:?}/$account"
  done
  say "Results"
  cat "$WORK/results"
  ! grep -q FAILED "$WORK/results"
}

if [ "${1:-}" = --inner ]; then inner "${@:2}"; else outer "$@"; fi
