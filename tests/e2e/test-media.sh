#!/bin/bash
# test-media.sh BUILD [folder] - what pen drives do: FAT and ext4 images, mounted and pulled, and a
# plain folder. Three centres exchange over each: full, read-only, pulled at random moments, crowded
# with strange files, names in capitals, backup. What this machine cannot do is skipped by name. In
# TAP. With "folder" only that one; root runs it a second time so, as an ordinary user.
. "$(dirname "$0")/tap-lib.sh"
. "$HERE/media-lib.sh"
SEED=${SAN_SEED:-$((RANDOM * 32768 + RANDOM))}
PULLS=${SAN_PULLS:-30}
ALIENS=${SAN_ALIENS:-5000}
RANDOM=$((SEED % 32768))
FIRST=$SECONDS
kinds=0
note "seed $SEED, $PULLS pulls, $ALIENS strange files (SAN_SEED, SAN_PULLS, SAN_ALIENS)"

# --- three centres, each with a child that another one knows too ---

found office "Shefali Bari (example)" Sunanda
found gulmohar "Gulmohar Ghar (example)" Meera
found river "River House (example)" Ruth
pair office Sunanda gulmohar Meera && pair gulmohar Meera river Ruth && pair river Ruth office Sunanda || {
  echo "Bail out! three centres could not pair"
  exit 1
}
# admit_and_share LAPTOP PERSON CENTRE: prints the family record
admit_and_share() {
  local child
  child=$(on "$1" "$2" --json child admit --set age=15 | jq -r .id)
  on "$1" "$2" --json record new family --child "$child" --set school="at first" | jq -r .id
  on "$1" "$2" share "$child" --to "$3" "${WHY[@]}" --compartments house,case >/dev/null
}
FAMILY=$(admit_and_share office Sunanda "Gulmohar Ghar (example)")
THEIRS=$(admit_and_share gulmohar Meera "River House (example)")
THIRDS=$(admit_and_share river Ruth "Shefali Bari (example)")

swap() { on "$1" "$2" --json exchange "$stick"; }
school() { on "$1" "$2" --json record show "$3" | jq -r .fields.school.value; }
write() { on "$1" "$2" record set "$3" school="$4" >/dev/null; }
arrived() { is "$(school "$1" "$2" "$3")" "$4"; }
accept_all() {
  local id
  for id in $(on "$1" "$2" --json offer list | jq -r '.offers[].id'); do on "$1" "$2" offer accept "$id" || return 1; done
}

# --- what every medium must do ---

everybody() { swap office Sunanda && swap gulmohar Meera && swap river Ruth; }
three_centres() {
  write office Sunanda "$FAMILY" "$kind: 1" && write gulmohar Meera "$THEIRS" "$kind: 1" && write river Ruth "$THIRDS" "$kind: 1" || return 1
  everybody && swap office Sunanda && swap gulmohar Meera || return 1
  if [ -z "${accepted:-}" ]; then
    accept_all office Sunanda && accept_all gulmohar Meera && accept_all river Ruth || return 1
    accepted=yes
  fi
  is "$(school gulmohar Meera "$FAMILY"), $(school river Ruth "$THEIRS"), $(school office Sunanda "$THIRDS")" "$kind: 1, $kind: 1, $kind: 1" || return 1
  everybody && swap office Sunanda >"$WORK/last" || return 1
  is "$(jq -c '.places[0] | [.damaged, .incomplete, .problems]' "$WORK/last")" "[0,0,[]]" || return 1
}
both_ways() {
  write office Sunanda "$FAMILY" "$kind: there" && swap office Sunanda && swap gulmohar Meera || return 1
  arrived gulmohar Meera "$FAMILY" "$kind: there" || return 1
  write gulmohar Meera "$FAMILY" "$kind: and back" && swap gulmohar Meera && swap office Sunanda || return 1
  arrived office Sunanda "$FAMILY" "$kind: and back"
}
settled() {
  swap office Sunanda >/dev/null && swap gulmohar Meera >/dev/null && swap office Sunanda >/dev/null && swap gulmohar Meera >/dev/null
  is "$(swap office Sunanda | jq -c '[.received, .sent, .places[0].files]')" "[0,0,0]"
}
only_known_names() {
  local strange
  strange=$(list_stick | grep -viE '^([a-z2-7]{26}|erased)\.dat$')
  is "$strange" ""
}
capitals() {
  write office Sunanda "$FAMILY" "$kind: LOUD" && swap office Sunanda || return 1
  shout
  swap gulmohar Meera >"$WORK/loud" || return 1
  arrived gulmohar Meera "$FAMILY" "$kind: LOUD" || return 1
  is "$(jq '.places[0].damaged + .places[0].incomplete' "$WORK/loud")" 0
}
capitals_back() {
  write gulmohar Meera "$FAMILY" "$kind: quiet" && swap gulmohar Meera && swap office Sunanda && arrived office Sunanda "$FAMILY" "$kind: quiet"
}

