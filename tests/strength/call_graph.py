"""No recursion, and a bound of the stack, from the compiler's call graph (-fcallgraph-info=su) of what is shipped.

usage: call_graph.py BUILD-TREE, one of g++ with compile_commands.json. Where the build has left graphs beside the objects
of core and the PEGTL engine they are read, else the sources are compiled as there."""

import json
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile

# Bytes of stack from any function down, the consumer's own excluded: of a library, and of the files in it that need more.
BOUNDS = {"core": 6144, "peg": 4096}
# To find a repeated name among 16,384 in linear time takes some bits for each of them.
BOUNDS_OF_FILES = {"core": {"writer.cpp": 32768, "repeated.cpp": 32768}}
# What code without recursion of its own may call outside.
OUTSIDE = re.compile(r"^(mem(cpy|move|set|cmp|chr)|strlen|abort|__assert_fail|__stack_chk_fail)$")
INDIRECT = "__indirect_call"


def graph_of(command, folder, scratch):
    """The text of the call graph that one command of the build has made, or of one that it makes now."""
    arguments = shlex.split(command)
    made = pathlib.Path(folder) / arguments[arguments.index("-o") + 1]
    graph = made.with_suffix(".ci")
    # A cache of compilers brings back the object alone.
    if graph.exists() and made.exists() and graph.stat().st_mtime >= made.stat().st_mtime - 60:
        return graph.read_text(errors="replace")
    target = pathlib.Path(scratch) / "unit.o"
    arguments[arguments.index("-o") + 1] = str(target)
    arguments = [a for a in arguments if a not in ("-MD",)]
    for option in ("-MT", "-MF"):
        if option in arguments:
            at = arguments.index(option)
            del arguments[at:at + 2]
    subprocess.run([*arguments, "-fcallgraph-info=su"], cwd=folder, check=True)
    graph = target.with_suffix(".ci")
    return graph.read_text(errors="replace")


def read_graph(text, nodes, edges):
    for title, label in re.findall(r'^node: \{ title: "([^"]*)" label: "((?:[^"\\]|\\.)*)"', text, re.M):
        size = re.search(r"(\d+) bytes \(([\w,]+)\)", label)
        if size:
            nodes[title] = (int(size.group(1)), size.group(2))
        else:
            nodes.setdefault(title, None)
    for source, target in re.findall(r'^edge: \{ sourcename: "([^"]*)" targetname: "([^"]*)"', text, re.M):
        edges.setdefault(source, set()).add(target)


def depths(nodes, edges):
    """The largest stack from each function down, and where it goes on. Exits where there is a cycle."""
    depth = {}
    for root in nodes:
        stack = [(root, iter(sorted(edges.get(root, ()))))]
        on_path = {root}
        if root in depth:
            continue
        while stack:
            node, rest = stack[-1]
            for child in rest:
                if child in on_path:
                    names = [n for n, _ in stack]
                    sys.exit("recursion: " + " -> ".join(names[names.index(child):] + [child]))
                if child not in depth:
                    on_path.add(child)
                    stack.append((child, iter(sorted(edges.get(child, ())))))
                    break
            else:
                own = nodes.get(node)
                below = max(((depth[c][0], c) for c in edges.get(node, ())), default=(0, None))
                depth[node] = ((own[0] if own else 0) + below[0], below[1])
                on_path.discard(node)
                stack.pop()
    return depth


def deepest(depth, roots, kernels):
    """The largest stack of a path from any of these functions, and the path."""
    # A call through a pointer runs a kernel, or the consumer, whose stack is not ours.
    through = max((depth[k][0] for k in kernels), default=0)
    top = max(roots, key=lambda n: depth[n][0])
    path, node = [], top
    while node is not None:
        path.append(node)
        node = depth[node][1]
    return depth[top][0] + through, path


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    build = pathlib.Path(sys.argv[1])
    commands = json.loads((build / "compile_commands.json").read_text())
    faults = []
    for room, bound in BOUNDS.items():
        nodes, edges, kernels = {}, {}, set()
        groups = {room: (bound, set()), **{name: (most, set()) for name, most in BOUNDS_OF_FILES.get(room, {}).items()}}
        units = [c for c in commands if f"/src/{room}/" in c["file"] and "/fuzz" not in c.get("output", "")]
        if not units:
            sys.exit(f"no sources of {room} in {build}")
        for unit in units:
            with tempfile.TemporaryDirectory() as scratch:
                own = {}
                text = graph_of(unit["command"], unit["directory"], scratch)
                read_graph(text, own, edges)
            for title, size in own.items():
                if size or title not in nodes:
                    nodes[title] = size
            defined = {title for title, size in own.items() if size}
            if "bulk/avx" in unit["file"]:
                kernels |= defined
            name = pathlib.Path(unit["file"]).name
            groups[name if name in groups else room][1].update(defined)
        outside = {t for t, size in nodes.items() if size is None and t != INDIRECT}
        if room == "core":
            faults += [f"core calls {name}" for name in sorted(outside) if not OUTSIDE.match(name)]
        faults += [f"{title} has a stack that grows ({how})" for title, (_, how) in
                   ((t, s) for t, s in nodes.items() if s) if how == "dynamic"]
        if INDIRECT in {c for k in kernels for c in edges.get(k, ())}:
            faults.append("a kernel calls through a pointer")
        depth = depths(nodes, edges)
        for name, (most, roots) in groups.items():
            stack, path = deepest(depth, roots, kernels)
            print(f"{name}: {len(roots)} functions, no recursion, at most {stack} bytes of stack (bound {most}), "
                  f"{len(path)} calls deep")
            if stack > most:
                faults.append(f"{name}: {stack} bytes of stack: " + " -> ".join(path))
    print("\n".join(faults))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
