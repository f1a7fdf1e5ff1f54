#!/bin/sh
# fuzz.sh PACKAGE TARGET TIME: fuzzes one target for a while. When its time is up, Go
# before 1.27 now and then fails with "context deadline exceeded" although it has found
# nothing (golang/go#75804); only an input that fails is a failure.
set -u
log=$(mktemp)
trap 'rm -f "$log"' EXIT
go test -run '^$' -fuzz "^$2\$" -fuzztime "$3" -fuzzminimizetime 20x "$1" >"$log" 2>&1
status=$?
cat "$log"
if [ $status -ne 0 ] && grep -q 'context deadline exceeded' "$log" && ! grep -q 'Failing input' "$log"; then
	status=0
fi
exit $status
