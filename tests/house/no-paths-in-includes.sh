#!/bin/sh
# An include with a folder in it would walk round the include lists that keep the rooms apart.
if grep -rnE '^[[:space:]]*#[[:space:]]*include[[:space:]]*"[^"]*/' "$1"; then
  echo "includes name a header, never a folder" >&2
  exit 1
fi
exit 0
