"""Reads the manifests of the readers, corpus/survey/readers/*.toml: corpus/survey/README.md describes the form."""

import collections
import pathlib
import tomllib

CHALLENGES = ("WWW-Authenticate", "Proxy-Authenticate")
KINDS = ("list", "one", "params", "credentials", "observed")
TOLD = ("scheme", "token68", "params", "user", "password")
MEMBERS = {
    "title": str, "language": str, "run": list, "reads": list, "debian": list, "npm": list, "build": list,
    "version": str, "note": str,
}
READ_MEMBERS = {
    "fields": list, "what": str, "call": str, "schemes": list, "tells": list, "names": list, "needs": list,
    "map": bool, "lines": bool, "wire": bool,
}

Read = collections.namedtuple("Read", "fields what call schemes tells names needs map lines wire")
Reader = collections.namedtuple("Reader", "name title language run reads debian npm build version note")


class ManifestError(Exception):
    pass


def check(where, table, known, required):
    for name, value in table.items():
        if name not in known:
            raise ManifestError(f"{where}: unknown member {name}")
        if not isinstance(value, known[name]):
            raise ManifestError(f"{where}: {name} is not a {known[name].__name__}")
    for name in required:
        if not table.get(name):
            raise ManifestError(f"{where}: no {name}")


def read_of(where, table):
    check(where, table, READ_MEMBERS, ("fields", "what", "call", "tells"))
    if table["what"] not in KINDS:
        raise ManifestError(f"{where}: what is one of {', '.join(KINDS)}")
    for name in table["tells"]:
        if name not in TOLD:
            raise ManifestError(f"{where}: tells {name}: not one of {', '.join(TOLD)}")
    return Read(
        tuple(table["fields"]), table["what"], table["call"], tuple(map(str.lower, table.get("schemes", ()))),
        frozenset(table["tells"]), frozenset(table.get("names", ())), tuple(table.get("needs", ())),
        table.get("map", False), table.get("lines", False), table.get("wire", False),
    )


def load(path):
    path = pathlib.Path(path)
    try:
        table = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as problem:
        raise ManifestError(f"{path.name}: {problem}") from problem
    check(path.name, table, MEMBERS, ("title", "language", "run", "reads"))
    reads = tuple(read_of(f"{path.name}: reads {number}", each) for number, each in enumerate(table["reads"]))
    return Reader(
        path.stem, table["title"], table["language"], table["run"], reads, table.get("debian", []),
        table.get("npm", []), table.get("build", []), table.get("version", "thing"), table.get("note", ""),
    )


def load_all(folder, names=()):
    """The readers of a folder, or those named, in the order of their names."""
    folder = pathlib.Path(folder)
    known = {path.stem: path for path in sorted(folder.glob("*.toml"))}
    for name in names:
        if name not in known:
            raise ManifestError(f"no reader {name}; there are {', '.join(known)}")
    return [load(known[name]) for name in (sorted(set(names)) or known)]
