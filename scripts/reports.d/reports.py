"""Makes every form of report of inputs with every finding, and holds each against its schema. See scripts/reports."""

import argparse
import json
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts" / "capture.d"))

import jsonschema  # noqa: E402
from chromium import Chromium  # noqa: E402
from page_check import Structure, browser_faults, contrast_faults  # noqa: E402
from workshop import Workshop  # noqa: E402

SECONDS = 120  # for all that the browser does
ODD_NAME = b"a<b>&\"'%\xff\n\x1b[31m.http"
COMMAND = re.compile(r"::(error|warning|notice) (file=[^,:\r\n]+,)?(line=\d+,col=\d+,)?title=[^,:\r\n]+::[^\r\n]+")


class Check:
    """Runs authlint and keeps the faults."""

    def __init__(self, authlint, folder):
        self.authlint, self.folder = authlint, folder
        self.faults, self.counts = [], {}

    def fault(self, form, text):
        self.faults.append(f"{form}: {str(text)[:400]}")

    def output(self, *arguments):
        done = subprocess.run([self.authlint, *arguments], cwd=self.folder, capture_output=True, check=False)
        if done.stderr != b"authlint: missing.http: No such file or directory\n" * (arguments[0] == "lint"):
            self.fault(arguments[0], done.stderr)
        if done.returncode not in (0, 1, 2):
            self.fault(arguments[0], f"exit code {done.returncode}")
        return done.stdout

    def against(self, form, validator, instance):
        for error in list(validator.iter_errors(instance))[:5]:
            where = "/".join(map(str, error.absolute_path))
            self.fault(form, f"{where}: {error.message}")


def write_inputs(check):
    """The examples of all findings, the captures, and a file whose name is as odd as can be: [options, files] for each run."""
    runs = {"": []}
    for finding in json.loads(check.output("findings", "--json"))["findings"]:
        for kind in ("violating", "conforming"):
            name = f"{finding['id']}.{kind}.http"
            (check.folder / name).write_bytes(finding[kind].encode("latin-1"))
            runs.setdefault(finding["options"], []).append(name)
    runs[""] += sorted(str(path) for path in (ROOT / "corpus" / "captures").glob("*.http"))
    odd = bytes(check.folder) + b"/" + ODD_NAME
    with open(odd, "wb") as file:
        file.write(b"WWW-Authenticate: Basic realm=x, \xff\n")
    return [[[words] if words else [], [*names, ODD_NAME, "missing.http"]] for words, names in runs.items()]


def check_json(check, options, files):
    schema = json.loads((ROOT / "docs" / "lint.schema.json").read_text())
    report = jsonschema.Draft202012Validator(schema)
    line = jsonschema.Draft202012Validator({**schema["$defs"]["line"], "$defs": schema["$defs"]})
    for more in ([], ["--fix", "--why"]):
        said = json.loads(check.output("lint", "--format", "json", *options, *more, *files))
        check.against("json", report, said)
        check.counts["messages"] = check.counts.get("messages", 0) + len(said["messages"])
        # A schema that anything conforms to would show nothing.
        if report.is_valid({**said, "more": 1}) or report.is_valid({**said, "messages": [{}]}):
            check.fault("json", "the schema allows anything")
    for text in check.output("lint", "--format", "ndjson", *options, *files).splitlines():
        check.against("ndjson", line, json.loads(text))


def check_sarif(check, schema, options, files):
    said = json.loads(check.output("lint", "--format", "sarif", *options, *files))
    check.against("sarif", jsonschema.Draft4Validator(schema), said)
    run = said["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        if rules[result["ruleIndex"]]["id"] != result["ruleId"]:
            check.fault("sarif", f"{result['ruleId']} has the index of another rule")
    check.counts["rules"] = max(check.counts.get("rules", 0), len(rules))


def check_junit(check, shop, options, files):
    report = check.folder / "report.xml"
    report.write_bytes(check.output("lint", "--format", "junit", *options, *files))
    done = subprocess.run([shop.path("usr/bin/xmllint"), "--noout", "--schema", ROOT / "tests" / "cli" / "junit.xsd", report],
                          env=shop.environment, capture_output=True, text=True, check=False)
    if done.returncode:
        check.fault("junit", done.stderr)


def check_github(check, options, files):
    for line in check.output("lint", "--format", "github", *options, *files).decode().splitlines()[:-1]:
        if not COMMAND.fullmatch(line):
            check.fault("github", line)


def check_html(check, browser, options, files):
    page = check.folder / "report.html"
    page.write_bytes(check.output("lint", "--format", "html", *options, *files))
    text = page.read_text(encoding="utf-8")
    for fault in Structure(text).faults + contrast_faults(text) + browser_faults(browser, page):
        check.fault("html", fault)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--root", required=True)
    parser.add_argument("--sarif", required=True, type=pathlib.Path)
    parser.add_argument("--authlint", required=True, type=pathlib.Path)
    options = parser.parse_args()
    packages = dict(line.split(" ") for line in pathlib.Path(options.root, ".versions").read_text().split("\n") if line)
    sarif = json.loads(options.sarif.read_text())
    with tempfile.TemporaryDirectory(prefix="authgrammar-reports.", ignore_cleanup_errors=True) as work:
        shop = Workshop(options.root, packages, work, work)
        check = Check(options.authlint.resolve(), pathlib.Path(work))
        runs = write_inputs(check)
        libraries = f"{shop.environment['LD_LIBRARY_PATH']}:{shop.libraries}/pulseaudio"
        browser = Chromium(shop.path("usr/lib/chromium/chromium"), {**shop.environment, "LD_LIBRARY_PATH": libraries},
                           shop.folder("profile"), SECONDS)
        try:
            for words, files in runs:
                check_json(check, words, files)
                check_sarif(check, sarif, words, files)
                check_junit(check, shop, words, files)
                check_github(check, words, files)
            check_html(check, browser, *runs[0])
        finally:
            browser.end()
    print("".join(fault + "\n" for fault in check.faults), end="")
    print(f"reports: {check.counts['messages']} messages with up to {check.counts['rules']} ids in 6 forms, "
          f"{len(check.faults)} faults; Chromium {packages['chromium']}")
    return 1 if check.faults else 0


if __name__ == "__main__":
    sys.exit(main())
