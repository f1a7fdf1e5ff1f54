#!/bin/sh
# Installs the programs that the interop tests need from Debian's packages, and the
# libraries of their scripts from npm.
set -eu
need=
for p in libreoffice-calc-nogui libreoffice-writer-nogui poppler-utils qpdf ghostscript python3-openpyxl python3-xlsxwriter python3-docx gnumeric chromium xvfb xterm xdotool wine64 gcc-mingw-w64-x86-64 locales; do
	dpkg -s "$p" >/dev/null 2>&1 || need="$need $p"
done
command -v node >/dev/null || need="$need nodejs npm"
[ -z "$need" ] || { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $need >/dev/null; }
# Libraries lie where os.UserCacheDir says, so that none of their files is taken for ours.
cd "$(dirname "$0")/interop"
libraries=${XDG_CACHE_HOME:-$HOME/.cache}/nianbao-interop
mkdir -p "$libraries"
if ! cmp -s package.json "$libraries/installed.json"; then
	cp package.json "$libraries/"
	(cd "$libraries" && npm install --silent --no-package-lock --no-audit --no-fund)
	cp package.json "$libraries/installed.json"
fi
