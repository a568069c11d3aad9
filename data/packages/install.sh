#!/bin/sh
# install.sh GROUP…: installs what is missing of debian.txt, says what, and asks for root once,
# by sudo, only if something is missing. Does nothing outside Debian and its kin.
set -eu
list="$(dirname "$0")/debian.txt"
command -v dpkg-query >/dev/null 2>&1 || exit 0

wanted() {
  awk -v groups=" $* " '
    /^\[/ { group = substr($1, 2, length($1) - 2); next }
    /^[a-z0-9]/ && index(groups, " " group " ") { print $1 }' "$list"
}

missing=""
for package in $(wanted "$@"); do
  state=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)
  [ "$state" = installed ] || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

echo "Installing what is missing:$missing"
if [ "$(id -u)" -eq 0 ]; then
  root=""
elif command -v sudo >/dev/null 2>&1; then
  root="sudo"
else
  echo "Please ask an administrator to install:$missing" >&2
  exit 1
fi
run() { $root env DEBIAN_FRONTEND=noninteractive apt-get "$@"; }
run install -y --no-install-recommends $missing >/dev/null 2>&1 || {
  run update -q >/dev/null
  run install -y --no-install-recommends $missing >/dev/null
}
