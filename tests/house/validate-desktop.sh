#!/bin/sh
# Menu entry, software centre's page, file types and templates are what their standards ask for.
set -eu
cd "$(dirname "$0")/../.."
build=${1:-build}
desktop-file-validate "$build/data/desktop/in.sanrakshan.Sanrakshan.desktop"
page="$build/data/desktop/in.sanrakshan.Sanrakshan.metainfo.xml"
# newer versions warn where no home page on the net is named; there is none
appstreamcli validate --no-net "$page" ||
  appstreamcli validate --no-net --override=url-homepage-missing=info "$page"
xmllint --noout data/desktop/*.xml ui/*.ui data/*.gschema.xml
for drawing in ui/icons/scalable/actions/*.svg data/desktop/*.svg; do
  xmllint --noout "$drawing"
done
# nothing that a symbolic icon cannot recolour
if grep -lE 'stroke=|<(polygon|ellipse|line|text|image)' ui/icons/scalable/actions/*.svg; then
  echo "those would not take the colour of the text" >&2
  exit 1
fi
