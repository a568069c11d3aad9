#!/bin/bash
# test-kill.sh BUILD - the real programme, killed at random moments while it saves: what it had said
# was saved is there, nothing is half there, every signature is right. In TAP.
. "$(dirname "$0")/tap-lib.sh"
SEED=${SAN_SEED:-$((RANDOM * 32768 + RANDOM))}
KILLS=${SAN_KILLS:-50}
RANDOM=$((SEED % 32768))
note "seed $SEED, $KILLS kills (SAN_SEED, SAN_KILLS)"

found office "Shefali Bari (example)" Sunanda
newcomer office Sunanda Rokeya house
CHILD=$(on office Sunanda --json child admit --set age=15 | jq -r .id)
SET=$(on office Sunanda --json record new day-note --set note="set 0" | jq -r .id)
mkdir "$WORK/acknowledged" "$WORK/stick" "$WORK/backup"
join_laptop office Sunanda desk
for laptop in office desk office; do on $laptop Sunanda exchange "$WORK/stick" >/dev/null; done

now_ms() { echo $(($(date +%s%N) / 1000000)); }
# how long an unhurried save takes here, so that kills fall into its whole length
begun=$(now_ms)
on office Rokeya record new day-note --set note="unhurried" >/dev/null
LENGTH=$(($(now_ms) - begun))
note "a save takes $LENGTH ms here"

killed=0
finished=0
# hurry PERSON COMMAND…: killed somewhere between its start and a little after its end; each third
# one as soon as it has said that it is done
hurry() {
  local pid ms
  start office "$@" >"$WORK/out" 2>"$WORK/err"
  pid=$!
  if [ $((round % 3)) -eq 0 ]; then
    while [ ! -s "$WORK/out" ] && kill -0 "$pid" 2>/dev/null; do :; done
  else
    ms=$((RANDOM % (LENGTH * 5 / 4) + 1))
    sleep "$((ms / 1000)).$(printf %03d $((ms % 1000)))"
  fi
  if kill -9 "$pid" 2>/dev/null; then killed=$((killed + 1)); else finished=$((finished + 1)); fi
  wait "$pid" 2>/dev/null
}

last_set=0
round=0
while [ $round -lt "$KILLS" ]; do
  round=$((round + 1))
  case $((round % 10)) in
    0 | 5) hurry Sunanda child admit --set age=14 --set bed="B$round"
       grep -q Welcome "$WORK/out" && sed 's/^Welcome, \(.*\)\. Sign.*/\1/;q' "$WORK/out" >"$WORK/acknowledged/child.$round" ;;
    1 | 3) hurry Sunanda record set "$SET" note="set $round"
       grep -q Saved "$WORK/out" && last_set=$round ;;
    2 | 7) hurry Rokeya record new day-note --set note="token $round"
       grep -q Saved "$WORK/out" && sed 's/.*day-note //;q' "$WORK/out" >"$WORK/acknowledged/note.$round" ;;
    4) hurry Sunanda record new family --child "$CHILD" --set school="token $round"
       grep -q Saved "$WORK/out" && sed 's/.*family //;q' "$WORK/out" >"$WORK/acknowledged/school.$round" ;;
    6 | 8) hurry Sunanda exchange "$WORK/stick"
       on desk Sunanda exchange "$WORK/stick" >"$WORK/log" 2>&1 || echo "round $round: $(cat "$WORK/log")" >>"$WORK/failed" ;;
    9) hurry Sunanda backup "$WORK/backup" ;;
  esac
  [ $((round % 10)) -ne 0 ] || ok "after $round kills every signature is right" on office Sunanda verify
done 2>"$WORK/shell"
note "$killed killed, $finished had ended before; $(ls "$WORK/acknowledged" | wc -l) and set $last_set were acknowledged"

nothing_is_lost() {
  local file kind id value
  on office Sunanda --json child list >"$WORK/children"
  for file in "$WORK"/acknowledged/*; do
    kind=$(basename "$file")
    id=$(cat "$file")
    case $kind in
      child.*) jq -e --arg a "$id" 'any(.children[]; .alias == $a)' "$WORK/children" >/dev/null || { echo "$kind is lost"; return 1; } ;;
      note.*) value=$(on office Sunanda --json record show "$id" | jq -r .fields.note.value)
        [ "$value" = "token ${kind#*.}" ] || { echo "$kind is lost"; return 1; } ;;
      school.*) value=$(on office Sunanda --json record show "$id" | jq -r .fields.school.value)
        [ "$value" = "token ${kind#*.}" ] || { echo "$kind is lost"; return 1; } ;;
    esac
  done
  value=$(on office Sunanda --json record show "$SET" | jq -r .fields.note.value)
  [ "${value#set }" -ge "$last_set" ] || { echo "\"$value\" stands there; $last_set was acknowledged"; return 1; }
}
no_half_children() { on office Sunanda --json child list | jq -e 'all(.children[]; (.alias | length > 0) and (.sign | length > 0) and .day == 1)'; }

other_laptop() {
  local laptop
  [ ! -s "$WORK/failed" ] || { cat "$WORK/failed"; return 1; }
  for laptop in office desk office desk; do on $laptop Sunanda exchange "$WORK/stick" >/dev/null || return 1; done
  on office Sunanda --json child list | jq '[.children[] | del(.day)] | sort_by(.id)' >"$WORK/one"
  on desk Sunanda --json child list | jq '[.children[] | del(.day)] | sort_by(.id)' >"$WORK/two"
  diff "$WORK/one" "$WORK/two" && on desk Sunanda verify
}
backup_after_all() {
  mkdir -p "$WORK/back.state"
  on office Sunanda backup "$WORK/backup" || return 1
  SAN_STATE_DIR=$WORK/back.state "$CLI" --store "$WORK/back" --passphrase-file "$WORK/secrets/office.Sunanda" \
    restore "$WORK/backup" --store "$WORK/back" --recovery-file "$WORK/secrets/office.code" --old-laptop dead || return 1
  cp "$WORK/secrets/office.Sunanda" "$WORK/secrets/back.Sunanda"
  on back Sunanda --json child list | jq '[.children[] | del(.day)] | sort_by(.id)' >"$WORK/three"
  diff "$WORK/one" "$WORK/three" && on back Sunanda verify
}

ok "at least a third of the kills hit it at work" test "$((killed * 3))" -ge "$KILLS"
ok "some were acknowledged, and killed in the same breath" test "$(ls "$WORK/acknowledged" | wc -l)" -ge 3
ok "nothing that was acknowledged is lost" nothing_is_lost
ok "no child is half there" no_half_children
ok "no temporary files are left after the next unlock" test -z "$(find "$WORK/office" -name '*.tmp')"
ok "what is shown is what the notes say" on office Sunanda rebuild
ok "the other laptop, which went on all the time, comes to the same" other_laptop
ok "a backup after all this is whole, and comes back" backup_after_all
ok "and every signature is right" on office Sunanda verify
finish
