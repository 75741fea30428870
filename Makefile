# Two commands do everything on a fresh machine with Go: make run, make test.

GO ?= go

# Labelled messages that may be looked at.
SEEN = internal/eval/testdata/imagined-dev.jsonl internal/eval/testdata/imagined2-dev.jsonl internal/eval/testdata/imagined3-fit.jsonl

.PHONY: run test build check bench pictures chaos simulate eval fit fuzz

# The bot with its page at http://127.0.0.1:8080: embedded store, no accounts.
run:
	@LOG_LEVEL=$${LOG_LEVEL:-warn} $(GO) run ./cmd/bot serve --open

# All tests with the race detector, on a real redis-server and in a real browser,
# and the short version of the fault suite. The font is for pictures of pages. Many
# tests wait for a browser or a clock, so three packages share two cores.
BROWSERS = chromium chromium-browser google-chrome google-chrome-stable /Applications/Chromium.app/Contents/MacOS/Chromium
test:
	@sh scripts/need.sh redis-server redis-server
	@sh scripts/need.sh "$(BROWSERS)" "chromium chromium-sandbox"
	-@sh scripts/need.sh font:zh "fontconfig fonts-wqy-microhei"
	$(GO) test -race -timeout 10m -p 3 ./...
	$(GO) test -tags chaos -timeout 5m ./internal/chaos

# The program as one static binary, the same as in the Dockerfile.
build:
	CGO_ENABLED=0 $(GO) build -trimpath -ldflags="-s -w" -o bin/bot ./cmd/bot

# Format, vet, staticcheck, the knowledge, and the rules of the layout.
check:
	@test -z "$$($(GO) tool gofumpt -l cmd internal knowledge | tee /dev/stderr)" || \
		{ echo "the files above are not formatted: go tool gofumpt -w cmd internal knowledge"; exit 1; }
	$(GO) vet ./...
	$(GO) tool staticcheck ./...
	$(GO) run ./cmd/bot kb check
	$(GO) test -count=1 ./internal

# Speeds, as printed in docs/RESULTS.md.
bench: build
	$(GO) test -run '^$$' -bench . -benchtime 2s ./internal/kb/index ./internal/nlu ./internal/diagnosis
	sh scripts/coldstart.sh bin/bot
	sh scripts/throughput.sh bin/bot $(SEEN)
	@sh scripts/need.sh redis-server redis-server
	@sh scripts/need.sh "$(BROWSERS)" "chromium chromium-sandbox"
	$(GO) test -run '^$$' -bench 'Streams|FirstPaint' -benchtime 10x ./cmd/bot
	cd bench && $(GO) run .

# The pictures of the pages in docs/: a real conversation, and a made-up month.
pictures:
	$(GO) test -run '^$$' -bench Pictures -benchtime 1x ./cmd/bot ./internal/adapters/web -args -pictures "$(CURDIR)/docs/pictures"

# The fault suite with real processes: replicas, Redis and the network killed,
# stopped, cut and filled (CHAOS=long for the long version).
chaos:
	@sh scripts/need.sh redis-server redis-server
	$(GO) test -tags chaos -count=1 -timeout 90m -v ./internal/chaos

# What make test does for a moment, for long: a million simulated kills of the runtime,
# the dialog's properties and the walk for money asked too early, and quiet days under
# the radar.
SEEDS ?= 200000
simulate:
	$(GO) test ./internal/bot -run 'Simulat' -count=1 -timeout 60m -v -args -sim.seeds $(SEEDS)
	$(GO) test ./internal/dialog -count=1 -timeout 60m -rapid.checks 1000 -args -walk.moves 200000
	$(GO) test ./internal/insight -run 'QuietDays' -count=1 -timeout 60m -v -args -radar.times 5

# How well messages are read, on the project's own sets (FILE=… for another), and
# how well simulated merchants are served.
EPISODES ?= 500
eval: build
	@for f in $${FILE:-internal/eval/testdata/*.jsonl}; do echo "== $$f"; bin/bot eval understand $$f; done
	@echo "== merchants of the bot's own tables with errors"
	@bin/bot eval dialogs --episodes $(EPISODES) --messages internal/eval/testdata/imagined2-heldout.jsonl
	@for f in internal/eval/testdata/merchants-*.yaml; do echo "== $$f"; \
		bin/bot eval dialogs --episodes $(EPISODES) --instances 0 --messages internal/eval/testdata/imagined2-heldout.jsonl --merchants $$f; done

# Weighs anew how kinds of messages are told apart.
fit: build
	bin/bot eval fit $(SEEN) > bin/kinds.json
	mv bin/kinds.json internal/dialog/kinds.json

# A minute of fuzzing each for what takes input from outside.
fuzz:
	$(GO) test -run '^$$' -fuzz FuzzStep -fuzztime 60s ./internal/dialog
	$(GO) test -run '^$$' -fuzz FuzzMask -fuzztime 60s ./internal/nlu
	$(GO) test -run '^$$' -fuzz FuzzLoad -fuzztime 60s ./internal/kb
