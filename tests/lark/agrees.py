"""Checks that lark's Earley parser and the reference engine give every string the same verdict.

Both are made from grammar/abnf, by readers that share nothing. The strings are those of the vectors, strings over one
byte of each class, and mutated values of vectors; each is judged in all editions. Prints what was compared, and the
first disagreements. With --notices it does the same for changed copies of the ABNF, and demands to see each change.
"""

import argparse
import collections
import json
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
import time

import abnf
from judge import Judge

Case = collections.namedtuple("Case", "field value")

# A field for each language of its own; the proxy's fields have their vectors.
FIELDS = ("WWW-Authenticate", "Authorization", "Authentication-Info")
ALL_FIELDS = ("WWW-Authenticate", "Proxy-Authenticate", "Authorization", "Proxy-Authorization",
              "Authentication-Info", "Proxy-Authentication-Info")
# Bytes of a value: Earley takes its time.
LONGEST = 16
LONGEST_BY_HAND = 500


class Judges:
    """The judges of a folder of ABNF, each made when it is first asked."""

    def __init__(self, folder):
        self.folder, self.made = folder, {}

    def of(self, edition, field):
        if (edition, field) not in self.made:
            self.made[edition, field] = Judge(self.folder, edition, field)
        return self.made[edition, field]

    def verdicts(self, edition, cases):
        return [self.of(edition, case.field).valid(case.value) for case in cases]