# --- full ---

# refused WORDS COMMAND…: exit code 1, one sentence that has these words, no other
refused() {
  local words=$1 code
  shift
  "$@" >"$WORK/refused.out" 2>"$WORK/refused.err"
  code=$?
  cat "$WORK/refused.out" "$WORK/refused.err"
  [ "$code" -eq 1 ] || { echo "exit code $code"; return 1; }
  grep -q -- "$words" "$WORK/refused.err" || { echo "nothing says \"$words\""; return 1; }
  is "$(wc -l <"$WORK/refused.err")" 1
}
# What came was read, so these words are not true then.
claims_too_much() { grep -qi 'nothing was changed\|nothing was saved' "$WORK/refused.err"; }
full_stick() {
  write office Sunanda "$FAMILY" "$kind: on a full one" && write gulmohar Meera "$FAMILY" "$kind: came all the same" || return 1
  swap gulmohar Meera || return 1
  fill_stick "$1" || return 1
  refused "no space" swap office Sunanda && ! claims_too_much
}
full_says_how_much() { grep -Eq 'room for [0-9]+ bytes, [0-9]+ are needed' "$WORK/refused.err"; }
full_leaves_nothing() { is "$(list_stick | grep -i '[.]part')" ""; }
full_was_read() { [ "$(jq .received "$WORK/refused.out")" -gt 0 ]; }
after_full() {
  rm -f "$stick"/filler*
  swap office Sunanda && swap gulmohar Meera && swap office Sunanda || return 1
  is "$(on gulmohar Meera --json record show "$FAMILY" | jq -r .fields.school.versions)" 2 || return 1
  write office Sunanda "$FAMILY" "$kind: one again" && swap office Sunanda && swap gulmohar Meera && arrived gulmohar Meera "$FAMILY" "$kind: one again"
}

# --- read-only ---

read_only() {
  write gulmohar Meera "$FAMILY" "$kind: sealed" && swap gulmohar Meera && write office Sunanda "$THIRDS" "$kind: not sent yet" || return 1
  lock_stick || return 1
  refused "cannot be written to" swap office Sunanda && ! claims_too_much
}
read_only_was_read() { arrived office Sunanda "$FAMILY" "$kind: sealed"; }
after_read_only() { swap office Sunanda && swap river Ruth && arrived river Ruth "$THIRDS" "$kind: not sent yet"; }

# --- backup ---

back_up() { on gulmohar Meera backup "$stick"; }
restore_here() {
  rm -rf "$WORK/gulmohar" "$WORK/gulmohar.state"
  mkdir -p "$WORK/gulmohar.state"
  raw gulmohar --json restore "$stick" --store "$WORK/gulmohar" --recovery-file "$WORK/secrets/gulmohar.code" --old-laptop dead >"$WORK/restored"
}
goes_on() {
  swap gulmohar Meera && swap office Sunanda && swap gulmohar Meera || return 1
  write gulmohar Meera "$FAMILY" "$kind: restored" && swap gulmohar Meera && swap office Sunanda && arrived office Sunanda "$FAMILY" "$kind: restored"
}

# --- thousands of other files ---

