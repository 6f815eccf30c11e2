"""The pages that show what authlint says of inputs from the field."""

import collections

from captures import false_alarms, name_of

TABLE = "tests/audit/field"


def field_page(cases, captures, judged, right):
    """docs/field.md: the cases, and how many captures there are."""
    lines = []
    for row, said in cases:
        verdict = f"awaits findings of {row['awaits']}" if row["awaits"] else "right" if said == row["answer"] else "wrong"
        shown = "clean" if said == "-" else f"`{said}`"
        lines.append(f"| `{row['command']}` | {row['reason']} | {shown} | {verdict} |")
    messages = sum(len(c.messages) for c in captures)
    clean = sum(not c.findings for c in captures)
    levels = collections.Counter(f["severity"] for c in captures for f in c.findings)
    rest = "" if right == len(cases) else " The others await later findings."
    return "\n".join([
        "# Inputs from the field", "",
        f"Made by `scripts/field --write` from `{TABLE}` and what authlint says of it. {right} of {len(cases)} cases are "
        f"right.{rest}", "A number is the offset in the input; `<` reads a file.", "",
        "| command | what the RFCs say | what authlint says | verdict |", "|---|---|---|---|", *lines, "",
        "## Captures", "",
        f"{len(captures)} captured exchanges of real programs, in `{TABLE}/captures`, `corpus/captures` and `corpus/refusals`, have {messages} messages;",
        f"{clean} captures have no finding. The others have {levels['error']} errors, {levels['warning']} warnings and "
        f"{levels['info']} findings of level info.", f"Each of them is judged in `tests/audit/judged.tsv`, with the text and the reason: "
        f"{sum(row['verdict'] == 'true' for row in judged)} are true,", f"{sum(row['verdict'] == 'false' for row in judged)} "
        f"false, and {len(false_alarms(captures, judged))} false ones are errors or warnings. "
        "[field-notes.md](field-notes.md) says what each program does,",
        "[httplint.md](httplint.md) compares the findings with those of httplint.", ""])


def notes_page(captures, notes):
    """docs/field-notes.md: what each program does."""
    found = collections.defaultdict(collections.Counter)
    count = collections.Counter()
    for capture in captures:
        senders = {capture.sender(m) for m in capture.messages} - {None}
        count.update(senders)
        for message in capture.messages:
            sender = capture.sender(message)
            if sender:
                found[sender].update(f["id"] for f in message["findings"])
    faults = [f"field-notes: {' '.join(sender)} has no note in {TABLE}/notes.tsv" for sender in sorted(set(count) - set(notes))]
    faults += [f"field-notes: the note of {' '.join(sender)} is of nothing captured" for sender in sorted(set(notes) - set(count))]
    rows = []
    for sender in sorted(count, key=lambda s: (s[0].lower(), s[1])):
        ids = ", ".join(f"[`{i}`](findings.md#{i}) {n}" for i, n in sorted(found[sender].items())) or "none"
        rows.append(f"| {sender[0]} | {sender[1]} | {count[sender]} | {ids} | {notes.get(sender, '')} |")
    return "\n".join([
        "# Notes from the field", "",
        "What programs send when they ask for credentials and when they send them: those of Debian 12 and of npm, run on",
        "loopback and captured. Made by `scripts/field --write` from the captures; the last column is from",
        f"`{TABLE}/notes.tsv`. A finding counts for the program that sent the message, and requests that a script of ours made",
        "count for none. Behind each finding is how often it is in the captures.", "",
        "`scripts/capture` makes the captures of servers, proxies and clients anew, `scripts/refusals` those of refused logins,",
        "Chromium's among them, and `scripts/capture --apps` those of Caddy, Prometheus and the application frameworks;",
        "`scripts/field PROGRAM --live DIR` compares what is found in them then.", "",
        "| program | version | captures | findings | what it does |", "|---|---|---|---|---|", *rows, ""]), faults


def httplint_page(captures, notes):
    """docs/httplint.md: the syntax findings of both, capture by capture."""
    notes = {row["capture"]: row["notes"].split(" ") for row in notes}
    rows, totals = [], collections.Counter()
    scheme_findings = 0
    for capture in captures:
        if not capture.name.startswith("field/"):
            continue
        valid = {}
        for message in capture.messages:
            for field in message["fields"]:
                valid[field["field"]] = valid.get(field["field"], True) and field["valid"]
        theirs = {note.split(":")[1] for note in notes.get(capture.file, [])}
        ours = {f["field"] for f in capture.findings if f["id"] == "syntax"}
        scheme_findings += sum(f["category"] == "scheme" for f in capture.findings)
        verdicts = []
        for field in sorted(theirs | ours):
            kind = ("both" if field in ours else "false alarm of httplint" if valid.get(field, False) else "httplint alone") \
                if field in theirs else "authlint alone"
            totals[kind] += 1
            verdicts.append(f"{field}: {kind}")
        if verdicts:
            said = " ".join(f"`{name_of(f)}`" for f in capture.findings if f["id"] == "syntax") or "none"
            rows.append(f"| {capture.file} | {said} | {' '.join(f'`{n}`' for n in notes.get(capture.file, [])) or 'none'} | "
                        f"{'; '.join(verdicts)} |")
    missing = sorted(set(notes) - {c.file for c in captures})
    faults = [f"httplint: {name} is not captured" for name in missing]
    return "\n".join([
        "# authlint and httplint on the same captures", "",
        "httplint (github.com/mnot/httplint) is the linter behind REDbot. What it says of the field captures was recorded on",
        f"2026-11-26, in `{TABLE}/httplint.tsv`: its notes of level bad or warn about the syntax of the four fields with challenges",
        "and credentials. The page is made by `scripts/field --write`.", "",
        "A false alarm is a note about a field whose value is in the grammar of RFC 9110 as a recipient has to read it. Which values",
        "are is decided by the tokenizer, which [proof.md](proof.md) compares with the ABNF.", "",
        "| | fields |", "|---|---|",
        *[f"| {kind} | {totals[kind]} |" for kind in ("both", "false alarm of httplint", "httplint alone", "authlint alone")], "",
        f"httplint has no notes about schemes. authlint has {scheme_findings} findings of category `scheme` on these captures, each judged in",
        "`tests/audit/judged.tsv`.", "",
        "| capture | authlint, syntax | httplint | field by field |", "|---|---|---|---|", *rows, ""]), faults
