"""The Conan 2 recipe of the checkout that it is part of: conan create packaging/conan"""

import os
import re

from conan import ConanFile
from conan.tools.build import check_min_cppstd
from conan.tools.cmake import CMake, CMakeDeps, CMakeToolchain, cmake_layout
from conan.tools.files import copy, load, rmdir

ROOT = os.path.join("..", "..")

# The components of the CMake package that are options here: the CMake option, what they need of Conan, and of each other.
PARTS = {
    "policy": ("AUTHGRAMMAR_BUILD_POLICY", {"uriparser": "uriparser/[>=0.9]"}, ()),
    "verify": ("AUTHGRAMMAR_BUILD_VERIFY", {"openssl": "openssl/[>=3.0 <4]", "utf8proc": "utf8proc/[>=2.8]"}, ()),
    "conversation": ("AUTHGRAMMAR_BUILD_CONVERSATION", {}, ("policy", "verify")),
}
COMPONENTS = {
    "core": ("authgrammar", "authgrammar", []),
    "schemes": ("schemes", "authgrammar_schemes", ["core"]),
    "policy": ("policy", "authgrammar_policy", ["core", "schemes", "uriparser::uriparser"]),
    "verify": ("verify", "authgrammar_verify", ["core", "schemes", "openssl::crypto", "utf8proc::utf8proc"]),
    "conversation": ("conversation", "authgrammar_conversation", ["core", "schemes", "policy", "verify"]),
}


class AuthgrammarConan(ConanFile):
    name = "authgrammar"
    description = "The grammar of HTTP authentication fields: reading, writing, judging"
    license = "MIT"
    topics = ("http", "authentication", "parser", "rfc9110", "rfc7235")
    package_type = "library"
    settings = "os", "arch", "compiler", "build_type"
    options = {"shared": [True, False], "fPIC": [True, False], **{part: [True, False] for part in PARTS}}
    default_options = {"shared": False, "fPIC": True, **{part: True for part in PARTS}}

    def set_version(self):
        text = load(self, os.path.join(self.recipe_folder, ROOT, "CMakeLists.txt"))
        self.version = re.search(r"VERSION (\d+\.\d+\.\d+)", text).group(1)

    def export_sources(self):
        root = os.path.join(self.recipe_folder, ROOT)
        for pattern in ("CMakeLists.txt", "LICENSE", "cmake/*", "src/*"):
            copy(self, pattern, root, self.export_sources_folder)

    def config_options(self):
        if self.settings.os == "Windows":
            del self.options.fPIC

    def configure(self):
        if self.options.shared:
            self.options.rm_safe("fPIC")
        for part, (_, _, needs) in PARTS.items():
            if self.options.get_safe(part):
                for other in needs:
                    setattr(self.options, other, True)

    def requirements(self):
        for part in self._parts():
            for reference in PARTS[part][1].values():
                self.requires(reference)

    def validate(self):
        check_min_cppstd(self, 17)

    def layout(self):
        cmake_layout(self)

    def generate(self):
        toolchain = CMakeToolchain(self)
        for part, (option, _, _) in PARTS.items():
            toolchain.cache_variables[option] = bool(self.options.get_safe(part))
        toolchain.generate()
        CMakeDeps(self).generate()

    def build(self):
        cmake = CMake(self)
        cmake.configure()
        cmake.build()

    def package(self):
        copy(self, "LICENSE", self.source_folder, os.path.join(self.package_folder, "licenses"))
        CMake(self).install()
        # Conan makes its own, from package_info().
        rmdir(self, os.path.join(self.package_folder, "lib", "cmake"))
        rmdir(self, os.path.join(self.package_folder, "lib", "pkgconfig"))
        rmdir(self, os.path.join(self.package_folder, "share"))

    def package_info(self):
        for component in ("core", "schemes", *self._parts()):
            target, library, requires = COMPONENTS[component]
            info = self.cpp_info.components[component]
            info.libs = [library]
            info.requires = requires
            info.set_property("cmake_target_name", f"authgrammar::{target}")
            info.set_property("pkg_config_name", "authgrammar" if component == "core" else f"authgrammar-{component}")

    def _parts(self):
        return [part for part in PARTS if self.options.get_safe(part)]
