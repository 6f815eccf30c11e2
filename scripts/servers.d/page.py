"""docs/servers.md: the live answers beside ours, and the reasons for the differences, with the versions they are of."""

import re
import textwrap

ROLES = {"origin": "as origin server", "gateway": "as gateway", "proxy": "as proxy"}
INTRODUCTION = """# Live servers

Made by `scripts/servers --write`: what servers of Debian 12 answer in the usual situations, as origin servers, gateways
(reverse proxies) and proxies, beside what `authlint decide` and `authlint hop` say. Do not edit. The situations and the
configurations are in `scripts/servers.d`; the test `integration.servers` holds this page against the servers. The
versions are {versions}.

*As ours*: the recommended answer, with the fields that it must have and without those that it must not;
*permitted*: one of the others that `also` lists, in parentheses. *Alike* names the situation whose
answer is the same in every byte but Date. 200 stands for whatever the request comes to, 502 too.

Gateways and proxies have a server of ours behind them. *On the way* is what became of each authentication field of the
request and of the response, and what `authlint hop` says of that: permitted unless it says something else. *Not asked*:
the gateway or proxy answered by itself. *Tunnel unchanged*: request and response went through it byte for byte.
"""


def versions_on(page):
    """The versions that a page names, by server; empty if it names none."""
    line = re.search(r"versions are ([^\n]*(?:\n[^\n]+)*?)\.\n\n", page)
    return dict(part.rsplit(" ", 1) for part in re.split(r", | and ", " ".join(line[1].split()))) if line else {}


def on_the_way(held):
    if not held.passed:
        return "not asked"
    told = []
    for name, change, permission in held.hop:
        what = f"{name} {change}" if name == "tunnel" else f"`{name}` {change}" if name else "status"
        told.append(what if permission == "permitted" else f"{what}: **{permission}**"
                    if permission == "forbidden" else f"{what}: {permission}")
    return "; ".join(told)


def row_of(held, reasons, titles, role):
    situation = held.situation
    how = held.how
    if situation.differs:
        if situation.differs not in reasons:
            reasons.append(situation.differs)
        how = f"**differs**, {reasons.index(situation.differs) + 1}"
    if situation.alike:
        how += f"; alike *{titles[situation.alike]}*"
    ours = f"{held.ours}" + (f" ({', '.join(map(str, held.also))})" if held.also else "")
    found = ", ".join(f"`{name}`" for name in held.lint)
    cells = [situation.title, situation.setting, str(held.status), ours, how]
    cells += [] if role == "origin" else [on_the_way(held)]
    return "| " + " | ".join([*cells, found]) + " |"


def page_of(all_held, versions):
    told = [f"{server} {version}" for server, version in versions.items()]
    introduction = INTRODUCTION.replace("{versions}", ", ".join(told[:-1]) + " and " + told[-1])
    first, *others = introduction.split("\n\n")
    wrapped = ["\n".join(textwrap.wrap(" ".join(part.split()), 118)) for part in others]
    lines = "\n\n".join([first, *wrapped]).split("\n")
    reasons = []
    for role, said in ROLES.items():
        for server in versions:
            here = [held for held in all_held if (held.situation.server, held.situation.role) == (server, role)]
            if not here:
                continue
            columns = ["situation", "configured by", "answer", "ours", ""]
            columns += [] if role == "origin" else ["on the way"]
            lines += ["", f"## {server} {said}", "", "| " + " | ".join([*columns, "lint finds"]) + " |",
                      "|" + "---|" * (len(columns) + 1)]
            titles = {held.situation.name: held.situation.title for held in here}
            lines += [row_of(held, reasons, titles, role) for held in here]
    lines += ["", "## Differences", ""]
    for number, reason in enumerate(reasons, 1):
        for server, version in versions.items():
            reason = reason.replace("{" + server + "}", f"{server} {version}")
        mark = f"{number}. "
        lines += textwrap.wrap(mark + reason, 118, subsequent_indent=" " * len(mark), break_on_hyphens=False)
    return "\n".join(lines) + "\n"
