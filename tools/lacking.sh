# Sourced by the scripts that make sure of what the tests need: collects what this machine lacks, so that all of it is named at once.
what=""
packages=""

has() { command -v "$1" >/dev/null; }

# lacks WHAT PACKAGES
lacks() {
  what="${what:+$what, }$1"
  packages="$packages $2"
}

# Firefox on a virtual screen with keys and mouse, and the bus over which it says to screen readers what it shows.
look_for_firefox_on_a_screen() {
  has firefox-esr || lacks Firefox firefox-esr
  has Xvfb || lacks Xvfb xvfb
  has dbus-daemon || lacks D-Bus dbus-daemon
  has xdotool || lacks xdotool xdotool
  [ -e /usr/libexec/at-spi-bus-launcher ] || lacks "the bus for screen readers" at-spi2-core
}
