# shellcheck shell=bash
# Debian packages for programs that are run and never installed: downloaded and unpacked into a folder, so that no
# service of theirs is started or enabled. Sourced, after `set -euo pipefail`; `die TEXT…` is the caller's.

# package_versions PACKAGE…: one line a package, its name and the version that apt would install now. That version is
# used, and unpacked where another or none is installed.
package_versions() {
    apt-cache policy "$@" |
        awk '/^[^ ]/ { name = $1; sub(/:$/, "", name) } $1 == "Candidate:" { print name, $2 }'
}

# unknown_packages PACKAGE…: those that apt does not know, or knows without a version to install.
unknown_packages() {
    package_versions "$@" | awk -v names="$*" '
        $2 != "(none)" { known[$1] = 1 }
        END {
            count = split(names, name, " ")
            for (at = 1; at <= count; ++at) if (!(name[at] in known)) print name[at]
        }'
}

# unpack_packages ROOT PACKAGE…: unpacks those that are not installed, and what they depend on, into the folder ROOT,
# unless they are there already. The versions that are used are then in ROOT/.versions.
unpack_packages() {
    local root=$1 absent wanted stamp downloads names package
    shift
    for program in apt-get apt-cache dpkg-deb; do
        command -v "$program" >/dev/null || die "missing: $program; this works on Debian only"
    done
    if [[ $(unknown_packages "$@") ]] && ((EUID == 0)); then
        echo "apt-get update"
        apt-get update -qq
    fi
    absent=$(unknown_packages "$@")
    [[ -z $absent ]] || die "apt knows no" "${absent//$'\n'/ }; try apt-get update"

    wanted=$(apt-get -s install --no-install-recommends "$@" |
        sed -n 's/^Inst \([^ ]*\) \(\[[^]]*\] \)\{0,1\}(\([^ ]*\) .*/\1=\3/p' | sort)
    stamp=$root/.packages
    if [[ ! -f $stamp || $(<"$stamp") != "$wanted" ]]; then
        if [[ -e $root && ! -f $stamp ]] && [[ -n $(ls -A "$root") ]]; then
            die "$root is in use for something else"
        fi
        echo "unpacking $(wc -w <<<"$wanted") packages into $root"
        rm -rf "$root"
        mkdir -p "$root"
        : >"$stamp"
        downloads=$(mktemp -d)
        # shellcheck disable=SC2064 # the folder is this one
        trap "rm -rf '$downloads'" EXIT
        mapfile -t names <<<"$wanted"
        if [[ $wanted ]]; then
            # apt's own user cannot write here; naming ours spares a warning.
            (cd "$downloads" && apt-get download -qq -o APT::Sandbox::User="$(id -un)" "${names[@]}")
            for package in "$downloads"/*.deb; do
                dpkg-deb -x "$package" "$root"
            done
        fi
        rm -rf "$downloads"
        trap - EXIT
        printf '%s\n' "$wanted" >"$stamp"
    fi
    package_versions "$@" >"$root/.versions"
}
