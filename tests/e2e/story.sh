#!/bin/bash
# story.sh BUILD - the main job, played for real in a terminal: two centres, their people, a pen
# drive between them. Ends with a table of what was checked; non-zero if anything was not as told.
set -u
BUILD=$(cd "${1:-build}" && pwd)
HERE=$(cd "$(dirname "$0")" && pwd)
KEEP=${2:-}
WORK=$(mktemp -d "${TMPDIR:-/tmp}/sanrakshan-story.XXXXXX")
. "$HERE/story-lib.sh"
finish() { unplug; [ -n "$KEEP" ] || rm -rf "$WORK"; }
trap finish EXIT
START=$SECONDS
names=()
results=()
failures=0

tell() { printf '\n\033[1m%s\033[0m\n' "$*"; }
line() { printf '   %s\n' "$*"; }
# check WHAT COMMAND…: runs it, remembers whether it was so
check() {
  local what=$1
  shift
  names+=("$what")
  if "$@" >"$WORK/out" 2>"$WORK/err"; then
    results+=(ok)
    line "✓ $what"
  else
    results+=(FAILED)
    failures=$((failures + 1))
    line "✗ $what"
    sed 's/^/      /' "$WORK/out" "$WORK/err" | head -8
  fi
}
is() { [ "$1" = "$2" ] || { echo "found \"$1\", expected \"$2\""; return 1; }; }
at_least() { [ "$1" -ge "$2" ] || { echo "found $1, expected $2 or more"; return 1; }; }
fails_with() { local code=$1; shift; "$@"; [ $? -eq "$code" ]; }
dues() { on "$1" "$2" --json due --child "$3" | jq '[.due[] | select(.state != "later")] | length'; }
child_of() { on "$1" "$2" --json child list | jq -r ".children[] | select(.alias == \"$3\") | .id"; }
field() { on "$1" "$2" --json record show "$3" | jq -r ".fields[\"$4\"].value"; }
versions() { on "$1" "$2" --json record show "$3" | jq -r ".fields[\"$4\"].versions"; }

tell "Two centres begin"
found office "Shefali Bari (example)" Sunanda
found gulmohar "Gulmohar Ghar (example)" Meera
check "two centres exist, each with a recovery code on paper" test -s "$WORK/secrets/office.code" -a -s "$WORK/secrets/gulmohar.code"

tell "Their people come, each by a slip of four words, and choose their own passphrases"
newcomer office Sunanda Mitali counsellor
newcomer office Sunanda Anjali case-worker
newcomer office Sunanda Sima nurse
newcomer office Sunanda Rokeya house
newcomer gulmohar Meera Asha counsellor
check "five people on the first laptop" is "$(on office Sunanda --json staff list | jq '[.staff[] | select(.state == "active")] | length')" 5
cp "$WORK/secrets/office.Sima" "$WORK/secrets/office.Nobody"
check "a wrong name opens nothing" fails_with 3 on office Nobody centre show
check "the superintendent never holds the clinical key" is "$(on office Sunanda --json centre show | jq -r '.rings[] | select(.compartment == "clinical") | .state')" "not held"

tell "Night. A child arrives; the house mother welcomes her with nothing but an age"
on office Rokeya --json child admit --set age=15 >"$WORK/child"
KADAM=$(jq -r .id "$WORK/child")
line "$(jq -r '"She is called \(.alias) here; her sign: \(.sign); bed \(.bed)."' "$WORK/child")"
check "she is welcomed by an age alone" test -n "$KADAM"
check "the superintendent sees at least four things due" at_least "$(dues office Sunanda "$KADAM")" 4
check "the house mother sees only her own part" at_least 2 "$(dues office Rokeya "$KADAM")"
on office Sunanda due --child "$KADAM" | head -5 | sed 's/^/   /'

tell "Morning. The counsellor writes a session"
SESSION=$(on office Mitali --json record new session --child "$KADAM" --set kind=stress --set minutes=45 \
  --set did="Drew the river. Slept until six." --set left=easier --set worried=no | jq -r .id)
on office Mitali record finish "$SESSION" >/dev/null
check "the counsellor reads it" is "$(field office Mitali "$SESSION" did)" "Drew the river. Slept until six."
check "the house mother's login cannot read it" fails_with 1 on office Rokeya record show "$SESSION"
check "the superintendent's login cannot read it either" fails_with 1 on office Sunanda record show "$SESSION"
check "a finished note is not changed any more" fails_with 1 on office Mitali record set "$SESSION" did="something else"
check "but takes an addition, signed and dated" on office Mitali record amend "$SESSION" --text "She also sang."

