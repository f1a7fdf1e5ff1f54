#!/bin/sh
# Installs the programs that the interop tests need, from Debian's packages.
set -eu
need=
for p in libreoffice-calc-nogui poppler-utils qpdf ghostscript python3-openpyxl python3-xlsxwriter gnumeric; do
	dpkg -s "$p" >/dev/null 2>&1 || need="$need $p"
done
[ -z "$need" ] || { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $need >/dev/null; }
