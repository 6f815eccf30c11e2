"""scripts/fuzz minimise: the committed corpora anew, from vectors, captures, and what fuzzing found."""

import json
import pathlib
import shutil
import subprocess
import tempfile

import builds

EDITIONS = ["rfc7235", "rfc9110-recipient", "rfc9110-sender"]
FIELDS = ["WWW-Authenticate", "Proxy-Authenticate", "Authorization", "Proxy-Authorization", "Authentication-Info",
          "Proxy-Authentication-Info"]
OPTION_BYTES = {"fuzz_engines": 1, "fuzz_split": 6, "fuzz_views": 4, "fuzz_roundtrip": 3, "fuzz_schemes": 2,
                "fuzz_conversation": 2, "fuzz_c": 4}
# Of fuzz_c: reading, streaming, writing and misuse; and conversations, which are those of fuzz_conversation.
PARTS_OF_C = (0, 2, 4, 6)
CONVERSATION_OF_C = 7
# Parts to write: some cannot be, each for another reason.
PARTS_TO_WRITE = (b"A\na\nb\x01c", b"A\na=\nb", b"A\na\nb\nA\nc", b"A,\na\nb", b"A\nYTpi\n", b"A\nYTpi\na\nb",
                  b"Newauth\nrealm\nsome \"thing\"\nb\nc")
EXPORT_KINDS = [".txt", ".har", ".ndjson", ".xml", ".http"]
HAND_WRITTEN = ["witness", "rfc-examples", "cve", "peers"]


def vectors(names):
    for name in names:
        for vector in json.loads((builds.ROOT / "corpus/vectors" / f"{name}.json").read_text())["vectors"]:
            for expected in vector["expected"]:
                lines = [line.encode("ascii") for line in vector["raw"]] if "raw" in vector else [
                    bytes.fromhex(line) for line in vector["raw_hex"]]
                yield vector["id"], vector["fields"][0], expected["editions"][0], lines


def script(field, value):
    """What fuzz_policy does with challenges: it is asked, tries, is asked again, chooses, and forwards them."""
    steps = [b"401 " + value, b"sent Basic YTpi", b"401 " + value, b"choose " + value, b"< " + field + b": " + value,
             b"> " + field + b": " + value, b"hop 401 401"]
    return b"\n".join(steps) + b"\n" + bytes(4)


def all_facts():
    """Scripts of facts, each with a part of all combinations that a prime number picks."""
    counts = [3, 4, 3, 2, 6, 4, 4, 2, 2, 4]
    total = 110592
    for first in range(0, 400, 20):
        numbers = [(i * 7919) % total for i in range(first, first + 20)]
        lines = []
        for number in numbers:
            digits = ""
            for count in counts:
                digits += str(number % count)
                number //= count
            lines.append(b"facts " + digits.encode())
        yield b"\n".join(lines) + b"\n" + bytes(4)


def vector_inputs(target, names):
    """Inputs of a target by name, from vectors."""
    for identity, field, edition, lines in vectors(names):
        if target in OPTION_BYTES:
            value = (b"\n" if target in ("fuzz_views", "fuzz_schemes", "fuzz_c") else b", ").join(lines)
            options = bytes([FIELDS.index(field) + 6 * EDITIONS.index(edition)])
            if target == "fuzz_c":
                for part in PARTS_OF_C:
                    yield f"{part}-{identity}-{edition}", value + options + bytes([0, 0, part])
                continue
            yield f"{identity}-{edition}", value + options + bytes(OPTION_BYTES[target] - 1)
        elif target == "fuzz_policy" and field.endswith("-Authenticate") and not any(b"\n" in line for line in lines):
            yield f"{identity}-{edition}", script(field.encode(), b", ".join(lines))
        elif target == "fuzz_lint":
            yield f"{identity}-{edition}", b"".join(field.encode() + b": " + line + b"\r\n" for line in lines)


def raw_inputs(target, folder):
    """Puts everything that is known of a target's inputs into a folder, but for what fuzzing found."""
    everything = [path.stem for path in (builds.ROOT / "corpus/vectors").glob("*.json") if path.stem != "schema"]
    for name, data in vector_inputs(target, everything):
        (folder / f"vector-{name}".replace("/", "_")[:120]).write_bytes(data)
    if target == "fuzz_lint":
        for path in (builds.ROOT / "corpus/captures").glob("*.http"):
            shutil.copy(path, folder)
    if target == "fuzz_formats":
        for path in (builds.ROOT / "corpus/exports").iterdir():
            if path.suffix in EXPORT_KINDS:
                (folder / path.name).write_bytes(path.read_bytes()[:4094] + b"\x01\x06")
    if target == "fuzz_c":
        for i, parts in enumerate(PARTS_TO_WRITE):
            for field in (0, 2, 4):
                for forms in (0, 3, 32):
                    (folder / f"parts-{i}-{field}-{forms}").write_bytes(parts + bytes([field, forms, 0, 4]))
        for path in (builds.ROOT / "corpus/seeds/fuzz_conversation").iterdir():
            data = path.read_bytes()
            for speaker in (0, 8):
                (folder / f"{path.name}-{speaker}").write_bytes(
                    data[:-2] + b"\0" + data[-2:] + bytes([CONVERSATION_OF_C + speaker]))
    if target == "fuzz_policy":
        for i, data in enumerate(all_facts()):
            (folder / f"facts-{i}").write_bytes(data)
    if target == "fuzz_reference":
        for path in (builds.ROOT / "grammar/abnf").glob("*.abnf"):
            for i, rule in enumerate(path.read_text().split("\n\n")):
                (folder / f"{path.stem}-{i}").write_bytes(rule.encode() + b"\n" + bytes(4))


def run(arguments):
    out = builds.build("fast")
    for target in arguments.targets or builds.names():
        committed = builds.ROOT / "corpus" / "seeds" / target
        grown = builds.BUILD / "corpus" / target
        with tempfile.TemporaryDirectory() as raw, tempfile.TemporaryDirectory() as merged:
            raw_inputs(target, pathlib.Path(raw))
            folders = [raw] + [str(folder) for folder in (committed, grown) if folder.is_dir()]
            most = int((out / f"{target}.options").read_text().split("=")[1])
            subprocess.run([str(out / target), "-merge=1", "-use_counters=0", f"-max_len={min(most, 1024)}", merged,
                            *folders], check=True, env=builds.sanitizer_environment(), stderr=subprocess.DEVNULL,
                           stdin=subprocess.DEVNULL)
            shutil.rmtree(committed, ignore_errors=True)
            committed.mkdir(parents=True)
            for path in pathlib.Path(merged).iterdir():
                # libFuzzer's names are SHA-1; the beginning is enough to tell them apart.
                shutil.copy(path, committed / path.name[:12])
            if target == "fuzz_engines":
                for name, data in vector_inputs(target, HAND_WRITTEN):
                    if len(data) > most:
                        continue
                    (committed / f"vector-{name}").write_bytes(data)
        files = list(committed.iterdir())
        print(f"{target:16} {len(files):6} files {sum(path.stat().st_size for path in files):8} bytes", flush=True)
    return 0


def add(commands):
    parser = commands.add_parser("minimise", help="make the committed corpora anew")
    parser.add_argument("targets", nargs="*", metavar="TARGET", help="only these")
    parser.set_defaults(run=run)
