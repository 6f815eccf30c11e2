"""The tables of a run, as rows of text: for the terminal and for the page."""

from results import HASHES, ISAS, MOST_CYCLES_OF_T, R, T

# What no value of 64 KiB may take, made to hurt or not.
MOST_OF_T_AT_WORST = 1.6


class Table:
    """A heading, what it says, and cells."""

    def __init__(self, title, text, head, rows):
        self.title, self.text, self.head, self.rows = title, text, head, rows

    def plain(self):
        """For a terminal: columns of one width, the first to the left."""
        lines = [self.head] + self.rows
        widths = [max(len(line[i]) for line in lines) for i in range(len(self.head))]
        out = [self.title]
        for line in lines:
            cells = [line[0].ljust(widths[0])] + [cell.rjust(width) for cell, width in zip(line[1:], widths[1:])]
            out.append("  " + "  ".join(cells).rstrip())
        return "\n".join(out) + "\n"

    def markdown(self):
        """For the page."""
        out = [f"## {self.title}", "", self.text, ""] if self.text else [f"## {self.title}", ""]
        out.append("| " + " | ".join(self.head) + " |")
        out.append("|---|" + "---:|" * (len(self.head) - 1))
        out += ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in self.rows]
        return "\n".join(out) + "\n"


def number(value, digits=3):
    """A number with that many digits, or a dash."""
    if value is None:
        return "-"
    if value >= 10 ** digits:
        return f"{value:.0f}"
    text = f"{value:.{digits}g}"
    return f"{value:.0f}" if "e+" in text else text


def time(ns):
    return "-" if ns is None else f"{ns:.1f}" if ns < 100 else f"{ns:.0f}"


def met(value, at_most):
    """A value, with its goal if there is one."""
    if value is None or at_most is None:
        return number(value)
    return f"{number(value)} ({at_most:g}) {'met' if value <= at_most else 'MISSED'}"


def goals_table(results):
    """Ratios beside their goals."""
    goals = {}
    for goal in results.goals():
        if goal.against in ("T", "R"):
            goals[goal.item, goal.path, goal.against, goal.kind] = goal
    columns = [("avx512/oneshot", "T"), ("avx512/oneshot", "R"), ("avx2/oneshot", "T"), ("portable/oneshot", "T")]
    rows = []
    for item in results.names("common", "adversarial"):
        row = [item, time(results.ns(item, T)), time(results.ns(item, R)),
               time(results.ns(item, f"{results.isa()}/oneshot"))]
        for path, against in columns:
            goal = goals.get((item, path, against, "goal"))
            if goal is None:
                row.append(number(results.ratio(item, path, T if against == "T" else R)))
            elif goal.value is None:
                row.append("not run")
            else:
                row.append(met(goal.value, goal.at_most))
        rows.append(row)
    head = ["item", "T ns", "R ns", f"{results.isa()} ns"] + [f"{p.split('/')[0]} / {a} (goal)" for p, a in columns]
    return Table("Goals", "Reading at once, as a ratio to the yardsticks, with the goal in parentheses.", head, rows)


def other_goals_table(results):
    """Goals that are not about reading at once: the worst of all items for each."""
    rows = []
    for isa in ISAS:
        for way, against in (("push", "oneshot"), ("push1460", "push")):
            goals = [g for g in results.goals() if g.path == f"{isa}/{way}" and g.against == against]
            values = [g for g in goals if g.value is not None]
            if not values:
                rows.append([f"{isa}/{way} of {isa}/{against}", "not run", "", "", ""])
                continue
            worst = max(values, key=lambda g: g.value / g.at_most)
            met = sum(g.value <= g.at_most for g in values)
            rows.append([f"{isa}/{way} of {isa}/{against}", worst.item, number(worst.value), f"{worst.at_most:g}",
                         f"{met} of {len(values)}"])
    for goal in results.goals():
        if goal.kind == "stretch":
            answer = "not run" if goal.value is None else "met" if goal.value <= goal.at_most else "not reached"
            rows.append([f"stretch: {goal.path} of {goal.against}", goal.item, number(goal.value), f"{goal.at_most:g}",
                         answer])
    return Table("Feeds, and what was hoped for",
                 "A feed as a ratio to reading at once (or to one feed): the item that is worst, and how many meet the goal.",
                 ["ratio", "item", "value", "goal", "met"], rows)


