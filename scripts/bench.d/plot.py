"""The picture of a run: a line for each item, a mark for each parser, time on a logarithmic scale."""

import math
from xml.sax.saxutils import escape

from results import ISAS, R, T

WIDTH, LEFT, RIGHT, TOP, LINE = 1180, 130, 24, 126, 34
COLOURS = ["#8c510a", "#bf812d", "#35978f", "#01665e", "#762a83", "#9970ab", "#5aae61", "#1b7837"]


def marks_of(results):
    """(path, label, shape, colour) in the order of the legend."""
    ours = [("avx512", "#b2182b"), ("avx2", "#ef6548"), ("portable", "#fdae61")]
    marks = [(f"{isa}/oneshot", f"authgrammar, {isa}", "disc", colour)
             for isa, colour in ours if isa in ISAS and results.machine["isa"][isa]]
    marks += [(T, "T: table automaton, recognises only", "bar", "#000000"), (R, "R: PEGTL grammar", "bar", "#737373")]
    for peer, colour in zip(results.peers, COLOURS * 2):
        marks.append((peer["path"], f"{peer['path'][5:]}{' (parameters only)' if peer['scope'] == 'P' else ''}", "diamond",
                      colour))
    return marks


def mark(shape, x, y, colour, title):
    """One mark with its tooltip."""
    tip = f"<title>{escape(title)}</title>"
    if shape == "disc":
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5.5" fill="{colour}" stroke="#fff">{tip}</circle>'
    if shape == "bar":
        return f'<rect x="{x - 1.5:.1f}" y="{y - 9:.1f}" width="3" height="18" fill="{colour}">{tip}</rect>'
    corners = f"{x:.1f},{y - 5.5:.1f} {x + 5.5:.1f},{y:.1f} {x:.1f},{y + 5.5:.1f} {x - 5.5:.1f},{y:.1f}"
    return f'<polygon points="{corners}" fill="none" stroke="{colour}" stroke-width="2">{tip}</polygon>'


def draw(results):
    """The SVG as text."""
    items = results.names("common", "adversarial")
    marks = marks_of(results)
    points = []
    for row, item in enumerate(items):
        for path, label, shape, colour in marks:
            line = results.row(item, path)
            if line.comparable and line.ns:
                points.append((row, line.ns, shape, colour, f"{item}, {label}: {line.ns:.1f} ns"))
    low = math.floor(math.log10(min(p[1] for p in points)))
    high = math.ceil(math.log10(max(p[1] for p in points)))
    height = TOP + LINE * len(items) + 56

    def x_of(ns):
        return LEFT + (WIDTH - LEFT - RIGHT) * (math.log10(ns) - low) / (high - low)

    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" font-family="sans-serif" '
           f'font-size="12" role="img" aria-label="Time to read a value, for each parser">',
           f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>',
           f'<text x="16" y="24" font-size="17">Time to read a value, with all its spans '
           f'({escape(results.machine["processor"])}, {results.machine["clock_ghz"]:.1f} GHz)</text>']
    for i, (_, label, shape, colour) in enumerate(marks):
        x, y = 24 + 285 * (i % 4), 48 + 20 * (i // 4)
        out += [mark(shape, x, y - 4, colour, label), f'<text x="{x + 12}" y="{y}">{escape(label)}</text>']
    bottom = TOP + LINE * len(items)
    for power in range(low, high + 1):
        x = x_of(10 ** power)
        unit = {0: "1 ns", 1: "10 ns", 2: "100 ns", 3: "1 µs", 4: "10 µs", 5: "100 µs", 6: "1 ms", 7: "10 ms", 8: "100 ms",
                9: "1 s", 10: "10 s"}.get(power, f"1e{power} ns")
        out += [f'<line x1="{x:.1f}" y1="{TOP - 8}" x2="{x:.1f}" y2="{bottom}" stroke="#ccc"/>',
                f'<text x="{x:.1f}" y="{bottom + 18}" text-anchor="middle">{unit}</text>']
    for row, item in enumerate(items):
        y = TOP + LINE * row + LINE / 2
        out += [f'<line x1="{LEFT}" y1="{y:.1f}" x2="{WIDTH - RIGHT}" y2="{y:.1f}" stroke="#eee"/>',
                f'<text x="{LEFT - 10}" y="{y + 4:.1f}" text-anchor="end">{item}</text>']
    order = {"diamond": 0, "bar": 1, "disc": 2}
    for row, ns, shape, colour, title in sorted(points, key=lambda p: order[p[2]]):
        out.append(mark(shape, x_of(ns), TOP + LINE * row + LINE / 2, colour, title))
    out.append(f'<text x="16" y="{height - 12}" fill="#555">Peers only where they give the verdict of the grammar and '
               'report every span of their scope. The least of many batches; logarithmic scale.</text>')
    out.append("</svg>")
    return "\n".join(out) + "\n"
