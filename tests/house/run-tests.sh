#!/bin/sh
# run-tests.sh BUILD [meson test options]: runs the suite and ends with "N passed, N failed".
set -u
build=$1
shift
meson test -C "$build" --no-suite soak --print-errorlogs "$@"
status=$?
log="$build/meson-logs/testlog.json"
passed=$(grep -c '"result": "OK"' "$log")
skipped=$(grep -c '"result": "SKIP"' "$log")
failed=$(grep -cE '"result": "(FAIL|ERROR|TIMEOUT|INTERRUPT|UNEXPECTEDPASS)"' "$log")
grep -o '# [0-9]* mutants' "$log" | awk '{ n += $2 } END { if (n) print n " damaged things went through the readers" }'
[ "$status" -eq 0 ] || [ "$failed" -gt 0 ] || failed=1
if [ "$skipped" -gt 0 ]; then
  echo "$passed passed, $failed failed, $skipped skipped"
else
  echo "$passed passed, $failed failed"
fi
exit "$status"
