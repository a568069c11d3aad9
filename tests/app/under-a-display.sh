#!/bin/sh
# Runs a program under a display and a bus of its own, which go away with it. Warnings of the
# toolkit are failures.
command -v xvfb-run >/dev/null && command -v dbus-run-session >/dev/null || { echo "1..0 # SKIP no xvfb-run, no dbus-run-session"; exit 0; }
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
export XDG_RUNTIME_DIR="$dir" XDG_DATA_HOME="$dir" XDG_STATE_HOME="$dir" SAN_STATE_DIR="$dir"
export LSAN_OPTIONS="suppressions=$(dirname "$0")/../window/leaks.supp:print_suppressions=0"
export ADW_DISABLE_PORTAL=1 GTK_A11Y=none
export GDK_BACKEND=x11 GSK_RENDERER=cairo GDK_DEBUG=gl-disable GDK_DISABLE=gl GSETTINGS_BACKEND=memory
exec 8>&1   # the bus talks on its standard output; only the program's own goes on
xvfb-run -a -s "-screen 0 1366x768x24" dbus-run-session -- sh -c '"$@" >&8' sh "$@" >/dev/null 2>"$dir/log"
status=$?
cat "$dir/log" >&2
if grep -E '(Gtk|Adwaita|GLib[A-Za-z-]*|sanrakshan)-(WARNING|CRITICAL)' "$dir/log"; then
  echo "not ok - the toolkit warned"
  status=1
fi
exit $status
