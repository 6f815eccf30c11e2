"""The rooms whose sources have mutants, and the tests that are to notice them.

The tests stand in the order in which they run: those that find most in least time first. A test that has the name of
the source runs before all of them. `corpora` replay committed inputs of the fuzz targets; they run last, and what only
they notice is told apart."""

import dataclasses

SUFFIXES = (".cpp", ".hpp", ".h", ".inl")


@dataclasses.dataclass(frozen=True)
class Room:
    folder: str
    tests: tuple
    corpora: tuple


ROOMS = {
    "core": Room("src/core", (
        "core.events", "core.isa", "core.views", "core.witness", "core.limits", "core.writer", "core.cuts", "core.lines",
        "core.errors", "core.names", "core.misuse", "core.guard_pages", "core.no_allocation", "core.step_c99",
        "agreement.writer", "agreement.three_engines", "peg.error_offset", "strength.state_cover", "proof.p5_tokenizer",
        "proof.p6_error_offset",
    ), ("fuzz.replay_fuzz_split", "fuzz.replay_fuzz_views", "fuzz.replay_fuzz_engines", "fuzz.replay_fuzz_roundtrip")),
    "policy": Room("src/policy", (
        "policy.decision", "policy.hop", "policy.credential_store", "policy.selection", "policy.retry",
        "policy.target_uri", "policy.shared_cache", "policy.protection_space", "policy.challenge_field",
        "audit.conversation", "policy.decide_cli",
    ), ()),
    "audit": Room("src/audit", (
        "audit.findings", "audit.reader", "audit.conversation", "audit.redaction", "cli.lint", "cli.redaction",
    ), ("fuzz.replay_fuzz_lint",)),
}

# Programs that a test runs besides its own, by the macro that has their path.
COMMANDS = {"cli.lint": {"AUTHLINT": "bin/authlint"}, "cli.redaction": {"AUTHLINT": "bin/authlint"}}


def sources_of(root, room):
    """The room's sources, in order, as paths from the root."""
    return sorted(path.relative_to(root).as_posix() for path in (root / ROOMS[room].folder).rglob("*")
                  if path.suffix in SUFFIXES)


def in_order(tests, path):
    """The tests of a source with the same name first."""
    stem = path.rsplit("/", 1)[-1].split(".")[0]
    return sorted(tests, key=lambda test: not test.split(".")[-1].startswith(stem))


def program_of(test):
    """The program of a CTest, from the build's folder."""
    room, name = test.split(".", 1)
    return f"bin/{name.removeprefix('replay_')}" if room == "fuzz" else f"tests/bin/test_{room}_{name}"


def programs_of(room):
    """All that a room's tests run."""
    tests = (*ROOMS[room].tests, *ROOMS[room].corpora)
    commands = [program for test in tests for program in COMMANDS.get(test, {}).values()]
    return [*map(program_of, tests), *dict.fromkeys(commands)]
