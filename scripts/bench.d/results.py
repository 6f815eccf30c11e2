"""What authgrammar_bench measured, and what follows from it: ratios, goals, growth."""

import collections
import csv
import json
import math

T = "yardstick/T"
R = "yardstick/R"
HASHES = "yardstick/hashes"
ISAS = ("avx512", "avx2", "portable")
MOST_CYCLES_OF_T = 5.5

Row = collections.namedtuple("Row", "item path ns ratio_T ratio_R verdict spans comparable probed")
Growth = collections.namedtuple("Growth", "exponent slope points")
Goal = collections.namedtuple("Goal", "item path against at_most kind value")


class Results:
    """The results file of one run, with the goals beside it."""

    def __init__(self, path, goals_path):
        with open(path, encoding="utf-8") as file:
            data = json.load(file)
        self.data = data
        self.machine = data["machine"]
        self.items = {item["name"]: item for item in data["items"]}
        self.peers = data.get("peers", [])
        self.cells = {(cell["item"], cell["path"]): cell for cell in data["cells"]}
        self.findings = {(f["item"], f["path"]): f for f in data.get("findings", [])}
        with open(goals_path, encoding="utf-8", newline="") as file:
            self.goal_lines = list(csv.DictReader(file, delimiter="\t"))

    def names(self, *kinds):
        """The names of the items of these kinds, in their order."""
        return [name for name, item in self.items.items() if item["kind"] in kinds]

    def paths(self):
        """The paths that were measured, in their order, peers last."""
        return list(dict.fromkeys(path for _, path in self.cells)) + [
            peer["path"] for peer in self.peers if not any(path == peer["path"] for _, path in self.cells)]

    def ways(self):
        """oneshot, push and so on."""
        return list(dict.fromkeys(p.split("/")[1] for p in self.paths() if p.split("/")[0] in ISAS))

    def ns(self, item, path):
        """The least time for a value, or none."""
        cell = self.cells.get((item, path))
        return cell["ns"] if cell else None

    def ratio(self, item, path, to):
        """The time of one path as a multiple of another's, or none."""
        mine, other = self.ns(item, path), self.ns(item, to)
        return mine / other if mine is not None and other else None

    def noise(self):
        """How much the batch in the middle took of the least one: the median over all cells."""
        shares = sorted(c["median"] / c["ns"] for c in self.cells.values() if c["ns"])
        return shares[len(shares) // 2]

    def t_cycles(self):
        """Cycles of T for a byte, by the chain of dependent additions; none without that chain."""
        return self.machine["t_cycles_per_byte"] or None

    def t_is_calibrated(self):
        cycles = self.t_cycles()
        return cycles is None or cycles <= MOST_CYCLES_OF_T

    def isa(self):
        """The best instruction set of the machine."""
        return next(i for i in ISAS if self.machine["isa"][i])

    def row(self, item, path):
        """A line of ratios.tsv."""
        finding = self.findings.get((item, path))
        if finding:
            ns = self.ns(item, path)
            answered = finding["verdict"] not in ("hang", "crash", "none")
            probed = ns is None and answered
            if probed:
                ns = finding["probe_ns"]
            comparable = finding["comparable"]
            spans = finding["spans"] if answered else None
            verdict = finding["verdict"]
        else:
            ns, probed = self.ns(item, path), False
            comparable = not path.startswith("views/") and not path.endswith(("/write", "/verify", "/hashes", "/guard"))
            verdict, spans = self.items[item]["verdict"], self.items[item]["spans"]
        ratios = [ns / self.ns(item, to) if comparable and ns is not None else None for to in (T, R)]
        return Row(item, path, ns, *ratios, verdict, spans, comparable, probed)

    def rows(self):
        """All lines of ratios.tsv; those of an instruction set that the machine lacks say so."""
        for item in self.names("common", "adversarial", "cold"):
            measured = [p for p in self.paths() if (item, p) in self.cells or (item, p) in self.findings]
            for path in measured:
                yield self.row(item, path)
            for isa in ISAS:
                if self.machine["isa"][isa]:
                    continue
                for path in measured:
                    if path.startswith("portable/"):
                        yield Row(item, path.replace("portable", isa, 1), None, None, None, "not run", None, False, False)

    def goals(self):
        """Each goal, with the value that was measured; none if its instruction set was not run."""
        seen = set()
        for line in self.goal_lines:
            items = self.names("common") if line["item"] == "*" else [line["item"]]
            isas = ISAS if line["path"].startswith("*/") else [line["path"].split("/")[0]]
            way = line["path"].split("/")[1]
            for item in items:
                for isa in isas:
                    path = f"{isa}/{way}"
                    other = line["against"] if "/" in line["against"] else f"{isa}/{line['against']}"
                    to = {"T": T, "R": R}.get(line["against"], other)
                    # A line for one item goes before the line for all.
                    if (item, path, to, line["kind"]) in seen:
                        continue
                    seen.add((item, path, to, line["kind"]))
                    yield Goal(item, path, line["against"], float(line["at_most"]), line["kind"],
                               self.ratio(item, path, to))

    def growth(self):
        """(shape, path) to its Growth, with points (bytes, ns)."""
        points = collections.defaultdict(list)
        for (item, path), cell in self.cells.items():
            if self.items[item]["kind"] == "growth":
                points[self.items[item]["shape"], path].append((self.items[item]["size"], cell["ns"]))
        for line in self.data.get("peer_growth", []):
            points[line["shape"], line["path"]] = [tuple(point) for point in line["points"]]
        return {key: Growth(slope(without_fixed_cost(list_)), slope(list_), sorted(list_))
                for key, list_ in points.items() if len(list_) > 1}


def slope(points):
    """The exponent e of ns = c * bytes^e, by least squares."""
    logs = [(math.log(size), math.log(max(ns, 1e-3))) for size, ns in points]
    mean_x = sum(x for x, _ in logs) / len(logs)
    mean_y = sum(y for _, y in logs) / len(logs)
    return sum((x - mean_x) * (y - mean_y) for x, y in logs) / sum((x - mean_x) ** 2 for x, _ in logs)


def without_fixed_cost(points):
    """The times without what a value costs at any size: where the best line through the points, all being equally wrong
    in per cent, meets the axis. Nothing is taken off where it does so below 0, as it does if time grows faster than
    the bytes."""
    weights = [1 / max(ns, 1e-3) ** 2 for _, ns in points]
    total = sum(weights)
    mean_x = sum(w * size for w, (size, _) in zip(weights, points)) / total
    mean_y = sum(w * ns for w, (_, ns) in zip(weights, points)) / total
    above = sum(w * (size - mean_x) * (ns - mean_y) for w, (size, ns) in zip(weights, points))
    rise = above / sum(w * (size - mean_x) ** 2 for w, (size, _) in zip(weights, points))
    fixed = min(max(0.0, mean_y - rise * mean_x), 0.9 * min(ns for _, ns in points))
    return [(size, ns - fixed) for size, ns in points]
