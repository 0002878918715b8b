#!/bin/sh
# run.sh FOLDER RUNS LENGTH PROGRAM SEEDS ... - fuzzes: RUNS inputs of up to LENGTH bytes, the same
# each time; or, for MP_FUZZ_TIME seconds, others each time, going on from what was found before.
# What it finds is kept in FOLDER; FOLDER/crash-... is an input to repeat with PROGRAM FILE.
set -eu
folder=$1 runs=$2 length=$3 program=$4
shift 4
mkdir -p "$folder/corpus"
if [ "${MP_FUZZ_TIME:-}" ]; then
    corpus=$folder/corpus
    set -- "-max_total_time=$MP_FUZZ_TIME" "$corpus" "$@"
else
    corpus=$(mktemp -d)
    trap 'rm -rf "$corpus"' EXIT
    set -- "-runs=$runs" -seed=1 "$corpus" "$@"
fi
"$program" -max_len="$length" -timeout=20 -error_exitcode=1 -rss_limit_mb=2048 -print_final_stats=1 -verbosity=0 \
    -artifact_prefix="$folder/" "$@"
