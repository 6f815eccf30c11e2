"""docs/performance.md: the fixed text about method and traps, with the tables of a run between."""

import datetime

from tables import all_tables, growth_goal, number, summary

WHAT = {
    "basic": "`Basic` with random user and password, no to two pads",
    "bearer_900": "a JWT after `Bearer`",
    "bearer_3k": "the same with a long payload",
    "negotiate_8k": "base64 with `/`, `+` and `=`",
    "digest_cred": "credentials in the shape of RFC 7616, ten parameters",
    "digest_chal2": "a SHA-256 and an MD5 challenge in one value",
    "newauth_basic": "the example of RFC 9110, Section 11.6.1, with other words",
    "bearer_err": "realm, error and error_description",
    "docker_bearer": "a container registry's challenge, no space after commas",
    "ten_chal": "ten challenges shuffled: bare, token68, parameters, quoted-pairs",
    "sigv4": "AWS4-HMAC-SHA256, which is not in the grammar and refused at about byte 48",
    "mix_req": "20 % basic, 48 % bearer_900, 6 % bearer_3k, 2 % negotiate_8k, 16 % digest_cred, 8 % sigv4, shuffled",
    "mix_res": "10 % digest_chal2, 20 % newauth_basic, 40 % bearer_err, 20 % docker_bearer, 10 % ten_chal, shuffled",
    "adv_commas": "commas and nothing else",
    "adv_spaces": "spaces between a scheme and its parameter",
    "adv_quoted": '`\\"` in one quoted-string',
    "adv_params": "`a=1,` again and again",
    "adv_schemes": "`,Abc` again and again",
}

# What stands in the way of goals that may be missed, by `perf record -e cpu-clock` and by what was tried.
WHY = {
    ("basic", "oneshot"):
        "T is faster than its clock here, because its calls for values so short overlap (compare its cycles a byte). "
        "Half of our time goes to the kernel (load, class, masks, four events), a third to parse_credentials (limits, "
        "call by pointer, result) and the rest to the caller, with no stall anywhere: the number of instructions is "
        "what counts. Kept: no branch on a length, SP and padding compared as bytes instead of masks, the constant "
        "part of the events copied, results and errors made in their place, nothing loaded as one vector that was just "
        "stored in two. What is left is what any call has that checks its limits and hands back a view.",
    ("basic", "push"):
        "Two calls instead of one, and between them a state from which any other byte could go on. Kept: events go "
        "straight into a buffer, and the form of the value comes back in registers.",
    ("newauth_basic", "oneshot"):
        "Byte by byte each word of a length that cannot be predicted costs a mispredicted branch, and this value has "
        "four of them. Quoted-strings are searched by eight bytes, but behind a quoted-pair byte by byte, because many "
        "of those in a row would else be slower than any other value.",
    ("bearer_err", "oneshot"):
        "Four fifths of the time go to the element reader over two blocks of 64 bytes, and there to the index: load, class, masks, "
        "parity of quotes and compression are one chain, at the end of which the first place is known. Tried: an index "
        "that leaves out what the reader finds by itself (fewer places, more instructions: slower), a first step of one "
        "block (mispredicted: slower), sign bits instead of tests (no difference), no search for escapes where there "
        "is no backslash (kept).",
    ("sigv4", "oneshot"):
        "The value is tried as a token68, then two blocks of it are indexed though it is refused within the first, and "
        "the error is described in full: rule, section, what was expected. Half of the time goes to the element reader, the "
        "other half to the first look, the error and the calls. Tried: a first step of one block (faster here, slower "
        "for all longer credentials), words and rules from tables instead of from the steps (kept), errors made in "
        "their place (kept).",
    ("*", "push1460"):
        "A feed costs the same whatever it holds, for the call and for the last part of it that is no whole block; that "
        "weighs the more as the bytes themselves have become cheap.",
    ("digest_cred", "verify"):
        "Reading at once and the two hashes alone take 1.35 of the hashes, so that the goal leaves a seventh of their time for the "
        "typed reading, the tag of the nonce and the comparison. The hashes themselves are one block and four, a quarter of whose "
        "time is OpenSSL's calls; the nonce's tag costs as much as one of them. Kept: one search for escapes in the whole "
        "value instead of one in each parameter, character classes eight octets at a time, credentials read in their place "
        "and not copied, hexadecimal digits by vectors, H(A2) written where it is hashed again, slow paths out of line. Left out: "
        "OpenSSL's older functions, which are faster and which no provider sees, and a MAC of our own.",
    ("digest_cred", "stretch"): "Two fifths of the time go to the index, the rest to the walk over its places.",
    ("adv_params", "stretch"): "For each four bytes two events of 24 bytes have to be written.",
}
WHY["docker_bearer", "oneshot"] = "As bearer_err."

HEAD = """# Performance

Made by `scripts/bench` on {date}; edit `scripts/bench.d/page.py`, not this page.

How fast values are read, beside two yardsticks and the parsers of Debian packages, all in one run of one program.
Every path validates the whole value and reports all spans and, of a value that is refused, the exact offset of the
error: a path that skips a check would not count.

```
{summary}
```

{verdict}

Absolute times are of that machine on that day. What carries over is a ratio to a yardstick of the same run: T costs a
fixed number of cycles a byte whatever the content, so it is the clock; R is what a carefully written general parser
takes.

"""

