#!/bin/bash
# test-wrong-secrets.sh BUILD - wrong secrets, wrong places, wrong files, wrong words: each is
# refused with one sentence and the right exit code, and nothing was changed. In TAP.
. "$(dirname "$0")/tap-lib.sh"
CONSTANT="That did not open it. Your notes are safe. Try again."
SEED=${SAN_SEED:-$((RANDOM * 32768 + RANDOM))}
RANDOM=$((SEED % 32768))
note "seed $SEED"

# refused CODE WORDS COMMAND…: this exit code, nothing but a short text with these words on standard error
refused() {
  local code=$1 words=$2 found
  shift 2
  "$@" >"$WORK/out" 2>"$WORK/err" </dev/null
  found=$?
  [ "$found" -eq "$code" ] || { echo "exit code $found, expected $code"; head -c 2000 "$WORK/err"; return 1; }
  [ ! -s "$WORK/out" ] || { echo "something on standard output:"; head -c 500 "$WORK/out"; return 1; }
  grep -qF -- "$words" "$WORK/err" || { echo "no word of \"$words\" in:"; head -c 2000 "$WORK/err"; return 1; }
  ! grep -E 'CRITICAL|WARNING|Assertion|assertion|ERROR:' "$WORK/err" || return 1
  [ "$(wc -c <"$WORK/err")" -lt 4000 ] || { echo "more than a screenful"; return 1; }
  iconv -f UTF-8 -t UTF-8 "$WORK/err" >/dev/null
}

# locked_out COMMAND…: exit 3, the constant sentence, and not a byte or a time on the disk is another
locked_out() {
  state "$WORK/office" "$WORK/office.state" >"$WORK/state.before"
  refused 3 "$CONSTANT" "$@" && is "$(cat "$WORK/err")" "$CONSTANT" || return 1
  state "$WORK/office" "$WORK/office.state" | diff "$WORK/state.before" -
}

# untouched CODE WORDS COMMAND…: refused, and not a byte or a time on the disk is another
untouched() {
  state "$WORK/office" "$WORK/office.state" >"$WORK/state.before"
  refused "$@" || return 1
  state "$WORK/office" "$WORK/office.state" | diff "$WORK/state.before" -
}

entries() { on office Sunanda --json verify | jq -c '[.ok, .entries]'; }
as_sunanda() { raw office --staff Sunanda --passphrase-file "$WORK/secrets/office.Sunanda" "$@"; }

found office "Shefali Bari (example)" Sunanda
on office Sunanda --json staff add Rokeya --role house | jq -r .slip >"$WORK/secrets/slip.Rokeya"
cp "$WORK/office/keyring" "$WORK/keyring.slip"
secret office Rokeya "Rokeya keeps these words to herself"
raw office --staff Rokeya --passphrase-file "$WORK/secrets/slip.Rokeya" \
  staff passphrase --new-passphrase-file "$WORK/secrets/office.Rokeya" >/dev/null
CHILD=$(on office Rokeya --json child admit --set age=15 | jq -r .id)
NOTE=$(on office Rokeya --json record new day-note --set note="All slept well." | jq -r .id)
on office Sunanda child list >/dev/null
echo "these are other words" >"$WORK/secrets/wrong"
: >"$WORK/secrets/empty"
echo "7QG4-9BZK-X2M3-H5TN-8WRD-CVJ6" >"$WORK/secrets/wrong.code"

# ---- passphrases and codes ----
ok "a wrong passphrase opens nothing and touches nothing" \
  locked_out raw office --staff Sunanda --passphrase-file "$WORK/secrets/wrong" centre show
ok "a name that is not here: the same sentence" \
  locked_out raw office --staff Nobody --passphrase-file "$WORK/secrets/office.Sunanda" centre show
ok "the passphrase of another person" \
  locked_out raw office --staff Sunanda --passphrase-file "$WORK/secrets/office.Rokeya" child list
