"""The images of OSS-Fuzz and ClusterFuzzLite, imitated: their Dockerfiles on a clean clone, with the variables and the
C++ library of base-builder. What it needs of Debian is unpacked under build/fuzz/libcxx by scripts/fuzz."""

import os
import pathlib
import re
import shutil
import subprocess
import sys

import yaml

import builds

IMAGE = builds.BUILD / "image"
PROJECT = builds.ROOT / "fuzz" / "oss-fuzz"
CLUSTERFUZZLITE = builds.ROOT / ".clusterfuzzlite"

# What infra/presubmit.py of OSS-Fuzz asks of a project folder.
LICENCE = "http://www.apache.org/licenses/LICENSE-2.0"
FILES = ["Dockerfile", "build.sh", "project.yaml", "run_tests.sh"]
REQUIRED = ["homepage", "language", "main_repo", "primary_contact"]
SECTIONS = {*REQUIRED, "architectures", "auto_ccs", "base_os_version", "builds_per_day", "coverage_extra_args",
            "disabled", "file_github_issue", "fuzzing_engines", "help_url", "labels", "run_tests", "sanitizers",
            "selective_unpack", "vendor_ccs", "view_restrictions"}
CONSTANTS = {
    "sanitizers": {"address", "undefined", "memory", "thread", "hwaddress", "coverage", "introspector", "none"},
    "architectures": {"x86_64", "i386", "aarch64"},
    "fuzzing_engines": {"libfuzzer", "afl", "honggfuzz", "centipede", "none"},
    "language": {"c++"},
}

# The environment of base-clang and base-builder, and what `compile` adds to it.
CFLAGS = ("-O1 -fno-omit-frame-pointer -gline-tables-only -Wno-error=incompatible-function-pointer-types "
          "-Wno-error=int-conversion -Wno-error=deprecated-declarations -Wno-error=implicit-function-declaration "
          "-Wno-error=implicit-int -Wno-error=unknown-warning-option -Wno-error=vla-cxx-extension "
          "-DFUZZING_BUILD_MODE_UNSAFE_FOR_PRODUCTION")
LIBCXX = "-stdlib=libc++"
SANITIZER = {
    "address": "-fsanitize=address -fsanitize-address-use-after-scope",
    "undefined": f"-fsanitize={builds.UNDEFINED},unsigned-integer-overflow -fno-sanitize-recover={builds.UNDEFINED}",
    "coverage": "",
}
COVERAGE = {"coverage": "-fprofile-instr-generate -fcoverage-mapping -pthread -Wl,--no-as-needed -Wl,-ldl -Wl,-lm "
                        "-Wno-unused-command-line-argument"}
# Packages that base-builder has in some form, and one that a test uses only where it is.
IN_THE_IMAGE = re.compile(r"libc6-dev|linux-libc-dev|libgcc-\d+-dev|libclang.*-dev|libc\+\+|valgrind")


def instructions(dockerfile):
    """Name and argument of each instruction of a Dockerfile."""
    text = re.sub(r"^#.*\n", "", dockerfile.read_text(), flags=re.M).replace("\\\n", " ")
    return [tuple(line.split(None, 1)) for line in text.splitlines() if line.strip()]


def packages(dockerfile):
    """What the Dockerfile installs."""
    found = set()
    for name, argument in instructions(dockerfile):
        if name == "RUN" and (install := re.search(r"apt-get install ([^&;|]*)", argument)):
            found |= {word for word in install.group(1).split() if not word.startswith("-")}
    return found


def form(folder, submitted):
    """What is wrong with the files of a folder, without a build; `submitted`: it is one for OSS-Fuzz's repository."""
    faults = []
    for name in FILES if submitted else [name for name in FILES if name != "run_tests.sh"]:
        path = folder / name
        if not path.is_file():
            faults.append(f"{name} is missing")
            continue
        text = path.read_text()
        if submitted and LICENCE not in text:
            faults.append(f"{name} has no licence header")
        if "-lFuzzingEngine" in text or "-fsanitize=fuzzer" in text:
            faults.append(f"{name} names an engine")
        if path.suffix == ".sh" and not os.access(path, os.X_OK):
            faults.append(f"{name} cannot be executed")
    if faults:
        return faults

    project = yaml.safe_load((folder / "project.yaml").read_text())
    if submitted:
        faults += [f"project.yaml has no {name}" for name in REQUIRED if name not in project]
    for name, value in project.items():
        values = set(value) if isinstance(value, list) else {value}
        if name not in SECTIONS:
            faults.append(f"project.yaml has an unknown section {name}")
        elif not values <= CONSTANTS.get(name, values):
            faults.append(f"project.yaml has an unknown value of {name}")

    lines = instructions(folder / "Dockerfile")
    if lines[0] != ("FROM", f"gcr.io/oss-fuzz-base/base-builder:{project.get('base_os_version')}"):
        faults.append("the Dockerfile does not start from the base-builder of base_os_version")
    for name, argument in lines:
        if name == "ARG" and "=" not in argument:
            faults.append(f"the Dockerfile has ARG {argument} without a default")
        if name == "RUN" and (clone := re.search(r"git clone (?:--depth 1 )?(\S+)", argument)):
            if clone.group(1) != project.get("main_repo"):
                faults.append("the Dockerfile clones another address than main_repo")
    wanted = packages(folder / "Dockerfile")
    policy = subprocess.run(["apt-cache", "policy", *sorted(wanted)], capture_output=True, text=True,
                            env=dict(os.environ, LC_ALL="C")).stdout
    known = set(re.findall(r"^(\S+):\n.*\n  Candidate: [^(]", policy, re.M))
    return faults + [f"the Dockerfile installs {name}, which apt does not know" for name in sorted(wanted - known)]


