#!/usr/bin/env bash
# The tests of the project without a network, and without a change to the checkout: what OSS-Fuzz runs to see whether
# a patch breaks anything. Exit code 0 if all pass. WORK, CC, CXX, CFLAGS and CXXFLAGS may come from the environment.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
work=${WORK:-$(mktemp -d)}
jobs=${JOBS:-$(nproc)}

# The packaged GoogleTest is built with libstdc++. The flags may name another library, so it is built with them here.
cmake -S /usr/src/googletest -B "$work/googletest" -G Ninja -DCMAKE_INSTALL_PREFIX="$work/googletest/root" \
    -DBUILD_GMOCK=OFF
cmake --build "$work/googletest" -j "$jobs" --target install

# The proofs take minutes for what the other tests run too.
cmake -S "$root" -B "$work/authgrammar-tests" -G Ninja -DCMAKE_PREFIX_PATH="$work/googletest/root" \
    -DAUTHGRAMMAR_DEVELOPER=ON -DAUTHGRAMMAR_INSTALL=OFF
cmake --build "$work/authgrammar-tests" -j "$jobs"
ctest --test-dir "$work/authgrammar-tests" --output-on-failure --no-tests=error -j "$jobs" -LE '^proof$'
