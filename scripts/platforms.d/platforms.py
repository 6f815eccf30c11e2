"""Builds and tests core and schemes on every platform.

usage: scripts/platforms [--full | --percent N] [--write] [NAME…]

The NAMEs are those of the table in docs/platforms.md; without one, all of them. Each platform compiles the files that
scripts/amalgamate makes, with all warnings as errors, and reads every value of corpus/vectors, all at once, byte by byte
and in longer company: the verdict, the offset and the events must be those of the vector. On musl these are the C99 step, and
the C interface with its own tests.

  --full       also the tests of core and schemes, built by CMake, and on AArch64 proof P7 over a block of NEON; up to five
               minutes each
  --percent N  with 100 the same as --full, with less the short form: for scripts/test.d/long.tsv
  --write      write the table in docs/platforms.md and README.md; without it, and without a NAME, a table that is out of date is an error

Everything is made under build/platforms. Exit code 0: everything passed. 1: something did not, or the table is out of date.
2: usage.
"""

import argparse
import concurrent.futures
import dataclasses
import json
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
BUILD = ROOT / "build/platforms"
PAGES = (ROOT / "docs/platforms.md", ROOT / "README.md")
TABLE = re.compile(r"(?<=<!-- made by scripts/platforms --write -->\n).*?(?=<!-- end -->)", re.DOTALL)
GOOGLETEST = "/usr/src/googletest"
WARNINGS = ("-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Wshadow", "-Werror")
JOBS = os.cpu_count() or 2
# Of the tests, those that compile what must not compile use compilers of their own choice.
TESTS = ("-R", r"^(core|schemes)\.", "-E", r"^core\.traps\.")


class Failure(Exception):
    """A step that failed, and the last it said."""


@dataclasses.dataclass(frozen=True)
class Platform:
    """A compiler and what its programs run on."""

    name: str
    machine: str
    compiler: str
    standards: tuple = (17,)
    flags: tuple = ()
    link_flags: tuple = ()
    runner: tuple = ()
    how: str = "natively"
    isa: str = ""  # in use there; empty if the processor decides
    bulk: str = "portable, AVX2, AVX-512"
    cmake: tuple = ()

    @property
    def folder(self):
        return BUILD / self.name


def emulated(name, machine, processor):
    triplet = f"{processor}-linux-gnu"
    runner = (f"qemu-{processor}", "-L", f"/usr/{triplet}")
    return {
        "name": name, "machine": machine, "compiler": f"{triplet}-g++", "runner": runner, "how": f"by qemu-{processor}",
        "cmake": ("-DCMAKE_SYSTEM_NAME=Linux", f"-DCMAKE_SYSTEM_PROCESSOR={processor}",
                  f"-DCMAKE_CROSSCOMPILING_EMULATOR={';'.join(runner)}"),
    }


X86_64 = "x86-64"
# The headers of the kernel are where those of x86-64 are: the package that links them drives out the cross compilers.
M32 = ("-m32", "-idirafter", "/usr/include/x86_64-linux-gnu")
PLATFORMS = (
    Platform("gcc-12", X86_64, "g++-12", (17, 20, 23)),
    Platform("clang-14", X86_64, "clang++-14", (17, 20, 23)),
    Platform("clang-19", X86_64, "clang++-19", (17, 20, 23)),
    Platform("no-exceptions", f"{X86_64}, without exceptions and RTTI", "g++-12", flags=("-fno-exceptions", "-fno-rtti"),
             cmake=("-DAUTHGRAMMAR_NO_EXCEPTIONS=ON",)),
    Platform("shared", f"{X86_64}, a shared library", "g++-12", cmake=("-DBUILD_SHARED_LIBS=ON",)),
    Platform("static", f"{X86_64}, the whole program static", "g++-12", link_flags=("-static",)),
    Platform("i386", "x86, 32 bits", "g++-12", flags=M32, runner=("qemu-i386",), how="by qemu-i386", isa="portable",
             bulk="portable",
             cmake=("-DCMAKE_SYSTEM_NAME=Linux", "-DCMAKE_SYSTEM_PROCESSOR=i386",
                    "-DCMAKE_CROSSCOMPILING_EMULATOR=qemu-i386")),
    Platform(**emulated("aarch64", "AArch64", "aarch64"), isa="neon", bulk="portable, NEON"),
    Platform(**emulated("s390x", "s390x, big-endian", "s390x"), isa="portable", bulk="portable"),
    Platform("musl", f"{X86_64} with musl, the C interface, static", "musl-gcc", (99,), isa="portable"),
)


def run(platform, command, **options):
    """What the command writes. Its output is also in the platform's log."""
    words = [str(word) for word in command]
    done = subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", check=False,
                          **options)
    with open(platform.folder / "log", "a", encoding="utf-8") as log:
        log.write(f"$ {shlex.join(words)}\n{done.stdout}")
    if done.returncode != 0:
        end = "\n".join(done.stdout.splitlines()[-20:])
        raise Failure(f"{shlex.join(words)}: exit code {done.returncode}\n{end}")
    return done.stdout


