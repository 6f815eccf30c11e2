"""Holds what packages say of the project against what it says itself: agree.py ROOT

Versions, the soname's number, the oldest CMake, the options and components, and that each lintian override has a reason. And
the Conan recipe is run, with stand-ins for Conan.
"""

import json
import pathlib
import re
import sys
import types

ROOT = pathlib.Path(sys.argv[1])
VCPKG = "packaging/vcpkg/authgrammar"
faults = []


def text(path):
    return (ROOT / path).read_text(encoding="utf-8")


def first(pattern, path):
    found = re.search(pattern, text(path), re.M)
    if not found:
        faults.append(f"{path}: nothing like {pattern}")
        return ""
    return found[1]


def same(what, expected, path, actual):
    if actual != expected:
        faults.append(f"{path}: {what} {actual}, not {expected}")


def versions():
    version = first(r"^ +VERSION ([\d.]+)$", "CMakeLists.txt")
    minor = version.rpartition(".")[0]
    same("version", version, "CHANGELOG.md", first(r"^## \[(\d[\d.]*)\]", "CHANGELOG.md"))
    same("version", version, "packaging/debian/changelog", first(r"^authgrammar \(([\d.]+)-\d+\)", "packaging/debian/changelog"))
    same("version", version, f"{VCPKG}/vcpkg.json", json.loads(text(f"{VCPKG}/vcpkg.json"))["version"])
    same("version", f"{minor}.x", "SECURITY.md", first(r"^\| (\d[\w.]*) \| yes", "SECURITY.md"))
    same("version", minor, "README.md", first(r"find_package\(authgrammar ([\d.]+) ", "README.md"))
    return version


def sonames():
    number = first(r"^set\(AUTHGRAMMAR_SOVERSION (\d+)\)", "CMakeLists.txt")
    control = text("packaging/debian/control")
    if f"\nPackage: libauthgrammar{number}\n" not in control:
        faults.append(f"packaging/debian/control: no package libauthgrammar{number}")
    for record in sorted((ROOT / "packaging/abi").glob("*.abi")):
        same("soname", f"{record.stem}.so.{number}", record.name, re.search(r"soname='([^']*)'", record.read_text())[1])


def oldest_cmake():
    oldest = first(r"^cmake_minimum_required\(VERSION (\d+\.\d+)", "CMakeLists.txt")
    presets = json.loads(text("CMakePresets.json"))["cmakeMinimumRequired"]
    same("CMake", oldest, "CMakePresets.json", f"{presets['major']}.{presets['minor']}")
    same("CMake", oldest, "README.md", first(r"CMake ([\d.]+) are needed", "README.md"))
    same("CMake", oldest, "packaging/debian/control", first(r"cmake \(>= ([\d.]+)\)", "packaging/debian/control"))
    for path in ROOT.glob("tests/consumer/*/CMakeLists.txt"):
        same("CMake", oldest, path, re.search(r"VERSION ([\d.]+)\)", path.read_text())[1])


def options():
    """The options that CMake has, named without AUTHGRAMMAR_BUILD_."""
    source = text("cmake/AuthgrammarOptions.cmake")
    return set(re.findall(r"option\(AUTHGRAMMAR_BUILD_(\w+) ", source)) | set(re.findall(r"_library_option\((\w+) ", source))


def vcpkg(known):
    port = json.loads(text(f"{VCPKG}/vcpkg.json"))
    portfile = text(f"{VCPKG}/portfile.cmake")
    for name in (port["name"], *port["features"]):
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name):
            faults.append(f"vcpkg.json: {name} is no name that vcpkg takes")
    given = dict(re.findall(r"^ +(\w+) +AUTHGRAMMAR_BUILD_(\w+)$", portfile, re.M))
    same("features", sorted(port["features"]), "portfile.cmake", sorted(given))
    for option in set(given.values()) - known:
        faults.append(f"portfile.cmake: there is no option AUTHGRAMMAR_BUILD_{option}")
    for feature in port["features"].values():
        for needed in feature["dependencies"]:
            for other in needed.get("features", ()) if isinstance(needed, dict) and needed["name"] == "authgrammar" else ():
                if other not in port["features"]:
                    faults.append(f"vcpkg.json: there is no feature {other}")


class Anything:
    """Takes every call, and is its own answer."""

    def __init__(self, *arguments, **named):
        pass

    def __getattr__(self, name):
        return self

    def __call__(self, *arguments, **named):
        return self


class Toolchain(Anything):
    made = None

    def __init__(self, recipe):
        self.cache_variables = {}
        Toolchain.made = self


def conan(known, version):
    """Runs what the recipe does with each option on and off."""
    stands_in = {"conan": {"ConanFile": type("ConanFile", (), {})},
                 "conan.tools.build": {"check_min_cppstd": lambda *_: None},
                 "conan.tools.cmake": {"CMake": Anything, "CMakeDeps": Anything, "CMakeToolchain": Toolchain,
                                       "cmake_layout": lambda *_: None},
                 "conan.tools.files": {"copy": lambda *_: None, "rmdir": lambda *_: None,
                                       "load": lambda _, path: pathlib.Path(path).read_text(encoding="utf-8")},
                 "conan.tools": {}}
    for name, members in stands_in.items():
        module = types.ModuleType(name)
        module.__dict__.update(members)
        sys.modules[name] = module
    recipe = types.ModuleType("conanfile")
    exec(compile(text("packaging/conan/conanfile.py"), "conanfile.py", "exec"), recipe.__dict__)

    class Options(types.SimpleNamespace):
        def get_safe(self, name):
            return getattr(self, name, None)

        def rm_safe(self, name):
            self.__dict__.pop(name, None)

    for on in (True, False):
        one = recipe.AuthgrammarConan()
        one.recipe_folder = str(ROOT / "packaging/conan")
        one.options = Options(**{**one.default_options, **{part: on for part in recipe.PARTS}})
        one.cpp_info = types.SimpleNamespace(components=__import__("collections").defaultdict(Anything))
        one.settings = types.SimpleNamespace(os="Linux")
        wanted = []
        one.requires = wanted.append
        one.set_version()
        same("version", version, "conanfile.py", one.version)
        for step in (one.config_options, one.configure, one.requirements, one.validate, one.layout, one.generate, one.package_info):
            step()
        for option, value in Toolchain.made.cache_variables.items():
            if option.removeprefix("AUTHGRAMMAR_BUILD_") not in known or value != on:
                faults.append(f"conanfile.py: {option}={value}")
        same("components", 5 if on else 2, "conanfile.py", len(one.cpp_info.components))
        same("requirements", 3 if on else 0, "conanfile.py", len(wanted))
    targets = set(re.findall(r"EXPORT_NAME (\w+)", "".join(path.read_text() for path in ROOT.glob("src/*/CMakeLists.txt"))))
    for target, library, _ in recipe.COMPONENTS.values():
        if target not in targets or not library.startswith("authgrammar"):
            faults.append(f"conanfile.py: there is no target {target}")


def overrides():
    """Above each override, a line that says why."""
    for path in ROOT.glob("packaging/debian/**/*lintian-overrides"):
        before = ""
        for line in path.read_text(encoding="utf-8").splitlines():
            if not line.startswith("#") and not before.startswith("#"):
                faults.append(f"{path.name}: no reason for {line}")
            before = line


def main():
    version = versions()
    sonames()
    oldest_cmake()
    known = options()
    vcpkg(known)
    conan(known, version)
    overrides()
    print("\n".join(faults))
    print(f"packages: {version}, {len(known)} options, {len(faults)} faults")
    return 1 if faults else 0


sys.exit(main())
