#!/bin/sh
# run.sh [PACKAGE...]: runs the packages' tests as a Windows for China does, with menus
# in English: cross-compiled, under Wine, on a screen that nobody sees. Without an
# argument all packages. FLAGS go to the tests, such as -test.v.
#
# Debian's Wine 8 lacks two things that Go uses, which is not Windows' doing: a library
# with one function, and a way to delete files, for which Go then takes another.
set -eu
cd "$(dirname "$0")/../.."
dir=$(mktemp -d)
export WINEPREFIX="$dir/wine" WINEDEBUG=-all WINEDLLOVERRIDES="mscoree,mshtml=;winemenubuilder.exe=d"
export LOCPATH="$dir" LANG=zh_CN.UTF-8 LC_MESSAGES=en_US.UTF-8
unset LC_ALL LC_CTYPE LANGUAGE
wine=/usr/lib/wine/wine64
end() {
	/usr/lib/wine/wineserver -k 2>/dev/null || true
	kill "$screen" 2>/dev/null || true
	rm -rf "$dir"
}
screen=
trap end EXIT

localedef -i zh_CN -f UTF-8 "$dir/zh_CN.UTF-8"
localedef -i en_US -f UTF-8 "$dir/en_US.UTF-8"
Xvfb -displayfd 3 -screen 0 1280x900x24 -nolisten tcp 3>"$dir/display" 2>/dev/null &
screen=$!
while [ ! -s "$dir/display" ]; do sleep 0.1; done
export DISPLAY=":$(cat "$dir/display")"

"$wine" wineboot -i >/dev/null 2>&1
x86_64-w64-mingw32-gcc -shared -O2 -o "$WINEPREFIX/drive_c/windows/system32/bcryptprimitives.dll" testdata/windows/bcryptprimitives.c -ladvapi32
"$wine" reg add 'HKCU\Software\Wine\WineDbg' /v ShowCrashDialog /t REG_DWORD /d 0 /f >/dev/null 2>&1
mkdir "$WINEPREFIX/drive_u"
ln -s ../drive_u "$WINEPREFIX/dosdevices/u:" # a disk of its own, which is dropped as a whole

at=$(go env GOROOT)/src/internal/syscall/windows/at_windows.go
sed 's/case STATUS_INVALID_INFO_CLASS,/case NTStatus(0xC0000002), STATUS_INVALID_INFO_CLASS,/' "$at" >"$dir/at_windows.go"
! cmp -s "$at" "$dir/at_windows.go" || { echo "$at is not as it was: see $0" >&2; exit 1; }
echo "{\"Replace\":{\"$at\":\"$dir/at_windows.go\"}}" >"$dir/overlay.json"

export GOOS=windows GOARCH=amd64 CGO_ENABLED=0
failed=
for package in $(go list -f '{{if or .TestGoFiles .XTestGoFiles}}{{.ImportPath}}{{end}}' "${@:-./...}"); do
	go test -c -overlay "$dir/overlay.json" -o "$dir/$(basename "$package").test.exe" "$package"
	begun=$(date +%s)
	if (cd "$(go list -f '{{.Dir}}' "$package")" && timeout 900 "$wine" "$dir/$(basename "$package").test.exe" ${FLAGS:-}) >"$dir/out" 2>&1 </dev/null; then
		echo "ok	$package	$(($(date +%s) - begun))s"
		[ -z "${FLAGS:-}" ] || cat "$dir/out"
	else
		echo "FAIL	$package"
		cat "$dir/out"
		failed=yes
	fi
	rm -f "$dir/$(basename "$package").test.exe"
done
[ -z "$failed" ]
