"""The rooms whose sources have mutants, and the tests that are to notice them.

The tests stand in the order in which they run: those that notice most in least time first. A test that has the name of
the source runs before all of them. Patterns stand for those that are not named before; only programs of the build count,
and the tests of HEADERS.
`corpora` replay committed inputs of the fuzz targets; they run last, and what only they notice is reported apart.
`compared` are data that a test compares whole with another source and that no program of the room checks; they have no
mutants."""

import dataclasses
import fnmatch

SUFFIXES = (".cpp", ".hpp", ".h", ".inl")


@dataclasses.dataclass(frozen=True)
class Room:
    folder: str
    tests: tuple
    corpora: tuple
    compared: tuple = ()


ROOMS = {
    "core": Room("src/core", (
        "core.events", "core.bulk_reach", "core.bulk_sizes", "core.isa", "core.witness", "core.views", "core.limits",
        "core.writer", "core.cuts", "core.*", "agreement.*", "peg.error_offset", "strength.state_cover", "proof.p5_*",
        "proof.p7_*", "proof.p6_*",
    ), ("fuzz.replay_fuzz_split", "fuzz.replay_fuzz_engines", "fuzz.replay_fuzz_roundtrip")),
    "policy": Room("src/policy", (
        "policy.hop", "policy.credential_store", "policy.selection", "policy.retry", "policy.target_uri", "policy.[!d]*",
        "policy.decision", "policy.*", "audit.conversation",
    ), ("fuzz.replay_fuzz_policy",)),
    "audit": Room("src/audit", ("audit.findings", "audit.reader", "audit.*", "cli.lint", "cli.redaction", "cli.findings", "cli.why"),
                  ("fuzz.replay_fuzz_lint",)),
    "schemes": Room("src/schemes", ("schemes.base64", "schemes.digest_*", "schemes.scheme_message", "schemes.*", "cli.scheme"),
                    ("fuzz.replay_fuzz_schemes",),
                    # docs/schemes.md and the vectors are made from the table and compared.
                    ("src/schemes/table/*",)),
    "verify": Room("src/verify", ("verify.digest_*", "verify.precis", "verify.[!s]*", "verify.secrets"),
                   ("fuzz.replay_fuzz_schemes",),
                   # tests/verify/precis_oracle.py compares every code point.
                   ("src/verify/unicode_tables.hpp",)),
}

# Programs that a test runs besides its own, by the macro that has their path.
COMMANDS = {name: {"AUTHLINT": "bin/authlint"} for name in ("cli.lint", "cli.redaction", "cli.findings", "cli.why")}

# Tests that compile headers themselves, to see what does not compile and why: the folder of the headers, by the tests'
# pattern. They run second: quick as they are, the first program has to say whether the mutant compiles at all.
HEADERS = {"core.traps.*.*": "src/core/include/"}

# They replace the allocator, as AddressSanitizer does, with which mutants are made; so does the target fuzz_views.
OWN_ALLOCATOR = ("core.no_allocation", "schemes.memory")


class NoSuchTest(Exception):
    pass


def sources_of(root, room):
    """The room's sources, in order, as paths from the root."""
    paths = sorted(path.relative_to(root).as_posix() for path in (root / ROOMS[room].folder).rglob("*")
                   if path.suffix in SUFFIXES)
    return [path for path in paths if not any(fnmatch.fnmatchcase(path, pattern) for pattern in ROOMS[room].compared)]


def program_of(test):
    """The program of a CTest, from the build's folder."""
    room, name = test.split(".", 1)
    return f"bin/{name.removeprefix('replay_')}" if room == "fuzz" else f"tests/bin/test_{room}_{name}"


def headers_of(test):
    """The folder of the headers that a test compiles itself, or None."""
    return next((folder for pattern, folder in HEADERS.items() if fnmatch.fnmatchcase(test, pattern)), None)


def programs_of(test):
    """All programs of the build that a test runs, its own first."""
    return [] if headers_of(test) else [program_of(test), *COMMANDS.get(test, {}).values()]


def tests_of(room, base):
    """The tests of a room and its corpora, as the build has them."""
    return [expanded(patterns, base) for patterns in (ROOMS[room].tests, ROOMS[room].corpora)]


def expanded(patterns, base):
    found = []
    for pattern in patterns:
        matching = [test for test in sorted(base.tests) if fnmatch.fnmatchcase(test, pattern)
                    and (base.runs_program(test) or headers_of(test))]
        if not matching:
            raise NoSuchTest(f"there is no test {pattern}")
        found += [test for test in matching if test not in found and test not in OWN_ALLOCATOR]
    return found


def in_order(tests, path):
    """The tests with the name of the source first, and those that compile headers after the first program."""
    stem = path.rsplit("/", 1)[-1].split(".")[0]
    programs = sorted((test for test in tests if not headers_of(test)),
                      key=lambda test: not test.split(".")[-1].startswith(stem))
    return [*programs[:1], *(test for test in tests if headers_of(test)), *programs[1:]]
