#!/bin/sh
# columns.sh FOLDER...: no line of code is longer than 100 columns.
set -u
if LC_ALL=C.UTF-8 grep -rnP '^.{101,}' --include='*.c' --include='*.h' "$@"; then
  echo "over 100 columns: clang-format --lines=N:N -i FILE puts it right"
  exit 1
fi
