#!/bin/sh
# Makes sure that the browser tests have a browser, their judges, their fonts and real web servers. All that is missing is
# named at once.
set -eu
cd "$(dirname "$0")"

. ../../tools/lacking.sh

[ -n "${BROWSER_PATH:-}" ] || has chromium || has chromium-browser || has google-chrome || lacks Chromium chromium
has npm || lacks npm npm
# The Nu HTML checker runs on Java.
java -version >/dev/null 2>&1 || lacks Java default-jre-headless
# The site is tried behind the web servers that people run. They stand where only root looks for programs.
PATH=$PATH:/usr/sbin:/sbin
{ has nginx && [ -e /usr/lib/nginx/modules/ngx_http_brotli_static_module.so ]; } || lacks "nginx with brotli" "nginx libnginx-mod-http-brotli-static"
has caddy || lacks Caddy caddy
has apache2 || lacks Apache apache2-bin
has rsync || lacks rsync rsync
# Firefox and WebKit show their own windows.
look_for_firefox_on_a_screen
/usr/bin/python3 -c 'import gi; gi.require_version("WebKit2", "4.1"); gi.require_version("Atspi", "2.0")' 2>/dev/null ||
  lacks "WebKit and AT-SPI for Python" "python3-gi gir1.2-webkit2-4.1 gir1.2-atspi-2.0"
# Text browsers show what is left of a page that has only its HTML.
for name in lynx w3m links2; do has "$name" || lacks "$name" "$name"; done

# shellcheck disable=SC2086 # a list of packages
[ -z "$what" ] || sh ../../tools/need.sh "the tests run in a real browser" "$what" $packages
# Two of them came as services, which would start with the machine.
case "$packages" in
*nginx* | *caddy*) ! has systemctl || systemctl --quiet disable nginx caddy >/dev/null 2>&1 || true ;;
esac

npm ci --loglevel=error --ignore-scripts --no-audit --no-fund >/dev/null