tell "WHO-5, twice"
who5() {
  on office Mitali --json record new score.who5 --child "$KADAM" --set i.cheerful="$1" --set i.calm="$1" \
    --set i.active="$1" --set i.rested="$1" --set i.interest="$1" --set next-step=talk | jq -r .id
}
FIRST=$(who5 1)
SECOND=$(who5 3)
line "$(on office Mitali --json record show "$SECOND" | jq -r '.score | "\(.total) of 100, change \(.change): \(.judged)"')"
check "scored 20, then 60" is "$(on office Mitali --json record show "$FIRST" | jq .score.total) $(on office Mitali --json record show "$SECOND" | jq .score.total)" "20 60"
check "the change is judged: easier" is "$(on office Mitali --json record show "$SECOND" | jq -r .score.judged)" easier

tell "The case worker makes her care plan, with her words first"
PLAN=$(on office Anjali --json record new icp-a --child "$KADAM" --set c1.aaaaaaaa.words="I want to finish class 8." \
  --set c1.aaaaaaaa.concern="Two years out of school." --set c1.aaaaaaaa.step="Bridge class." | jq -r .id)
SCHOOL=$(on office Anjali --json record new family --child "$KADAM" --set school="Example school" | jq -r .id)
check "the plan is there" is "$(field office Anjali "$PLAN" c1.aaaaaaaa.words)" "I want to finish class 8."

tell "A second laptop joins the first centre and catches up"
pen_drive 16
line "The pen drive is a $stick_kind."
check "card and number agree" join_laptop office Sunanda desk
on office Sunanda exchange "$stick" >/dev/null
on desk Sunanda exchange "$stick" >/dev/null
on office Sunanda exchange "$stick" >/dev/null
check "the second laptop knows the child" is "$(child_of desk Sunanda "$(jq -r .alias "$WORK/child")")" "$KADAM"
check "and her care plan" is "$(field desk Sunanda "$PLAN" c1.aaaaaaaa.step)" "Bridge class."
slip desk Sunanda Rokeya
on desk Sunanda exchange "$stick" >/dev/null
on office Sunanda exchange "$stick" >/dev/null
check "the house mother has her own seat there" test -n "$(on desk Rokeya --json child list | jq -r '.children[0].id')"

tell "The two centres pair: cards, six digits by phone, one number read out both ways"
check "a wrong number pairs nobody" fails_with 1 on office Sunanda card accept "$WORK/card.old" --number 000000
check "paired by card and number" pair office Sunanda gulmohar Meera

tell "Her file is shared with the other centre"
on office Sunanda share "$KADAM" --to "Gulmohar Ghar (example)" "${WHY[@]}" --compartments house,case >"$WORK/out" && sed 's/^/   /' "$WORK/out"
on office Sunanda exchange "$stick" >/dev/null
on gulmohar Meera exchange "$stick" >/dev/null
OFFER=$(on gulmohar Meera --json offer list | jq -r '.offers[0].id')
check "it is an offer there, in no list before somebody accepts" is "$(on gulmohar Meera --json child list | jq '.children | length')" 0
check "accepted" on gulmohar Meera offer accept "${OFFER:-none}"
check "her plan can be read there" is "$(field gulmohar Meera "$PLAN" c1.aaaaaaaa.words)" "I want to finish class 8."
check "her sessions cannot" fails_with 1 on gulmohar Asha record show "$SESSION"

tell "Both centres write the same field without seeing each other"
on office Anjali record set "$SCHOOL" school="Hill school" >/dev/null
on gulmohar Meera record set "$SCHOOL" school="River school" >/dev/null
for round in 1 2; do
  on office Sunanda exchange "$stick" >/dev/null
  on gulmohar Meera exchange "$stick" >/dev/null
done
on office Sunanda exchange "$stick" >/dev/null
check "both values are kept, here" is "$(versions office Anjali "$SCHOOL" school)" 2
check "and there" is "$(versions gulmohar Meera "$SCHOOL" school)" 2
check "and both sides show the same one first" is "$(field office Anjali "$SCHOOL" school)" "$(field gulmohar Meera "$SCHOOL" school)"
on office Anjali review list | sed 's/^/   /'
on office Anjali review pick "$SCHOOL" school 1 >/dev/null
CHOSEN=$(field office Anjali "$SCHOOL" school)
on office Sunanda exchange "$stick" >/dev/null
on gulmohar Meera exchange "$stick" >/dev/null
check "decided once, the same on both sides" is "$(field gulmohar Meera "$SCHOOL" school)/$(versions gulmohar Meera "$SCHOOL" school)" "$CHOSEN/1"

