#!/bin/sh
# rebuild.sh BINDGEN BRIDGE_INCLUDE ZOO - touching a header rebuilds what depends on it, and nothing else.
set -eu
bindgen=$(realpath "$1") include=$2 zoo=$3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fail() {
    echo "FAILED: $*" >&2
    cat "$work/log" >&2
    exit 1
}

cp "$zoo"/*.[ch] "$work"
cat >"$work/meson.build" <<EOF
project('rebuild', 'c')
apis = []
sources = []
foreach header : ['animal', 'lion']
  generated = custom_target(header,
    input: header + '.h',
    output: [header + '.gen.h', header + '.gen.c', header + '.api.json'],
    depfile: header + '.gen.d',
    command: ['$bindgen', 'header', '--module', 'zoo', '--depfile', '@DEPFILE@', '--output-dir', '@OUTDIR@',
      '@INPUT@', '--', '-I$include'])
  sources += [generated[0], generated[1]]
  apis += generated[2]
endforeach
module = custom_target('module', input: apis, output: ['zoo.gen.h', 'zoo.gen.c'],
  command: ['$bindgen', 'module', '--module', 'zoo', '--output-dir', '@OUTDIR@', '@INPUT@'])
static_library('zoo', 'animal.c', 'lion.c', sources, module[0], module[1],
  include_directories: include_directories('$include', is_system: true), dependencies: dependency('luajit'))
EOF
meson setup "$work/build" "$work" >"$work/log" 2>&1 || fail "setup"
ninja -C "$work/build" >"$work/log" 2>&1 || fail "first build"
ninja -C "$work/build" | grep -q 'no work to do' || fail "a second build found work"

rebuild() { # what: builds again and keeps the steps
    sleep_until_newer "$1"
    ninja -C "$work/build" -v >"$work/log" 2>&1 || fail "build after $1"
}
# File times may be coarse: wait until a touch is visible.
sleep_until_newer() {
    while touch "$1" && [ ! "$1" -nt "$work/build/libzoo.a" ]; do :; done
}
ran() { grep -qE -- "$1" "$work/log"; }

rebuild "$work/lion.h"
ran 'header .*lion\.h' || fail "lion.h was touched, but its glue was not made again"
ran '-c .*lion\.c' || fail "lion.h was touched, but lion.c was not compiled"
ran 'header .*animal\.h' && fail "lion.h was touched, and the glue of animal.h was made again"
ran '-c .*animal(\.gen)?\.c' && fail "lion.h was touched, and animal was compiled"
ran ' module ' && fail "lion.h was touched without a change, and the module was made again"

rebuild "$work/animal.h"
ran 'header .*animal\.h' || fail "animal.h was touched, but its glue was not made again"
ran 'header .*lion\.h' || fail "animal.h was touched, but the glue of lion.h, which includes it, was not made again"

sed 's/MP_METHOD int lion_roar/MP_LEAF int lion_roar/' "$work/lion.h" >"$work/new" && mv "$work/new" "$work/lion.h"
rebuild "$work/lion.h"
ran ' module ' || fail "the API changed, but the module was not made again"
echo "only what depends on a header is rebuilt"
