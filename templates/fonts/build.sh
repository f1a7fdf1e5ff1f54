#!/bin/sh
# Rebuilds the embedded fonts. Needs npm and the Debian packages
# python3-fonttools, fonts-lxgw-wenkai and unicode-data; what is cut and why is
# in README.md. The same packages give the same bytes.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

for package in noto-serif-sc noto-sans-sc; do
	mkdir "$work/$package"
	(cd "$work/$package" && tar xzf "$(npm pack --silent "@expo-google-fonts/$package@0.4.3")")
done
/usr/bin/python3 "$here/build.py" \
	"$work/noto-serif-sc/package" "$work/noto-sans-sc/package" \
	/usr/share/fonts/truetype/lxgw-wenkai "$here"