def standard_flag(platform, standard):
    """23 is 2b for compilers of before its publication; in C, 99."""
    if platform.compiler == "musl-gcc":
        return f"-std=c{standard}"
    return f"-std=c++{'2b' if standard == 23 else standard}"


def version(platform):
    """Such as "g++ 12.2"."""
    kind = next(kind for kind in ("clang", "g++", "gcc") if kind in platform.compiler)
    option = "-dumpversion" if kind == "clang" else "-dumpfullversion"
    return f"{kind} {'.'.join(run(platform, [platform.compiler, option]).split('.')[:2])}"


def vector_lines():
    """corpus/vectors as tests/platforms/read_vectors.cpp wants it."""
    for path in sorted((ROOT / "corpus/vectors").glob("*.json")):
        for vector in json.loads(path.read_text(encoding="utf-8")).get("vectors", []):
            lines = [bytes.fromhex(raw) for raw in vector.get("raw_hex", [])] or [raw.encode() for raw in vector["raw"]]
            value = b", ".join(line for line in lines if line)
            for expected in vector["expected"]:
                events = "".join(
                    f"{event['kind']}:{event['begin']}:{event['end']}:{int(event.get('quoted', False))},"
                    for event in expected.get("events", [])
                )
                for field in vector["fields"]:
                    for edition in expected["editions"]:
                        yield (f"{field} {edition} {int(expected['valid'])} {expected.get('error_offset', 0)} "
                               f"{value.hex() or '-'} {events or '-'}\n")


def read_vectors(platform, program, values):
    """Has the program read all values, and checks what it says of them."""
    with open(BUILD / "vectors", encoding="utf-8") as lines:
        said = run(platform, [*platform.runner, program], stdin=lines).strip()
    found = re.fullmatch(r"(\d+) values, (\w+)", said.splitlines()[-1])
    if found is None or int(found[1]) != values:
        raise Failure(f"{program}: not {values} values, but: {said}")
    if platform.isa and found[2] != platform.isa:
        raise Failure(f"{program}: reads with {found[2]}, not with {platform.isa}")


def short_form(platform, values):
    """Every vector, by a program that is compiled for each C++ standard, and optimised for the first."""
    for standard in platform.standards:
        program = platform.folder / f"read_vectors-{standard}"
        optimise = "-O1" if standard == platform.standards[0] else "-O0"
        flags = (standard_flag(platform, standard), optimise, *WARNINGS, *platform.flags)
        if platform.compiler == "musl-gcc":
            run(platform, [platform.compiler, *flags, f"-I{ROOT}/src/core/include", ROOT / "tests/platforms/read_vectors.c",
                           "-static", "-o", program])
        else:
            compile_program(platform, flags, program)
        read_vectors(platform, program, values)
    if platform.compiler == "musl-gcc":
        c_interface_over_musl(platform)


def c_interface_over_musl(platform):
    """The library of <authgrammar.h>, which needs the C library alone, and its tests, in one static program each.

    Debian's C++ headers are made for glibc. With two of its names for them they take musl's headers too, as far as the core
    needs them; there is no C++ library to link."""
    own = run(platform, ["g++-12", "-print-file-name=include"]).strip()
    headers = ("/usr/include/c++/12", "/usr/include/x86_64-linux-gnu/c++/12", "/usr/include/x86_64-linux-musl", own)
    library = platform.folder / "authgrammar.o"
    run(platform, ["g++-12", "-std=c++17", "-O1", *WARNINGS, "-fno-exceptions", "-fno-rtti", "-nostdinc",
                   "-D__GLIBC_PREREQ(major,minor)=0", "-D__locale_t=locale_t", *(f"-isystem{path}" for path in headers),
                   "-c", BUILD / "files/authgrammar.cpp", "-o", library])
    tests = ROOT / "tests/c"
    for name in ("core", "misuse", "vectors"):
        program = platform.folder / name
        run(platform, [platform.compiler, "-std=c99", "-O1", *WARNINGS, f"-I{BUILD / 'files'}", f"-I{tests}",
                       tests / f"{name}.c", library, "-static", "-o", program])
        command = [sys.executable, "-B", tests / "vectors.py", ROOT / "corpus/vectors"] if name == "vectors" else []
        said = run(platform, [*command, program])
        if not re.search(rf"^c\.{name}: [1-9]\d* checks, 0 wrong$", said, re.MULTILINE):
            raise Failure(f"{program}: {said}")


