"""The mutants that are none, because nothing can tell them from the source, with the reason for each: a table that is
kept by hand. They are known by file, function and text, so that lines may move."""

TABLE = "tests/mutants/equivalent.tsv"
COLUMNS = ("file", "function", "line", "becomes", "reason")


class BadTable(Exception):
    pass


def read(root):
    """Key of a mutant: the reason."""
    reasons = {}
    lines = (root / TABLE).read_text(encoding="utf-8").splitlines()
    if tuple(lines[:1]) != ("\t".join(COLUMNS),):
        raise BadTable(f"{TABLE}: the first line has to name the columns")
    for number, line in enumerate(lines[1:], 2):
        *key, reason = line.split("\t")
        if len(key) != len(COLUMNS) - 1 or not reason.strip():
            raise BadTable(f"{TABLE}:{number}: has to have {len(COLUMNS)} columns, the last of which is the reason")
        if tuple(key) in reasons:
            raise BadTable(f"{TABLE}:{number}: stands there twice")
        reasons[tuple(key)] = reason
    return reasons


def line_for(mutant, reason="?"):
    return "\t".join((*mutant.key, reason))


def stale(reasons, mutants):
    """Lines that no mutant has any more."""
    known = {mutant.key for mutant in mutants}
    return [key for key in reasons if key not in known]