def compilers():
    """A folder with clang and clang++ as base-clang has them: with libc++ as a static library only, and an engine
    that is linked with it. Debian's engine is built with libstdc++, and gets a private copy."""
    root = next((root for root in (builds.BUILD / "libcxx/usr/lib/llvm-19", pathlib.Path("/usr/lib/llvm-19"))
                 if (root / "lib" / "libc++.a").exists()), None)
    if root is None:
        sys.exit("fuzz: libc++ is missing; run scripts/fuzz check, which unpacks it")
    engine, _ = builds.private_engine()
    folder = IMAGE / "bin"
    folder.mkdir(parents=True, exist_ok=True)
    (IMAGE / "lib").mkdir(exist_ok=True)
    (IMAGE / "lib" / "libc++.a").write_text(f"GROUP({root}/lib/libc++.a {root}/lib/libc++abi.a)\n")
    for name in ("clang", "clang++"):
        (folder / name).write_text(
            f"#!/bin/bash\n"
            f"exec {builds.tool(name)} -Wno-unused-command-line-argument -stdlib++-isystem {root}/include/c++/v1 "
            f"-L{IMAGE}/lib \"${{@/%-fsanitize=fuzzer/{engine}}}\"\n")
        (folder / name).chmod(0o755)
    return folder


def environment(source, sanitizer):
    """What a script finds in a container. Without a sanitizer: in that of run_tests.sh."""
    flags = f"{CFLAGS} {SANITIZER[sanitizer]} {COVERAGE.get(sanitizer, builds.COUNTERS)}" if sanitizer else CFLAGS
    return {
        "PATH": f"{compilers()}:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME": str(source.parent),
        "SRC": str(source), "WORK": str(source.parent / "work"), "OUT": str(source.parent / "out"),
        "CC": "clang", "CXX": "clang++", "CCC": "clang++", "CFLAGS": flags, "CXXFLAGS": f"{flags} {LIBCXX}",
        "CXXFLAGS_EXTRA": LIBCXX, "LIB_FUZZING_ENGINE": "-fsanitize=fuzzer", "FUZZING_ENGINE": "libfuzzer",
        "FUZZING_LANGUAGE": "c++", "SANITIZER": sanitizer or "address", "ARCHITECTURE": "x86_64",
    }


def run_logged(log, command, **options):
    """Runs a command, and leaves the program if it fails."""
    with log.open("a") as stream:
        done = subprocess.run(command, stdout=stream, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, **options)
    if done.returncode != 0:
        sys.stderr.write("".join(log.read_text(errors="replace").splitlines(keepends=True)[-60:]))
        sys.exit(f"fuzz: {' '.join(command)} failed, see {log}")


def git(*arguments):
    """git in our own tree, whoever owns it."""
    return ["git", "-c", f"safe.directory={builds.ROOT}", "-c", f"safe.directory={builds.ROOT}/.git", *arguments]


