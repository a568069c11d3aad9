#!/bin/sh
# Each definition in data/ against the schema of its kind (KIND.rng beside it).
set -eu
cd "$(dirname "$0")/../../data"
for pair in forms:form lists:list programme:programme instruments:instrument; do
  folder=${pair%:*}
  schema=$folder/${pair#*:}.rng
  xmllint --noout --relaxng "$schema" "$folder"/*.xml 2>&1 | grep -v ' validates$' && exit 1
done
for single in facts roles; do
  xmllint --noout --relaxng "$single.rng" "$single.xml" 2>&1 | grep -v ' validates$' && exit 1
done
exit 0
