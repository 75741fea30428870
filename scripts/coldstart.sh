#!/bin/sh
# coldstart.sh BINARY: how long a fresh process takes to its first answer.
set -eu
bot=$1
for i in 1 2 3 4 5; do
	start=$(date +%s%N)
	echo '{"text":"S4怎么回事"}' | "$bot" chat --json --seed 1 >/dev/null
	end=$(date +%s%N)
	echo "cold start to first answer: $(((end - start) / 1000000)) ms"
done
