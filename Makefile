# A thin front for meson: `make demo` and `make test` do everything on a fresh machine.
#
#   make deps     install the packages that are missing (Debian, Ubuntu); says which
#   make          build into build/
#   make demo     play Moonbase; without a display, the autopilot plays ten seconds of it
#   make test     every test, and all of them again under AddressSanitizer and UBSan
#   make fuzz     looks for inputs that break the readers of archives, patches and headers, each for
#                 a minute [TIME=60], under the sanitizers; `make test` does so for some seconds
#   make soak     a million frames with ten thousand commits between them, and the demo with files that
#                 come and go [FRAMES=1000000 ROUNDS=100]; fails if anything grows. Some minutes;
#                 `make test` has a short one
#   make load     the example lobby with 500 clients that chat while patches come and go; prints
#                 latencies. `make test` has a short one
#   make deploy-test   200 machines that update from nginx while a release is published, kills, and
#                 100,000 requests; prints figures. `make test` has a short one
#   make reference   writes docs/reference and the editor's stubs anew, from the headers' comments
#   make freeze-api  keeps the current API level in tests/api, when a version is released
#   make bench    measures all groups, or some [GROUP=bridge]; in build/bench.json too. What is
#                 installed of love, lua5.1 and valgrind is measured along
#   make figures  measures the README's figures and writes them there; on a quiet machine
#   make format   clang-format over the sources
#   make clean

BUILD      := build
ASAN_BUILD := build-asan
TIME       := 60
FRAMES     := 1000000
ROUNDS     := 100

# Packages by what the build looks for; the names are the same on Debian and Ubuntu.
PACKAGES := \
	gcc clang libc6-dev make meson ninja-build pkg-config libclang-dev \
	libluajit-5.1-dev libjansson-dev libssl-dev openssl libcurl4-openssl-dev libzstd-dev libmicrohttpd-dev \
	libsdl2-dev libsdl2-image-dev libsdl2-mixer-dev libsdl2-ttf-dev libpng-dev \
	libphysfs-dev libuv1-dev zlib1g-dev libzip-dev libcriterion-dev lua-unit luajit xvfb xauth xdotool imagemagick \
	fonts-dejavu-core nginx curl \
	'?libclang-rt-dev'

.PHONY: all deps demo test check check-asan fuzz soak load deploy-test reference freeze-api bench figures format clean
all: $(BUILD)/build.ninja
	ninja -C $(BUILD)

deps:
	@./tools/install-packages $(PACKAGES)

$(BUILD)/build.ninja: | deps
	meson setup $(BUILD)

# The sanitized build is also the clang build: both compilers see every line.
$(ASAN_BUILD)/build.ninja: | deps
	CC=clang meson setup $(ASAN_BUILD) -Db_sanitize=address,undefined -Db_lundef=false

demo: all
	@./tools/play $(BUILD)

check: all
	meson test -C $(BUILD) --print-errorlogs

check-asan: $(ASAN_BUILD)/build.ninja
	ninja -C $(ASAN_BUILD)
	./tools/with-sanitizers meson test -C $(ASAN_BUILD) --print-errorlogs --timeout-multiplier 5

test: check check-asan

fuzz: $(ASAN_BUILD)/build.ninja
	ninja -C $(ASAN_BUILD)
	MP_FUZZ_TIME=$(TIME) ./tools/with-sanitizers meson test -C $(ASAN_BUILD) --suite fuzz \
		--print-errorlogs --timeout-multiplier 0

soak: all
	./$(BUILD)/tests/soak/soak --frames $(FRAMES)
	MP_SOAK_ROUNDS=$(ROUNDS) meson test -C $(BUILD) 'soak of the game' --verbose --timeout-multiplier 0

load: all
	ninja -C $(BUILD) load

deploy-test: all
	ninja -C $(BUILD) deploy-test

reference: all
	@./tools/update-reference $(BUILD)

freeze-api: all
	@./tools/freeze-api $(BUILD)

bench: all
	@./$(BUILD)/bench/bench --json $(BUILD)/bench.json $(GROUP)

figures: all
	./$(BUILD)/bench/bench --json $(BUILD)/bench.json bridge
	./$(BUILD)/bench/bench --markdown $(BUILD)/bench.json >$(BUILD)/figures.md
	./tools/put-figures README.md $(BUILD)/figures.md

format:
	git ls-files '*.c' '*.h' | xargs clang-format -i

clean:
	rm -rf $(BUILD) $(ASAN_BUILD)
