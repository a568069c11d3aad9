# Two commands do all: `make run` opens the programme (without a display it plays the main job and
# leaves pictures of it), `make check` runs the tests.
# Both install what is missing (data/packages/debian.txt) and build first.
BUILD := build
MESON_OPTIONS ?=

.PHONY: run check story story-cli screenshots build tools test-tools soak fuzz benchmark install clean

run: build
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ]; then ./tests/window/open.sh "$(BUILD)"; \
	  else $(MAKE) --no-print-directory story; fi

story: test-tools build
	@SAN_BUILD="$(BUILD)" ./tests/window/with-display.sh /usr/bin/python3 tests/window/story.py "$(BUILD)/story"

screenshots: test-tools build
	@SAN_BUILD="$(BUILD)" ./tests/window/with-display.sh /usr/bin/python3 tests/window/screenshots.py "$(BUILD)/screenshots"

story-cli: build
	@./tests/e2e/story.sh "$(BUILD)"

check: test-tools build
	@./tests/house/run-tests.sh "$(BUILD)"

benchmark: build
	@meson test -C "$(BUILD)" --benchmark -v

soak: test-tools build
	@meson test -C "$(BUILD)" --suite soak --print-errorlogs

fuzz: test-tools
	@./tests/fuzz/run-fuzz.sh 60

tools:
	@./data/packages/install.sh run

test-tools:
	@./data/packages/install.sh run test

build: tools
	@test -f "$(BUILD)/build.ninja" || meson setup "$(BUILD)" $(MESON_OPTIONS) >/dev/null || \
	  { cat "$(BUILD)/meson-logs/meson-log.txt"; exit 1; }
	@ninja -C "$(BUILD)" --quiet

install: build
	@meson install -C "$(BUILD)"

clean:
	@rm -rf "$(BUILD)" build-asan build-fuzz
