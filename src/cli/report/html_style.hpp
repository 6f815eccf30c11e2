#ifndef AUTHLINT_REPORT_HTML_STYLE_HPP
#define AUTHLINT_REPORT_HTML_STYLE_HPP

#include <string_view>

namespace authlint {

/// The style sheet of the HTML form: one column from 390 pixels on, light or dark as the reader's system is, text in colours with
/// a contrast of 4.5 at least (WCAG 2.2, 1.4.3). The boxes that choose severities work without a script.
inline constexpr std::string_view html_style = R"(
:root { color-scheme: light dark; --page: #fff; --ink: #1c2128; --quiet: #57606a; --line: #d0d7de; --card: #f6f8fa;
  --error: #b42318; --warning: #8a5300; --info: #0a5fb4; }
@media (prefers-color-scheme: dark) { :root { --page: #0f1419; --ink: #e6e9ed; --quiet: #9aa5b1; --line: #30363d;
  --card: #171d24; --error: #ff8f84; --warning: #f0b429; --info: #79b8ff; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 68rem; padding: 1rem; background: var(--page); color: var(--ink);
  font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.6rem; margin: .5rem 0; }
h2 { font-size: 1.2rem; margin: 0; }
a { color: var(--info); }
code, pre { font-family: ui-monospace, "DejaVu Sans Mono", monospace; font-size: .875rem; }
.quiet { color: var(--quiet); }
.counts { display: grid; grid-template-columns: repeat(auto-fit, minmax(7.5rem, 1fr)); gap: .5rem; margin: 1rem 0; padding: 0; }
.counts div { background: var(--card); border: 1px solid var(--line); border-radius: .5rem; padding: .5rem .75rem; }
.counts dd { margin: 0; font-size: 1.4rem; font-weight: 600; }
.counts dt { color: var(--quiet); font-size: .875rem; }
.filter { border: 1px solid var(--line); border-radius: .5rem; margin: 1rem 0; padding: .5rem .75rem; }
.filter label { display: inline-block; padding: .25rem 1rem .25rem 0; }
table { width: 100%; border-collapse: collapse; margin: 1rem 0; }
th, td { text-align: left; padding: .35rem .5rem .35rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
td.number, th.number { text-align: right; padding-right: 0; white-space: nowrap; }
caption { text-align: left; }
summary { cursor: pointer; border-top: 1px solid var(--line); padding: .6rem 0; color: var(--info); }
section { border: 1px solid var(--line); border-radius: .5rem; margin: 1rem 0; padding: 1rem; }
section > p { margin: .5rem 0; }
.error { --mine: var(--error); } .warning { --mine: var(--warning); } .info { --mine: var(--info); }
.badge { color: var(--mine); border: 1px solid; border-radius: 1rem; padding: 0 .6rem; font-size: .8125rem; font-weight: 600;
  white-space: nowrap; }
dl.advice { display: grid; grid-template-columns: 3rem 1fr; gap: .25rem .5rem; margin: .75rem 0; }
dl.advice dt { color: var(--quiet); } dl.advice dd { margin: 0; }
ol { list-style: none; margin: 0; padding: 0; }
ol li { border-top: 1px solid var(--line); padding: .6rem 0; }
ol li p { margin: 0 0 .25rem; }
pre { background: var(--card); border-radius: .35rem; margin: .25rem 0; overflow-x: auto; padding: .5rem .65rem;
  overflow-wrap: normal; }
pre b { color: var(--mine); }
body:has(#show-error:not(:checked)) .error:is(li, tr), body:has(#show-warning:not(:checked)) .warning:is(li, tr),
body:has(#show-info:not(:checked)) .info:is(li, tr) { display: none; }
body:has(#show-error:not(:checked)) section.only-error, body:has(#show-warning:not(:checked)) section.only-warning,
body:has(#show-info:not(:checked)) section.only-info { display: none; }
@media (max-width: 40rem) { .wide { display: none; } section { padding: .75rem; } }
@media print { .filter { display: none; } section { break-inside: avoid; } }
)";

}  // namespace authlint

#endif
