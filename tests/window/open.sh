#!/bin/sh
# open.sh BUILD [ARGUMENT…]: the window, from the build folder as it is, with its own words and forms.
set -eu
build=$(cd "$1" && pwd)
shift
export SAN_DATA_DIR="$build/data" SAN_LOCALE_DIR="$build/po" GSETTINGS_SCHEMA_DIR="$build/data"
exec "$build/src/app/sanrakshan" "$@"