# effort COMMAND…: $took is how many milliseconds of a processor it used, whatever else runs here
effort() {
  local code TIMEFORMAT='%U %S'
  { time "$@" >"$WORK/effort.out" 2>&1; } 2>"$WORK/effort"
  code=$?
  cat "$WORK/effort.out"
  took=$(awk '{ print int (($1 + $2) * 1000) }' "$WORK/effort")
  return $code
}
crowded_look() {
  swap gulmohar Meera >"$WORK/crowd" || return 1
  [ "$(jq .received "$WORK/crowd")" -gt 0 ] || { cat "$WORK/crowd"; return 1; }
  is "$(jq '.places[0].damaged' "$WORK/crowd")" 0 && arrived gulmohar Meera "$FAMILY" "$kind: in the crowd"
}
second_look() { swap gulmohar Meera >"$WORK/crowd" && is "$(jq .received "$WORK/crowd")" 0; }
crowd() {
  local first
  write office Sunanda "$FAMILY" "$kind: in the crowd"
  swap office Sunanda >/dev/null
  if ! make_aliens; then
    skip "$kind: $ALIENS strange files" "they do not fit here"
    return
  fi
  ok "$kind: among $ALIENS strange files one's own is found" effort crowded_look
  first=$took
  ok "$kind: a second look at them finds nothing new" effort second_look
  note "$kind: the first look took $first ms of a processor, the second $took ms"
  ok "$kind: the first look ends in seconds" test "$first" -lt 10000
  ok "$kind: the second is not slower" test "$took" -le $((first * 3 + 200))
  ok "$kind: all of the strange files are still there" is "$(count_aliens)" "$ALIENS"
  if back_up >/dev/null; then ok "$kind: a backup among them is found too" restore_here; fi
  remove_aliens
}

# --- pulled ---

# pull_round N: one side is interrupted at a random moment; what the other finds then is old, or
# not complete, or the whole; the repeated exchange brings all of it
pull_round() {
  local round=$1 value="$kind: round $1" us part code received
  if [ $((round % 3)) -eq 0 ]; then set -- gulmohar Meera office Sunanda; else set -- office Sunanda gulmohar Meera; fi
  write "$1" "$2" "$FAMILY" "$value" || return 1
  part=$((RANDOM % 2))
  us=$(((RANDOM * 32768 + RANDOM) % (part ? 6000 : LENGTH * 1100)))
  touch "$WORK/begun"
  start "$1" "$2" --json exchange "$stick" >"$WORK/pulled.out" 2>"$WORK/pulled.err"
  pull $! $us $part
  code=$?
  case $code in
    0) said=$((said + 1)) ;;
    1) refusals=$((refusals + 1)); is "$(wc -l <"$WORK/pulled.err")" 1 || return 1 ;;
    137) killed=$((killed + 1)) ;;
    *) echo "exit code $code"; cat "$WORK/pulled.err"; return 1 ;;
  esac
  insert || { echo "the stick cannot be mounted again"; return 1; }
  case $(list_stick) in *.part*) parts=$((parts + 1)) ;; esac
  is "$(list_stick | grep -viE '^([a-z2-7]{26}|erased)\.dat(\.part)?$')" "" || return 1
  swap "$3" "$4" >"$WORK/other" || { echo "the other side fails"; return 1; }
  is "$(jq -c '[.places[0].damaged, .places[0].problems]' "$WORK/other")" "[0,[]]" || return 1
  received=$(jq .received "$WORK/other")
  if [ "$received" -eq 0 ]; then absent=$((absent + 1)); else whole=$((whole + 1)); fi
  incomplete=$((incomplete + $(jq '.places[0].incomplete > 0 | if . then 1 else 0 end' "$WORK/other")))
  [ $code -ne 0 ] || [ "$received" -gt 0 ] || { echo "it was said to be written, and is not there"; return 1; }
  [ $code -eq 0 ] || on "$1" "$2" verify || return 1
  swap "$1" "$2" || { echo "the repeated exchange fails"; return 1; }
  swap "$3" "$4" || { echo "the other side fails, afterwards"; return 1; }
  arrived "$3" "$4" "$FAMILY" "$value"
}
pulls() {
  local round=0 begun failed=0
  said=0 refusals=0 killed=0 parts=0 absent=0 whole=0 incomplete=0
  begun=$(now_ms)
  write office Sunanda "$FAMILY" "$kind: unhurried" && swap office Sunanda >/dev/null
  LENGTH=$(($(now_ms) - begun))
  while [ $round -lt "$1" ]; do
    round=$((round + 1))
    pull_round $round >"$WORK/round" 2>&1 || { failed=$((failed + 1)); echo "# round $round:"; head -c 2000 "$WORK/round" | sed 's/^/#   /'; }
  done
  note "$kind: an exchange takes $LENGTH ms; of $1 pulled $said had ended well, $refusals said a sentence, $killed were killed;" \
    "$parts left a .part; the other side found the whole $whole times, nothing $absent times, something not complete $incomplete times"
  ok "$kind: pulled at $1 random moments, nothing is lost, nothing is half there" test $failed -eq 0
}

