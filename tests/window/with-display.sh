#!/bin/sh
# with-display.sh COMMAND…: a display, a message bus and folders of its own, all gone afterwards.
set -eu
if ! command -v xvfb-run >/dev/null 2>&1; then
  echo "1..0 # SKIP no Xvfb here"
  exit 0
fi
# xvfb-run knows no path with a blank in it
case ${TMPDIR-} in *" "*) export TMPDIR=/tmp ;; esac
home=$(mktemp -d)
# what the bus started may still hold a mount there for a moment
trap 'rm -rf "$home" 2>/dev/null || { sleep 1; rm -rf "$home" 2>/dev/null || true; }' EXIT
mkdir -m 700 "$home/run"
# a place for people's things that is nobody's
export HOME="$home" XDG_RUNTIME_DIR="$home/run" XDG_DATA_HOME="$home/data" XDG_STATE_HOME="$home/state" \
       XDG_CONFIG_HOME="$home/config" XDG_CACHE_HOME="$home/cache"
export GDK_BACKEND=x11 GSK_RENDERER="${GSK_RENDERER:-cairo}" GDK_DEBUG=gl-disable GDK_DISABLE=gl GSETTINGS_BACKEND=memory
# copied there: the options know no path with a blank in it
cp "$(dirname "$0")/leaks.supp" "$home/leaks.supp"
export LSAN_OPTIONS="suppressions=$home/leaks.supp:print_suppressions=0"
export LANG=C.UTF-8 LC_ALL= NO_AT_BRIDGE=
unset LC_CTYPE LC_NUMERIC LC_TIME LC_COLLATE LC_MONETARY LC_MESSAGES LC_MEASUREMENT 2>/dev/null || true
unset WAYLAND_DISPLAY DISPLAY DBUS_SESSION_BUS_ADDRESS 2>/dev/null || true
# the bus and what it starts talk on their standard output; only the command's own goes on (8, since
# newer xvfb-run keeps 3 to itself)
exec 8>&1
xvfb-run -a -s "-screen 0 ${SAN_SCREEN:-1366x768}x24 -noreset" \
  dbus-run-session -- sh -c '"$@" >&8' sh "$@" >/dev/null 2>"$home/noise" || {
  status=$?
  grep -vE 'portal|dbus-daemon|SpiRegistry|fd limit|pw.conf|PipeWire|RealtimeKit' "$home/noise" >&2 || true
  exit $status
}