class container:
    """A folder in place of a container, made by a Dockerfile of the project."""

    def __init__(self, name, folder):
        self.top = IMAGE / name
        shutil.rmtree(self.top, ignore_errors=True)
        self.source = self.top / "src"
        self.log = self.top / "log"
        for place in ("src", "work", "out"):
            (self.top / place).mkdir(parents=True)
        # The context is of a clone, too: what is not committed is not sent to anybody.
        checkout = self.top / "checkout"
        run_logged(self.log, git("clone", "--quiet", f"file://{builds.ROOT}", str(checkout)))
        self.dockerfile = checkout / folder.relative_to(builds.ROOT) / "Dockerfile"
        context = checkout if folder == CLUSTERFUZZLITE else self.dockerfile.parent
        self.directory = self.source
        for instruction, argument in instructions(self.dockerfile):
            self.execute(instruction, argument.replace("$SRC", str(self.source)), context)

    def execute(self, instruction, argument, context):
        if instruction == "WORKDIR":
            self.directory = pathlib.Path(argument)
        elif instruction == "COPY":
            *sources, target = argument.split()
            for source in sources:
                if source == ".":
                    shutil.copytree(context, target)
                else:
                    shutil.copy(context / source, target)
        elif instruction == "RUN" and "git clone" in argument:
            address = re.search(r"\S+://\S+", argument).group()
            run_logged(self.log, git("-c", f"url.file://{builds.ROOT}.insteadOf={address}",
                                     *argument.split()[1:]), cwd=self.directory)
        elif instruction not in ("FROM", "RUN") or (instruction == "RUN" and "apt-get" not in argument):
            sys.exit(f"fuzz: {self.dockerfile}: no idea what {instruction} {argument} does")

    def compile(self, sanitizer):
        """build.sh, as base-builder's `compile` calls it. Answers the folder with the targets."""
        for place in ("work", "out"):
            shutil.rmtree(self.top / place)
            (self.top / place).mkdir()
        run_logged(self.log, ["bash", "-eux", str(self.source / "build.sh")], cwd=self.directory,
                   env=environment(self.source, sanitizer))
        return self.top / "out"

    def run_tests(self):
        """run_tests.sh, without a network where that can be had. Answers what is wrong."""
        offline = ["unshare", "--net", "--map-root-user"]
        if subprocess.run([*offline, "true"], capture_output=True).returncode != 0:
            offline = []
        run_logged(self.log, [*offline, str(self.source / "run_tests.sh")], cwd=self.directory,
                   env=environment(self.source, None))
        changed = subprocess.run(["git", "-C", str(self.directory), "status", "--porcelain"], capture_output=True,
                                 text=True, check=True).stdout.split("\n")[0]
        return [f"run_tests.sh changes the checkout: {changed}"] if changed else []

    def uninstalled(self, installed=None):
        """Packages whose headers the builds read, and which the Dockerfile does not install."""
        installed = packages(self.dockerfile) if installed is None else installed
        headers = set()
        for build in (path.parent for path in (self.top / "work").glob("*/build.ninja")):
            listed = subprocess.run(["ninja", "-C", str(build), "-t", "deps"], capture_output=True, text=True).stdout
            headers |= set(re.findall(r"^\s+(/usr/\S+)$", listed, re.M))
        owners = subprocess.run(["dpkg-query", "-S", *sorted(headers)], capture_output=True, text=True).stdout
        used = {line.split(":")[0] for line in owners.splitlines()}
        return [f"the Dockerfile does not install {name}" for name in sorted(used - installed)
                if not IN_THE_IMAGE.match(name)]


def planted(built):
    """Project folders that are bad on purpose, each of which has to be found. Answers what was missed."""
    missed = []

    def attempt(what, expected, faults):
        found = next((fault for fault in faults if expected in fault), None)
        print(f"  {what:44} {'found: ' + found[:60] if found else 'MISSED'}", flush=True)
        if not found:
            missed.append(f"a bad project folder was not found: {what}")

    def spoilt(name, pattern, replacement):
        folder = IMAGE / "spoilt"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(PROJECT, folder)
        text = (folder / name).read_text()
        (folder / name).write_text(re.sub(pattern, replacement, text, count=1))
        return form(folder, True)

    attempt("no licence header", "build.sh has no licence", spoilt("build.sh", LICENCE, ""))
    attempt("ARG without a default", "ARG MAIN_REPO without", spoilt("Dockerfile", "RUN git", "ARG MAIN_REPO\nRUN git"))
    attempt("a clone of another repository", "than main_repo", spoilt("Dockerfile", "https://authgrammar", "https://x"))
    attempt("another image than base_os_version", "base-builder", spoilt("Dockerfile", ":ubuntu-24-04", ""))
    attempt("a section that OSS-Fuzz does not know", "section sanitisers", spoilt("project.yaml", "sanitizers", "sanitisers"))
    attempt("an engine by its flag", "names an engine", spoilt("build.sh", "exec", "# -fsanitize=fuzzer\nexec"))
    attempt("a package that does not exist", "does not know", spoilt("Dockerfile", "googletest", "googletets"))
    attempt("a package that the build needs", "install liburiparser-dev",
            built.uninstalled(packages(built.dockerfile) - {"liburiparser-dev"}))
    return missed