ok "a passphrase with a blank more" locked_out raw office --staff Sunanda --passphrase-file \
  <(echo "Sunanda keeps these words to herself ") child list
ok "a passphrase that is not UTF-8" locked_out raw office --staff Sunanda --passphrase-file \
  <(printf 'Sunanda keeps \377 to herself\n') child list
ok "a wrong passphrase before a write" locked_out raw office --staff Rokeya --passphrase-file \
  "$WORK/secrets/wrong" record set "$NOTE" note="something else"
ok "an empty passphrase" untouched 1 "Nothing was changed" raw office --staff Sunanda --passphrase-file \
  "$WORK/secrets/empty" child list
ok "an endless passphrase" untouched 1 "too long" raw office --staff Sunanda --passphrase-file \
  <(head -c 100000 /dev/zero | tr '\0' a) child list
ok "a passphrase file that is not there" untouched 1 "Nothing was changed" raw office --staff Sunanda --passphrase-file \
  "$WORK/secrets/none" child list
ok "the words of a used slip" \
  locked_out raw office --staff Rokeya --passphrase-file "$WORK/secrets/slip.Rokeya" child list
ok "the words of a used slip, for a new passphrase" locked_out raw office --staff Rokeya --passphrase-file \
  "$WORK/secrets/slip.Rokeya" staff passphrase --new-passphrase-file "$WORK/secrets/wrong"
ok "a wrong recovery code" locked_out raw office --staff Sunanda --passphrase-file "$WORK/secrets/office.Sunanda" \
  staff recover --recovery-file "$WORK/secrets/wrong.code"
ok "something that is no code at all" locked_out raw office --staff Sunanda --passphrase-file \
  "$WORK/secrets/office.Sunanda" staff recover --recovery-file "$WORK/secrets/wrong"

# ---- a log left behind ----
# a write is killed as soon as there is one, so that it stays
leave_log() {
  local round pid
  for round in $(seq 40); do
    start office Rokeya record new day-note --set note="Cut off, $round." >/dev/null 2>&1
    pid=$!
    while [ ! -s "$WORK/office/store.db-wal" ] && kill -0 "$pid" 2>/dev/null; do :; done
    kill -9 "$pid" 2>/dev/null
    wait "$pid" 2>/dev/null
    [ -s "$WORK/office/store.db-wal" ] && return 0
  done
  return 1
}
if leave_log 2>/dev/null; then
  ok "a wrong passphrase, with the log of a process that was killed" \
    locked_out raw office --staff Sunanda --passphrase-file "$WORK/secrets/wrong" centre show
  ok "a wrong code, with that log" locked_out raw office --staff Sunanda --passphrase-file \
    "$WORK/secrets/office.Sunanda" staff recover --recovery-file "$WORK/secrets/wrong.code"
  ok "the log was there all the time" test -s "$WORK/office/store.db-wal"
else
  skip "a wrong passphrase, with the log of a process that was killed" "no kill hit the right moment"
fi
ok "and the right passphrase goes on from it" on office Sunanda verify

# ---- an old keyring ----
# the keyring from before her first unlock, put back beside the notes that she has written since
old_keyring() {
  rm -rf "$WORK/old" "$WORK/old.state"
  cp -a "$WORK/office" "$WORK/old"
  cp -a "$WORK/office.state" "$WORK/old.state"
  cp "$WORK/keyring.slip" "$WORK/old/keyring"
  raw old --staff Rokeya --passphrase-file "$WORK/secrets/office.Rokeya" child list
  [ $? -eq 3 ] || return 1
  for words in "child list" "record show $NOTE" "staff passphrase --new-passphrase-file $WORK/secrets/wrong"; do
    if raw old --staff Rokeya --passphrase-file "$WORK/secrets/slip.Rokeya" $words >"$WORK/out" 2>"$WORK/err"; then
      echo "\"$words\" went through"
      return 1
    fi
    [ ! -s "$WORK/out" ] || { echo "\"$words\" printed:"; cat "$WORK/out"; return 1; }
  done
  raw old --staff Rokeya --passphrase-file "$WORK/secrets/wrong" child list
  [ $? -eq 3 ]
}
ok "a copy of the keyring from before her first unlock opens nothing for her" old_keyring
# as if the power had gone between the note of her first unlock and the keyring
slip_again() {
  cp "$WORK/secrets/office.Sunanda" "$WORK/secrets/old.Sunanda"
  slip old Sunanda Rokeya
  [ "$(on old Rokeya --json child list | jq '.children | length')" -eq 1 ] || return 1
  is "$(on old Sunanda --json staff list | jq -c '[.staff[] | select(.name == "Rokeya") | .state] | sort')" '["active","removed"]'
}
ok "a new slip helps her, and her lost seat is removed" slip_again
rm -rf "$WORK/old" "$WORK/old.state"

