# shellcheck shell=bash
# What run and test share: the Debian packages, the build, and one line a step. Sourced, after `set -euo pipefail`,
# from a script in scripts/. Everything here speaks on stderr: stdout belongs to authlint and to the tests.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
jobs=$(nproc 2>/dev/null || echo 2)

# The packages of Debian 12 that the project needs, the one list of them: for run and test, for test --all, for
# bench, whose peers no other build needs, and for fuzz.
# shellcheck disable=SC2034 # the scripts that source this file use them
packages=(cmake ninja-build g++ pkg-config tao-pegtl-dev libcli11-dev nlohmann-json3-dev libgtest-dev libbenchmark-dev
    liburiparser-dev scdoc python3 python3-lark)
# shellcheck disable=SC2034
packages_all=(git clang-14 clang-format-14 libclang-rt-14-dev valgrind shellcheck python3-jsonschema python3-werkzeug
    python3-httplib2)
# shellcheck disable=SC2034
packages_bench=(libsoup-3.0-dev libpoco-dev libboost-dev libosip2-dev libsofia-sip-ua-dev
    libgstreamer-plugins-base1.0-dev wget2-dev dovecot-dev libunwind8)

# shellcheck disable=SC2034
packages_fuzz=(clang-19 libclang-rt-19-dev llvm-19 binutils zip git python3-yaml)
# The C++ library of OSS-Fuzz's images, for fuzz check. Unpacked and not installed: it would drive out libunwind-dev,
# on which packages_bench depend.
# shellcheck disable=SC2034
packages_libcxx=(libc++-19-dev libc++abi-19-dev)

say() { printf '%s\n' "$*" >&2; }

# missing_packages PACKAGE…: those that are not installed, one a line.
missing_packages() {
    local installed package
    installed=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' "$@" 2>/dev/null || true)
    for package in "$@"; do
        case $'\n'"$installed"$'\n' in
            *$'\n'"installed $package"$'\n'*) ;;
            *) printf '%s\n' "$package" ;;
        esac
    done
}

# need_packages PACKAGE…: installs those that are missing, or says which they are and exits with 2. With
# AUTHGRAMMAR_SKIP_SETUP=1 it does nothing, for systems where the tools come from elsewhere.
need_packages() {
    local missing as_root=() apt
    [[ ${AUTHGRAMMAR_SKIP_SETUP:-0} == 1 ]] && return
    mapfile -t missing < <(missing_packages "$@")
    ((${#missing[@]})) || return 0
    if ! command -v apt-get >/dev/null; then
        say "packages: missing, and there is no apt-get to install them: ${missing[*]}"
        say "          (names of Debian 12; AUTHGRAMMAR_SKIP_SETUP=1 if they are installed by other means)"
        exit 2
    fi
    if [[ $(id -u) != 0 ]]; then
        if command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
            as_root=(sudo -n)
        else
            say "packages: missing, and only root can install them: ${missing[*]}"
            say "          apt-get install ${missing[*]}"
            exit 2
        fi
    fi
    apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=120)
    step "packages: installing ${missing[*]}" packages install_packages || exit 2
}

# install_packages: for need_packages. The lists of available packages are fetched only when they are absent or
# too old to find what is wanted.
install_packages() {
    "${apt[@]}" install --no-install-recommends "${missing[@]}" && return
    "${apt[@]}" update && "${apt[@]}" install --no-install-recommends "${missing[@]}"
}

# step TEXT LOG COMMAND…: prints TEXT and how long the command took. Its output goes to a log under build/ and is
# shown if it fails, in which case the answer is 1. The command runs in a subshell, where `set -e` has no effect.
step() {
    local text=$1 log=$root/build/log/$2.log start=$SECONDS
    shift 2
    mkdir -p "$root/build/log"
    printf '%s ... ' "$text" >&2
    if ("$@") >"$log" 2>&1 </dev/null; then
        say "$((SECONDS - start)) s"
    else
        say "failed after $((SECONDS - start)) s"
        cat "$log" >&2
        return 1
    fi
}

# build PRESET [ARGUMENT…]: configures the preset if that was not done, and builds it. The arguments go to
# cmake --build.
build() {
    local preset=$1
    shift
    step "build $preset" "build-$preset" configure_and_build "$preset" "$@"
}

configure_and_build() {
    local preset=$1 definitions=()
    shift
    [[ ${warnings_are_errors:-0} == 1 ]] && definitions=(-DAUTHGRAMMAR_WERROR=ON)
    cd "$root" || return
    if [[ ! -e build/$preset/build.ninja || CMakePresets.json -nt build/$preset/build.ninja ]] ||
        ((${#definitions[@]})); then
        cmake --preset "$preset" "${definitions[@]}" || return
    fi
    cmake --build --preset "$preset" -j "$jobs" "$@"
}
