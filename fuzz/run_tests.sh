#!/usr/bin/env bash
# The tests of the project without a network, and without a change to the checkout: what OSS-Fuzz runs to see whether
# a patch breaks anything. Exit code 0 if all pass. WORK, CC, CXX, CFLAGS and CXXFLAGS may come from the environment.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
build=${WORK:-$(mktemp -d)}/authgrammar-tests

cmake -S "$root" -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=Release -DAUTHGRAMMAR_BUILD_CLI=OFF \
    -DAUTHGRAMMAR_BUILD_POLICY=OFF -DAUTHGRAMMAR_BUILD_BENCH=OFF -DAUTHGRAMMAR_INSTALL=OFF
cmake --build "$build" -j "${JOBS:-$(nproc)}"
ctest --test-dir "$build" --output-on-failure --no-tests=error -j "${JOBS:-$(nproc)}"