def after_reading_table(results):
    """What comes after reading, as ratios to reading the same value, or to memcpy."""
    isa = results.isa()
    goals = {(g.item, g.path): g.at_most for g in results.goals() if g.kind == "goal"}
    columns = [(f"{isa}/views", f"{isa}/oneshot"), (f"{isa}/typed", f"{isa}/oneshot"), (f"{isa}/guard", f"{isa}/oneshot"), (f"{isa}/write", f"{isa}/oneshot"),
               ("views/unescape", "views/memcpy")]
    rows = []
    for item in ("basic", "bearer_900", "negotiate_8k", "digest_cred", "ten_chal"):
        row = [item, time(results.ns(item, f"{isa}/oneshot"))]
        for path, against in columns:
            value = results.ratio(item, path, against)
            row += [time(results.ns(item, path)), met(value, goals.get((item, path)))]
        row.insert(-1, time(results.ns(item, "views/memcpy")))
        verified = results.ratio(item, f"{isa}/verify", HASHES)
        row += [time(results.ns(item, f"{isa}/verify")), time(results.ns(item, HASHES)),
                met(verified, goals.get((item, f"{isa}/verify")))]
        rows.append(row)
    return Table("After reading",
                 f"On {isa}. `views` reads the value, goes through everything and looks three parameters up in each "
                 "challenge; `typed` reads it all the way to user-id and password, or to what Digest credentials say; "
                 "`guard` goes on until the request is let in, the comparison of the password left out; "
                 "`write` writes a value that was read; all as ratios to reading it. `unescape` copies each "
                 "text without escapes, as a ratio to memcpy of the same bytes: what a call costs shows where texts are "
                 "short, a search for escapes where they are quoted. `verify` goes from the field value to the verdict on "
                 "Digest credentials with SHA-256: it reads them, checks the nonce, computes the response from a stored H(A1) and "
                 "compares it; as a ratio to the two hashes of that alone, by OpenSSL's functions that were fetched before.",
                 ["item", "reading ns", "views ns", "/ reading (goal)", "typed ns", "/ reading (goal)", "guard ns", "/ reading (goal)", "write ns", "/ reading (goal)", "unescape ns",
                  "memcpy ns", "/ memcpy (goal)", "verify ns", "hashes ns", "/ hashes (goal)"], rows)


def paths_table(results, kinds, title, text):
    """Nanoseconds for a value, our paths and yardsticks."""
    items = results.names(*kinds)
    rows = []
    for path in results.paths():
        if path.startswith("peer/") or not any((item, path) in results.cells for item in items):
            continue
        rows.append([path] + [time(results.ns(item, path)) for item in items])
    for isa in ISAS:
        if not results.machine["isa"][isa]:
            rows.append([f"{isa}/*"] + ["not run"] * len(items))
    return Table(title, text, ["ns"] + items, rows)


def cold_table(results):
    """Pools that cannot be learned, beside those that can."""
    rows = []
    paths = [f"{isa}/oneshot" for isa in ISAS if results.machine["isa"][isa]] + [T, R]
    for item in results.names("cold"):
        hot = item[:-len("_cold")]
        row = [item]
        for path in paths:
            row.append(f"{time(results.ns(item, path))} ({time(results.ns(hot, path))})")
        best = paths[0]
        row += [number(results.ratio(item, best, T)), number(results.ratio(item, best, R))]
        rows.append(row)
    return Table("Cold", "Pools of 8192 values (2048 of ten_chal), too many to be learned by branch predictors or held "
                 "by the first cache; in parentheses the small pool.",
                 ["ns"] + paths + [f"{paths[0]} / T", f"{paths[0]} / R"], rows)


def peer_columns(results):
    return ["item"] + [f"{peer['path'][5:]} ({peer['scope']})" for peer in results.peers]


def peers_table(results):
    """Peers that report what the grammar says, as multiples of our time."""
    best = f"{results.isa()}/oneshot"
    rows = []
    for item in results.names("common", "adversarial"):
        ours = results.ns(item, best)
        row = [item]
        for peer in results.peers:
            line = results.row(item, peer["path"])
            comparable = line.comparable and line.ns is not None
            row.append(f"{time(line.ns)} ({number(line.ns / ours, 2)}x)" if comparable else "-")
        rows.append(row)
    return Table("Peers", "Nanoseconds, and how often that is the time of "
                 f"`{best}`, where the peer gives the verdict of the grammar and reports all spans for every value of "
                 "the pool. F reads a whole field; P reads the parameters of one challenge, gets the scheme stripped "
                 "for free and reports two spans a parameter.", peer_columns(results), rows)


def incomparable_table(results):
    """Rejects and partial readings: how they fail, and the time that must not be compared."""
    rows = []
    for item in results.names("common", "adversarial"):
        row = [item]
        for peer in results.peers:
            line = results.row(item, peer["path"])
            if line.comparable or line.verdict == "none":
                row.append("")
            elif line.spans is None:
                row.append(line.verdict)
            else:
                expected = results.findings[item, peer["path"]]["expected_spans"]
                row.append(f"{line.verdict} {number(line.spans)}/{number(expected)}, {time(line.ns)}")
        rows.append(row)
    return Table("Refused, partial and lenient readings",
                 "What peers do with values where no ratio would be fair: refused (of valid values), partial (spans "
                 "reported of those there are, as averages: some values are refused, names are merged, or a second "
                 "scheme is taken for a part of a name), lenient (accepts what is not in the grammar), hang (ended by "
                 "the watchdog); with the nanoseconds that it took.", peer_columns(results), rows)


