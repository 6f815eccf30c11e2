"""scripts/survey run and ask: measures readers, and shows what one says to one value."""

import argparse
import concurrent.futures
import fcntl
import json
import os
import pathlib
import sys
import time

import box
import judge
import known
import manifest
import measure
import questions
import session
import writers


def die(text):
    print(f"survey: {text}", file=sys.stderr)
    sys.exit(2)


def locked(places):
    """Holds the unpacked packages still while they are used: install takes the lock alone. Readers from elsewhere have none."""
    if places.readers != places.survey / "readers":
        return open(os.devnull, encoding="utf-8")  # noqa: SIM115
    places.work.mkdir(parents=True, exist_ok=True)
    lock = open(places.work / ".lock", "w", encoding="utf-8")  # noqa: SIM115 (held until the process ends)
    fcntl.flock(lock, fcntl.LOCK_SH)
    return lock


def needs_tools():
    missing = box.missing_tools()
    if missing:
        die(f"missing: {', '.join(missing)}; readers run in a box of their own, which needs them")


def contradictions(reader, result, places):
    """How many answers are not those of the committed result. One of another version says nothing."""
    path = places.results / f"{reader.name}.json"
    committed = json.loads(path.read_text("utf-8")) if path.exists() else {}
    if committed.get("version") != result["version"]:
        print(f"{reader.name}: the result is of version {committed.get('version')}, so it is not compared")
        return 0
    count = 0
    for name in sorted(committed["answers"].keys() | result["answers"].keys()):
        before, now = committed["answers"].get(name), result["answers"].get(name)
        if before != now:
            count += 1
            print(f"{reader.name}: {name}: {now}, and in the results {before}")
    return count


def line_of(reader, result, seconds):
    """What a run says of a reader."""
    if "not_measured" in result:
        return f"{reader.name}: not measured: {result['not_measured']}"
    effects = [each["effect"] for each in result["answers"].values()]
    told = ", ".join(f"{effects.count(each)} {each}" for each in judge.EFFECTS if each in effects)
    return f"{reader.name} {result['version']}: {len(effects)} questions in {seconds:.0f} s: {told}"


def run(options, places):
    needs_tools()
    begin = time.monotonic()
    readers = manifest.load_all(places.readers, options.readers)
    vectors, _ = questions.vectors_of(places.vectors)
    lock, failed, contradicted = locked(places), 0, 0

    def one(reader):
        start = time.monotonic()
        result = measure.measure(reader, places, vectors)
        if not options.check:
            measure.write(places.results / f"{reader.name}.json", measure.text_of(result))
        return reader, result, time.monotonic() - start

    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        for done in concurrent.futures.as_completed([pool.submit(one, reader) for reader in readers]):
            reader, result, seconds = done.result()
            print(line_of(reader, result, seconds), flush=True)
            failed += "not_measured" in result
            if options.check and "not_measured" not in result:
                contradicted += contradictions(reader, result, places)
    lock.close()
    measured = f"survey: {len(readers) - failed} readers measured, {failed} not, in {time.monotonic() - begin:.0f} s"
    if options.check:
        print(f"{measured}; {contradicted} answers are not those of the results")
        return 1 if contradicted else 0
    print(measured)
    return 0 if failed < len(readers) else 1


def ask(options, places):
    """What a reader says to a value, and what the RFC says that it means, if a vector has it."""
    needs_tools()
    (reader,) = manifest.load_all(places.readers, [options.reader])
    lines = [options.value.encode("utf-8", "surrogateescape"), *(line.encode() for line in options.more)]
    if options.hex:
        lines = [bytes.fromhex(line.decode()) for line in lines]
    lock = locked(places)
    try:
        with session.Session(places.filled(reader.run), places.environment(), places.debian) as running:
            said, parts, _ = running.ask(options.field, options.scheme, lines)
            print(f"{reader.title} {running.version}: {said}" + (f": {parts}" if isinstance(parts, str) and parts else ""))
            for name, text in parts if said == "read" else ():
                print(f"  {name:8} {text!a}")
    except (session.Unusable, session.Garbage) as problem:
        die(f"{reader.name}: {problem}")
    lock.close()
    return 0


def write(options, places):
    """What writers make of arguments; the reference engine of authlint says what that means."""
    needs_tools()
    lock = locked(places)
    for writer in manifest.load_all(places.writers):
        result = writers.measure_writer(writer, places, options.authlint)
        measure.write(places.results / "writers" / f"{writer.name}.json", measure.text_of(result))
        verdicts = [each["verdict"] for each in result.get("answers", {}).values()]
        told = ", ".join(f"{verdicts.count(each)} {each}" for each in writers.MEANS if each in verdicts)
        print(f"{writer.name} writes: {told}" if verdicts else f"{writer.name}: not measured: {result['not_measured']}")
    lock.close()
    return 0


def vectors(options, places):
    """The vectors of a field that a reader answered, as a flat file."""
    (reader,) = manifest.load_all(places.readers, [options.reader])
    path = places.results / f"{reader.name}.json"
    if not path.exists():
        die(f"{reader.name} has no result: scripts/survey run {reader.name}")
    result = json.loads(path.read_text("utf-8"))
    print(known.subset(places, reader, result, options.field, questions.vectors_of(places.vectors)[0]), end="")
    return 0


def listed(options, places):
    for reader in manifest.load_all(places.readers):
        print(f"{reader.name:24} {reader.language:12} {reader.title}: {'; '.join(each.call for each in reader.reads)}")
    return 0


def main():
    parser = argparse.ArgumentParser(prog="scripts/survey", description=__doc__)
    parser.add_argument("--root", required=True, help=argparse.SUPPRESS)
    parser.add_argument("--readers-folder", help="manifests from another folder than corpus/survey/readers")
    parser.add_argument("--results-folder", help="results in another folder than corpus/survey/results")
    commands = parser.add_subparsers(dest="command", required=True)
    running = commands.add_parser("run", help="asks readers everything and writes what they said")
    running.add_argument("--jobs", type=int, default=os.cpu_count() or 2, help="readers at a time (the cores)")
    running.add_argument("--check", action="store_true", help="compare with the results that are there, and write nothing")
    running.add_argument("readers", nargs="*", metavar="READER")
    asking = commands.add_parser("ask", help="shows what a reader says to a value")
    asking.add_argument("--hex", action="store_true", help="values are in hexadecimal")
    asking.add_argument("--scheme", default="*", help="which of its readings is wanted, where it has one for each scheme")
    asking.add_argument("reader", metavar="READER")
    asking.add_argument("field", metavar="FIELD")
    asking.add_argument("value", metavar="VALUE")
    asking.add_argument("more", nargs="*", metavar="VALUE", help="further field lines")
    writing = commands.add_parser("write", help="asks the writers, and judges by the reference engine")
    writing.add_argument("--authlint", default=f"{pathlib.Path(__file__).resolve().parents[2]}/build/release/bin/authlint")
    subset = commands.add_parser("vectors", help="the vectors of a field that a reader answered, as a flat file")
    subset.add_argument("reader", metavar="READER")
    subset.add_argument("field", metavar="FIELD", choices=known.flat.FIELDS)
    commands.add_parser("list", help="the readers")
    options = parser.parse_args()
    places = measure.Places(options.root, options.readers_folder, options.results_folder)
    try:
        return {"run": run, "ask": ask, "list": listed, "vectors": vectors, "write": write}[options.command](options, places)
    except manifest.ManifestError as problem:
        die(problem)


if __name__ == "__main__":
    sys.exit(main())