METHOD = """## Method

`authgrammar_bench` makes the whole workload from fixed seeds, so that every run on every machine reads the same bytes.
Before anything is measured, every value is read by every path of ours and by the yardsticks, and verdict, error offset
and spans are compared with those of the tokenizer fed byte by byte on the portable path, which the proofs tie to the
ABNF. The CTest `bench.smoke` does so too.

{workload}

Paths are named by instruction set and way: `oneshot` is parse_credentials or parse_challenges into an event_buffer;
`push` the tokenizer in one feed, `push1460`, `push64` and `push1` in feeds of so many bytes. Common and cold items are
read with the default limits, adversarial and growing ones without any: with the default limits adv_commas and
adv_schemes are refused after 1024 elements, at no cost worth measuring.

The yardsticks: **T** is a scalar automaton in a table [byte][state], made from the ABNF when the program starts, one
dependent load a byte; it only recognises. It is calibrated in each run on the 8 KiB values, in turn with a chain of
dependent additions: the median of the cycles a byte. On short values its calls overlap, so that it takes fewer cycles a
byte there. **R** is the PEGTL engine with its events into the same buffer.

{peers}

Peers are modules loaded one by one, each with its library's symbols for itself. Each reads every item in a child
process first, under a watchdog: verdict and number of spans decide whether a ratio is printed; a pool that took longer
than 50 ms is not measured again and shows that one time. What a peer allocates it frees within the measured time; the
copy of the input that its call needs is made outside of it, and so is the stripping of the scheme for those that read
parameters only.

All cells are measured by Google Benchmark in batches in random order, the clock being read around a batch; a batch goes
through the whole pool at least once (through a slice of 512 values of a cold one), after one pass that is not measured
(none for cold pools). Generated shapes of growth are pools of 512 KiB at every size, read in slices of 64 KiB, after the
whole pool was read once. Reported is the least of all batches.

`scripts/bench` writes `build/bench/ratios.tsv`, `build/bench/growth.tsv`, `build/bench/plot.svg` and this page;
`scripts/bench --quick` takes a coarse look in a minute and leaves this page alone.

"""

TRAPS = """## Traps

What makes a benchmark of such parsers lie, and what is done about it here:

1. One value repeated is learned by the branch predictor, which makes branchy parsers two to three times faster than they
   are. Every item is a pool of variants, and the cold pools cannot be learned at all.
2. A parser that refuses the value, stops at the first scheme or merges names looks fast. Verdict and number of spans are
   checked before dividing; the others have a table of their own.
3. Results that nobody uses are optimised away. Buffers escape through compiler barriers, and what was found is summed.
4. Scope: a parser of parameters gets the scheme stripped for free, and one that wants a std::string hides a copy. The
   letter beside the name tells; the copy is outside the measured time for all alike.
5. Throughput is not latency: independent calls overlap in the processor. The numbers here are throughput, of calls that
   do not wait for each other. The calibrating chain is one chain for that reason, of register-to-register additions,
   because those of constants are folded away.
6. Noise only adds. On a machine that others use a median is theirs; the least of many short batches in random order is
   ours. Ratios between cells of one run still move by several per cent from run to run, more for cells below 100 ns:
   a goal missed or met by less than a tenth is neither.
7. `-march=native` is not what users of a package get: instruction sets are chosen at run time, and each is a row. One
   that the machine lacks is printed as not run.
8. A parser that is fast on average can be slow on purpose: adversarial values stand in the same tables, and exponents of
   growth are measured for them and for generated shapes.
9. The least batch of a cold pool is that of its luckiest slice, for yardsticks and paths alike. The caches are cold for
   the data only, not for code and tables.
"""


def make(results):
    """The page as text."""
    tables = all_tables(results)
    body = "\n".join(table.markdown() for table in tables)
    head = HEAD.format(date=datetime.date.today().isoformat(), summary="\n".join(summary(results)), verdict=verdict(results))
    body += "\n" + obstacles(results)
    method = METHOD.replace("{workload}", workload(results)).replace("{peers}", peers(results))
    return head + body + "\n" + method + TRAPS


def obstacles(results):
    """What stands in the way of the goals that were missed."""
    missed = {}
    for goal in results.goals():
        if goal.value is None or goal.value <= goal.at_most:
            continue
        way = "stretch" if goal.kind == "stretch" else goal.path.split("/")[1]
        key = next((k for k in ((goal.item, way), ("*", way)) if k in WHY), (goal.item, way))
        missed.setdefault(key, []).append(f"{goal.item} {goal.path} {number(goal.value)} of {goal.against}, "
                                          f"hoped for {number(goal.at_most)}")
    if not missed:
        return ""
    lines = ["## What stands in the way", ""]
    for key, goals in missed.items():
        lines += [f"- {'; '.join(goals)}. {WHY.get(key, 'Within what runs differ by, or not yet looked into.')}"]
    return "\n".join(lines) + "\n"


def workload(results):
    """The items with their sizes."""
    lines = ["| item | variants | bytes | verdict | spans | what |", "|---|---:|---:|---|---:|---|"]
    for name in results.names("common", "adversarial"):
        item = results.items[name]
        lines.append(f"| {name} | {item['variants']} | {item['bytes_per_value']:.0f} | {item['verdict']} | "
                     f"{number(item['spans'])} | {WHAT[name]} |")
    return "\n".join(lines)


def peers(results):
    """What of each peer is called."""
    lines = ["| peer | version | call |", "|---|---|---|"]
    lines += [f"| {p['path'][5:]} ({p['scope']}) | {p['version']} | `{p['call']}` |" for p in results.peers]
    return "\n".join(lines)


def verdict(results):
    """How many goals are met, in words."""
    goals = [g for g in results.goals() if g.kind == "goal" and g.value is not None]
    met = [g for g in goals if g.value <= g.at_most]
    linear, of_all, crooked = growth_goal(results)
    text = f"Goals met: {len(met)} of {len(goals)}; exponents of growth within 1.0 ± 0.1: {linear} of {of_all}."
    if crooked:
        text += "\n\nOutside of that: " + "; ".join(crooked) + "."
    return text