# ---- a damaged keyring ----
damaged_keyrings() {
  local size at code i
  cp "$WORK/office/keyring" "$WORK/keyring.good"
  size=$(stat -c %s "$WORK/keyring.good")
  for i in $(seq 24); do
    case $((i % 4)) in
      0) head -c $((RANDOM % size)) "$WORK/keyring.good" >"$WORK/office/keyring" ;;
      1) { cat "$WORK/keyring.good"; head -c $((RANDOM % 90 + 1)) "$WORK/keyring.good"; } >"$WORK/office/keyring" ;;
      *) cp "$WORK/keyring.good" "$WORK/office/keyring"
         at=$((RANDOM % size))
         printf "\\x$(printf %02x $((RANDOM % 256)))" | dd of="$WORK/office/keyring" bs=1 seek=$at conv=notrunc status=none ;;
    esac
    as_sunanda --json child list >"$WORK/out" 2>"$WORK/err"
    code=$?
    case $code in
      0) jq -e '.children | length == 1' "$WORK/out" >/dev/null || { echo "keyring $i: opened, but not hers"; return 1; } ;;
      1 | 3 | 5) [ ! -s "$WORK/out" ] && [ -s "$WORK/err" ] || { echo "keyring $i: no sentence"; return 1; } ;;
      *) echo "keyring $i: exit code $code"; cat "$WORK/err"; return 1 ;;
    esac
  done
  cp "$WORK/keyring.good" "$WORK/office/keyring"
}
ok "24 damaged keyrings: refused, or only somebody else's slot is gone" damaged_keyrings
printf '\002' | dd of="$WORK/office/keyring" bs=1 seek=4 conv=notrunc status=none
ok "a keyring of a newer version is left alone" untouched 1 "newer version" as_sunanda child list
cp "$WORK/keyring.good" "$WORK/office/keyring"

# ---- a store of another time or place ----
cp "$WORK/office/store.db" "$WORK/store.good"
printf 'SANSTOR2' | dd of="$WORK/office/store.db" bs=1 conv=notrunc status=none
ok "a store of a newer version is left alone" untouched 1 "newer version" as_sunanda child list
cp "$WORK/store.good" "$WORK/office/store.db"
head -c 100000 /dev/zero >"$WORK/office/store.db"
ok "a store full of zeros is damaged" untouched 5 "damaged" as_sunanda child list
cp "$WORK/store.good" "$WORK/office/store.db"
found other "Another house (example)" Sunanda
cp "$WORK/other/store.db" "$WORK/office/store.db"
ok "the store of another centre does not open with this keyring" untouched 1 "Nothing was changed" as_sunanda child list
cp "$WORK/store.good" "$WORK/office/store.db"
mkdir "$WORK/nothing"
echo x >"$WORK/file"
ok "no store there" refused 1 "no store in" raw none --staff S --passphrase-file "$WORK/secrets/wrong" child list
ok "an empty folder" refused 1 "no store in" raw nothing --staff S --passphrase-file "$WORK/secrets/wrong" child list
ok "a file instead of a folder" refused 1 "no store in" raw file --staff S --passphrase-file "$WORK/secrets/wrong" child list
ok "a second centre in the same folder" untouched 1 "there is a store" raw office --passphrase-file \
  "$WORK/secrets/office.Sunanda" centre create --name N --staff S --unlock-ms 1
