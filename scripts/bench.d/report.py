"""Makes ratios.tsv, growth.tsv, plot.svg and the page of a run of authgrammar_bench, and prints its tables."""

import argparse
import pathlib
import sys

import page
import plot
import tables
from results import Results


def field(value, form):
    return "-" if value is None else form(value)


def spans(value):
    return f"{value:.2f}".rstrip("0").rstrip(".")


def ratios(results):
    lines = ["item\tpath\tns\tratio_T\tratio_R\tverdict\tspans"]
    for row in results.rows():
        lines.append("\t".join([row.item, row.path, field(row.ns, "{:.2f}".format), field(row.ratio_T, "{:.4f}".format),
                                field(row.ratio_R, "{:.4f}".format), row.verdict, field(row.spans, spans)]))
    return "\n".join(lines) + "\n"


def growth(results):
    lines = ["shape\tpath\texponent\twith_fixed_cost\tbytes:ns"]
    for (shape, path), found in results.growth().items():
        lines.append("\t".join([shape, path, f"{found.exponent:.3f}", f"{found.slope:.3f}",
                                " ".join(f"{size}:{ns:.1f}" for size, ns in found.points)]))
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("results", help="what authgrammar_bench --out wrote")
    parser.add_argument("--goals", required=True)
    parser.add_argument("--folder", required=True, type=pathlib.Path, help="where the tables and the plot go")
    parser.add_argument("--page", required=True, type=pathlib.Path)
    arguments = parser.parse_args()

    results = Results(arguments.results, arguments.goals)
    arguments.folder.mkdir(parents=True, exist_ok=True)
    (arguments.folder / "ratios.tsv").write_text(ratios(results), encoding="utf-8")
    (arguments.folder / "growth.tsv").write_text(growth(results), encoding="utf-8")
    (arguments.folder / "plot.svg").write_text(plot.draw(results), encoding="utf-8")
    arguments.page.write_text(page.make(results), encoding="utf-8")

    print("\n".join(tables.summary(results)) + "\n")
    for table in tables.all_tables(results):
        print(table.plain())
    print(page.verdict(results))
    return 0 if results.t_is_calibrated() else 1


if __name__ == "__main__":
    sys.exit(main())
