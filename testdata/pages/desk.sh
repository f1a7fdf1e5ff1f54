#!/bin/sh
# desk.sh: makes the pictures of the desk that the READMEs show, message.png, marked.png and
# summary.png, from testdata/county. It needs Xvfb, xterm, ImageMagick, poppler-utils,
# LibreOffice, Chromium and a Chinese face that is fixed in width (fonts-wqy-microhei).
set -eu
pages=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'kill $x 2>/dev/null; rm -rf "$work"' EXIT
(cd "$pages/../.." && go build -o "$work/nianbao" ./cmd/nianbao)
cp -r "$pages/../county" "$work/county"
cd "$work/county"
../nianbao --lang zh -q -o 结果 --roster roster.xlsx --prior-dir last-year in || [ $? = 1 ]

Xvfb :78 -screen 0 1180x420x24 >/dev/null 2>&1 &
x=$!
sleep 1
face='WenQuanYi Micro Hei Mono'
(cd in && DISPLAY=:78 LC_ALL=C.UTF-8 xterm -u8 -bg '#0c0c0c' -fg '#d8d8d8' -fa "$face" -fd "$face" -fs 10 -geometry 150x22+0+0 \
	-e sh -c "$work/nianbao --lang zh water.xlsx; sleep 9") &
sleep 6
DISPLAY=:78 import -window root "$work/message.png"
convert "$work/message.png" -crop 1180x245+0+0 +repage "$pages/message.png"

soffice --headless --convert-to pdf --outdir "$work" 结果/water.annotated.xlsx >/dev/null 2>&1
pdftoppm -r 110 -f 1 -l 1 -png "$work/water.annotated.pdf" "$work/marked"
convert "$work"/marked-*1.png -crop 1180x215+40+55 +repage "$pages/marked.png"

chromium --headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking --disable-sync --user-data-dir="$work/chromium" \
	--window-size=1100,900 --screenshot="$work/summary.png" "file://$work/county/结果/summary.html" >/dev/null 2>&1
convert "$work/summary.png" -crop 1085x460+0+0 +repage "$pages/summary.png"
