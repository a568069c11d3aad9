#!/bin/sh
# Writes POTFILES: every file with words for translators. Run it after adding a file.
# With --check only says whether POTFILES is complete.
set -eu
cd "$(dirname "$0")/.."
export LC_ALL=C
list() {
  echo "# written by po/update-potfiles.sh"
  grep -rlE '\b(_|N_|C_|NC_|ngettext|g_dngettext) ?\(' src --include='*.c' --include='*.h' | sort || true
  grep -lE 'translatable="yes"' ui/*.ui | sort || true
  find data/help -name '*.page' | sort
  find data/desktop -name '*.in' | sort
  find data/facts.xml data/roles.xml data/forms data/lists data/programme data/instruments -name '*.xml' | sort
}
if [ "${1:-}" = --check ]; then
  list | diff -u po/POTFILES -
else
  list > po/POTFILES
fi