ok "a centre with a passphrase that is too easy makes nothing" refused 1 "too easy" raw weak --passphrase-file \
  <(echo password) centre create --name N --staff S --unlock-ms 1
ok "and left nothing" test ! -e "$WORK/weak"

# ---- two at once ----
two_at_once() {
  local pid since round tried=1
  for round in $(seq 40); do
    start office Sunanda verify >"$WORK/first" 2>&1
    for step in $(seq 200); do
      [ -s "$WORK/office/lock" ] && break
      sleep 0.005
    done
    pid=$(cut -d' ' -f1 "$WORK/office/lock" 2>/dev/null)
    if [ -n "$pid" ] && kill -STOP "$pid" 2>/dev/null && [ -s "$WORK/office/lock" ]; then
      since=$(date -d "@$(($(cut -d' ' -f2 "$WORK/office/lock") / 1000))" +%Y-%m-%dT%H:%M:%S)
      refused 4 "in process $pid since $since" as_sunanda record set "$NOTE" note="from the second"
      tried=$?
      kill -CONT "$pid"
      wait
      grep -q "in order" "$WORK/first" || tried=1
      return $tried
    fi
    wait
  done
  echo "never met the first process"
  return 1
}
ok "two processes: the second is told which and since when; the first goes on" two_at_once

# ---- a place that cannot be written ----
entries >"$WORK/entries.before"
if [ "$(id -u)" -eq 0 ] && mkdir -p "$WORK/disk" && mount -t tmpfs -o size=3m none "$WORK/disk" 2>/dev/null; then
  mounts=$WORK/disk
  cp -a "$WORK/office" "$WORK/disk/office"
  cp -a "$WORK/office.state" "$WORK/disk/office.state"
  disk() {
    SAN_STATE_DIR=$WORK/disk/office.state "$CLI" --store "$WORK/disk/office" --staff Sunanda \
      --passphrase-file "$WORK/secrets/office.Sunanda" "$@"
  }
  mount -o remount,ro "$WORK/disk"
  ok "a store that cannot be written to" refused 1 "cannot be written to" disk record set "$NOTE" note="no"
  mount -o remount,rw "$WORK/disk"
  dd if=/dev/zero of="$WORK/disk/full" bs=4k status=none 2>/dev/null
  ok "a full disk" refused 1 "no space left" disk record set "$NOTE" note="no"
  ok "a child on a full disk" refused 1 "no space left" disk child admit --set age=14
  full_but_readable() { [ "$(disk --json record show "$NOTE" | jq -r .fields.note.value)" = "All slept well." ]; }
  ok "and yet everything can be read" full_but_readable
  rm "$WORK/disk/full"
  ok "and there is nothing half written" is "$(disk --json verify | jq -c '[.ok, .entries]')" "$(cat "$WORK/entries.before")"
  ok "with space it goes on" disk record set "$NOTE" note="All slept well, again."
  umount "$WORK/disk" && mounts=
else
  skip "a store that cannot be written to" "needs root and a tmpfs"
  skip "a full disk" "needs root and a tmpfs"
fi

# ---- words that are not understood ----
for day in 2010- 2010-13 2010-02-30 20 2010-1 15/ "10 o" 0000 99999 -5 "2010-12-01 x" "?"; do
  ok "half a date: $day" refused 1 "birth: expected a day" as_sunanda child admit --set birth="$day"
done
for moment in 2026-11 2026-11-25 25:00 2026-11-25T25:00 2026-11-25T10 "now-ish"; do
  ok "half a moment: $moment" refused 1 "arrived: " as_sunanda child admit --set arrived="$moment"
done
ok "an answer that is none of the three" refused 1 "none of ?unknown, ?refused, ?not-asked" \
  as_sunanda child admit --set birth="?maybe"
