# story-lib.sh - laptops, people and pen drives for the story and the end-to-end tests; sourced.
# Needs: BUILD (build folder, absolute), WORK (an empty private folder).
CLI=${CLI:-$BUILD/src/cli/sanrakshan-cli}
export SAN_DATA_DIR=$BUILD/data
export TZ=Asia/Kolkata
[ -e /usr/share/zoneinfo/$TZ ] || TZ=IST-5:30
umask 077
# why a child is shared: nothing goes without it
WHY=(--reason "Her school is near them." --basis order --told yes --said "I want to go on there.")

# on LAPTOP PERSON COMMAND…: what this person does at that laptop
on() {
  laptop=$1
  person=$2
  shift 2
  SAN_STATE_DIR=$WORK/$laptop.state "$CLI" --store "$WORK/$laptop" --staff "$person" \
    --passphrase-file "$WORK/secrets/$laptop.$person" "$@"
}

# secret LAPTOP PERSON WORDS: her passphrase on that laptop, in a file that only we can read
secret() {
  mkdir -p "$WORK/secrets" "$WORK/$1.state"
  printf '%s\n' "$3" >"$WORK/secrets/$1.$2"
}

# newcomer LAPTOP SUPERINTENDENT PERSON ROLE: added by a slip, chooses her own passphrase
newcomer() {
  mkdir -p "$WORK/secrets"
  on "$1" "$2" --json staff add "$3" --role "$4" | jq -r .slip >"$WORK/secrets/slip"
  first_unlock "$1" "$3"
}

# slip LAPTOP SUPERINTENDENT PERSON: somebody known already comes to this laptop
slip() {
  on "$1" "$2" --json staff slip "$3" | jq -r .slip >"$WORK/secrets/slip"
  first_unlock "$1" "$3"
}

first_unlock() {
  secret "$1" "$2" "$2 keeps these words to herself"
  SAN_STATE_DIR=$WORK/$1.state "$CLI" --store "$WORK/$1" --staff "$2" --passphrase-file "$WORK/secrets/slip" \
    staff passphrase --new-passphrase-file "$WORK/secrets/$1.$2" >/dev/null
  rm -f "$WORK/secrets/slip"
}

# found LAPTOP NAME PERSON: a new centre; its recovery code lies in secrets/LAPTOP.code
found() {
  secret "$1" "$3" "$3 keeps these words to herself"
  SAN_STATE_DIR=$WORK/$1.state "$CLI" --store "$WORK/$1" --passphrase-file "$WORK/secrets/$1.$3" \
    centre create --name "$2" --place "Example Nagar" --staff "$3" --unlock-ms 1 \
    --recovery-file "$WORK/secrets/$1.code" >/dev/null
}

# pair LAPTOP PERSON LAPTOP PERSON: cards, six digits by phone, the number read out both ways
pair() {
  on "$1" "$2" card show --out "$WORK/card.1" >/dev/null
  on "$3" "$4" card show --out "$WORK/card.2" >/dev/null
  agree "$1" "$2" "$WORK/card.2" "$3" "$4" "$WORK/card.1" || return 1
  on "$1" "$2" card accept "$WORK/card.2" --number "$number_two" >/dev/null &&
    on "$3" "$4" card accept "$WORK/card.1" --number "$number_one" >/dev/null
}

# agree LAPTOP PERSON THEIR-CARD LAPTOP PERSON THEIR-CARD: both see one number
agree() {
  on "$1" "$2" --json card number "$3" >"$WORK/number.1"
  digits=$(jq -r .digits "$WORK/number.1")
  number_one=$(jq -r .number "$WORK/number.1")
  number_two=$(on "$4" "$5" --json card number "$6" --digits "$digits" | jq -r .number)
  [ -n "$number_one" ] && [ "$number_one" = "$number_two" ]
}

# join OLD PERSON NEW: a second laptop of the same centre
join_laptop() {
  on "$1" "$2" card show --out "$WORK/card.old" >/dev/null
  secret "$3" "$2" "$2 keeps these words to herself"
  SAN_STATE_DIR=$WORK/$3.state "$CLI" --store "$WORK/$3" --passphrase-file "$WORK/secrets/$3.$2" \
    centre join "$WORK/card.old" --staff "$2" --out "$WORK/card.new" --unlock-ms 1 >/dev/null
  agree "$1" "$2" "$WORK/card.new" "$3" "$2" "$WORK/card.old" || return 1
  on "$1" "$2" card accept "$WORK/card.new" --number "$number_two" >/dev/null
}

# A pen drive: a FAT image (else ext4), loop-mounted, where we are root and may; else a folder.
# stick_kind says which.
pen_drive() {
  stick=$WORK/stick
  mkdir -p "$stick"
  stick_kind=folder
  [ "$(id -u)" -eq 0 ] || return 0
  PATH=$PATH:/usr/sbin:/sbin
  dd if=/dev/zero of="$WORK/stick.img" bs=1M count="${1:-16}" status=none
  if mkfs.vfat -n STICK "$WORK/stick.img" >/dev/null 2>&1 && mount -o loop "$WORK/stick.img" "$stick" 2>/dev/null; then
    stick_kind="FAT pen drive"
  elif mkfs.ext4 -q -F "$WORK/stick.img" >/dev/null 2>&1 && mount -o loop "$WORK/stick.img" "$stick" 2>/dev/null; then
    rm -rf "$stick/lost+found"
    stick_kind="ext4 pen drive (this kernel knows no FAT)"
  fi
}

unplug() {
  [ "${stick_kind:-folder}" = folder ] || umount "$stick" 2>/dev/null || umount -l "$stick" 2>/dev/null || true
}
