#!/bin/sh
# Every string of the sources stands in each language of po/LINGUAS: none missing, none fuzzy,
# formats agree. What translators see is gathered anew, so that a new string cannot be forgotten.
# Catalogues with an @ hold only some: validate-child-words.sh says which.
set -eu
cd "$(dirname "$0")/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
po/update-potfiles.sh --check
GETTEXTDATADIRS=$PWD/data xgettext --from-code=UTF-8 -k_ -kN_ -kngettext:1,2 -kC_:1c,2 -kNC_:1c,2 -f po/POTFILES -o "$work/all.pot"
status=0
for language in $(grep -v '[#@]' po/LINGUAS); do
  msgfmt --check -o /dev/null "po/$language.po"
  # translators write the words for one first: the rule must count so, too
  grep -qE '^"Plural-Forms: nplurals=2; plural=\(n (> 1|!= 1)\);\\n"$' "po/$language.po" ||
    { echo "$language: its rule for one and many does not put one first"; status=1; }
  # other digits are a person's own choice (src/app/words/san-digits.h)
  if LC_ALL=C.UTF-8 grep -nP '[०-९০-৯]' "po/$language.po"; then
    echo "$language: translations are written with 0-9"
    status=1
  fi
  msgmerge -q -N "po/$language.po" "$work/all.pot" -o "$work/$language.po"
  echo "$language: $(msgfmt --statistics -o /dev/null "$work/$language.po" 2>&1)"
  if msgattrib --untranslated --no-obsolete "$work/$language.po" | grep -q msgid ||
     msgattrib --only-fuzzy --no-obsolete "$work/$language.po" | grep -q msgid; then
    msgattrib --untranslated --no-obsolete "$work/$language.po" | grep -A3 '^msgid' | head -20
    status=1
  fi
done
tests/house/validate-child-words.sh || status=1
exit $status
