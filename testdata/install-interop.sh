#!/bin/sh
# Installs the programs that the interop tests need: from Debian's packages, and
# three libraries from npm beside the scripts that use them.
set -eu
need=
for p in libreoffice-calc-nogui libreoffice-writer-nogui poppler-utils qpdf ghostscript python3-openpyxl python3-xlsxwriter python3-docx gnumeric chromium; do
	dpkg -s "$p" >/dev/null 2>&1 || need="$need $p"
done
command -v node >/dev/null || need="$need nodejs npm"
[ -z "$need" ] || { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $need >/dev/null; }
cd "$(dirname "$0")/interop"
[ -d node_modules/exceljs ] && [ -d node_modules/xlsx ] && [ -d node_modules/docx ] || npm install --silent --no-package-lock --no-audit --no-fund