def values_of_vectors(folder):
    """(vector, field, joined value) of the vectors in a folder, hand-written files first."""
    contents = [json.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.json")) if path.name != "schema.json"]
    for content in sorted(contents, key=lambda each: each["generated"]):
        for vector in content["vectors"]:
            hexadecimal = "raw_hex" in vector
            lines = vector["raw_hex"] if hexadecimal else vector["raw"]
            lines = [bytes.fromhex(line) if hexadecimal else line.encode("ascii") for line in lines]
            for field in vector["fields"]:
                yield content["generated"], vector, field, b", ".join(line for line in lines if line)


def mutated(value, letters, chance):
    """The value with one to three bytes changed, dropped, put in or doubled."""
    value = bytearray(value)
    for _ in range(chance.randint(1, 3)):
        at, what = chance.randint(0, len(value)), chance.randrange(4)
        if what == 0 or at == len(value):
            value.insert(at, chance.choice(letters))
        elif what == 1:
            del value[at]
        elif what == 2:
            value[at] = chance.choice(letters)
        else:
            value[at:at] = value[at : at + chance.randint(1, 6)]
    return bytes(value[:LONGEST])


def strings(vectors, judges, wanted, seed):
    """At least `wanted` different cases: vectors, random strings, mutated vectors."""
    chance = random.Random(seed)
    kinds, cases = collections.Counter(), {}

    def add(kind, field, value):
        if Case(field, value) not in cases:
            cases[Case(field, value)] = kind
            kinds[kind] += 1

    hand_written = collections.defaultdict(list)
    for generated, vector, field, value in values_of_vectors(vectors):
        if len(value) > LONGEST:
            continue
        # Of the generated ones a sample is enough here: authlint runs them all.
        if not generated or (field in FIELDS and chance.random() < 0.3):
            add("vectors", field, value)
        if not generated and field in FIELDS:
            hand_written[field].append(value)
    letters = {field: judges.of("rfc9110-recipient", field).representatives for field in FIELDS}
    while len(cases) < wanted:
        field = chance.choice(FIELDS)
        if chance.random() < 0.4:
            add("random", field, bytes(chance.choices(letters[field], k=chance.randint(1, 9))))
        else:
            add("mutated", field, mutated(chance.choice(hand_written[field]), letters[field], chance))
    return list(cases), kinds


def reference_verdicts(authlint, edition, cases, folder=None):
    """What the reference engine says, asked over its NDJSON; None where it fails, which it may do by a changed ABNF."""
    command = [authlint, "parse", "--ndjson", "--engine", "reference", "--edition", edition]
    if folder:
        command += ["--abnf", str(folder)]
    questions = "".join(json.dumps({"field": case.field, "value": case.value.decode("latin-1")}) + "\n" for case in cases)
    process = subprocess.run(command, input=questions, capture_output=True, text=True)
    # 2: a question was left without a verdict.
    if process.returncode not in ((0, 2) if folder else (0,)):
        raise SystemExit(f"{' '.join(command)}: exit {process.returncode}\n{process.stderr}{process.stdout[:1000]}")
    answers = [json.loads(line) for line in process.stdout.splitlines()]
    if len(answers) != len(cases):
        raise SystemExit(f"{len(answers)} answers to {len(cases)} questions")
    return [answer["valid"] if not folder else answer.get("valid") for answer in answers]


def agrees(options):
    started = time.monotonic()
    judges = Judges(options.abnf)
    cases, kinds = strings(options.vectors, judges, options.strings, options.seed)
    disagreements, accepted, earley = 0, 0, 0.0
    for edition in options.editions:
        begun = time.monotonic()
        mine = judges.verdicts(edition, cases)
        earley += time.monotonic() - begun
        accepted += sum(mine)
        for case, lark_says, reference_says in zip(cases, mine, reference_verdicts(options.authlint, edition, cases)):
            if lark_says != reference_says:
                disagreements += 1
                if disagreements <= 20:
                    print(f"{edition} {case.field} {case.value!r}: lark {lark_says}, reference {reference_says}")
    verdicts = len(cases) * len(options.editions)
    made_of = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
    print(
        f"lark: {' '.join(options.editions)}: {len(cases)} strings ({made_of}), {verdicts} verdicts, {accepted} accepted, {disagreements} disagree; "
        f"{verdicts / earley:.0f} verdicts/s, {time.monotonic() - started:.1f} s in all, seed {options.seed}"
    )
    if not 0.02 * verdicts < accepted < 0.98 * verdicts:
        print("the strings are nearly all of one verdict: the comparison shows too little")
        return 1
    return 1 if disagreements else 0


# (file, text, its replacement): an alternative dropped, a repetition or a class changed, a rule's list form changed.
CHANGES = [
    ("rfc7230.abnf", "OWS            = *( SP / HTAB )", "OWS            = *( SP )"),
    ("rfc7230.abnf", "token          = 1*tchar", "token          = *tchar"),
    ("rfc7230.abnf", "token          = 1*tchar", "token          = 1*9tchar"),
    ("rfc7230.abnf", '"_" / "`" / "|"', '"_" / "|"'),
    ("rfc7230.abnf", "%x23-5B", "%x22-5B"),
    ("rfc7230.abnf", "VCHAR / obs-text )", "VCHAR )"),
    ("rfc7230.abnf", "obs-text       = %x80-FF", "obs-text       = %x80-FE"),
    ("rfc7235.abnf", '"=" BWS ( token / quoted-string )', '"=" BWS ( token / token68 / quoted-string )'),
    ("rfc7235.abnf", '"/" )\n *"="', '"/" )\n *2"="'),
    ("rfc7235.abnf", "challenge = auth-scheme [ 1*SP", "challenge = auth-scheme [ 1*2SP"),
    ("rfc7235.abnf", "credentials = auth-scheme [ 1*SP", "credentials = auth-scheme [ 1*( SP / HTAB )"),
    ("rfc7235.abnf", '( "," / auth-param )\n', "( auth-param )\n"),
    ("rfc7235.abnf", "WWW-Authenticate = *(", "WWW-Authenticate = 1*("),
    ("rfc7235.abnf", "Proxy-Authenticate = *(", "Proxy-Authenticate = *2("),
    ("rfc7235.abnf", "Proxy-Authorization = credentials", "Proxy-Authorization = challenge *( OWS \",\" OWS challenge )"),
    ("rfc7615.abnf", "\nAuthentication-Info = #auth-param", "\nAuthentication-Info = 1#auth-param"),
    ("rfc7615.abnf", "\nProxy-Authentication-Info = #auth-param", "\nProxy-Authentication-Info = #challenge"),
    ("rfc5234.abnf", "%x41-5A / %x61-7A", "%x41-5A / %x61-79"),
    ("rfc5234.abnf", "DIGIT          =  %x30-39", "DIGIT          =  %x31-39"),
    ("rfc9110.abnf", "\nOWS = *( SP / HTAB )", "\nOWS = *1( SP / HTAB )"),
    ("rfc9110.abnf", "\nauth-param = token BWS", "\nauth-param = token"),
    ("rfc9110.abnf", '( token68 / [ auth-param *( OWS ","\n OWS auth-param ) ] ) ]\n\n; Section 11.4',
     '( [ auth-param *( OWS ","\n OWS auth-param ) ] ) ]\n\n; Section 11.4'),
    ("rfc9110.abnf", "%x5D-7E ; ']'-'~'", "%x5D-7D"),
    ("rfc9110.abnf", 'WWW-Authenticate = [ challenge *( OWS "," OWS challenge ) ]\n',
     'WWW-Authenticate = challenge *( OWS "," OWS challenge )\n'),
    ("rfc9110-recipient.abnf", "credentials = auth-scheme [ 1*SP ( token68 / #auth-param ) ]",
     "credentials = auth-scheme [ 1*SP ( token68 / auth-param ) ]"),
    ("rfc9110-recipient.abnf", "\nProxy-Authentication-Info = #auth-param", "\nProxy-Authentication-Info = auth-param"),
]


def changed_copy(source, target, change):
    """A copy of the ABNF files with one change made, which has to be possible exactly once."""
    name, text, replacement = change
    shutil.copytree(source, target)
    path = target / name
    content = path.read_text("utf-8")
    if content.count(text) != 1:
        raise SystemExit(f"{name} has {content.count(text)} of {text!r}: adapt the change")
    path.write_text(content.replace(text, replacement), "utf-8")


def notices(options):
    """Changes the ABNF that the reference reads, or the one that lark reads, and wants to see it by lark and by hand."""
    cases_by_hand = collections.OrderedDict()
    for generated, vector, field, value in values_of_vectors(options.vectors):
        if not generated and len(value) <= LONGEST_BY_HAND:
            cases_by_hand[Case(field, value)] = {
                edition: each["valid"] for each in vector["expected"] for edition in each["editions"]
            }
    cases = list(cases_by_hand)
    truth = Judges(options.abnf)
    true_verdicts = {edition: truth.verdicts(edition, cases) for edition in abnf.EDITIONS}
    failed = 0
    for edition, verdicts in true_verdicts.items():
        for case, verdict in zip(cases, verdicts):
            if verdict != cases_by_hand[case][edition]:
                failed += 1
                print(f"{edition} {case.field} {case.value!r}: lark {verdict}, written by hand {not verdict}")
    print(f"lark: {len(cases)} hand-written values in {len(abnf.EDITIONS)} editions, {failed} disagree")
    with tempfile.TemporaryDirectory() as scratch:
        for number, change in enumerate(CHANGES):
            folder = pathlib.Path(scratch) / str(number)
            changed_copy(options.abnf, folder, change)
            editions = [each for each, (files, _) in abnf.EDITIONS.items() if change[0].removesuffix(".abnf") in files]
            by_lark = by_hand = 0
            for edition in editions:
                says = reference_verdicts(options.authlint, edition, cases, folder)
                by_lark += sum(mine != judged for mine, judged in zip(true_verdicts[edition], says))
                by_hand += sum(cases_by_hand[case][edition] != judged for case, judged in zip(cases, says))
            seen = by_lark and by_hand
            failed += not seen
            print(f"{'noticed' if seen else 'MISSED'}: {change[0]}: {change[1]!r} -> {change[2]!r}: "
                  f"{by_lark} by lark, {by_hand} by hand")
    print(f"lark: {len(CHANGES)} changes of the reference's ABNF, {failed} failures")
    return 1 if failed else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--root", required=True, type=pathlib.Path, help="the top of the source tree")
    parser.add_argument("--authlint", required=True)
    parser.add_argument("--abnf", type=pathlib.Path, help="a folder instead of grammar/abnf, for lark only")
    parser.add_argument("--strings", type=int, default=20000)
    parser.add_argument("--edition", dest="editions", nargs=1, choices=abnf.EDITIONS, default=list(abnf.EDITIONS),
                        help="compare the verdicts of this one only, not of all")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--notices", action="store_true", help="show that changes of the ABNF are noticed")
    options = parser.parse_args()
    options.abnf = options.abnf or options.root / "grammar" / "abnf"
    options.vectors = options.root / "corpus" / "vectors"
    return notices(options) if options.notices else agrees(options)


if __name__ == "__main__":
    sys.exit(main())
