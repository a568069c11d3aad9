#!/bin/bash
# test-leftovers.sh BUILD - a day of work with planted words; afterwards no file, no message and no
# process shows one of them where nobody asked. In TAP.
. "$(dirname "$0")/tap-lib.sh"

# Words that stand nowhere else, each in another kind of field; one of them in another script.
CHILD_NAME="Zubeidaqx Noorlankar"
CHILD_NAME_2="ज़ोरावरिकाखंड"
PLANTED="Zubeidaqx Noorlankar Vanamaliqx Quillonmarrow Brakkentide Ostrifallow Hemberwicke Jundelvane
Fennigrave Pastrobelle Wexilhart Dorrinvesk Kappelstrom Mirrowyke Tarquillan Ulvenscar"
PASS_SUFFIX="keeps these words to herself"
mkdir -p "$WORK/said" "$WORK/secrets" "$WORK/cwd" "$WORK/stick" "$WORK/backup"
cd "$WORK/cwd" || exit 1

# ---- how we look ----
{
  printf '%s\n' $PLANTED "$CHILD_NAME_2" "SQLite format 3" "$PASS_SUFFIX"
} >"$WORK/secrets/patterns"
# a word of another script in UTF-16LE; what is left of UTF-16 in Latin letters without its zeros is ASCII
add_pattern() {
  printf '%s\n' "$1" >>"$WORK/secrets/patterns"
}
iconv -f UTF-8 -t UTF-16LE <<<"$CHILD_NAME_2" | LC_ALL=C tr -d '\000\n' >"$WORK/secrets/utf16" && echo >>"$WORK/secrets/utf16"
cat "$WORK/secrets/utf16" >>"$WORK/secrets/patterns"

# shows FILE: as it is, and without zeros
shows() {
  LC_ALL=C grep -aiF -q -f "$WORK/secrets/patterns" "$1" ||
    LC_ALL=C tr -d '\000' <"$1" | LC_ALL=C grep -aiF -q -f "$WORK/secrets/patterns"
}
# nothing_in FOLDER…: names and contents of all files
nothing_in() {
  local file bad=0 n=0
  find "$@" -print >"$WORK/secrets/names"
  ! shows "$WORK/secrets/names" || { echo "a file name shows a planted word"; return 1; }
  while IFS= read -r file; do
    n=$((n + 1))
    if shows "$file"; then
      echo "$file shows $(LC_ALL=C grep -aiFo -f "$WORK/secrets/patterns" "$file" | head -1)"
      bad=1
    fi
  done < <(find "$@" -type f)
  [ "$n" -gt 0 ] || { echo "no file was looked at"; return 1; }
  return $bad
}
scanner_sees() {
  mkdir "$WORK/control"
  head -c 300000 /dev/urandom >"$WORK/control/utf8"
  cp "$WORK/control/utf8" "$WORK/control/utf16"
  cp "$WORK/control/utf8" "$WORK/control/other"
  printf 'quillonmarrow' >>"$WORK/control/utf8"
  printf 'Quillonmarrow' | iconv -f UTF-8 -t UTF-16LE >>"$WORK/control/utf16"
  printf '%s' "$CHILD_NAME_2" | iconv -f UTF-8 -t UTF-16LE >>"$WORK/control/other"
  shows "$WORK/control/utf8" && shows "$WORK/control/utf16" && shows "$WORK/control/other" &&
    head -c 300000 "$WORK/control/utf8" >"$WORK/control/clean" && ! shows "$WORK/control/clean" &&
    rm -rf "$WORK/control"
}
ok "the scanner sees a word in UTF-8, in UTF-16, in another script" scanner_sees

# ---- the day, traced if we may ----
REAL=$CLI
WRITES=openat,open,creat,rename,renameat,renameat2,link,linkat,symlink,symlinkat,memfd_create,mknod,mknodat
if strace -f -qq -e trace=openat -o "$WORK/secrets/try" "$REAL" version >/dev/null 2>&1 && [ -s "$WORK/secrets/try" ]; then
  traced=yes
  cat >"$WORK/secrets/traced" <<END
#!/bin/sh
exec strace -f -qq -e trace=$WRITES -e signal=none -s 4096 -o "$WORK/secrets/trace.\$\$" "$REAL" "\$@"
END
  chmod +x "$WORK/secrets/traced"
  CLI=$WORK/secrets/traced
