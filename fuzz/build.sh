#!/usr/bin/env bash
# Builds the fuzz targets as OSS-Fuzz wants them: with the compiler, flags and engine of the environment, and into
# $OUT, each with its seed corpus, dictionary and options. CI and `scripts/fuzz` use it too.
#
# From the environment: OUT, WORK, CC, CXX, CFLAGS, CXXFLAGS, LIB_FUZZING_ENGINE (none: programs that replay files).
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
: "${OUT:?}" "${WORK:?}" "${CC:?}" "${CXX:?}"

# The core does without run-time type information, which that one check of UndefinedBehaviorSanitizer needs.
case " ${CXXFLAGS:-}" in
    *vptr*) export CXXFLAGS="$CXXFLAGS -fno-sanitize=vptr" ;;
esac

# MemorySanitizer does not see what OpenSSL writes, which is packaged: there what Digest computes is left out.
verify=ON
case " ${CXXFLAGS:-}" in
    *-fsanitize=memory*) verify=OFF ;;
esac

read -ra more <<<"${AUTHGRAMMAR_FUZZ_CMAKE_ARGUMENTS:-}"
cmake -S "$root" -B "$WORK/authgrammar" -G Ninja "-DCMAKE_C_FLAGS=${CFLAGS:-}" "-DCMAKE_CXX_FLAGS=${CXXFLAGS:-}" \
    -DAUTHGRAMMAR_BUILD_POLICY=ON -DAUTHGRAMMAR_BUILD_VERIFY="$verify" -DAUTHGRAMMAR_INSTALL=OFF -DBUILD_SHARED_LIBS=OFF \
    -DCMAKE_BUILD_RPATH="\$ORIGIN/lib" \
    -DAUTHGRAMMAR_BUILD_FUZZERS=ON -DAUTHGRAMMAR_FUZZ_ENGINE="${LIB_FUZZING_ENGINE:-}" \
    "${more[@]}"

rows=$(tail -n +2 "$root/fuzz/targets.tsv" | awk -F '\t' -v verify="$verify" 'verify == "ON" || $4 != "verify"')
mapfile -t targets < <(cut -f1 <<<"$rows")
cmake --build "$WORK/authgrammar" -j "${JOBS:-$(nproc)}" --target "${targets[@]}"

# Only $OUT reaches the machines that fuzz; uriparser is packaged as a shared library only, and the others come likewise.
mkdir -p "$OUT/lib"

while IFS=$'\t' read -r target dictionary _; do
    cp "$WORK/authgrammar/bin/$target" "$OUT/$target"
    ldd "$WORK/authgrammar/bin/$target" | awk '/lib(uriparser|crypto|utf8proc)\.so/ { print $3 }' | xargs -r cp -L -t "$OUT/lib"
    cp "$root/fuzz/options/$target.options" "$OUT/$target.options"
    cp "$root/fuzz/dictionaries/$dictionary.dict" "$OUT/$target.dict"
    # Flat, and every file once: names are those of the corpus, with the folder before those of regressions.
    corpus=$WORK/seeds/$target
    rm -rf "$corpus"
    mkdir -p "$corpus"
    cp "$root/corpus/seeds/$target"/* "$corpus"
    for file in "$root/corpus/regressions/$target"/*; do
        [[ -e $file ]] && cp "$file" "$corpus/regression-${file##*/}"
    done
    rm -f "$OUT/${target}_seed_corpus.zip"
    (cd "$corpus" && find . -type f | LC_ALL=C sort | zip -q -X -9 -@ "$OUT/${target}_seed_corpus.zip")
done <<<"$rows"