ok "a number that is none" refused 1 "Nothing was changed" as_sunanda child admit --set age=fifteen
ok "an unknown field" refused 1 "has no field \"shoe\"" as_sunanda child admit --set shoe=37
ok "one good field and an unknown one: neither is kept" refused 1 "has no field" as_sunanda child admit --set age=14 --set shoe=37
ok "an unknown form" refused 1 "no form \"shoes\"" as_sunanda record new shoes --child "$CHILD" --set size=37
ok "a form for nobody" refused 1 "Nothing was changed" as_sunanda record new family --set school=x
ok "no equals sign" refused 1 "FIELD=VALUE" as_sunanda record set "$NOTE" note
ok "a record that is not here" refused 1 "no record" as_sunanda record show abcdefabcdef
ok "a beginning that is too short" refused 1 "first six letters" as_sunanda record show abc
ok "an id that is none" refused 1 "not the beginning of an id" as_sunanda record show ../../../etc/passwd
ok "a child that is not here" refused 1 "Nothing was changed" as_sunanda child show Nobodyever
ok "a half date for what is due" refused 1 "not a day" as_sunanda due --on 2026-13
ok "a role that there is not" refused 1 "no role" as_sunanda due --role queen
ok "a person in a role that there is not" refused 1 "Nothing was changed" as_sunanda staff add Nila --role queen
ok "a person who is here already" refused 1 "Nothing was changed" as_sunanda staff add Rokeya --role house
ok "a reason that is none" refused 1 "Nothing was changed" as_sunanda staff remove Rokeya --reason tired
ok "somebody who is not here" refused 1 "Nothing was changed" as_sunanda staff remove Nila --reason left
ok "a file of text that is not there" refused 1 "reading a value" as_sunanda record set "$NOTE" note=@"$WORK/none"
ok "a command that there is not" untouched 2 "There is no command" as_sunanda child adopt
ok "no command" refused 2 "child admit" as_sunanda
ok "an option that there is not" untouched 2 "--shoe" as_sunanda child list --shoe 37
ok "an option without its value" untouched 2 "--search" as_sunanda child list --search
ok "a number for an option that is none" untouched 2 "abc" as_sunanda centre create --name N --staff S --unlock-ms abc
ok "who lives there, said wrongly" untouched 2 "girls, boys or both" as_sunanda centre create --name N --staff S --children cats
ok "what was not asked for" untouched 2 "Usage" as_sunanda centre show too much

# ---- arguments of a hostile kind ----
LONG=$(head -c 100000 /dev/zero | tr '\0' a)
BAD=$(printf 'a\377\376b')
ok "a name of 100,000 letters" refused 1 "Nothing was changed" as_sunanda staff add "$LONG" --role house
ok "an id of 100,000 letters" refused 1 "Nothing was changed" as_sunanda record show "$LONG"
ok "a command of 100,000 letters" untouched 2 "There is no command" as_sunanda "$LONG"
ok "a field of 100,000 letters" refused 1 "has no field" as_sunanda record set "$NOTE" "$LONG=x"
ok "an answer beyond every limit" refused 1 "Nothing was changed" as_sunanda record set "$NOTE" \
  note=@<(head -c 400000 /dev/zero | tr '\0' a)
ok "an answer that is not UTF-8" refused 1 "Nothing was changed" as_sunanda record set "$NOTE" note="$BAD"
ok "a field that is not UTF-8" refused 1 "Nothing was changed" as_sunanda record set "$NOTE" "$BAD=x"
ok "an option that is not UTF-8" untouched 2 "not text in UTF-8" as_sunanda child list --search "$BAD"
ok "a command that is not UTF-8" untouched 2 "There is no command" as_sunanda "$BAD"
ok "a person who is not UTF-8" untouched 2 "not text in UTF-8" \
  raw office --staff "$BAD" --passphrase-file "$WORK/secrets/office.Sunanda" child list
