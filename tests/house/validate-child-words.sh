#!/bin/sh
# The words for homes in which not only girls live (po/*@child.po): every sentence that says "she"
# of a child is there, written again, in each language whose sentence says so too.
set -eu
cd "$(dirname "$0")/../.."
export LC_ALL=C.UTF-8
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
status=0
she='\b([Ss]he|[Hh]ers?|[Hh]erself|[Gg]irls?|[Dd]aughters?)\b'      # msggrep -i does not work here

# one msgid a line, with its context
ids() {
  msgcat --no-wrap --no-location "$1" | awk '
    /^(msgctxt|msgid) /       { line = line $0; on = 1; next }
    /^msgid_plural |^msgstr/  { if (on && line != "msgid \"\"") print line; line = ""; on = 0 }
    on && /^"/                { line = line $0 }' | sort
}
must_be_empty() {
  if [ -s "$work/left" ]; then
    echo "$1"
    sed 's/^/  /' "$work/left"
    status=1
  fi
}

GETTEXTDATADIRS=$PWD/data xgettext --from-code=UTF-8 -k_ -kN_ -kngettext:1,2 -kC_:1c,2 -kNC_:1c,2 \
  -f po/POTFILES -o "$work/all.pot"
ids "$work/all.pot" > "$work/all"
ids po/of-staff.pot > "$work/of-staff"
ids po/en@child.po > "$work/en"
for language in en hi bn mr; do
  po=po/$language@child.po
  msgfmt --check -o /dev/null "$po"
  msgattrib --untranslated "$po" > "$work/left"
  must_be_empty "$language@child: empty; msgattrib --translated --no-fuzzy --no-obsolete takes them out:"
  msgattrib --only-fuzzy "$po" > "$work/left"
  must_be_empty "$language@child: fuzzy:"
  msgattrib --only-obsolete "$po" > "$work/left"
  must_be_empty "$language@child: obsolete:"
  ids "$po" | comm -23 - "$work/all" > "$work/left"
  must_be_empty "$language@child: no sentence of the programme any more:"
done

comm -23 "$work/of-staff" "$work/all" > "$work/left"
must_be_empty "of-staff.pot: no sentence of the programme any more:"
msggrep -K -E -e "$she" "$work/all.pot" -o "$work/she.pot"
sort -u "$work/en" "$work/of-staff" > "$work/known"
ids "$work/she.pot" | comm -23 - "$work/known" > "$work/left"
must_be_empty "says \"she\": of a child, then write it in each po/*@child.po; of staff, then in po/of-staff.pot:"
msggrep -T -E -e "$she" po/en@child.po > "$work/left"
must_be_empty "en@child: still says \"she\":"

# Hindi and Marathi verbs tell a girl; Bengali ones do not, there only a word for her can
for language in hi mr; do
  ids "po/$language@child.po" | comm -23 "$work/en" - > "$work/left"
  must_be_empty "$language@child: not written again:"
done
msggrep -T -e 'মেয়ে' -e 'কন্যা' -e 'বালিকা' po/bn.po -o "$work/bn-girl.po"
ids "$work/bn-girl.po" > "$work/bn-girl"
ids po/bn@child.po | sort - "$work/of-staff" | comm -23 "$work/bn-girl" - > "$work/left"
must_be_empty "bn@child: speaks of a girl in bn.po:"
exit $status
