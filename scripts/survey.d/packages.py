"""The packages that the readers need, and the building of their adapters."""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile

import box
import manifest
import measure

BUILD_SECONDS = 900


def build(reader, places):
    """Builds the adapter of a reader, unless it is there and newer than its sources. Why it failed, or None."""
    target, failed = places.built / reader.name, places.built / f"{reader.name}.failed"
    stamp = places.built / f"{reader.name}.stamp"
    # Whatever a command names that is a file of ours is a source of it, and so are the manifest and the libraries.
    sources = [places.readers / f"{reader.name}.toml", *places.readers.glob("*/*"), *places.library.glob("*/*")]
    sources = [each for each in sources if each.name in " ".join(reader.build) or each.parent.parent == places.library or each.stem in reader.build]
    if stamp.exists() and target.exists() and all(each.stat().st_mtime < stamp.stat().st_mtime for each in sources):
        return None
    shutil.rmtree(target, ignore_errors=True)
    failed.unlink(missing_ok=True)
    print(f"building {reader.name}", flush=True)
    with tempfile.TemporaryDirectory(prefix="survey-") as folder:
        try:
            done = subprocess.run(
                ["nice", "-n", "5", *box.command(places.debian, places.filled(reader.build))],
                env={**box.environment(places.debian, places.environment()), "HOME": folder},
                cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=BUILD_SECONDS,
            )
            problem = None if done.returncode == 0 else done.stdout.decode(errors="replace").strip()
        except subprocess.TimeoutExpired:
            problem = f"took more than {BUILD_SECONDS} s"
    if problem is not None:
        lines = problem.splitlines()
        why = next((line for line in lines if "error" in line.lower() or "cannot find" in line), lines[-1] if lines else "no reason")
        failed.write_text(f"its adapter does not build: {why[:200]}\n", "utf-8")
        return problem[-2000:]
    stamp.touch()
    return None


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--root", required=True)
    parser.add_argument("what", choices=("debian", "npm", "build"))
    parser.add_argument("readers", nargs="*")
    options = parser.parse_args()
    places = measure.Places(options.root)
    try:
        # What is unpacked is what all readers need: to unpack for one would throw out the others.
        readers = manifest.load_all(places.readers, options.readers if options.what == "build" else ())
    except manifest.ManifestError as problem:
        print(f"survey: {problem}", file=sys.stderr)
        return 2
    if options.what != "build":
        readers = readers + manifest.load_all(places.writers)
        for package in sorted({package for reader in readers for package in getattr(reader, options.what)}):
            print(package)
        return 0
    os.makedirs(places.built, exist_ok=True)
    for reader in readers:
        problem = build(reader, places) if reader.build else None
        if problem:
            print(f"{reader.name} does not build:\n{problem}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