def compile_program(platform, flags, program):
    files = BUILD / "files"
    compiler = (platform.compiler, *flags, f"-I{files}")
    source = ROOT / "tests/platforms/read_vectors.cpp"
    if platform.name == "shared":
        library = platform.folder / "libauthgrammar_all.so"
        run(platform, [*compiler, "-fPIC", "-shared", files / "authgrammar.cpp", "-o", library])
        run(platform, [*compiler, source, library, f"-Wl,-rpath,{platform.folder}", "-o", program])
    else:
        run(platform, [*compiler, source, files / "authgrammar.cpp", *platform.link_flags, "-o", program])


def cmake_arguments(platform, standard):
    flags = shlex.join(platform.flags)
    c_compiler = platform.compiler.replace("clang++", "clang").replace("g++", "gcc")
    off = (f"-DAUTHGRAMMAR_BUILD_{part}=OFF" for part in ("GRAMMAR", "ABNF", "POLICY", "VERIFY", "CONVERSATION", "CLI", "BENCH",
                                                          "FUZZERS"))
    return [
        "-GNinja", "-DCMAKE_BUILD_TYPE=Release", f"-DCMAKE_CXX_COMPILER={platform.compiler}",
        f"-DCMAKE_C_COMPILER={c_compiler}", f"-DCMAKE_CXX_FLAGS={flags}", f"-DCMAKE_C_FLAGS={shlex.join(m32_only(platform))}",
        f"-DCMAKE_EXE_LINKER_FLAGS={shlex.join(platform.link_flags)}", f"-DCMAKE_CXX_STANDARD={standard}",
        "-DAUTHGRAMMAR_BUILD_TESTS=ON", "-DAUTHGRAMMAR_WERROR=ON", "-DAUTHGRAMMAR_INSTALL=OFF", *off, *platform.cmake,
    ]


def m32_only(platform):
    return platform.flags if "-m32" in platform.flags else ()


def build_googletest(platform):
    """Where it is, compiled for the platform, which Debian's is not."""
    prefix = platform.folder / "googletest"
    if not (prefix / "lib").exists():
        build = platform.folder / "googletest-build"
        arguments = [argument for argument in cmake_arguments(platform, 17) if "AUTHGRAMMAR" not in argument]
        run(platform, ["cmake", "-S", GOOGLETEST, "-B", build, *arguments, "-DBUILD_GMOCK=OFF", "-DCMAKE_INSTALL_LIBDIR=lib",
                       f"-DCMAKE_INSTALL_PREFIX={prefix}"])
        run(platform, ["cmake", "--build", build, "-j", JOBS, "--target", "install"])
    return prefix


def long_form(platform):
    """The tests of core and schemes; the last thing that ctest says of each standard."""
    said = []
    for standard in platform.standards:
        build = platform.folder / f"build-{standard}"
        arguments = cmake_arguments(platform, standard)
        if platform.runner:
            # The vectors need a header of the host's, and are read by the short form. All tests are optimised tests, which
            # take a tenth of the time in an emulator.
            arguments += [f"-DGTest_ROOT={build_googletest(platform)}", "-DAUTHGRAMMAR_NO_EXCEPTIONS=ON",
                          "-DAUTHGRAMMAR_ALL_TESTS=ON", f"-DCMAKE_CXX_FLAGS={shlex.join(platform.flags)} -DAUTHGRAMMAR_SLOW_BUILD"]
        run(platform, ["cmake", "-S", ROOT, "-B", build, *arguments])
        everything = run(platform, ["ninja", "-C", build, "-t", "targets", "all"])
        targets = re.findall(r"^(test_(?:core|schemes)_(?!headers)\w+): phony", everything, re.MULTILINE)
        run(platform, ["cmake", "--build", build, "-j", JOBS, "--target", *targets])
        tests = run(platform, ["ctest", "--test-dir", build, "-j", JOBS, "--no-tests=error", "--timeout", 600, *TESTS])
        said.append(f"C++{standard}: {re.search(r'.*tests passed.*', tests)[0]}")
        if platform.isa == "neon":
            said.append(prove_bulk_paths(platform, build))
    return said


