"""Whether a page of `authlint lint --format html` is sound: its tags, its links, its colours, and what a browser makes of it."""

import html.parser
import re
import urllib.parse

WIDTHS = (390, 1280)
VOID = {"meta", "link", "input", "br"}
LEAST_CONTRAST = 4.5  # WCAG 2.2, 1.4.3


class Structure(html.parser.HTMLParser):
    """Tags that do not match, ids that occur twice, links that lead nowhere, headings that skip a level."""

    def __init__(self, text):
        super().__init__()
        self.open, self.ids, self.links, self.faults, self.level = [], set(), set(), [], 0
        self.feed(text)
        self.faults += [f"<{tag}> is not closed" for tag in self.open]
        self.faults += [f"no id {link}" for link in self.links - self.ids]

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if tag == "script" or any(name.startswith("on") for name in attributes):
            self.faults.append("there is a script")
        for name in ("src", "href"):
            where = attributes.get(name, "#")
            if where.startswith("#"):
                self.links |= {where[1:]} - {""}
            elif not where.startswith("data:"):
                self.faults.append(f"{where} is outside of the page")
        if attributes.get("id") in self.ids:
            self.faults.append(f"id {attributes['id']} twice")
        self.ids |= {attributes["id"]} if "id" in attributes else set()
        if re.fullmatch("h[1-6]", tag):
            if int(tag[1]) > self.level + 1:
                self.faults.append(f"{tag} after h{self.level}")
            self.level = int(tag[1])
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> closes nothing")


def luminance(colour):
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[i:i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast_faults(text):
    """Colours of text that are too near to those behind them, in light and in dark."""
    themes = re.findall(r":root \{(.*?)\}", text, re.S)
    faults = [] if len(themes) == 2 else [f"{len(themes)} themes"]
    for theme in themes:
        colours = dict(re.findall(r"--(\w+): (#[0-9a-f]+)", theme))
        for front in ("ink", "quiet", "error", "warning", "info"):
            for back in ("page", "card"):
                a, b = sorted((luminance(colours[front]), luminance(colours[back])))
                ratio = (b + 0.05) / (a + 0.05)
                if ratio < LEAST_CONTRAST:
                    faults.append(f"{front} on {back} has a contrast of {ratio:.2f}")
    return faults


VISIBLE = "[...document.querySelectorAll('main li.{0}, main tr.{0}')].filter(e => e.getClientRects().length).length"


def browser_faults(browser, path):
    """What goes wrong while the page is opened and used."""
    faults = []
    for width in WIDTHS:
        browser.call("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=False)
        for event in browser.open(path.as_uri()):
            method, told = event.get("method"), event.get("params", {})
            if method in ("Runtime.exceptionThrown", "Runtime.consoleAPICalled", "Log.entryAdded"):
                faults.append(f"{width} pixels: {method}: {told}")
            if method == "Network.requestWillBeSent":
                scheme = urllib.parse.urlsplit(told["request"]["url"]).scheme
                if scheme not in ("file", "data"):
                    faults.append(f"{width} pixels: asks for {told['request']['url']}")
        over = browser.value("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if over != 0:
            faults.append(f"{width} pixels: the page is {over} wider than the window")
        for severity in ("error", "warning", "info"):
            if not browser.value(VISIBLE.format(severity)):
                faults.append(f"{width} pixels: no {severity} is shown")
            browser.value(f"document.getElementById('show-{severity}').click()")
            if browser.value(VISIBLE.format(severity)):
                faults.append(f"{width} pixels: {severity} is shown although it is not to be")
            browser.value(f"document.getElementById('show-{severity}').click()")
    return faults