else
  traced=no
fi
# tells LAPTOP PERSON COMMAND…: what it prints is not to hold a planted word
tells() { on "$@" >>"$WORK/said/out" 2>>"$WORK/said/err"; }
# asks LAPTOP PERSON COMMAND…: it may answer, but not on standard error
asks() { on "$@" 2>>"$WORK/said/err"; }

found office "Shefali Bari (example)" Sunanda
add_pattern "$(cat "$WORK/secrets/office.code")"
come() {
  asks office Sunanda --json staff add "$1" --role "$2" | jq -r .slip >"$WORK/secrets/slip"
  add_pattern "$(cat "$WORK/secrets/slip")"
  add_pattern "$(tr -s -- '- ' ' ' <"$WORK/secrets/slip")"
  first_unlock office "$1"
}
come Rokeya house
come Mitali counsellor
come Anjali case-worker
come Sima nurse
come Leela legal

echo "Ulvenscar lies in an attached paper" >"$WORK/secrets/paper.txt"
CHILD=$(asks office Rokeya --json child admit --set age=15 --set alias=Vanamaliqx --set belongings="a Hemberwicke bag" | jq -r .id)
WELCOME=$(asks office Anjali --json child show "$CHILD" | jq -r '.records[0].id')
tells office Anjali record set "$WELCOME" name="$CHILD_NAME" bringer-name="$CHILD_NAME_2"
tells office Rokeya record new day-note --set note="Brakkentide, all slept well."
SESSION=$(asks office Mitali --json record new session --child "$CHILD" --set did="Quillonmarrow by the river." --set worried=no | jq -r .id)
tells office Mitali record finish "$SESSION"
tells office Mitali record amend "$SESSION" --text "She sang of Ostrifallow."
tells office Sima record new exam --child "$CHILD" --set general="Jundelvane"
tells office Leela record new court-case --child "$CHILD" --set fir="Fennigrave 12"
tells office Anjali record new family --child "$CHILD" --set school="Pastrobelle school"
ORDER=$(asks office Anjali --json record new order --child "$CHILD" --set paper=@"$WORK/secrets/paper.txt" | jq -r .id)
STAFF=$(asks office Sunanda --json staff list | jq -r '.staff[] | select(.name == "Sima") | .id')
tells office Sunanda record set "$STAFF" qualification="Wexilhart college"
PLAN=$(asks office Anjali --json record new icp-a --child "$CHILD" --set c1.aaaaaaaa.words="I want Dorrinvesk." | jq -r .id)
tells office Anjali record set "$PLAN" c1.aaaaaaaa.words="I want Kappelstrom."
NOTE=$(asks office Rokeya --json record new day-note --set note="Mirrowyke, written by mistake" | jq -r .id)
tells office Rokeya record withdraw "$NOTE" --reason "Tarquillan was somebody else"
asks office Anjali child list --search Zubeidaqx >"$WORK/secrets/answer"
FOUND=$(cat "$WORK/secrets/answer")
tells office Sunanda due --child "$CHILD" --json >/dev/null
asks office Mitali record show "$SESSION" >"$WORK/secrets/answer"
join_laptop office Sunanda desk 2>>"$WORK/said/err"
for laptop in office desk office; do tells $laptop Sunanda exchange "$WORK/stick"; done
found gulmohar "Gulmohar Ghar (example)" Meera
add_pattern "$(cat "$WORK/secrets/gulmohar.code")"
pair office Sunanda gulmohar Meera 2>>"$WORK/said/err"
tells office Sunanda share "$CHILD" --to "Gulmohar Ghar (example)" "${WHY[@]}" --compartments house,case
tells office Sunanda exchange "$WORK/stick"
tells gulmohar Meera exchange "$WORK/stick"
tells gulmohar Meera offer accept "$(asks gulmohar Meera --json offer list | jq -r '.offers[0].id')"
SHARED=$(asks gulmohar Meera --json record show "$PLAN" | jq -r '.fields["c1.aaaaaaaa.words"].value')
tells office Sunanda bundle write --to devices --out "$WORK/stick/by-hand.dat"
tells office Sunanda backup "$WORK/backup"
tells office Sunanda rebuild
tells office Sunanda verify
mkdir -p "$WORK/back.state"
SAN_STATE_DIR=$WORK/back.state "$CLI" --store "$WORK/back" --passphrase-file "$WORK/secrets/office.Sunanda" --json \
  restore "$WORK/backup" --store "$WORK/back" --recovery-file "$WORK/secrets/office.code" --old-laptop lost --staff Sunanda \
  2>>"$WORK/said/err" | jq -r '.code // empty' >"$WORK/secrets/back.code"
