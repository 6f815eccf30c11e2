"""The captured exchanges: what authlint says of each, who sent what, and how each finding was judged."""

import csv
import json
import pathlib
import re
import subprocess
import sys

JUDGED = "tests/audit/judged.tsv"
FOLDERS = {"field": "tests/audit/field/captures", "corpus": "corpus/captures", "refusals": "corpus/refusals"}
SUFFIXES = (".http", ".txt")

# Captures of clients: their requests are their own. In the others a script sent the request, and it is nobody's.
CLIENT_CAPTURE = re.compile(r"^(curl|httpie|wget|rclone)-")
SOFTWARE = re.compile(r"^(?P<name>.+?)-(?P<version>\d+(?:\.\d+)+)(?:-|\.)")


def run(program, arguments, stdin=None):
    """What authlint answers in JSON, and its exit code."""
    done = subprocess.run([program, *arguments], stdin=stdin, stdout=subprocess.PIPE, check=False)
    if done.returncode not in (0, 1):
        sys.exit(f"authlint {' '.join(arguments)}: exit code {done.returncode}")
    return json.loads(done.stdout), done.returncode


def read_table(path):
    with open(path, encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))


def name_of(finding):
    return f"{finding['id']}@{finding['offset']}"


def software_in(text):
    """The name and the version with which a text begins; None if it does not."""
    found = SOFTWARE.match(text + "-")
    return (found.group("name"), found.group("version")) if found else None


class Capture:
    """A capture: `name` is "field/x.http", "corpus/x.http" or "refusals/x.http"; `client` is who sent its requests, if known."""

    def __init__(self, program, folder, path, client=None):
        self.name = f"{folder}/{path.name}"
        self.file = path.name
        self.client = client
        self.messages = run(program, ["lint", "--format", "json", str(path)])[0]["messages"]

    @property
    def findings(self):
        return [f for m in self.messages for f in m["findings"]]

    def sender(self, message):
        """The software and its version that sent a message; None if that was a script of ours."""
        if self.name.startswith("refusals/"):
            return software_in(self.file) if message["status"] is not None else self.client
        software = SOFTWARE.match(self.file)
        versions = [(m.group("name"), m.group("version")) for m in [software] if m]
        if self.file.startswith("curl-v-"):
            server = SOFTWARE.match(re.sub(r"^curl-v-(digest|anyauth)-(wrong-)?", "", self.file) + "-")
            versions = [(server.group("name"), server.group("version"))] if server else []
            return ("curl", "7.88.1") if message["status"] is None else versions[0] if versions else None
        if not versions:
            return None
        of_client = CLIENT_CAPTURE.match(self.file) or self.file.endswith(".request.http")
        if self.name.startswith("corpus/") and message["status"] is None and not of_client:
            return ("curl", "7.88.1")
        return versions[0] if bool(of_client) == (message["status"] is None) else None


def all_captures(program, root):
    """All captures of the repository, in order."""
    clients = {row["file"]: software_in(row["client"]) for row in read_table(root / FOLDERS["refusals"] / "expected.tsv")}
    return [Capture(program, folder, path, clients.get(path.name)) for folder, place in FOLDERS.items()
            for path in sorted((root / place).iterdir()) if path.suffix in SUFFIXES]


def judgement_faults(captures, judged):
    """What was said and not judged, what was judged and is said no more, and what was judged false."""
    said = {(c.name, name_of(f)) for c in captures for f in c.findings}
    rows = {(row["capture"], row["finding"]): row for row in judged}
    faults = [f"{name}: {finding} is not judged in {JUDGED}" for name, finding in sorted(said - rows.keys())]
    faults += [f"{name}: {finding} is judged in {JUDGED}, and not found" for name, finding in sorted(rows.keys() - said)]
    if len(rows) != len(judged):
        faults.append(f"{JUDGED}: a finding is judged twice")
    for (name, finding), row in rows.items():
        if row["verdict"] not in ("true", "false") or not row["text"] or not row["reason"]:
            faults.append(f"{JUDGED}: {name}: {finding} needs true or false, a text and a reason")
    return faults + false_alarms(captures, judged)


def false_alarms(captures, judged):
    """Errors and warnings that were judged false: there must be none."""
    severity = {(c.name, name_of(f)): f["severity"] for c in captures for f in c.findings}
    return [f"{row['capture']}: {row['finding']} is a false alarm" for row in judged
            if row["verdict"] == "false" and severity.get((row["capture"], row["finding"])) in ("error", "warning")]