ok "a new name that is not UTF-8" refused 1 "Nothing was changed" as_sunanda staff add "$BAD" --role house

# ---- forms of one's own ----
sed 's/<section/<sektion/' "$HERE/../../data/forms/family.xml" >"$WORK/tags.xml"
sed 's/type="date"/type="dat"/' "$HERE/../../data/forms/welcome.xml" >"$WORK/type.xml"
head -c 300 "$HERE/../../data/forms/family.xml" >"$WORK/cut.xml"
head -c 5000 /dev/urandom >"$WORK/noise.xml"
: >"$WORK/empty.xml"
printf '<!DOCTYPE f [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>\n<form id="x">&b;</form>\n' >"$WORK/bomb.xml"
last_line() { grep -n -- "$1" "$2" | tail -1 | cut -d: -f1; }
ok "tags that do not match: line and reason" refused 1 "tags.xml: line $(last_line '</section>' "$WORK/tags.xml"): Opening and ending tag mismatch" "$CLI" form check "$WORK/tags.xml"
ok "a type that there is not: line and reason" refused 1 "line $(last_line 'type="dat"' "$WORK/type.xml"): field birth: type “dat” is none of" "$CLI" form check "$WORK/type.xml"
ok "half a form" refused 1 "cut.xml: line 7:" "$CLI" form check "$WORK/cut.xml"
ok "noise" refused 1 "noise.xml: line 1:" "$CLI" form check "$WORK/noise.xml"
ok "an empty form" refused 1 "empty.xml: line 1:" "$CLI" form check "$WORK/empty.xml"
ok "entities" refused 1 "document type is not allowed" "$CLI" form check "$WORK/bomb.xml"
ok "a folder" refused 1 "Is a directory" "$CLI" form check "$WORK"
ok "no file" refused 1 "Nothing was changed" "$CLI" form check "$WORK/none.xml"

# ---- cards ----
as_sunanda card show --out "$WORK/own.card" >/dev/null
SAN_STATE_DIR=$WORK/other.state "$CLI" --store "$WORK/other" --staff Sunanda --passphrase-file \
  "$WORK/secrets/other.Sunanda" card show --out "$WORK/other.card" >/dev/null
head -c 300 "$WORK/other.card" >"$WORK/cut.card"
head -c 900 /dev/urandom >"$WORK/noise.card"
head -c 9000 /dev/urandom >"$WORK/long.card"
: >"$WORK/empty.card"
for card in cut noise long empty; do
  ok "a card that is none: $card" refused 5 "Nothing from it was used" as_sunanda card number "$WORK/$card.card"
done
ok "one's own card" refused 1 "Nothing was changed" as_sunanda card number "$WORK/own.card"
ok "a folder instead of a card" refused 1 "Nothing was changed" as_sunanda card number "$WORK/secrets"
ok "a keyring instead of a card" refused 5 "Nothing from it was used" as_sunanda card number "$WORK/office/keyring"
ok "digits that are none" refused 1 "Nothing was changed" as_sunanda card number "$WORK/other.card" --digits 12x
ok "accepting before a number was agreed" refused 1 "Nothing was changed" as_sunanda card accept "$WORK/other.card" --number 123456
as_sunanda card number "$WORK/other.card" >/dev/null
ok "a number that is wrong" refused 1 "Nothing from it was used" as_sunanda card accept "$WORK/other.card" --number 000000
ok "a card that cannot be written there" refused 1 "Nothing was changed" as_sunanda card show --out "$WORK/none/own.card"