tell "The pen drive is pulled out half-way, then the exchange is repeated"
on office Rokeya --json record new day-note --set note="All slept well." >/dev/null
on office Anjali record set "$SCHOOL" school="Hill school, class 8" >/dev/null
ls "$stick" | sort >"$WORK/before"
on office Sunanda exchange "$stick" >/dev/null
ls "$stick" | sort | comm -13 "$WORK/before" - | while read -r new; do truncate -s 40000 "$stick/$new"; done
on gulmohar Meera --json exchange "$stick" >"$WORK/cut"
check "what was cut short is not used" is "$(field gulmohar Meera "$SCHOOL" school)" "$CHOSEN"
ls "$stick" | sort | comm -13 "$WORK/before" - | while read -r new; do rm -f "$stick/$new"; done
on office Sunanda exchange "$stick" >/dev/null
on gulmohar Meera exchange "$stick" >/dev/null
check "the repeated exchange brings it" is "$(field gulmohar Meera "$SCHOOL" school)" "Hill school, class 8"

tell "The power fails in the middle of a save"
count() { on office Anjali --json child show "$KADAM" | jq '.records | length'; }
BEFORE=$(count)
acknowledged=0
for i in 1 2 3 4 5 6; do
  on office Anjali record new follow-up --child "$KADAM" --set where="Example $i" >"$WORK/save" 2>/dev/null &
  sleep "0.$(printf %02d $((RANDOM % 60 + 5)))"
  pkill -9 -P $! 2>/dev/null
  kill -9 $! 2>/dev/null
  wait $! 2>/dev/null
  grep -q Saved "$WORK/save" && acknowledged=$((acknowledged + 1))
done
line "killed six times; $acknowledged saves had said \"Saved\""
check "what had said \"Saved\" is there, nothing is half there" at_least "$(count)" $((BEFORE + acknowledged))
check "verify finds everything in order" on office Sunanda verify

tell "A backup, the laptop is lost, and comes back from the sealed envelope"
mkdir -p "$WORK/backup"
check "backup written and read back" on gulmohar Meera backup "$WORK/backup"
rm -rf "$WORK/gulmohar" "$WORK/gulmohar.state"
mkdir -p "$WORK/gulmohar.state"
restore() {
  SAN_STATE_DIR=$WORK/gulmohar.state "$CLI" --store "$WORK/gulmohar" --passphrase-file "$WORK/secrets/gulmohar.Meera" --json \
    restore "$WORK/backup" --store "$WORK/gulmohar" --recovery-file "$1" --old-laptop lost --staff Meera
}
check "the wrong code opens nothing" fails_with 3 restore "$WORK/secrets/office.code"
rm -rf "$WORK/gulmohar"
check "the code in the envelope restores it" restore "$WORK/secrets/gulmohar.code"
check "the child is back" is "$(field gulmohar Meera "$SCHOOL" school)" "Hill school, class 8"
on gulmohar Meera exchange "$stick" >/dev/null
on office Anjali record set "$SCHOOL" school="Hill school, class 9" >/dev/null
on office Sunanda exchange "$stick" >/dev/null
on gulmohar Meera exchange "$stick" >/dev/null
check "and the exchange goes on" is "$(field gulmohar Meera "$SCHOOL" school)" "Hill school, class 9"

tell "Somebody leaves. What she wrote on the other laptop meanwhile is held, then accepted"
on office Sunanda staff remove Rokeya --reason left >/dev/null
LATE=$(on desk Rokeya --json record new day-note --set note="Written on Friday evening." | jq -r .id)
check "her login here is gone" fails_with 3 on office Rokeya centre show
on desk Sunanda exchange "$stick" >/dev/null
on office Sunanda exchange "$stick" >/dev/null
HELD=$(on office Sunanda --json review list | jq -r '.held[0].id')
check "her late note does not count yet" fails_with 1 on office Sunanda record show "$LATE"
check "a superintendent accepts it" on office Sunanda review accept "${HELD:-none}"
check "now it counts" is "$(field office Sunanda "$LATE" note)" "Written on Friday evening."
on office Sunanda exchange "$stick" >/dev/null
on desk Sunanda exchange "$stick" >/dev/null
check "on the other laptop too" is "$(field desk Sunanda "$LATE" note)" "Written on Friday evening."

tell "At the end every laptop looks through all its notes"
for laptop in office:Sunanda desk:Sunanda gulmohar:Meera; do
  check "verify on ${laptop%:*}" on "${laptop%:*}" "${laptop#*:}" verify
done

if [ -n "$KEEP" ]; then
  mkdir -p "$KEEP"
  cp -a "$WORK/." "$KEEP/"
fi
printf '\n%-64s %s\n' "What was checked" ""
for i in "${!names[@]}"; do printf '%-64s %s\n' "${names[$i]}" "${results[$i]}"; done
printf '\n%d checks, %d failed, on a %s, in %d seconds\n' "${#names[@]}" "$failures" "$stick_kind" $((SECONDS - START))
[ "$failures" -eq 0 ]
