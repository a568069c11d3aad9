#!/bin/sh
# What she typed outlives a kill and a lock: at most 2 s are lost to the first, nothing to the second.
#   drafts-survive.sh PAGES CLI
pages=$1 cli=$2
command -v xdotool >/dev/null || { echo "1..0 # SKIP no xdotool"; exit 0; }
dir=$(mktemp -d) || exit 1
trap 'kill -9 $p 2>/dev/null; rm -rf "$dir"' EXIT
words="example words only here"
"$cli" example "$dir/ex" >/dev/null 2>&1 || { echo "Bail out! no example"; exit 1; }
store=$dir/ex/shefali-bari
n=0
ok() { n=$((n + 1)); if [ "$1" = 0 ]; then echo "ok $n - $2"; else echo "not ok $n - $2"; fi; }
begin() {   # a session with Bakul
  echo "$words" | "$pages" "$store" Mitali session Bakul & p=$!
  for i in $(seq 200); do w=$(xdotool search --name '^Sanrakshan$' 2>/dev/null | head -1); [ -n "$w" ] && break; sleep 0.1; done
  sleep 3; xdotool windowfocus "$w"; sleep 0.3
}
drafts() { echo "$words" | "$pages" "$store" Mitali drafts 2>/dev/null; }

begin   # a new one begins at its kind; Tab goes to her words
xdotool key Tab; sleep 0.3
xdotool type --delay 20 "I drew the river"; sleep 2.5
kill -9 $p; wait $p 2>/dev/null
drafts | grep -q "^session words I drew the river$"; ok $? "a killed window loses at most two seconds"

begin   # the same draft, the cursor where it was
xdotool type --delay 5 " at home"; xdotool key ctrl+l; sleep 1.5
kill -9 $p; wait $p 2>/dev/null
drafts | grep -q "^session words I drew the river at home$"; ok $? "a lock loses no letter"
echo "1..$n"
