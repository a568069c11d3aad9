#!/bin/sh
# run-fuzz.sh [SECONDS]: builds the libFuzzer targets with clang and runs each for that long (60).
set -eu
cd "$(dirname "$0")/../.."
seconds=${1:-60}
build=build-fuzz
test -f "$build/build.ninja" || CC=clang meson setup "$build" -Dfuzz=true -Db_lundef=false >/dev/null
ninja -C "$build" --quiet
passed=0
failed=0
for target in "$build"/tests/fuzz/fuzz-*; do
  [ -x "$target" ] && [ -f "$target" ] || continue
  name=$(basename "$target")
  if "$target" -max_total_time="$seconds" -print_final_stats=1 -artifact_prefix="$build/$name-" >"$build/$name.log" 2>&1; then
    passed=$((passed + 1))
    echo "$name: $(grep -o 'number_of_executed_units: [0-9]*' "$build/$name.log" | tail -1)"
  else
    failed=$((failed + 1))
    tail -40 "$build/$name.log"
  fi
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
