#!/bin/sh
# Makes sure that the tests have LibreOffice Calc, without its windows, and the Python module by which it is driven.
set -eu
cd "$(dirname "$0")"

. ../../tools/lacking.sh

has soffice || lacks "LibreOffice Calc" libreoffice-calc-nogui
/usr/bin/python3 -c "import uno" 2>/dev/null || lacks "LibreOffice's Python module" python3-uno
# shellcheck disable=SC2086 # a list of packages
[ -z "$what" ] || sh ../../tools/need.sh "the tests fill in a workbook in LibreOffice" "$what" $packages
