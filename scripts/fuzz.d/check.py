"""scripts/fuzz check: what OSS-Fuzz asks of a build, asked here, without its containers.

Each configuration is built by fuzz/build.sh and moved elsewhere; the checks are those of OSS-Fuzz's bad_build_check
with its own thresholds, and some of ours. AddressSanitizer, UndefinedBehaviorSanitizer and coverage are built as in
OSS-Fuzz's images (image.py), and the tests are run there. Then what is bad on purpose has to be found."""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile

import builds
import image

LEAST_EDGES = 100
# Calls into a runtime that a build has to have, and how many of another's it may have.
MIXED = {
    "address": {"asan": (1000, None), "msan": (0, 3), "ubsan": (0, 200), "dfsan": (0, 0)},
    "undefined": {"ubsan": (168, None), "asan": (0, 0), "msan": (0, 3)},
    "memory": {"msan": (1000, None), "asan": (0, 0), "ubsan": (0, 200)},
}
# What the machines that fuzz have; the C++ library is part of the target there.
LIBRARIES = re.compile(r"linux-vdso|lib(c|m|gcc_s|pthread|dl|rt|resolv)\.so|ld-linux")
ENGINE_OPTIONS = {"max_len", "close_fd_mask", "timeout", "only_ascii", "len_control"}


def programs(folder):
    """Executables that are fuzz targets, as OSS-Fuzz finds them."""
    found = []
    for path in sorted(folder.iterdir()):
        if not path.is_file() or not os.access(path, os.X_OK) or path.name == "llvm-symbolizer":
            continue
        data = path.read_bytes()
        if data.startswith(b"\x7fELF") and b"LLVMFuzzerTestOneInput" in data:
            found.append(path)
    return found


def execute(path, *arguments):
    """In the target's own folder, with nothing on stdin, and OUT not set."""
    environment = builds.sanitizer_environment()
    environment.pop("OUT", None)
    done = subprocess.run([str(path), *arguments], cwd=path.parent, env=environment, stdin=subprocess.DEVNULL,
                          capture_output=True, text=True, errors="replace", timeout=600)
    return done.returncode, done.stdout + done.stderr


def starts(path):
    """libFuzzer starts, sees instrumentation, and runs."""
    code, said = execute(path, "-seed=1337", "-runs=4")
    if "no interesting inputs were found" in said:
        return "sees no instrumentation"
    if code != 0:
        return f"does not start: exit code {code}: " + " ".join(said.splitlines()[-3:])
    edges = re.search(r"Loaded \d+ modules\s+\((\d+) (inline 8-bit counters|guards)\)", said)
    if not edges or int(edges.group(1)) < LEAST_EDGES:
        return f"has {edges.group(1) if edges else 'no'} counters, {LEAST_EDGES} are the least"
    if "Done 4 runs" not in said:
        return "leaves before it has run"
    return None


def calls_runtime(path, configuration):
    """The sanitizer that was asked for is in the program, and no other."""
    code = subprocess.run(["objdump", "-dC", str(path)], capture_output=True, text=True, errors="replace").stdout
    for runtime, (least, most) in MIXED.get(configuration, {}).items():
        calls = len(re.findall(rf"call.*<__{runtime}", code))
        if calls < least or (most is not None and calls > most):
            return f"calls __{runtime} {calls} times"
    return None


def links(path, configuration):
    """The target needs no library but those of C, and those that are in lib beside it."""
    for line in subprocess.run(["ldd", str(path)], capture_output=True, text=True).stdout.splitlines():
        own = f"=> {path.parent}/lib/" in line
        here = "libstdc++.so" in line and configuration in builds.CONFIGURATIONS
        if not own and not here and not LIBRARIES.search(line):
            return f"needs {line.split()[0]}"
    return None


def architecture(path):
    return None if path.read_bytes()[18:20] == b"\x3e\x00" else "is not for x86-64"


