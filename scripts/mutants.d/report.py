"""What the hunt found, for people and as a table."""

import collections
import json

import equivalents
from hunt import EQUIVALENT, FAULTS, KILLED, NOT_TRIED

COLUMNS = ("room", "file", "line", "function", "operator", "change", "outcome", "by", "seconds", "killers", "before", "after")


def line_of(verdict):
    mutant = verdict.mutant
    change = mutant.change if len(mutant.change) <= 70 else mutant.change[:67] + "..."
    return f"{verdict.outcome:16} {verdict.seconds:6.1f} s  {mutant.path}:{mutant.line}  {change}  [{verdict.by}]"


def in_full(verdict):
    """A fault: the lines without and with the change, and what to add to the table if it is equivalent."""
    mutant = verdict.mutant
    why = f" ({verdict.by})" if verdict.by else ""
    return (f"{verdict.outcome}: {mutant.path}:{mutant.line} {mutant.place}{why}\n"
            f"  - {mutant.before}\n  + {mutant.after}")


def summary(room, seed, available, verdicts):
    """The figures of a room: a line, and one for each test that noticed a mutant."""
    counts = collections.Counter(verdict.outcome for verdict in verdicts)
    judged = sum(verdict.judged for verdict in verdicts)

    def listed(outcomes):
        return ", ".join(f"{counts[one]} {one}" for one in outcomes if counts[one])

    killed = sum(counts[one] for one in KILLED)
    none = sum(counts[one] for one in EQUIVALENT)
    lines = [f"Mutants: {room}, seed {seed}, {judged} of {available}: {killed} killed ({listed(KILLED)}), "
             f"{none} equivalent ({listed(EQUIVALENT) or 'none'}), {sum(counts[one] for one in FAULTS)} faults "
             f"({listed(FAULTS) or 'none'}); not tried: {listed(NOT_TRIED) or 'none'}; "
             f"{sum(verdict.seconds for verdict in verdicts):.0f} s of the processor"]
    killers = collections.Counter(test for verdict in verdicts for test, _ in verdict.killers)
    return [*lines, *(f"  {count:4} {test}" for test, count in killers.most_common())]


def write(path, rooms):
    """All verdicts as JSON or as a table with tabs, by the name of the file. `rooms` is room: verdicts."""
    rows = [dict(zip(COLUMNS, (room, verdict.mutant.path, verdict.mutant.line, verdict.mutant.place,
                               verdict.mutant.operator, verdict.mutant.change, verdict.outcome, verdict.by,
                               round(verdict.seconds, 1), [f"{test} {failure}" for test, failure in verdict.killers],
                               verdict.mutant.before, verdict.mutant.after)))
            for room, verdicts in rooms.items() for verdict in verdicts]
    with open(path, "w", encoding="utf-8") as file:
        if path.suffix == ".json":
            json.dump(rows, file, indent=1)
            file.write("\n")
            return
        print(*COLUMNS, sep="\t", file=file)
        for row in rows:
            row["killers"] = "; ".join(row["killers"])
            print(*(" ".join(str(row[name]).split()) for name in COLUMNS), sep="\t", file=file)


def table_lines(verdicts):
    return [equivalents.line_for(verdict.mutant) for verdict in verdicts if verdict.outcome == "hole"]
