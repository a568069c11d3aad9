#!/bin/bash
# test-people.sh BUILD - what people do with each other: a second counsellor, shares that wait for
# somebody who can read, the recovery code, a child who comes back, papers, what is not needed.
. "$(dirname "$0")/tap-lib.sh"
field() { on "$1" "$2" --json record show "$3" | jq -r ".fields[\"$4\"].value"; }
fails_with() { local code=$1; shift; "$@"; [ $? -eq "$code" ]; }
exchange_all() { for who in house:Sunanda far:Meera house:Sunanda far:Meera; do on "${who%:*}" "${who#*:}" exchange "$WORK/stick" >/dev/null || return 1; done; }

found house "Shefali Bari (example)" Sunanda
found far "Gulmohar Ghar (example)" Meera
newcomer house Sunanda Mitali counsellor
newcomer house Sunanda Ira counsellor
newcomer house Sunanda Anjali "case-worker"
newcomer house Sunanda Sima nurse
newcomer far Meera Asha counsellor
mkdir "$WORK/stick"

CHILD=$(on house Sunanda --json child admit --set age=15 --set name="Rupkatha Udaharan" --set alias=Bakul | jq -r .id)
SESSION=$(on house Mitali --json record new session --child "$CHILD" --set did="Drew the river." --set worried=no | jq -r .id)
ok "the first counsellor made the clinical ring" is "$(on house Mitali --json centre show | jq -r '.rings[] | select(.compartment == "clinical") | .state')" held
ok "a second counsellor reads nothing clinical by herself" fails_with 1 on house Ira record show "$SESSION"
NUMBER=$(on house Ira --json staff list | jq -r '.staff[] | select(.name == "Ira") | .number')
ok "a wrong number grants nothing" fails_with 1 on house Mitali staff grant Ira clinical --number 0000000000000000
ok "the superintendent cannot grant what she does not hold" fails_with 1 on house Sunanda staff grant Ira clinical --number "$NUMBER"
ok "a role that does not read it is not granted it" fails_with 1 on house Mitali staff grant Sima clinical --number "$(on house Sima --json staff list | jq -r '.staff[] | select(.name == "Sima") | .number')"
ok "a holder grants it, the number compared face to face" on house Mitali staff grant Ira clinical --number "$NUMBER"
ok "she opens the note of before" is "$(field house Ira "$SESSION" did)" "Drew the river."

ok "who lives there may wait" is "$(on house Sunanda --json centre show | jq .children)" null
ok "or is said at once" env SAN_STATE_DIR="$WORK/both.state" "$CLI" --store "$WORK/both" \
  --passphrase-file "$WORK/secrets/house.Sunanda" centre create --name "Both (example)" --staff Sunanda \
  --children both --unlock-ms 1 --recovery-file "$WORK/secrets/both.code"
cp "$WORK/secrets/house.Sunanda" "$WORK/secrets/both.Sunanda"
ok "and is known then" is "$(on both Sunanda --json centre show | jq -r .children)" both

ok "paired" pair house Sunanda far Meera
ok "shared, clinical too" on house Sunanda share Bakul --to "Gulmohar Ghar (example)" "${WHY[@]}" --compartments house,case,clinical
exchange_all
ok "the partner accepts" on far Meera offer accept "$(on far Meera --json offer list | jq -r '.offers[0].id')"
ok "nothing clinical is sealed before a counsellor confirms" fails_with 1 on far Asha record show "$SESSION"
PENDING=$(on house Mitali --json share pending | jq -r '.pending[] | select(.compartment == "clinical") | .id')
ok "it waits for the counsellor" test -n "$PENDING"
ok "not for the superintendent" is "$(on house Sunanda --json share pending | jq '.pending | length')" 0
ok "the counsellor confirms" on house Mitali share confirm "${PENDING:-none}"
exchange_all
ok "now the partner's counsellor reads it" is "$(field far Asha "$SESSION" did)" "Drew the river."
ok "the partner's superintendent does not" fails_with 1 on far Meera record show "$SESSION"

ok "a name is found in another script" is "$(on house Anjali --json child list --search "রূপকথা" | jq -r '.children[0].alias')" Bakul
ok "who may not read names finds nobody by name" is "$(on house Sima --json child list --search Rupkatha | jq '.children | length')" 0
ok "an alias close to the name is refused" fails_with 1 on house Sunanda child admit --set name="Madhabi Namuna" --set alias=Madhobi