[ ! -s "$WORK/secrets/back.code" ] || add_pattern "$(cat "$WORK/secrets/back.code")"

ok "the day went well: she is found by her name" grep -q Vanamaliqx <<<"$FOUND"
ok "the other centre reads what was shared" is "$SHARED" "I want Kappelstrom."
ok "the attached paper is there" test "$(asks office Anjali --json record show "$ORDER" | jq -r '.fields.paper.type')" = attachment
ok "pieces of it are in the store" test -n "$(find "$WORK/office/pieces" -type f)"
ok "bundles and a backup were written" test "$(find "$WORK/stick" "$WORK/backup" -type f | wc -l)" -ge 4
ok "the restored store was made" test -s "$WORK/back/store.db"

# ---- refusals while the words are at hand ----
for wrong in "record set $WELCOME name.zz=Zubeidaqx" "record new session --child $CHILD --set kind=Quillonmarrow" \
  "child admit --set birth=Brakkentide"; do
  on office Sunanda $wrong >>"$WORK/said/out" 2>"$WORK/secrets/typed"      # these quote what was just typed
done
tells office Rokeya record show "$SESSION"
tells office Sunanda record show "$SESSION"
tells office Rokeya record set "$SESSION" did=other
raw office --staff Anjali --passphrase-file "$WORK/secrets/office.Sima" child list >>"$WORK/said/out" 2>>"$WORK/said/err"

# ---- in a process ----
mkfifo "$WORK/secrets/fifo"
waiting() {
  # the first secret is read, the second one waited for
  start office Sunanda staff passphrase --new-passphrase-file "$WORK/secrets/fifo" >>"$WORK/said/out" 2>>"$WORK/said/err"
  pid=$!
  for step in $(seq 200); do
    ls -l "/proc/$pid/fd" 2>/dev/null | grep -q office.Sunanda && break
    grep -qE 'wait_for_partner|fifo_open' "/proc/$pid/wchan" 2>/dev/null && break
    sleep 0.01
  done
  sleep 0.2
}
process_shows_nothing() {
  cat "/proc/$pid/cmdline" "/proc/$pid/environ" >"$WORK/secrets/process" || return 1
  [ -s "$WORK/secrets/process" ] && ! shows "$WORK/secrets/process" || { echo "a secret stands in its arguments or environment"; return 1; }
}
no_core_allowed() { grep -qE '^Max core file size +0 +0 ' "/proc/$pid/limits"; }
TRACED=$CLI
CLI=$REAL
ulimit -c unlimited 2>/dev/null
waiting
ok "a waiting process shows no secret in its arguments and environment" process_shows_nothing
ok "and may not write a core file" no_core_allowed
kill -SEGV "$pid"
wait "$pid" 2>"$WORK/secrets/wait"
status=$?
ok "killed as by a crash" test "$status" -ge 128
ok "it left no core file" test -z "$(find "$WORK" -name 'core*' -type f)"
ok "and did not say that it dumped one" test ! -s <(grep -i 'core dumped' "$WORK/secrets/wait")

# ---- where nothing was said: the folders of the desktop ----
plain() { env -u SAN_STATE_DIR "$CLI" --passphrase-file "$WORK/secrets/office.Sunanda" "$@" >>"$WORK/said/out" 2>>"$WORK/said/err"; }
plain centre create --name "Plain house (example)" --staff Sunanda --unlock-ms 1 --recovery-file "$WORK/secrets/plain.code"
add_pattern "$(cat "$WORK/secrets/plain.code")"
plain record new day-note --set note="Brakkentide again"
ok "without --store it keeps to the user's data folder" test -s "$XDG_DATA_HOME/sanrakshan/store.db"
CLI=$TRACED