def beside(path, folder):
    """Dictionary, options and seeds are there, by their right names, and hold what they should."""
    options = folder / f"{path.name}.options"
    dictionary = folder / f"{path.name}.dict"
    seeds = folder / f"{path.name}_seed_corpus.zip"
    for wanted in (options, dictionary, seeds):
        if not wanted.is_file():
            return f"has no {wanted.name}"
    section, longest = None, None
    for line in options.read_text().splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif "=" in line:
            key, value = (part.strip() for part in line.split("=", 1))
            if section == "libfuzzer" and key not in ENGINE_OPTIONS:
                return f"has an unknown option {key}"
            longest = int(value) if key == "max_len" else longest
    entry = re.compile(r'^\s*(#.*|([\w-]+\s*=\s*)?"([^"\\]|\\["\\]|\\x[0-9a-fA-F]{2})*"\s*)?$')
    for number, line in enumerate(dictionary.read_text().splitlines(), 1):
        if not entry.match(line):
            return f"has a bad entry in line {number} of its dictionary"
    with zipfile.ZipFile(seeds) as archive:
        files = archive.infolist()
        if not files:
            return "has no seeds"
        for info in files:
            if "/" in info.filename or (longest is not None and info.file_size > longest):
                return f"has a seed {info.filename} in a folder, or longer than max_len"
    strays = {p.name for p in folder.glob("*.zip")} - {f"{p.name}_seed_corpus.zip" for p in programs(folder)}
    return f"has a misnamed seed corpus {sorted(strays)[0]} beside it" if strays else None


def replays(path, folder, configuration):
    """All seeds pass, out of the zip as OSS-Fuzz takes them."""
    with tempfile.TemporaryDirectory() as scratch:
        with zipfile.ZipFile(folder / f"{path.name}_seed_corpus.zip") as archive:
            archive.extractall(scratch)
            count = len(archive.infolist())
        if configuration.startswith("standalone"):
            code, said = execute(path, scratch)
            ran = f"{count} inputs" in said
        else:
            code, said = execute(path, "-runs=0", scratch)
            ran = "Done" in said
        return None if code == 0 and ran else "fails on its seeds: " + " ".join(said.splitlines()[-4:])


def judge(folder, configuration):
    """Faults of all targets in a folder, by target."""
    faults = {}
    found = programs(folder)
    missing = set(builds.names(configuration)) - {path.name for path in found}
    for name in sorted(missing):
        faults[name] = "is not there"
    for path in found:
        checks = [lambda: architecture(path), lambda: links(path, configuration), lambda: beside(path, folder)]
        sanitizer = configuration.split()[-1]
        if sanitizer in MIXED:
            checks += [lambda: starts(path), lambda: calls_runtime(path, sanitizer)]
        checks.append(lambda: replays(path, folder, configuration))
        for one in checks:
            fault = one()
            if fault:
                faults[path.name] = fault
                break
    return faults


