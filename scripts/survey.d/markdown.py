"""What the pages of the survey are written with."""


def cell(text):
    return str(text).replace("|", "\\|").replace("\n", " ")


def code(text):
    """A value in Markdown: what is not printable as escapes."""
    shown = "".join(each if " " <= each <= "~" and each != "\\" else "\\\\" if each == "\\" else f"\\x{ord(each):02x}" for each in text)
    fence = "``" if "`" in shown else "`"
    pad = " " if "`" in shown or shown.startswith(" ") or shown.endswith(" ") or not shown else ""
    return f"{fence}{pad}{shown}{pad}{fence}".replace("|", "\\|")


def table(head, rows, right=()):
    lines = ["| " + " | ".join(head) + " |", "|" + "|".join("--:" if at in right else "---" for at in range(len(head))) + "|"]
    return "\n".join(lines + ["| " + " | ".join(map(cell, row)) + " |" for row in rows])