# ---- the search ----
folders="office desk gulmohar back office.state desk.state gulmohar.state back.state"
ok "stores and state folders show nothing" nothing_in $(printf "$WORK/%s " $folders)
ok "bundles and backup show nothing" nothing_in "$WORK/stick" "$WORK/backup"
ok "the user's own folders show nothing" nothing_in "$HOME" "$TMPDIR" "$XDG_CACHE_HOME" "$XDG_DATA_HOME" "$XDG_STATE_HOME" \
  "$XDG_CONFIG_HOME" "$XDG_RUNTIME_DIR" "$WORK/cwd"
ok "cards show nothing" nothing_in "$WORK"/card.*
ok "no message shows anything" nothing_in "$WORK/said"
ok "temporary files are gone" test -z "$(find "$TMPDIR" "$XDG_RUNTIME_DIR" "$XDG_CACHE_HOME" "$WORK/cwd" -type f)"

# ---- names of people ----
cp "$WORK/secrets/patterns" "$WORK/secrets/patterns.all"
printf '%s\n' Sunanda Rokeya Mitali Anjali Leela Meera >"$WORK/secrets/patterns"
names_only_in_keyring() {
  local file
  while IFS= read -r file; do
    case $file in
      */keyring) ;;
      *) ! shows "$file" || { echo "$file shows a short name"; return 1; } ;;
    esac
  done < <(find $(printf "$WORK/%s " $folders) "$WORK/stick" "$WORK/backup" -type f)
}
ok "short names of people stand in the keyring, and in no other file" names_only_in_keyring
ok "there they do stand" shows "$WORK/office/keyring"
secret hidden Sunanda "Sunanda $PASS_SUFFIX"
SAN_STATE_DIR=$WORK/hidden.state "$REAL" --store "$WORK/hidden" --passphrase-file "$WORK/secrets/hidden.Sunanda" \
  centre create --name "Hidden house (example)" --staff Sunanda --unlock-ms 1 --ask-name \
  --recovery-file "$WORK/secrets/hidden.code" >>"$WORK/said/out"
CLI=$REAL
newcomer hidden Sunanda Rokeya house
on hidden Rokeya child admit --set age=12 >"$WORK/secrets/answer"
ok "who is asked for her name gets in by it" grep -q Welcome "$WORK/secrets/answer"
ok "and no file shows it, the keyring neither" nothing_in "$WORK/hidden" "$WORK/hidden.state"
cp "$WORK/secrets/patterns.all" "$WORK/secrets/patterns"
ok "nor anything else" nothing_in "$WORK/hidden" "$WORK/hidden.state"

# ---- which files were opened for writing ----
only_our_files() {
  local work
  work=$(printf '%s' "$WORK" | sed 's/[.[\*^$/]/\\&/g')
  cat "$WORK"/secrets/trace.* |
    grep -vE ' = -1 |O_RDONLY|\+\+\+|resumed|unfinished' |
    grep -E 'O_WRONLY|O_RDWR|O_CREAT|^[0-9]+ +(creat|rename|link|symlink|memfd|mknod)' >"$WORK/secrets/writes"
  [ "$(wc -l <"$WORK/secrets/writes")" -gt 100 ] || { echo "too little was traced"; return 1; }
  grep -oE '"[^"]*"' "$WORK/secrets/writes" | tr -d '"' | sort -u |
    grep -vE "^$work/(office|desk|gulmohar|back)/(((store|case|clinical|medical|legal|staff|verify)\.db(\.new)?(\.copy)?(-wal)?|keyring)(\.tmp)?|lock|pieces/[0-9a-f]{2}/[0-9a-f]{64}(\.tmp)?|incoming/[0-9a-z.-]+)\$" |
    grep -vE "^$work/(office|desk|gulmohar|back)\.state/[0-9a-f]{32}\.witness(\.tmp)?\$" |
    grep -vE "^$work/(stick|backup)/[0-9a-z-]+(\.dat)?(\.part|\.tmp)?\$" |
    grep -vE "^$work/(card\.[a-z0-9]+(\.tmp)?|secrets/[a-z]+\.code)\$" |
    grep -vE '^/dev/(null|tty|urandom)$' >"$WORK/secrets/others"
  [ ! -s "$WORK/secrets/others" ] || { echo "written to as well:"; head -20 "$WORK/secrets/others"; return 1; }
}
if [ "$traced" = yes ]; then
  ok "no file was opened for writing but those of the store, bundles and cards" only_our_files
else
  skip "no file was opened for writing but those of the store, bundles and cards" "strace may not trace here"
fi
finish