# ---- bundles and places ----
found third "A third house (example)" Kavita
as_meera() { raw other --staff Sunanda --passphrase-file "$WORK/secrets/other.Sunanda" "$@"; }
pair office Sunanda other Sunanda
pair other Sunanda third Kavita
as_meera bundle write --to "A third house (example)" --out "$WORK/third.dat" >/dev/null
as_meera bundle write --to "Shefali Bari (example)" --out "$WORK/ours.dat" >/dev/null
: >"$WORK/empty.dat"
head -c 65536 /dev/urandom >"$WORK/noise.dat"
for size in 1 543 600 4096 40000 65535; do head -c $size "$WORK/ours.dat" >"$WORK/cut.$size.dat"; done
cat "$WORK/ours.dat" "$WORK/ours.dat" >"$WORK/twice.dat"
for at in 0 40 300 545 700 20000 65000; do
  cp "$WORK/ours.dat" "$WORK/bit.$at.dat"
  byte=$(dd if="$WORK/ours.dat" bs=1 skip=$at count=1 status=none | od -An -tu1 | tr -d ' ')
  printf "\\x$(printf %02x $((${byte:-0} ^ 16)))" | dd of="$WORK/bit.$at.dat" bs=1 seek=$at conv=notrunc status=none
done
entries >"$WORK/entries.before"
ok "a bundle for somebody else" refused 1 "not for this centre" as_sunanda bundle apply "$WORK/third.dat"
ok "noise of the right size" refused 1 "not for this centre" as_sunanda bundle apply "$WORK/noise.dat"
ok "an empty bundle" refused 1 "not complete" as_sunanda bundle apply "$WORK/empty.dat"
for size in 1 543 600 4096 40000 65535; do
  ok "a bundle cut off after $size bytes" refused 1 "not complete" as_sunanda bundle apply "$WORK/cut.$size.dat"
done
for at in 0 40 300 545 700 20000 65000; do
  bit_turned() {
    refused 1 "" as_sunanda bundle apply "$WORK/bit.$at.dat" ||
      refused 5 "Nothing from it was used" as_sunanda bundle apply "$WORK/bit.$at.dat"
  }
  ok "a bundle with one bit turned at $at" bit_turned
done
ok "a bundle with another behind it" refused 5 "Nothing from it was used" as_sunanda bundle apply "$WORK/twice.dat"
ok "a card instead of a bundle" refused 1 "not for this centre" as_sunanda bundle apply "$WORK/own.card"
ok "a bundle instead of a card" refused 5 "Nothing from it was used" as_sunanda card number "$WORK/ours.dat"
ok "a folder instead of a bundle" refused 1 "not a regular file" as_sunanda bundle apply "$WORK/secrets"
ok "a device instead of a bundle" refused 1 "not a regular file" as_sunanda bundle apply /dev/zero
ok "no bundle" refused 1 "Nothing was changed" as_sunanda bundle apply "$WORK/none.dat"
ok "none of this was taken in" is "$(entries)" "$(cat "$WORK/entries.before")"
ok "and now the bundle that is for us" as_sunanda bundle apply "$WORK/ours.dat"
entries >"$WORK/entries.before"
ok "the same again" refused 1 "done before" as_sunanda bundle apply "$WORK/ours.dat"
ok "a bundle to nobody" refused 1 "Nothing was changed" as_sunanda bundle write --to Nobody --out "$WORK/x.dat"
ok "a bundle into no folder" refused 1 "Nothing was changed" as_sunanda bundle write --to "Another house (example)" --out "$WORK/none/x.dat"
ok "a place that is not there" refused 1 "Your notes are safe" as_sunanda exchange "$WORK/nowhere"
ok "a file instead of a place" refused 1 "Your notes are safe" as_sunanda exchange "$WORK/ours.dat"
ok "no place at all" refused 1 "no place yet" as_sunanda exchange
ok "an offer that is not here" refused 1 "no offer" as_sunanda offer accept abcdefabcdef
ok "a share with nobody" refused 1 "Nothing was changed" as_sunanda share "$CHILD" --to Nobody "${WHY[@]}"
ok "a share without why" refused 2 "--reason" as_sunanda share "$CHILD" --to "Gulmohar Ghar (example)"
ok "a laptop that is not here" refused 1 "no laptop" as_sunanda device revoke abcdef

