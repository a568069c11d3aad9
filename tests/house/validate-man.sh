#!/bin/sh
# The man page is well-formed, and man page and completion name every command that the programme
# knows. validate-man.sh [BUILD]
set -eu
cd "$(dirname "$0")/../.."
build=${1:-build}
for page in data/man/*.1; do
  mandoc -T lint -W warning "$page"
done
missing=0
"$build/src/cli/sanrakshan-cli" --help | awk '/^  [a-z]/ { c = $1; if ($2 ~ /^[a-z]+$/) c = c " " $2; print c }' |
  while read -r command; do
    grep -qE "Cm $command( |\$)" data/man/sanrakshan-cli.1 || { echo "the man page lacks \"$command\""; exit 1; }
    grep -q "${command##* }" data/completions/sanrakshan-cli || { echo "the completion lacks \"$command\""; exit 1; }
  done || missing=1
exit $missing