printf 'not really a paper\0\1\2' >"$WORK/paper.pdf"
printf 'not really a photo\0\1\2' >"$WORK/paper.jpg"
ok "a photo that cannot be cleaned is refused" fails_with 1 on house Anjali record new order --child "$CHILD" --set kind=placement --set paper=@"$WORK/paper.jpg"
ORDER=$(on house Anjali --json record new order --child "$CHILD" --set kind=placement --set until=2030-01-01 --set paper=@"$WORK/paper.pdf" | jq -r .id)
ok "a paper is attached" test "$(find "$WORK/house/pieces" -type f | wc -l)" -ge 1
ok "its bytes are not on the disk in clear" sh -c "! grep -rqa 'really a paper' '$WORK/house'"
exchange_all
on house Anjali record new order --child "$CHILD" --set kind=placement --set until=2030-02-01 --set paper=@"$WORK/paper.pdf" >/dev/null
on house Sunanda exchange "$WORK/stick" >/dev/null
ok "who gets the notes is told that the paper follows" sh -c 'grep -q "^1 attached file follows" "$1" || { cat "$1"; false; }' - <(on far Meera exchange "$WORK/stick")
on house Sunanda exchange "$WORK/stick" >"$WORK/sent"
ok "a paper that goes alone is told, and no notes" is "$(head -1 "$WORK/sent")" "Attached files were sent."
ok "and counted where it arrives" is "$(on far Meera --json exchange "$WORK/stick" | jq -c '[.received, .["pieces-received"], .places[0]["pieces-received"], .["files-to-come"]]')" "[0,1,1,0]"
ok "prefilled answers say where they come from" test -n "$ORDER"

DUE=$(on house Sima --json due --child "$CHILD" | jq -r '.due[] | select(.milestone == "exam-24h") | .state')
ok "the nurse's examination is due" test -n "$DUE"
on house Sima --json record new not-needed --child "$CHILD" --set milestone=exam-24h --set reason="Done at the hospital." >/dev/null
ok "not needed, because: the row goes" is "$(on house Sima --json due --child "$CHILD" | jq '[.due[] | select(.milestone == "exam-24h")] | length')" 0

EXIT=$(on house Anjali --json record new exit --child "$CHILD" --set left=now --set kind=family | jq -r .id)
ok "she leaves" is "$(on house Sunanda --json child show "$CHILD" | jq -r .status)" follow-up
ok "follow-up is due after it" test -n "$(on house Anjali --json due --child "$CHILD" | jq -r '.due[] | select(.milestone == "follow-1m") | .at')"
ok "she comes back: a second stay, her story kept" is "$(on house Sunanda --json child return "$CHILD" | jq '"\(.stay) \(.alias)"' -r)" "2 Bakul"
ok "nobody returns twice" fails_with 1 on house Sunanda child return "$CHILD"
ok "an exit written by mistake is withdrawn, not deleted" on house Anjali record withdraw "$EXIT" --reason "Written by mistake."
ok "and stays in the history" is "$(on house Anjali --json record show "$EXIT" | jq .withdrawn)" true

secret house Sunanda "another long set of words"
printf 'another long set of words\n' >"$WORK/secrets/house.new"
recover() { SAN_STATE_DIR=$WORK/house.state "$CLI" --store "$WORK/house" --staff Sunanda --passphrase-file "$WORK/secrets/house.new" staff recover --recovery-file "$1" --new-recovery-file "$2"; }
ok "a wrong code recovers nothing" fails_with 3 recover "$WORK/secrets/far.code" "$WORK/secrets/none.code"
ok "and leaves no new one" test ! -e "$WORK/secrets/none.code"
ok "a file that is there already is not written over" fails_with 1 recover "$WORK/secrets/house.code" "$WORK/secrets/far.code"
ok "a superintendent who forgot comes in by the code" recover "$WORK/secrets/house.code" "$WORK/secrets/house.code2"
ok "and finds another one, for her eyes only" is "$(stat -c %a "$WORK/secrets/house.code2")" 600
ok "with her new passphrase" on house Sunanda centre show
ok "the old code opens nothing any more" fails_with 3 recover "$WORK/secrets/house.code" "$WORK/secrets/none.code"
ok "the new one does" recover "$WORK/secrets/house.code2" "$WORK/secrets/house.code3"
ok "and reads what she read" is "$(on house Sunanda --json child show "$CHILD" | jq -r .name)" "Rupkatha Udaharan"
ok "the nurse takes two roles" on house Sunanda staff add Two --role nurse+legal
ok "nothing speaks against the date" is "$(on house Sunanda --json device clock | jq .doubtful)" false
ok "the date is confirmed" on house Sunanda device clock --confirm
ok "verify" on house Sunanda verify
ok "rebuild changes nothing" on house Sunanda rebuild
ok "verify again" on house Sunanda verify
finish
