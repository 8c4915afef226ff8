#include "report/html_page.h"

#include "base/printable.h"
#include "report/words.h"

namespace smartcar_sim::report {

namespace {

// A report is dark on a screen whose owner wants it so, and never on paper. Every colour of text has a contrast of 4.5
// with what it stands on; how something went is also said in words.
constexpr std::string_view kStyle = R"(
:root{color-scheme:light;--ink:#14212b;--soft:#4d5d69;--page:#eef2f4;--card:#fff;--code:#f4f6f8;--line:#c4ced5;--act:#0b5cad;
--bad:#a31621;--on-bad:#fff;--good:#1c6b34;--warn:#7a4b00;--del:#fbe0e0;--ins:#d9f2df;--band:#e6ecf0}
@media screen and (prefers-color-scheme:dark){:root{color-scheme:dark;--ink:#e8eef2;--soft:#a9b8c2;--page:#0e151a;
--card:#18222a;--code:#101920;--line:#3b4a55;--act:#86bff7;--bad:#ff9a9a;--on-bad:#2a0508;--good:#7fd79a;--warn:#f0bf6a;
--del:#552127;--ins:#1c4a2b;--band:#24313b}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0 auto;max-width:64rem;padding:1rem clamp(.75rem,3vw,2rem);background:var(--page);color:var(--ink);
font:1rem/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
h1{font-size:1.375rem;line-height:1.25;margin:0}
h2{font-size:1.25rem;line-height:1.3;margin:2rem 0 .75rem}
.card>:last-child{margin-bottom:0}
.card>dl:first-child,dl.card{margin-top:0}
ul.card{padding-left:2.25rem}
h3{font-size:1.0625rem;line-height:1.35;margin:0}
h4{font-size:.9375rem;margin:1.25rem 0 .5rem}
p{margin:0 0 .5rem}
a{color:var(--act)}
:focus-visible{outline:3px solid var(--act);outline-offset:2px}
.soft{color:var(--soft)}
small,.small{font-size:.875rem}
.card{background:var(--card);border:1px solid var(--line);border-radius:.75rem;padding:1rem clamp(.75rem,3vw,1.5rem);
margin:0 0 1rem}
.top{display:flex;gap:1rem 1.5rem;align-items:center}
.top>div{min-width:0}
.top p{margin:.25rem 0 0}
.tile{flex:none;display:grid;place-items:center;width:4.5rem;height:4.5rem;border-radius:.75rem;border:3px solid currentcolor;
font-size:2.75rem;font-weight:700;line-height:1}
.pass{color:var(--good)}
.fail{color:var(--bad)}
.skip{color:var(--soft)}
.unknown{color:var(--warn)}
.verdict{font-weight:700;white-space:nowrap}
h2 .verdict,h3 .verdict,h4 .verdict{white-space:normal}
.severity{display:inline-block;padding:0 .5rem;border-radius:.25rem;border:1px solid currentcolor;color:var(--bad);
font-size:.875rem;font-weight:700}
.critical{background:var(--bad);border-color:var(--bad);color:var(--on-bad)}
.medium,.low{color:var(--warn)}
.failure{border-left:.375rem solid var(--bad)}
.failure>p:first-child{display:flex;flex-wrap:wrap;gap:.25rem .75rem;align-items:baseline;margin:0 0 .25rem}
.failure>h3::first-letter{text-transform:uppercase}
dl{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:.25rem 1rem;margin:.75rem 0}
dt{color:var(--soft)}
dd{margin:0}
.failure dd.came,.failure dd.actual{color:var(--bad)}
dd.fix{font-weight:600}
ul,ol{margin:0 0 .75rem;padding-left:1.25rem}
li{margin:0 0 .25rem}
table{border-collapse:collapse;width:100%}
th,td{text-align:left;vertical-align:top;padding:.375rem .75rem .375rem 0;border-top:1px solid var(--line)}
th{font-weight:600}
tr:first-child>*{border-top:0}
td:last-child{padding-right:0}
.families th{width:12rem}
.families td:nth-child(2){width:18rem}
.number{text-align:right;white-space:nowrap}
.marks{display:flex;flex-wrap:wrap;gap:.25rem}
.marks a{display:grid;place-items:center;width:1.625rem;height:1.625rem;border:1px solid currentcolor;border-radius:.25rem;
font-weight:700;line-height:1;text-decoration:none}
a.fail{color:var(--on-bad);background:var(--bad);border-color:var(--bad)}
a.pass{color:var(--good)}
a.skip{color:var(--soft);border-style:dotted}
a.unknown{color:var(--warn);border-style:dashed}
.hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.time{display:grid;grid-template-columns:4.5rem minmax(0,1fr) 5.5rem;gap:.25rem .75rem;align-items:center}
.bar{height:.625rem;background:var(--band);border:1px solid var(--soft);border-radius:.3125rem;overflow:hidden}
.bar span{display:block;height:100%;background:var(--act);print-color-adjust:exact}
details{margin:.5rem 0}
summary{cursor:pointer;padding:.25rem 0;min-height:1.75rem}
summary h2,summary h3,summary h4{display:inline;margin:0}
details.card{margin:0 0 1rem}
details.card>summary{margin:-.5rem 0;padding:.5rem 0}
details.card[open]>summary{margin-bottom:.25rem}
code,pre{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:.8125rem}
pre{margin:.25rem 0 .5rem;padding:.5rem .75rem;background:var(--code);border:1px solid var(--line);border-radius:.375rem;
white-space:break-spaces;overflow-wrap:anywhere;tab-size:4}
.head{margin-bottom:0;border-radius:.375rem .375rem 0 0}
.head+pre{margin-top:0;border-top:0;border-radius:0 0 .375rem .375rem}
.head:last-child{border-radius:.375rem}
.way{margin:.5rem 0 0;font-size:.875rem;font-weight:600}
i[data-byte]{font-style:normal}
i[data-byte]::before{content:attr(data-byte);color:var(--soft);font-size:.75em;border:1px solid var(--line);
border-radius:.1875rem;padding:0 .1875rem;margin:0 .0625rem;overflow-wrap:anywhere;-webkit-box-decoration-break:clone;box-decoration-break:clone}
u{text-decoration-style:dotted;text-underline-offset:.15em}
.blank{background:radial-gradient(circle,var(--soft) .09em,transparent .1em) 0 0/1ch 100%;print-color-adjust:exact}
.diff{margin:.5rem 0}
.place{margin:.5rem 0;border:1px solid var(--line);border-radius:.375rem;overflow:hidden}
.place p{margin:0;padding:.125rem .75rem;background:var(--band);font-size:.8125rem}
.was,.is{display:grid;grid-template-columns:1rem minmax(0,1fr);gap:.5rem;padding:.375rem .75rem;background:var(--code)}
.is{border-top:1px solid var(--line)}
.sign{font-weight:700;font-family:ui-monospace,monospace}
.diff code{white-space:break-spaces}
del,ins{color:var(--ink);text-decoration-thickness:2px;font-weight:700;border-radius:.125rem;print-color-adjust:exact}
del{background:var(--del);text-decoration:underline var(--bad)}
ins{background:var(--ins);text-decoration:underline var(--good)}
.nothing{display:inline-block;width:0;height:1em;border-left:2px solid var(--warn);vertical-align:-.15em;margin:0 1px}
figure{margin:.75rem 0}
.sequence{max-width:34rem}
.sequence svg{display:block;width:calc(100% - 1.5rem);margin:0 .75rem;overflow:visible}
.sequence text{fill:var(--ink);font-size:12.5px}
.sequence .who{font-weight:700}
.sequence .answer{fill:var(--soft)}
.sequence .broken{fill:var(--bad)}
.sequence .note{fill:var(--ink)}
.sequence line,.sequence path{stroke:var(--ink);stroke-width:1.5;fill:none}
.sequence .life{stroke:var(--soft);stroke-width:1;stroke-dasharray:2 3}
.sequence .back{stroke:var(--soft);stroke-dasharray:6 4}
.sequence .stop{stroke:var(--bad);stroke-width:2}
.sequence rect{fill:var(--band)}
footer{color:var(--soft);font-size:.875rem;margin:2rem 0 0}
@media (max-width:30rem){.families th,.families td:nth-child(2){width:auto}.time{grid-template-columns:minmax(0,1fr) auto}
.time .bar{grid-row:2;grid-column:1/-1;margin:0 0 .25rem}.top{align-items:flex-start}.tile{width:3.25rem;height:3.25rem;font-size:2rem}
dl{grid-template-columns:minmax(0,1fr);gap:0}dd{margin:0 0 .5rem}dt{font-size:.875rem}
.wide th,.wide td{display:block;border:0;padding:.125rem 0}.wide tr{display:block;border-top:1px solid var(--line);padding:.25rem 0}
.wide tr:first-child{border-top:0}.wide .number{text-align:left}}
@media print{body{max-width:none;padding:0;background:#fff;font-size:10pt}
.card{border-radius:0;break-inside:auto}h2,h3,h4,.way,summary{break-after:avoid}figure,.place,dl,tr{break-inside:avoid}
details::details-content{content-visibility:visible;display:block;block-size:auto}summary{list-style:none}
summary::-webkit-details-marker{display:none}a{color:inherit;text-decoration:none}.fail,.tile,.severity{print-color-adjust:exact}}
)";

// The policy holds even if something in the page were markup after all. Without an icon of its own a browser would ask
// for one.
constexpr std::string_view kHead = R"(<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<meta name="referrer" content="no-referrer">
<link rel="icon" href="data:,">
)";

}  // namespace

std::string html_lines(std::string_view text) { return base::escape_html(base::printable(text, base::Lines::kKept)); }

std::string html_text(std::string_view text) { return base::escape_html(one_line(text)); }

std::string html_attribute(std::string_view name, std::string_view value) {
    return " " + std::string(name) + R"(=")" + html_text(value) + '"';
}

std::string html_element(std::string_view name, std::string_view look, std::string_view text) {
    const std::string element(name);
    return "<" + element + (look.empty() ? "" : html_attribute("class", look)) + ">" + html_text(text) + "</" +
           element + ">\n";
}

std::string_view html_mark(std::string_view look) {
    return look == "pass" ? "✓" : look == "fail" ? "✗" : look == "skip" ? "–" : "?";
}

std::string html_verdict(std::string_view look, std::string_view word) {
    return R"(<span class="verdict )" + std::string(look) + R"("><span aria-hidden="true">)" +
           std::string(html_mark(look)) + "</span> " + html_text(word) + "</span>";
}

std::string html_term(std::string_view label, std::string_view text) {
    if (text.empty()) return {};
    return "<dt>" + html_text(label) + "</dt><dd" + html_attribute("class", label) + ">" + html_text(text) + "</dd>\n";
}

std::string html_folded(Fold fold, const std::string& head, const std::string& content) {
    return std::string("<details") + (fold == Fold::kOpen ? " open" : "") + "><summary>" + head + "</summary>\n" +
           content + "</details>\n";
}

std::string html_page(std::string_view title, const std::string& body, std::string_view version) {
    return std::string(kHead) + "<title>" + html_text(title) + "</title>\n<style>" + std::string(kStyle) +
           "</style>\n</head>\n<body>\n" + body + "<footer>\n" +
           html_element("p", "",
                        "Written by smartcar-sim " + std::string(version) +
                            ". Not affiliated with Smartcar. Secrets are masked; bodies are shown as they were.") +
           "</footer>\n</body>\n</html>\n";
}

}  // namespace smartcar_sim::report