def moved(out):
    """A copy somewhere else: a target must not depend on where it was built."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="fuzz-check-"))
    shutil.copytree(out, folder / "out")
    return folder


def planted(out):
    """Bad builds, each of which has to be found. `out` is a good one with AddressSanitizer. Returns what was missed."""
    missed = []
    target = "fuzz_lint"

    def attempt(what, expected, spoil):
        folder = moved(out)
        spoil(folder / "out")
        fault = judge(folder / "out", "image address").get(target, "")
        print(f"  {what:44} {'found: ' + fault[:60] if expected in fault else 'MISSED'}", flush=True)
        if expected not in fault:
            missed.append(f"a bad build was not found: {what}")
        shutil.rmtree(folder)

    def compiled(source, *flags):
        def spoil(folder):
            path = folder / "bad.cpp"
            path.write_text("#include <cstddef>\n#include <cstdint>\n#include <cstdlib>\n" + source)
            # Like a build of the images, bad in one way only: with no shared C++ library.
            subprocess.run([builds.tool("clang++"), "-O1", "-static-libstdc++", "-static-libgcc", *flags, str(path), "-o", str(folder / target)], check=True)
            path.unlink()
        return spoil

    empty = 'extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t*, std::size_t) { return 0; }\n'
    fuzzer = "-fsanitize=fuzzer,address"
    # With enough code to look instrumented, and enough of the sanitizer.
    bulk = "".join(f"int f{i}(const std::uint8_t* p, std::size_t n) {{ int s = 0; for (std::size_t i = 0; i < n; ++i) "
                   f"if (p[i] > {i % 256}) s += p[n - 1 - i] * p[i / 2]; return s; }}\n" for i in range(300))
    attempt("a crash at start-up", "does not start",
            compiled("const int crash = (std::abort(), 0);\n" + bulk + empty, fuzzer))
    attempt("an exit at start-up", "counters", compiled("const int quit = (std::exit(0), 0);\n" + bulk + empty, fuzzer))
    attempt("an exit after the first input", "leaves before",
            compiled(bulk + empty.replace("return 0", "std::_Exit(0)"), fuzzer))
    attempt("no instrumentation", "counters", compiled(empty, fuzzer))
    attempt("another sanitizer than the one asked for", "calls __asan",
            compiled(bulk + empty, "-fsanitize=fuzzer,undefined"))
    attempt("a seed that fails", "fails on its seeds",
            compiled(bulk + 'extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* d, std::size_t n) '
                     "{ if (n > 20 && d[0] != 0) std::abort(); return 0; }\n", fuzzer))
    attempt("a misnamed seed corpus", "has no fuzz_lint_seed_corpus.zip",
            lambda folder: (folder / f"{target}_seed_corpus.zip").rename(folder / f"{target}.zip"))
    attempt("an unreadable dictionary", "bad entry",
            lambda folder: (folder / f"{target}.dict").write_text('"unfinished\n'))
    attempt("an unknown option", "unknown option",
            lambda folder: (folder / f"{target}.options").write_text("[libfuzzer]\nmax_length = 5\n"))
    attempt("a library that stays behind", "needs lib", lambda folder: shutil.rmtree(folder / "lib"))
    attempt("a target that is not there", "is not there", lambda folder: (folder / target).unlink())
    return missed


def sweep():
    """Every state, octet, suffix and cut, seen by MemorySanitizer."""
    code, said = execute(builds.program("memory", "fuzz_sweep"))
    print(f"  {'sweep under MemorySanitizer':44} {said.strip()[-200:]}", flush=True)
    return [] if code == 0 else ["the sweep fails under MemorySanitizer"]


def judged(out, configuration):
    """Prints and answers the faults of a build, moved elsewhere."""
    folder = moved(out)
    found = judge(folder / "out", configuration)
    shutil.rmtree(folder)
    print(f"{configuration:28} {len(builds.names(configuration)):3} targets {len(found):3} broken", flush=True)
    return [f"{configuration}: {name} {fault}" for name, fault in sorted(found.items())]


def image_form():
    """Faults of the files that OSS-Fuzz and ClusterFuzzLite read."""
    return ([f"oss-fuzz: {fault}" for fault in image.form(image.PROJECT, True)]
            + [f"clusterfuzzlite: {fault}" for fault in image.form(image.CLUSTERFUZZLITE, False)])


def in_image(name, project, sanitizer):
    """Faults of a build in one of the two images, and its folder."""
    container = image.container(name, project)
    out = container.compile(sanitizer)
    faults = judged(out, f"{name} {sanitizer}")
    return faults + [f"{name}: {fault}" for fault in container.uninstalled()], out, container


def image_undefined():
    """As ClusterFuzzLite builds it."""
    return image_form() or in_image("clusterfuzzlite", image.CLUSTERFUZZLITE, "undefined")[0]


def image_coverage():
    return image_form() or in_image("oss-fuzz", image.PROJECT, "coverage")[0]


def image_address():
    """As OSS-Fuzz builds it; and whether the checks notice what is bad on purpose."""
    faults = image_form()
    if faults:
        return faults
    faults, out, project = in_image("oss-fuzz", image.PROJECT, "address")
    print("bad on purpose:")
    return faults + image.planted(project) + planted(out)


def image_tests():
    """Faults of run_tests.sh in OSS-Fuzz's image."""
    project = image.container("oss-fuzz", image.PROJECT)
    faults = [f"oss-fuzz: {fault}" for fault in project.run_tests() + project.uninstalled()]
    print(f"{'oss-fuzz tests':28} {'failed' if faults else 'passed'}", flush=True)
    return faults


BY_IMAGE = {"image-address": image_address, "image-undefined": image_undefined, "image-coverage": image_coverage,
            "image-tests": image_tests}


def run(arguments):
    faults = []
    for configuration in arguments.configurations or [*BY_IMAGE, "memory", "standalone-gcc", "standalone-clang"]:
        if configuration in BY_IMAGE:
            faults += BY_IMAGE[configuration]()
            continue
        faults += judged(builds.build(configuration), configuration)
        if configuration == "memory":
            faults += sweep()
    for fault in faults:
        print(fault, file=sys.stderr)
    print("ready" if not faults else f"{len(faults)} faults")
    return 1 if faults else 0


def add(commands):
    parser = commands.add_parser("check", help="OSS-Fuzz's checks of a build, here")
    parser.add_argument("configurations", nargs="*", metavar="CONFIGURATION",
                        help="only these: " + ", ".join([*BY_IMAGE, *builds.CONFIGURATIONS]))
    parser.set_defaults(run=run)