def prove_bulk_paths(platform, build):
    """Proof P7 over a block of one vector, which CMake makes only where the engines are built too."""
    folder = platform.folder / "p7"
    folder.mkdir(exist_ok=True)
    cases = (ROOT / "tests/proofs/CMakeLists.txt").read_text(encoding="utf-8")
    sizes = re.findall(r"\b(\d+):(\d+):(\d+)\b", "\n".join(re.findall(r"set\(all_sizes .*|APPEND all_sizes .*", cases)))
    template = (ROOT / "tests/proofs/small_kernels.cpp.in").read_text(encoding="utf-8")
    sources = []
    for width, first, following in sizes:
        neon = (width, first, following) == ("16", "16", "32")
        values = {"WIDTH": width, "FIRST": first, "NEXT": following,
                  "BLOCK": "neon_block<1>" if neon else f"proofs::small_block<{width}>",
                  "HEADER": "bulk/neon_block.hpp" if neon else "small_block.hpp"}
        source = folder / f"small_kernels_{width}_{first}_{following}.cpp"
        source.write_text(re.sub(r"@(\w+)@", lambda match: values[match[1]], template), encoding="utf-8")
        sources.append(source)
    googletest = build_googletest(platform)
    includes = [ROOT / "src/core/include", build / "include", ROOT / "src/abnf/include", ROOT / "src/core",
                ROOT / "tests/proofs", googletest / "include"]
    program = folder / "p7_bulk"
    definitions = ("AUTHGRAMMAR_STATIC_DEFINE", "AUTHGRAMMAR_ABNF_STATIC_DEFINE", f'AUTHGRAMMAR_SOURCE_DIR="{ROOT}"')
    libraries = (build / "src/core/libauthgrammar.a", googletest / "lib/libgtest.a", googletest / "lib/libgtest_main.a")
    run(platform, [platform.compiler, "-std=c++17", "-O2", *(f"-I{path}" for path in includes),
                   *(f"-D{definition}" for definition in definitions), ROOT / "tests/proofs/p7_bulk_test.cpp", *sources,
                   *libraries, "-o", program])
    said = run(platform, [*platform.runner, program, "--gtest_filter=p7_bulk/16_16_32.*"])
    return "P7: " + re.search(r"\[  PASSED  \] ([1-9]\d* tests)", said)[1]


def examine(platform, values, full):
    """(cells of the table, what failed or None, what was found, seconds)."""
    start = time.monotonic()
    shutil.rmtree(platform.folder, ignore_errors=True)
    platform.folder.mkdir(parents=True)
    language = "C" if platform.compiler == "musl-gcc" else "C++"
    said = [f"{values} values, {language}{'/'.join(map(str, platform.standards))}"]
    compiler, failure = platform.compiler, None
    try:
        compiler = version(platform)
        short_form(platform, values)
        if full and platform.compiler != "musl-gcc":
            said += long_form(platform)
    except (Failure, OSError) as error:
        failure = str(error)
    cells = [f"`{platform.name}`", platform.machine, compiler, ", ".join(f"{language}{s}" for s in platform.standards),
             platform.how, platform.bulk]
    return cells, failure, said, time.monotonic() - start


def table(rows):
    head = ["name", "machine", "compiler", "language", "programs run", "instruction sets"]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in [head, ["---"] * len(head), *rows])


def arguments():
    parser = argparse.ArgumentParser(usage=__doc__.split("usage: ")[1], add_help=False)
    parser.add_argument("-h", "--help", action="store_true")
    parser.add_argument("--full", action="store_true")
    parser.add_argument("--percent", type=int, default=0)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("names", nargs="*", metavar="NAME")
    parsed = parser.parse_args()
    if parsed.help:
        print(__doc__.strip())
        sys.exit(0)
    unknown = set(parsed.names) - {platform.name for platform in PLATFORMS}
    if unknown:
        parser.error(f"no such platform: {', '.join(sorted(unknown))}")
    if parsed.write and parsed.names:
        parser.error("--write needs all platforms")
    return parsed


def main():
    asked = arguments()
    full = asked.full or asked.percent >= 100
    platforms = [platform for platform in PLATFORMS if not asked.names or platform.name in asked.names]
    BUILD.mkdir(parents=True, exist_ok=True)
    subprocess.run([ROOT / "scripts/amalgamate", BUILD / "files"], check=True)
    lines = list(vector_lines())
    (BUILD / "vectors").write_text("".join(lines), encoding="utf-8")
    if len(lines) < 10000:
        sys.exit("platforms: too few vectors")

    rows, failed = [], []
    # A build by CMake keeps all processors busy by itself.
    with concurrent.futures.ThreadPoolExecutor(1 if full else JOBS) as pool:
        for platform, result in zip(platforms, pool.map(lambda each: examine(each, len(lines), full), platforms)):
            cells, failure, said, seconds = result
            rows.append(cells)
            print(f"{platform.name}: {failure or '; '.join(said)}; {seconds:.0f} s", flush=True)
            if failure:
                failed.append(platform.name)

    status = "as asked"
    if not asked.names and not failed:
        stale = []
        for page in PAGES:
            text = page.read_text(encoding="utf-8")
            now = TABLE.sub(lambda _: table(rows), text)
            if now == text:
                continue
            if asked.write:
                page.write_text(now, encoding="utf-8")
            else:
                stale.append(page.name)
        status = "the tables are up to date"
        if stale:
            status = f"out of date: {', '.join(stale)}: scripts/platforms --write"
            failed.append("the table")
    print(f"platforms: {len(platforms)}, failed: {', '.join(failed) or 'none'}; {status}")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