# a place full of what others leave on pen drives
mkdir -p "$WORK/stick/folder.dat"
cp "$WORK/noise.dat" "$WORK/stick/"
cp "$WORK/third.dat" "$WORK/stick/abcdefghijklmnopqrstuvwxyz.dat"
cp "$WORK/cut.40000.dat" "$WORK/stick/bcdefghijklmnopqrstuvwxyza.dat"
: >"$WORK/stick/cdefghijklmnopqrstuvwxyzab.dat"
ln -s /etc/passwd "$WORK/stick/defghijklmnopqrstuvwxyzabc.dat"
mkfifo "$WORK/stick/efghijklmnopqrstuvwxyzabcd.dat"
head -c 3000 /dev/urandom >"$WORK/stick/holiday.jpg"
(cd "$WORK/stick" && find . -type f -exec sha256sum {} +) | sort >"$WORK/stick.before"
strange_place() {
  on office Sunanda --json exchange "$WORK/stick" >"$WORK/out" 2>"$WORK/err" || { cat "$WORK/err"; return 1; }
  jq -e '.received == 0' "$WORK/out" >/dev/null || { cat "$WORK/out"; return 1; }
  (cd "$WORK/stick" && find . -type f -exec sha256sum {} +) | sort >"$WORK/stick.after"
  [ -z "$(comm -23 "$WORK/stick.before" "$WORK/stick.after")" ] || { echo "somebody else's file was changed"; return 1; }
}
ok "a place full of strange files: it works, and leaves them as they are" strange_place

# ---- backups ----
mkdir -p "$WORK/backup" "$WORK/nobackup" "$WORK/back.state"
restore() {
  SAN_STATE_DIR=$WORK/back.state "$CLI" --passphrase-file "$WORK/secrets/office.Sunanda" restore "$@"
}
ok "a backup into no folder" refused 1 "Nothing was changed" as_sunanda backup "$WORK/nowhere/x"
ok "a backup into a file" refused 1 "Nothing was changed" as_sunanda backup "$WORK/ours.dat"
as_sunanda backup "$WORK/backup" >/dev/null
no_restore() {
  refused "$@" && [ ! -e "$WORK/back/store.db" ] && [ ! -e "$WORK/back/keyring" ]
}
ok "restoring with the code of another house" no_restore 3 "$CONSTANT" restore "$WORK/backup" --store "$WORK/back" \
  --recovery-file "$WORK/secrets/other.code" --old-laptop dead
ok "restoring with something that is no code" no_restore 3 "$CONSTANT" restore "$WORK/backup" --store "$WORK/back" \
  --recovery-file "$WORK/secrets/wrong" --old-laptop dead
ok "restoring from an empty folder" no_restore 1 "Nothing was changed" restore "$WORK/nobackup" --store "$WORK/back" \
  --recovery-file "$WORK/secrets/office.code" --old-laptop dead
ok "restoring from no folder" no_restore 1 "Nothing was changed" restore "$WORK/nowhere" --store "$WORK/back" \
  --recovery-file "$WORK/secrets/office.code" --old-laptop dead
ok "restoring over a store" untouched 1 "there is a store" restore "$WORK/backup" --store "$WORK/office" \
  --recovery-file "$WORK/secrets/office.code" --old-laptop dead
ok "restoring without saying where the old laptop is" no_restore 2 "--old-laptop" restore "$WORK/backup" --store "$WORK/back" \
  --recovery-file "$WORK/secrets/office.code"
cut_backup() {
  for file in "$WORK"/backup/*; do truncate -s -3000 "$file"; done
  no_restore 1 "Nothing" restore "$WORK/backup" --store "$WORK/back" --recovery-file "$WORK/secrets/office.code" --old-laptop dead
}
ok "restoring from a backup that was cut short" cut_backup

ok "after all this, the same notes and every signature right" is "$(entries)" "$(cat "$WORK/entries.before")"
ok "and the note says what it said" is "$(as_sunanda --json record show "$NOTE" | jq -r .fields.note.value)" "All slept well."
finish