# --- all of it, on one medium ---

medium() {
  kind=$1
  local begun=$SECONDS share=$2 why
  if ! why=$(make_medium "$kind"); then
    for what in "exchange both ways" "three centres" "full" "read-only" "capitals" "backup and restore" "strange files" "pulled"; do
      skip "$kind: $what" "$why"
    done
    return
  fi
  kinds=$((kinds + 1))
  insert
  ok "$kind: a stick with the files of three centres" three_centres
  ok "$kind: exchange both ways" both_ways
  ok "$kind: at rest nothing more is written" settled
  ok "$kind: nothing else lies on it" only_known_names
  ok "$kind: names in capitals are read" capitals
  ok "$kind: and are no hindrance on the way back" capitals_back
  if [ "$kind" != folder ]; then
    ok "$kind: full: a clear sentence" full_stick 30000
    ok "$kind: full: it says how much is needed" full_says_how_much
    ok "$kind: full: nothing is left half written" full_leaves_nothing
    ok "$kind: full: what was there for us is read" full_was_read
    ok "$kind: full: the notes are safe" on office Sunanda verify
    ok "$kind: full: no backup either, and a clear sentence" refused "no space" on gulmohar Meera backup "$stick"
    ok "$kind: with room again everything goes" after_full
  else
    skip "$kind: full" "a folder has no end of its own"
  fi
  if why=$(lock_stick); then
    unlock_stick
    ok "$kind: read-only: a clear sentence" read_only
    ok "$kind: read-only: what was there for us is read" read_only_was_read
    ok "$kind: read-only: the notes are safe" on office Sunanda verify
    unlock_stick
    ok "$kind: unlocked everything goes" after_read_only
  else
    skip "$kind: read-only" "$why"
  fi
  ok "$kind: a backup is written and read back" back_up
  ok "$kind: and restored" restore_here
  ok "$kind: and the exchange goes on" goes_on
  crowd
  pulls "$share"
  remove
  note "$kind: $((SECONDS - begun)) s"
}

# --- as an ordinary user, where root may write everywhere ---

ordinary() {
  local line
  mkdir "$WORK/theirs" && chown 65534:65534 "$WORK/theirs" && chmod 711 "$WORK"
  while read -r line; do
    case $line in
      "ok "* | "not ok "*) cases=$((cases + 1)); echo "${line%%ok *}ok $cases - as an ordinary user: ${line#*ok * - }" ;;
      1..*) ;;
      *) echo "$line" ;;
    esac
  done < <(cd / && TMPDIR=$WORK/theirs SAN_PULLS=6 SAN_ALIENS=1000 SAN_SEED=$SEED setpriv --reuid=65534 --regid=65534 --clear-groups bash "$HERE/test-media.sh" "$BUILD" folder 2>&1)
}

if [ "${2:-}" = folder ]; then
  medium folder "$PULLS"
elif [ -n "${may_mount:-}" ] && setpriv --reuid=65534 --regid=65534 --clear-groups test -x "$CLI" -a -r "$HERE/tap-lib.sh" 2>/dev/null; then
  medium FAT "$((PULLS / 2))"
  medium ext4 "$((kinds > 0 ? PULLS - PULLS / 2 : PULLS))"
  ordinary
else
  medium FAT "$((PULLS / 2))"
  medium ext4 "$((kinds > 0 ? PULLS - PULLS / 2 : PULLS))"
  medium folder "$((kinds > 0 ? PULLS / 3 : PULLS))"
fi
note "$((SECONDS - FIRST)) s in all"
finish
