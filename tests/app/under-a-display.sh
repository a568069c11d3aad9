#!/bin/sh
# under-a-display.sh PROGRAM…: as tests/window/with-display.sh, without a screen reader, and warnings of
# the toolkit are failures.
if [ "${1-}" != --inside ]; then
  exec "$(dirname "$0")/../window/with-display.sh" "$0" --inside "$@"
fi
shift
export G_DEBUG=fatal-criticals ADW_DISABLE_PORTAL=1 GTK_A11Y=none SAN_STATE_DIR="$XDG_STATE_HOME"
mkdir -p "$XDG_STATE_HOME" "$XDG_DATA_HOME"
log="$HOME/log"
"$@" 2>"$log"
status=$?
cat "$log" >&2
if grep -E '(Gtk|Adwaita|GLib[A-Za-z-]*|sanrakshan)-(WARNING|CRITICAL)' "$log"; then
  echo "not ok - the toolkit warned"
  status=1
fi
exit $status
