#!/bin/sh
# Every string stands in each language of po/LINGUAS: none missing, none fuzzy, formats agree.
set -eu
cd "$(dirname "$0")/../../po"
for language in $(grep -v '^#' LINGUAS); do
  msgfmt --check --statistics -o /dev/null "$language.po" 2>&1 | tee "/tmp/san-po.$$"
  if grep -qE 'untranslated|fuzzy' "/tmp/san-po.$$"; then
    rm -f "/tmp/san-po.$$"
    echo "$language.po is not complete" >&2
    exit 1
  fi
  rm -f "/tmp/san-po.$$"
done
