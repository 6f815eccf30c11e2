"""What an answer is worth: the effect of a difference, and how much it weighs. docs/survey.md states the rules."""

import base64
import binascii
import collections
import re

# From the worst to the best. "agrees" and "not asked" are no effects.
EFFECTS = ("crash", "hang", "made-up", "confused", "lost", "slow", "refuses", "accepts", "agrees")
SEVERITIES = ("severe", "moderate", "minor", "none")
# What decides whom a secret is sent to, or who somebody is.
DECIDING = {"scheme", "realm", "domain", "username", "username*", "userhash", "uri", "user", "password"}

Verdict = collections.namedtuple("Verdict", "effect severity detail")
Part = collections.namedtuple("Part", "scheme token68 params user password")


def challenges(parts):
    """The challenges of an answer's parts; what stands before the first scheme is one without a scheme."""
    found = []
    for name, text in parts:
        if name == "scheme" or not found:
            found.append({"scheme": None, "token68": None, "params": [], "user": None, "password": None})
        if name == "name":
            found[-1]["params"].append([text.lower(), None])
        elif name == "value":
            if not found[-1]["params"] or found[-1]["params"][-1][1] is not None:
                raise ValueError("a value without a name")
            found[-1]["params"][-1][1] = text
        else:
            found[-1][name] = text.lower() if name == "scheme" else text
    return [Part(each["scheme"], each["token68"], tuple(map(tuple, each["params"])), each["user"], each["password"]) for each in found]


def user_and_password(token68):
    """What Basic's token68 means (RFC 7617), or None."""
    try:
        text = base64.b64decode(token68.encode("latin-1"), validate=True).decode("latin-1")
    except (binascii.Error, ValueError):
        return None
    user, colon, password = text.partition(":")
    return (user, password) if colon else None


def limited(read, scheme, token68, params, user=None, password=None):
    """A challenge as far as the reader tells it."""
    tells = read.tells
    if read.names:
        params = [each for each in params if each[0] in read.names]
    return Part(
        scheme if "scheme" in tells else None,
        token68 if "token68" in tells else None,
        tuple(params) if "params" in tells else (),
        user if "user" in tells else None,
        password if "password" in tells else None,
    )


def wanted_part(read, challenge):
    """A challenge of a vector as the reader should tell it; None if it should tell none."""
    params = [(param["name"].lower(), param["value"]) for param in challenge["params"]]
    user = password = None
    if "user" in read.tells:
        pair = user_and_password(challenge["token68"] or "")
        if pair is None:
            return None
        user, password = pair
    return limited(read, (challenge["scheme"] or "").lower() or None, challenge["token68"], params, user, password)


def told_part(read, part):
    return limited(read, part.scheme, part.token68, part.params, part.user, part.password)


def normal(read, part, keep=None):
    """Without what is of no consequence: the order of parameters where the reader gives a map, and of a repeated name all
    but one: `keep` is "first" or "last"."""
    params = part.params
    if keep == "first":
        params = tuple(dict(reversed(params)).items())
    elif keep == "last":
        params = tuple(dict(params).items())
    return part._replace(params=tuple(sorted(params, key=str)) if read.map or keep else params)


def same(read, told, wanted):
    """Whether two parts mean the same; with "first" or "last" if only so, where a name is repeated."""
    if normal(read, told) == normal(read, wanted):
        return "all"
    repeated = len({name for name, _ in wanted.params}) < len(wanted.params)
    for keep in ("first", "last") if repeated else ():
        if normal(read, told, keep) == normal(read, wanted, keep) and len(dict(told.params)) == len(told.params):
            return keep
    return None


def escapes_kept(told, wanted):
    """Whether a text is the other with its escapes, or its quotes, left in it."""
    told = told[1:-1] if len(told) > 1 and told[0] == told[-1] == '"' else told
    return told is not None and re.sub(r"\\(.)", r"\1", told, flags=re.DOTALL) == wanted


