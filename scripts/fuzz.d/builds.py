"""Builds of the fuzz targets, all by way of fuzz/build.sh: flags as OSS-Fuzz has them, a folder for each."""

import os
import pathlib
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = ROOT / "build" / "fuzz"
BASE = "-fno-omit-frame-pointer -gline-tables-only -DFUZZING_BUILD_MODE_UNSAFE_FOR_PRODUCTION"
UNDEFINED = (
    "array-bounds,bool,builtin,enum,function,integer-divide-by-zero,null,object-size,return,"
    "returns-nonnull-attribute,shift,signed-integer-overflow,unreachable,vla-bound,vptr"
)
COUNTERS = "-fsanitize=fuzzer-no-link"
# The instances of std::string in the C++ library are not instrumented. With its assertions, each program has its own.
OWN_TEMPLATES = "-D_GLIBCXX_ASSERTIONS"
TREE = "_ZSt29_Rb_tree_insert_and_rebalancebPSt18_Rb_tree_node_baseS0_RS_"

# Name: flags of compiler and linker, engine, whether it is clang.
CONFIGURATIONS = {
    "fast": (f"-O2 {BASE} {COUNTERS}", "-fsanitize=fuzzer", True),
    "address": (f"-O1 {BASE} {COUNTERS} -fsanitize=address -fsanitize-address-use-after-scope",
                "-fsanitize=fuzzer", True),
    "undefined": (f"-O1 {BASE} {COUNTERS} -fsanitize={UNDEFINED} -fno-sanitize-recover={UNDEFINED}",
                  "-fsanitize=fuzzer", True),
    "memory": (f"-O1 {BASE} {COUNTERS} -fsanitize=memory -fsanitize-memory-track-origins {OWN_TEMPLATES}", "private", True),
    "coverage": (f"-O1 -DNDEBUG {BASE} -fprofile-instr-generate -fcoverage-mapping", "-fsanitize=fuzzer", True),
    "standalone-clang": (f"-O1 {BASE}", "", True),
    "standalone-gcc": ("-O1 -fno-omit-frame-pointer -g1", "", False),
}


def targets():
    """Rows of fuzz/targets.tsv: target, dictionary, what its files are, what it needs besides policy."""
    lines = (ROOT / "fuzz" / "targets.tsv").read_text().splitlines()[1:]
    return [line.split("\t") for line in lines]


def names(configuration=""):
    """The targets of a build: MemorySanitizer has none that needs verify, because it does not see what OpenSSL writes."""
    return [row[0] for row in targets() if row[3] != "verify" or not configuration.endswith("memory")]


def tool(name):
    """A tool of LLVM 19, by the name that Debian gives it or without the version. MemorySanitizer of LLVM 14 sees
    strings of Debian's C++ library as not written."""
    return shutil.which(f"{name}-19") or shutil.which(name) or sys.exit(f"{name} is missing")


def private_engine():
    """libFuzzer with a C++ library of its own, and what MemorySanitizer has to know of the program's.

    Debian's libFuzzer shares symbols of std::string with the target: MemorySanitizer then sees code that it did not
    compile. Answers the engine, and what each program is linked with."""
    folder = BUILD / "engine"
    archive = folder / "libfuzzer_private.a"
    whole, local, tree = (str(folder / name) for name in ("whole.o", "local.o", "tree.o"))
    runtime = f"{tree};-Wl,--wrap={TREE}"
    if archive.exists():
        return str(archive), runtime
    folder.mkdir(parents=True, exist_ok=True)
    clang = tool("clang++")
    fuzzer = subprocess.check_output([clang, "-print-file-name=libclang_rt.fuzzer-x86_64.a"], text=True).strip()
    library = subprocess.check_output(["g++", "-print-file-name=libstdc++.a"], text=True).strip()
    subprocess.run(["ld", "-r", "--force-group-allocation", "--whole-archive", fuzzer, "--no-whole-archive", library,
                    "-o", whole], check=True)
    keep = [f"--keep-global-symbol={pattern}" for pattern in
            ("main", "LLVMFuzzer*", "__sanitizer*", "__sancov*")]
    subprocess.run(["objcopy", "-w", *keep, whole, local], check=True)
    subprocess.run([clang, "-O1", "-c", str(ROOT / "fuzz/support/msan_tree.cpp"), "-o", tree], check=True)
    subprocess.run(["ar", "rcs", str(archive), local], check=True)
    return str(archive), runtime


def build(name, out=None, flags=None):
    """Builds a configuration, if anything changed, and answers the folder with its programs."""
    options, engine, clang = CONFIGURATIONS[name]
    if flags:
        options = flags
    # The planted bugs are there for liveness to turn on one by one, and off for everything else.
    more = ["-DAUTHGRAMMAR_FUZZ_PLANTED_BUGS=ON"] if name == "address" else []
    if engine == "private":
        engine, runtime = private_engine()
        more.append(f"-DAUTHGRAMMAR_FUZZ_RUNTIME={runtime}")
    out = out or BUILD / name / "out"
    work = out.parent / "work"
    out.mkdir(parents=True, exist_ok=True)
    work.mkdir(parents=True, exist_ok=True)
    environment = dict(os.environ, SRC=str(ROOT.parent), OUT=str(out), WORK=str(work), CFLAGS=options,
                       CXXFLAGS=options, LIB_FUZZING_ENGINE=engine,
                       CC=tool("clang") if clang else "gcc", CXX=tool("clang++") if clang else "g++",
                       AUTHGRAMMAR_FUZZ_CMAKE_ARGUMENTS=" ".join(more))
    log = out.parent / "build.log"
    with log.open("w") as stream:
        done = subprocess.run([str(ROOT / "fuzz" / "build.sh")], env=environment, stdout=stream,
                              stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)
    if done.returncode != 0:
        sys.stderr.write("".join(log.read_text(errors="replace").splitlines(keepends=True)[-60:]))
        sys.exit(f"fuzz: the build of {name} failed, see {log}")
    return out


def program(configuration, name):
    """A program of a configuration that is no target, built now."""
    build(configuration)
    work = BUILD / configuration / "work" / "authgrammar"
    subprocess.run(["cmake", "--build", str(work), "--target", name], check=True, stdout=sys.stderr)
    return work / "bin" / name


def corpus(target):
    """Committed folders of a target's inputs."""
    return [folder for folder in (ROOT / "corpus" / kind / target for kind in ("seeds", "regressions"))
            if folder.is_dir()]


def sanitizer_environment(**more):
    """As OSS-Fuzz's runner sets it, less what needs its container."""
    return dict(os.environ,
                ASAN_OPTIONS="detect_stack_use_after_return=1:strict_memcmp=1:detect_leaks=1:abort_on_error=0:"
                             "allocator_may_return_null=1:handle_abort=2",
                UBSAN_OPTIONS="print_stacktrace=1:halt_on_error=1:silence_unsigned_overflow=1:handle_abort=2",
                MSAN_OPTIONS="print_stats=0:handle_abort=2", **more)
