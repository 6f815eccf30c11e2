"""Completes the command line of authlint in each shell, and holds what it offers against `authlint … --help`.

usage: completion_test.py AUTHLINT

bash and fish are asked as a person asks them; zsh for what its functions tell _arguments and _describe. A shell that is not
installed is passed over, except bash.
"""

import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

BASH = r"""
source "$1"; shift
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _authlint; printf '%s\n' "${COMPREPLY[@]}"
"""
ZSH = r"""
compdef() { :; }
source "$1"
_arguments() { print -rl -- "$@"; state=command }
_describe() { print -rl -- "${(@P)2}" }
$2
"""


def output(*command, **more):
    done = subprocess.run(command, capture_output=True, text=True, check=False, **more)
    if done.returncode != 0 or done.stderr:
        sys.exit(f"{command}: exit {done.returncode}, {done.stderr}")
    return done.stdout


def commands(authlint, path=()):
    """The words of each command, the options and the commands that its help lists; and the same of those below it."""
    text = output(authlint, *path, "--help")
    head, _, tail = text.partition("\nSubcommands:\n")
    options = set()
    for line in re.findall(r"^  (-\S+)", head, re.M):
        options |= set(line.split(","))
    below = re.findall(r"^  (\w+)", tail, re.M)
    yield path, options, set(below)
    for name in below:
        yield from commands(authlint, (*path, name))


def offered_by_bash(script, words):
    return set(output("bash", "-c", BASH, "bash", script, "authlint", *words).split())


def offered_by_fish(script, words):
    line = " ".join(("authlint", *words))
    return {each.split("\t")[0] for each in output("fish", "-c", f"source {script}; complete -C '{line}'").splitlines()}


def offered_by_zsh(script, path):
    said = output("zsh", "-f", "-c", ZSH, "zsh", script, "_".join(("_authlint", *path)))
    options = {name.rstrip("=") for name in re.findall(r"^\*(-[\w-]+=?)\[", said, re.M)}
    return options, set(re.findall(r"^(\w+):", said, re.M)) - {"1"}


def main():
    authlint = sys.argv[1]
    faults = []
    found = list(commands(authlint))

    def compare(shell, path, offered, expected):
        if offered != expected:
            faults.append(f"{shell}: authlint {' '.join(path)}: offers {sorted(offered)}, its help has {sorted(expected)}")

    with tempfile.TemporaryDirectory() as folder:
        scripts = {}
        for shell in ("bash", "zsh", "fish"):
            if shell == "bash" or shutil.which(shell):
                scripts[shell] = str(pathlib.Path(folder) / shell)
                pathlib.Path(scripts[shell]).write_text(output(authlint, "completion", shell), encoding="utf-8")
        for path, options, below in found:
            compare("bash", path, offered_by_bash(scripts["bash"], (*path, "-")), options)
            if below:
                compare("bash", path, offered_by_bash(scripts["bash"], (*path, "")), options | below)
            if "fish" in scripts:
                offered = offered_by_fish(scripts["fish"], (*path, "-"))
                compare("fish", path, {name for name in offered if name.startswith("-")}, options)
                if below:
                    compare("fish", path, offered_by_fish(scripts["fish"], (*path, "")), below)
            if "zsh" in scripts:
                offered, offered_below = offered_by_zsh(scripts["zsh"], path)
                compare("zsh", path, offered, options)
                compare("zsh", path, offered_below, below)

        # Arguments, in each way of giving them.
        editions = {"rfc7235", "rfc9110-recipient", "rfc9110-sender"}
        for words in (("parse", "--edition", ""), ("parse", "-e", "r"), ("parse", "--edition", "="),
                      ("vectors", "run", "--edition", "=", "rfc")):
            compare("bash", words, offered_by_bash(scripts["bash"], words), editions)
        compare("bash", ("parse", "--field"), offered_by_bash(scripts["bash"], ("parse", "--field", "WWW")), {"WWW-Authenticate"})
        compare("bash", ("lint", "FILE"), offered_by_bash(scripts["bash"], ("lint", __file__[:-1])), {__file__})
        if "fish" in scripts:
            compare("fish", ("parse", "-e"), offered_by_fish(scripts["fish"], ("parse", "-e", "rfc")), editions)

    if len(found) < 10 or not all(options for _, options, _ in found):
        faults.append(f"the help lists {len(found)} commands only")
    print("\n".join(faults))
    print(f"completion: {len(found)} commands in {', '.join(scripts)}, {len(faults)} faults")
    return 1 if faults else 0


sys.exit(main())