def difference(told, wanted, all_wanted, elsewhere):
    """(effect, whether it decides, detail) of a part that differs; the worst only. `wanted` is what it is compared with,
    `elsewhere` are the names of all parameters of the value."""
    found = []
    if told.scheme is not None and told.scheme not in {each.scheme for each in all_wanted}:
        found.append(("made-up", True, f"scheme {told.scheme}"))
    if told.token68 is not None and told.token68 != wanted.token68:
        found.append(("made-up" if wanted.token68 is None else "confused", False, "token68"))
    if told.token68 is None and wanted.token68 is not None:
        found.append(("lost", False, "token68"))
    for member in ("user", "password"):
        mine, other = getattr(told, member), getattr(wanted, member)
        if mine != other:
            found.append(("lost" if mine is None else "confused", True, member))
    values = collections.defaultdict(list)
    for name, value in wanted.params:
        values[name].append(value)
    for name, value in told.params:
        if name not in values:
            effect = "confused" if name in elsewhere else "made-up"
            found.append((effect, name in DECIDING, f"parameter {name}"))
        elif value not in values[name]:
            kept = any(escapes_kept(value or "", other) for other in values[name])
            found.append(("confused", name in DECIDING and not kept, f"value of {name}" + (", escapes kept" if kept else "")))
    for name in values.keys() - {name for name, _ in told.params}:
        found.append(("lost", False, f"parameter {name}"))
    if not found:
        found.append(("confused", False, "order or number of parameters"))
    return min(found, key=lambda each: (EFFECTS.index(each[0]), not each[1], each[2]))


def compare(read, told, wanted, elsewhere):
    """(effect, decides, detail) of a list of told parts against the list that is wanted."""
    if read.what == "list":
        if len(told) == len(wanted):
            sames = [same(read, mine, other) for mine, other in zip(told, wanted)]
            if all(sames):
                kept = [each for each in sames if each != "all"]
                return "agrees", False, f"of a repeated name the {kept[0]}" if kept else ""
    elif len(told) == 1:
        sames = [each for each in (same(read, told[0], other) for other in wanted) if each]
        if sames:
            kept = "" if "all" in sames else f"of a repeated name the {sames[0]}"
            return "agrees", False, kept
    left, found = list(wanted), []
    for mine in told:
        fitting = [each for each in left if each.scheme == mine.scheme] or [each for each in wanted if each.scheme == mine.scheme]
        candidates = fitting or left or wanted
        exact = next((each for each in candidates if same(read, mine, each)), None)
        other = exact or min(candidates, key=lambda each: -len(set(each.params) & set(mine.params)))
        if exact is None:
            found.append(difference(mine, other, wanted, elsewhere))
        elif other not in left:
            found.append(("made-up", True, f"a second challenge {mine.scheme or ''}".strip()))
        if other in left:
            left.remove(other)
    if read.what == "list":
        found += [("lost", False, f"challenge {each.scheme or ''}".strip()) for each in left]
    elif len(told) > 1:
        found.append(("made-up", True, "more than one challenge"))
    return min(found, key=lambda each: (EFFECTS.index(each[0]), not each[1], each[2])) if found else ("agrees", False, "")


def severity(effect, level, decides):
    if effect == "agrees":
        return "none"
    if effect in ("crash", "hang"):
        return "severe"
    if effect == "slow":
        return "moderate"
    if level == "may" or effect in ("refuses", "accepts"):
        return "minor"
    return "severe" if decides and effect in ("made-up", "confused") else "moderate"


def judge(question, said, parts):
    """The Verdict on an answer; None if the reader said that it is not for it."""
    read, vector = question.read, question.vector
    if said == "skipped":
        return None
    if said in ("crash", "hang"):
        return Verdict(said, severity(said, vector.level, True), parts)
    told = [told_part(read, each) for each in challenges(parts)] if said == "read" else []
    if vector.wanted is None:
        effect = "accepts" if told else "agrees"
        return Verdict(effect, severity(effect, "may", False), "")
    known = [each for each in vector.wanted if not read.schemes or each["scheme"] is None or each["scheme"].lower() in read.schemes]
    wanted = [each for each in (wanted_part(read, each) for each in known) if each is not None]
    level = vector.level
    if any(len({name for name, _ in each.params}) < len(each.params) for each in wanted):
        level = "may"
    if not wanted:
        # Nothing in it that the reader could take; credentials that Basic's own rules do not allow are a may.
        if not told:
            return Verdict("agrees", "none", "")
        if known:
            return Verdict("accepts", "minor", "")
        return Verdict("made-up", severity("made-up", level, True), f"scheme {told[0].scheme or ''}".strip())
    if not told:
        return Verdict("refuses", severity("refuses", level, False), parts if isinstance(parts, str) else "")
    elsewhere = {param["name"].lower() for each in vector.wanted for param in each["params"]}
    effect, decides, detail = compare(read, told, wanted, elsewhere)
    return Verdict(effect, severity(effect, level, decides), detail)
