#!/bin/sh
# Prints how many messages a second "bot understand" reads, start included:
# throughput.sh PROGRAM FILE...
set -eu
program=$1
shift
lines=$(mktemp)
trap 'rm -f "$lines"' EXIT
for i in 1 2 3 4 5 6 7 8 9 10; do cat "$@"; done > "$lines"
began=$(date +%s%N)
"$program" understand < "$lines" > /dev/null
ended=$(date +%s%N)
count=$(wc -l < "$lines")
echo "understand: $count messages, $((count * 1000000000 / (ended - began))) a second, start included"
