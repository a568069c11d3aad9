# tap-lib.sh BUILD - a test in TAP around the laptops of story-lib.sh; sourced. Gives WORK, an empty
# private folder that is gone at the end, and what follows.
set -u
BUILD=$(cd "$1" && pwd)
HERE=$(cd "$(dirname "$0")" && pwd)
# in memory where there is room: every save waits for the disk
base=${TMPDIR:-/tmp}
[ -w /dev/shm ] && [ "$(df -Pk /dev/shm | awk 'NR == 2 { print $4 }')" -gt 200000 ] && base=/dev/shm
WORK=$(mktemp -d "$base/sanrakshan-test.XXXXXX")
. "$HERE/story-lib.sh"
export HOME=$WORK/home TMPDIR=$WORK/tmp XDG_CACHE_HOME=$WORK/cache XDG_DATA_HOME=$WORK/data \
  XDG_STATE_HOME=$WORK/xdgstate XDG_CONFIG_HOME=$WORK/config XDG_RUNTIME_DIR=$WORK/runtime
mkdir -p "$HOME" "$TMPDIR" "$XDG_CACHE_HOME" "$XDG_DATA_HOME" "$XDG_STATE_HOME" "$XDG_CONFIG_HOME" "$XDG_RUNTIME_DIR"
cases=0
mounts=
trap 'end_children; for m in $mounts; do umount "$m" 2>/dev/null || umount -l "$m" 2>/dev/null; done; rm -rf "$WORK"' EXIT

# own background processes only
end_children() { for pid in $(jobs -p); do kill -9 "$pid" 2>/dev/null; done; }

# ok NAME COMMAND…: one test; what it printed is shown where it failed
ok() {
  local name=$1
  shift
  cases=$((cases + 1))
  if "$@" >"$WORK/.tap" 2>&1; then
    echo "ok $cases - $name"
  else
    echo "not ok $cases - $name"
    head -c 3000 "$WORK/.tap" | LC_ALL=C tr -d '\000' | head -20 | sed 's/^/#   /'
  fi
}
skip() { cases=$((cases + 1)); echo "ok $cases - $1 # SKIP $2"; }
note() { echo "# $*"; }
finish() { echo "1..$cases"; }
is() { [ "$1" = "$2" ] || { echo "found \"$1\", expected \"$2\""; return 1; }; }

# raw LAPTOP COMMAND…: as whoever the options say
raw() {
  local laptop=$1
  shift
  SAN_STATE_DIR=$WORK/$laptop.state "$CLI" --store "$WORK/$laptop" "$@"
}

# start LAPTOP PERSON COMMAND…: in the background; $! is the programme itself
start() {
  local laptop=$1 person=$2
  shift 2
  SAN_STATE_DIR=$WORK/$laptop.state "$CLI" --store "$WORK/$laptop" --staff "$person" \
    --passphrase-file "$WORK/secrets/$laptop.$person" "$@" &
}

# state FOLDER…: every file with size, mode, time and sum; the lock's words do not count
state() {
  find "$@" -type f ! -name lock -printf '%p %s %m %T@\n' -exec sha256sum {} + | sort
}
