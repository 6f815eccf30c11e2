"""scripts/survey compare: which cells of another run of the same values contradict ours.

A cell is what one reader made of one value. OTHER is a folder of results in our form (corpus/survey/README.md), or a file of
lines READER, VALUE, WORD and, if known, VERSION, with tabs between. VALUE is the id of a vector, or `hex:` and the field lines
in hexadecimal with commas between. WORD is an effect, or one of WIDER for a run that tells fewer apart.
"""

import argparse
import collections
import fnmatch
import json
import pathlib
import sys

import judge
import manifest
import measure
import questions

# Words of runs that tell fewer effects apart, and the effects that each can be.
WIDER = {
    "differs": {"made-up", "confused", "lost"},
    "dies": {"crash", "hang"},
    "fails": set(judge.EFFECTS) - {"agrees"},
}

Cell = collections.namedtuple("Cell", "word told")
Run = collections.namedtuple("Run", "version cells")
Contradiction = collections.namedtuple("Contradiction", "reader vector ours theirs why")
Explanation = collections.namedtuple("Explanation", "reader vector ours theirs why")


class Unreadable(Exception):
    pass


def known_word(word, where):
    if word not in judge.EFFECTS and word not in WIDER:
        raise Unreadable(f"{where}: {word!r} is neither an effect nor one of {', '.join(WIDER)}")
    return word


def run_of(result, where):
    """The Run that a result is; None if its reader was not measured."""
    if "not_measured" in result:
        return None
    try:
        cells = {name: Cell(known_word(entry["effect"], f"{where}: {name}"), entry.get("told")) for name, entry in result["answers"].items()}
    except (KeyError, TypeError, AttributeError) as problem:
        raise Unreadable(f"{where} is no result of a survey: {problem!r}") from None
    return Run(result.get("version"), cells)


def of_folder(folder):
    """{reader: Run} of a folder of results."""
    found = {}
    for path in sorted(folder.glob("*.json")):
        try:
            result = json.loads(path.read_text("utf-8"))
        except ValueError as problem:
            raise Unreadable(f"{path}: {problem}") from None
        run = run_of(result, path) if isinstance(result, dict) else None
        if run:
            found[result.get("reader", path.stem)] = run
    return found


def line_of(text):
    """A field line as the protocol writes it."""
    return b"" if text == "-" else bytes.fromhex(text)


def of_lines(path, ids_of_value):
    """{reader: Run} of a file of lines. `ids_of_value` are the ids of the vectors that have some field lines."""
    found = {}
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        where = f"{path}:{number}"
        if not line or line.startswith("#"):
            continue
        words = line.split("\t")
        if len(words) not in (3, 4):
            raise Unreadable(f"{where}: {len(words)} columns instead of READER, VALUE, WORD and, if known, VERSION")
        reader, value, word = words[:3]
        run = found.setdefault(reader, Run(words[3] if len(words) == 4 else None, {}))
        try:
            names = ids_of_value.get(tuple(map(line_of, value[4:].split(","))), ()) if value.startswith("hex:") else (value,)
        except ValueError:
            raise Unreadable(f"{where}: {value[:40]!r} is not in hexadecimal") from None
        run.cells.update({name: Cell(known_word(word, where), None) for name in names})
    return found


def explanations(path):
    """The lines of a file of explanations: READER, VECTOR, OURS, THEIRS, which may have *, and WHY."""
    found = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if line and not line.startswith("#"):
            words = line.split("\t")
            if len(words) != len(Explanation._fields) or not words[-1].strip():
                raise Unreadable(f"{path}:{number}: not READER, VECTOR, OURS, THEIRS and WHY")
            found.append(Explanation(*words))
    return found


def agree(ours, theirs):
    """Whether two cells say the same, as far as both tell it."""
    if ours.word not in WIDER.get(theirs.word, {theirs.word}):
        return False
    return ours.told is None or theirs.told is None or ours.told == theirs.told


def why(reader, vector, ours, theirs, versions, explained):
    """What explains a contradiction, or None."""
    if versions[1] and versions[0] != versions[1]:
        return f"version {versions[0]} here, {versions[1]} there"
    words = (reader, vector, ours.word, theirs.word)
    return next((each for each in explained if all(map(fnmatch.fnmatchcase, words, each[:4]))), None)


def contradictions(mine, others, explained):
    """(how many cells were compared, the Contradictions) of two runs {reader: Run}."""
    count, found = 0, []
    for reader in sorted(mine.keys() & others.keys()):
        ours, theirs = mine[reader], others[reader]
        for vector in sorted(ours.cells.keys() & theirs.cells.keys()):
            count += 1
            pair = (ours.cells[vector], theirs.cells[vector])
            if not agree(*pair):
                found.append(Contradiction(reader, vector, *pair, why(reader, vector, *pair, (ours.version, theirs.version), explained)))
    return count, found


def told(cell):
    return f"{cell.word} {cell.told}" if cell.told else cell.word


def only_in(these, those):
    """Of the readers in both runs, how many cells only the first has."""
    return sum(len(these[reader].cells.keys() - those[reader].cells.keys()) for reader in these.keys() & those.keys())


def report(mine, others, explained):
    """Prints what contradicts; whether all of it is explained, and anything was compared."""
    count, found = contradictions(mine, others, explained)
    for each in found:
        reason = each.why.why if isinstance(each.why, Explanation) else each.why
        print(f"{each.reader}: {each.vector}: {told(each.ours)} here, {told(each.theirs)} there" + (f" ({reason})" if reason else ""))
    used = {each.why for each in found}
    unused = [each for each in explained if each not in used]
    for each in unused:
        print(f"explains nothing: {' '.join(each[:4])}: {each.why}")
    open_ones = sum(each.why is None for each in found)
    by_version = sum(isinstance(each.why, str) for each in found)
    print(f"survey: {count} cells of {len(mine.keys() & others.keys())} readers compared: {len(found)} contradict, of which {by_version} are of "
          f"another version, {len(found) - by_version - open_ones} explained, {open_ones} not explained")
    print(f"not compared: {only_in(mine, others)} cells only here, {only_in(others, mine)} only there; readers only here: "
          f"{', '.join(sorted(mine.keys() - others.keys())) or 'none'}; only there: {', '.join(sorted(others.keys() - mine.keys())) or 'none'}")
    return count > 0 and not open_ones and not unused


def main():
    parser = argparse.ArgumentParser(prog="scripts/survey compare", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--root", required=True, help=argparse.SUPPRESS)
    parser.add_argument("--results-folder", help="compare results of another folder than corpus/survey/results")
    parser.add_argument("--explained", type=pathlib.Path, help="a file of lines READER, VECTOR, OURS, THEIRS (each may have *) and WHY, with tabs between")
    parser.add_argument("other", metavar="OTHER", type=pathlib.Path)
    options = parser.parse_args()
    places = measure.Places(options.root, results=options.results_folder)
    try:
        vectors, _ = questions.vectors_of(places.vectors)
        ids = collections.defaultdict(list)
        for each in vectors:
            ids[tuple(each.lines)].append(each.id)
        others = of_folder(options.other) if options.other.is_dir() else of_lines(options.other, ids)
        explained = explanations(options.explained) if options.explained else []
        return 0 if report(of_folder(places.results), others, explained) else 1
    except (Unreadable, OSError, UnicodeDecodeError, manifest.ManifestError) as problem:
        print(f"survey: {problem}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
