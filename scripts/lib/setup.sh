# shellcheck shell=bash
# What run and test share: the Debian packages, the build, and one line a step. Sourced, after `set -euo pipefail`,
# from a script in scripts/. Everything here speaks on stderr: stdout belongs to authlint and to the tests.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
jobs=$(nproc 2>/dev/null || echo 2)

# The packages of Debian 12 that the project needs, the one list of them: for run and test, for test --all, for
# bench, whose peers no other build needs, for docs, package and fuzz.
# shellcheck disable=SC2034 # the scripts that source this file use them
packages=(cmake ninja-build g++ pkg-config tao-pegtl-dev libcli11-dev nlohmann-json3-dev libgtest-dev liburiparser-dev
    libssl-dev libutf8proc-dev zlib1g-dev libexpat1-dev scdoc python3 python3-jsonschema python3-precis-i18n)
# shellcheck disable=SC2034
packages_all=(git libbenchmark-dev clang-14 clang-format-14 libclang-rt-14-dev valgrind shellcheck python3-lark
    python3-werkzeug python3-httplib2 python3-distributed parallel tshark fish zsh libboost-dev libcpp-httplib-dev libevent-dev libmicrohttpd-dev libcurl4-openssl-dev)
# shellcheck disable=SC2034
packages_bench=(libsoup-3.0-dev libpoco-dev libboost-dev libosip2-dev libsofia-sip-ua-dev
    libgstreamer-plugins-base1.0-dev wget2-dev dovecot-dev libunwind8)

# For platforms. g++-12-multilib and not gcc-multilib, which drives out the cross compilers.
# shellcheck disable=SC2034
packages_platforms=(g++-12 clang-14 clang-19 g++-12-multilib g++-aarch64-linux-gnu g++-s390x-linux-gnu musl-tools qemu-user)
# shellcheck disable=SC2034
packages_docs=(doxygen)
# For the test of README.md in a bare Debian.
# shellcheck disable=SC2034
packages_bare=(mmdebstrap git)
# shellcheck disable=SC2034
packages_package=(debhelper dpkg-dev lintian abigail-tools git)
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

# step TEXT LOG COMMAND…: prints TEXT, how far the command is, and how long it took. Its output goes to a log under
# build/ and is shown if it fails, in which case the answer is 1. The command runs in a subshell, where `set -e` has no
# effect.
step() {
    local text=$1 log=$root/build/log/$2.log start=$SECONDS progress status=0
    shift 2
    mkdir -p "$root/build/log"
    : >"$log"
    printf '%s ...' "$text" >&2
    show_progress "$text" "$log" >/dev/null &
    progress=$!
    ("$@") >"$log" 2>&1 </dev/null || status=1
    kill "$progress" 2>/dev/null || true
    wait "$progress" 2>/dev/null || true
    [[ -t 2 ]] && printf '\r\033[K%s ...' "$text" >&2
    if ((status == 0)); then
        say " $((SECONDS - start)) s"
    else
        say " failed after $((SECONDS - start)) s"
        cat "$log" >&2
    fi
    return "$status"
}

# show_progress TEXT LOG: until it is killed, what part of its work a command has done, by the last "[12/384]" of ninja or
# "12/120 Test" of CTest in its log: every second on a terminal, else a word at each fifth.
show_progress() {
    local text=$1 log=$2 start=$SECONDS at of shown=0
    while kill -0 $$ 2>/dev/null; do
        read -r at of < <(tail -c 4000 "$log" | sed -nE \
            -e 's/^\[([0-9]+)\/([0-9]+)\] .*/\1 \2/p' -e 's/^ *([0-9]+)\/([0-9]+) Test .*/\1 \2/p' | tail -n 1) || true
        if [[ -t 2 ]]; then
            printf '\r\033[K%s ... %s%d s' "$text" "${of:+$at of $of, }" $((SECONDS - start)) >&2
        elif [[ $of ]] && ((5 * at / of > shown && at < of)); then
            shown=$((5 * at / of))
            printf ' %d %%' $((20 * shown)) >&2
        fi
        sleep 1
    done
}

# What presets are configured with besides their own variables: AUTHGRAMMAR_…=ON or OFF.
definitions=()

# build PRESET [ARGUMENT…]: configures the preset if that was not done so, and builds it. The arguments go to
# cmake --build.
build() {
    local preset=$1
    shift
    step "build $preset" "build-$preset" configure_and_build "$preset" "$@"
}

configure_and_build() {
    local preset=$1
    shift
    cd "$root" || return
    if ! is_configured "$preset"; then
        cmake --preset "$preset" "${definitions[@]/#/-D}" || return
    fi
    cmake --build --preset "$preset" -j "$jobs" "$@"
}

# is_configured PRESET: whether it was configured since it last changed, and with these definitions.
is_configured() {
    local definition
    [[ -e build/$1/build.ninja && ! CMakePresets.json -nt build/$1/build.ninja ]] || return
    for definition in "${definitions[@]}"; do
        grep -qx "${definition/=/:BOOL=}" "build/$1/CMakeCache.txt" || return
    done
}