def largest_table(results):
    """The largest member of each shape of growth, as a ratio to T."""
    largest = {}
    for name in results.names("growth"):
        item = results.items[name]
        if item["size"] >= results.items.get(largest.get(item["shape"]), {"size": 0})["size"]:
            largest[item["shape"]] = name
    paths = [p for p in results.paths() if p.split("/")[0] in ISAS and p.endswith(("/oneshot", "/push64"))
             and any((name, p) in results.cells for name in largest.values())]
    rows = []
    for path in paths:
        ratios = [results.ratio(name, path, T) for name in largest.values()]
        rows.append([path] + [number(r) + (" MISSED" if r is not None and r > MOST_OF_T_AT_WORST else "") for r in ratios])
    size = max(results.items[name]["size"] for name in largest.values())
    return Table(f"{size // 1024} KiB of each shape", f"As a ratio to T; the goal is {MOST_OF_T_AT_WORST:g}. The generated "
                 "params, challenges and late errors have random white space and empty elements between their parts, "
                 "which only the element readers of the vector paths cross without stopping.",
                 ["ratio to T"] + list(largest), rows)


def growth_table(results):
    """Exponents."""
    growth = results.growth()
    shapes = list(dict.fromkeys(shape for shape, _ in growth))
    paths = list(dict.fromkeys(path for _, path in growth))
    rows = []
    for path in paths:
        row = [path]
        for shape in shapes:
            found = growth.get((shape, path))
            row.append("-" if found is None else f"{found.exponent:.2f}")
        rows.append(row)
    sizes = sorted({size for found in growth.values() for size, _ in found.points})
    return Table("Growth", f"The exponent e of time = a + c · bytes^e from {sizes[0] // 1024} to {sizes[-1] // 1024} KiB (peers: to "
                 "32 KiB, in a process of their own; a peer that stops early is near 0, one that refuses a value of "
                 "the shape has none). 1 is linear; the goal is 1.0 ± 0.1 for every shape on every path of ours. What a "
                 "value costs at any size, a, is where the best line through the points meets the axis, or 0 if it does "
                 "so below: it is taken off, because it is a good part of the time of 8 KiB on the fastest paths and would "
                 "make them look better than linear. build/bench/growth.tsv has the exponents with it too. The pools "
                 "of generated shapes are as large at every size.", ["exponent"] + shapes, rows)


def growth_goal(results):
    """How many of our exponents are within the goal, and the others."""
    ours = {key: g.exponent for key, g in results.growth().items() if key[1].split("/")[0] in ISAS}
    missed = [f"{shape} {path} {e:.2f}" for (shape, path), e in ours.items() if not 0.9 <= e <= 1.1]
    return len(ours) - len(missed), len(ours), missed


def summary(results):
    """The lines before the tables."""
    machine = results.machine
    cycles = results.t_cycles()
    isas = ", ".join(f"{i} {'yes' if machine['isa'][i] else 'not run'}" for i in reversed(ISAS))
    lines = [f"machine: {machine['processor']}; {isas}; load average {machine['load_before']:.1f} before, "
             f"{machine['load_after']:.1f} after",
             f"build:   {machine['compiler']}, {machine['build_type']}"]
    if cycles is None:
        lines.append("clock:   no chain of additions for this processor, so T is not calibrated")
    else:
        verdict = "calibrated" if results.t_is_calibrated() else "OUT OF CALIBRATION: the ratios mean little"
        lines.append(f"clock:   {machine['clock_ghz']:.2f} GHz by dependent additions; T {cycles:.2f} cycles a byte "
                     f"(at most {MOST_CYCLES_OF_T}): {verdict}")
    lazy = results.ratio("digest_cred", R, "yardstick/R-recognise")
    lines.append(f"R:       {lazy:.2f} of its bare recogniser on digest_cred, "
                 f"{results.ratio('negotiate_8k', R, 'yardstick/R-recognise'):.2f} on negotiate_8k")
    lines.append(f"noise:   the median batch took {results.noise():.2f} of the least one, which is what is reported; "
                 f"{results.data['repetitions']} batches of {results.data['batch_ns'] / 1000:g} µs a cell in random order")
    return lines


def all_tables(results):
    return [goals_table(results), other_goals_table(results), after_reading_table(results),
            paths_table(results, ("common",), "All paths",
                        "Nanoseconds for a value. `views` parses, goes through everything and looks three parameters "
                        "up; `write` and `views/*` begin with the events of a value that was read."),
            paths_table(results, ("adversarial",), "64 KiB made to hurt", "Nanoseconds for a value, limits switched off."),
            peers_table(results), incomparable_table(results), cold_table(results), growth_table(results),
            largest_table(results)]
