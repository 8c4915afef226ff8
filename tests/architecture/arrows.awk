# See arrows.sh. The first file is docs/architecture.md, the rest are sources as simulator/MODULE/….

BEGIN {
    # Third-party headers and CMake targets, as prefixes, and the modules that may use them.
    user["httplib"] = "http"
    user["cxxopts"] = "cli"
    user["nlohmann"] = "document"
    user["openssl/"] = "signature http"
    user["OpenSSL::"] = "signature http"
    user["sys/socket.h"] = user["netinet/"] = user["arpa/"] = user["netdb.h"] = "http"
    user["poll.h"] = "http app"
    # Modules that answer only to their arguments must not reach for these, but for the file whose business it is.
    pure = "base document signature contract vehicle fault delivery platform simulation scenario report receiver routes"
    excused["simulator/base/clock.cc"] = "system_clock::now"
    excused["simulator/base/ids.cc"] = "random"
    excused["simulator/document/file.cc"] = "fopen"
    excused["simulator/scenario/play.cc"] = excused["simulator/scenario/ask.cc"] = "steady_clock::now"
    impure["thread"] = impure["fstream"] = impure["unistd.h"] = impure["random"] = impure["fopen"] = 1
    impure["system_clock::now"] = impure["steady_clock::now"] = impure["getenv"] = 1
}

function trimmed(text) { gsub(/^ +| +$/, "", text); return text }
function has(list, word) { return index(" " list " ", " " word " ") > 0 }
function complain(what) { printf "%s:%d: %s %s\n", FILENAME, FNR, module, what; wrong = 1 }
function miss(row, what) { printf "%s:%d: %s %s\n", ARGV[1], line[row], row, what; wrong = 1 }

function check_purity(what, says) {
    if (has(pure, module) && excused[FILENAME] != what) complain("is pure and may not " says " " what)
}

function check_third_party(name, file_is_header,    prefix) {
    for (prefix in user) {
        if (index(name, prefix) != 1) continue
        if (!has(user[prefix], module)) complain("may not use " name)
        else if (file_is_header) complain("may use " name " in a .cc file only")
    }
}

# The raw exchange says what no delivery may: only the audit, and the object graph that hands it over, know of it
# (docs/http.md).
function check_raw(header) {
    if (header !~ /^(http\/raw_exchange|delivery\/raw_line)\.h$/) return
    if (FILENAME !~ /^simulator\/(http\/raw_exchange\.|app\/|audit\/)/) complain("may not send raw bytes with " header)
}

FILENAME == "docs/architecture.md" {
    if (split($0, cell, "|") != 5) next
    name = trimmed(cell[2])
    if (name == "module" || name ~ /^-+$/) next
    row = trimmed(cell[4])
    allowed[name] = name " " (row == "all above" ? above : row)
    if (row != "all above") arrows[name] = row
    above = above " " name
    line[name] = FNR
    next
}

FNR == 1 {
    split(FILENAME, part, "/")
    module = part[2]
    if (!(module in allowed)) complain("is not in the table of docs/architecture.md")
}

FILENAME ~ /CMakeLists\.txt$/ {
    count = split($0, word, /[ ()]+/)
    for (i = 1; i <= count; i++) {
        if (word[i] in allowed) {
            if (!has(allowed[module], word[i])) complain("may not link " word[i])
            linked[module, word[i]] = 1
        }
        check_third_party(word[i], 0)
    }
    next
}

/^#include "/ {
    split($0, quoted, "\"")
    folder = quoted[2]
    sub(/\/.*/, "", folder)
    if ((folder in allowed) && !has(allowed[module], folder)) complain("may not include " quoted[2])
    included[module, folder] = 1
    check_raw(quoted[2])
}

/^#include </ {
    split($0, angled, /[<>]/)
    check_third_party(angled[2], FILENAME ~ /\.h$/)
    if (angled[2] in impure) check_purity(angled[2], "include")
}

# Newer libraries' client waits a second for a "100 Continue" that most receivers never send, and where it is compiled
# into a shared library that cannot be turned off. So nothing is sent with it (docs/http.md).
/httplib::(SSL)?Client[^I]/ { complain("may not send with the library's client") }

{
    for (call in impure) if (index($0, call "(")) check_purity(call, "call")
}

# The table says no more than the code: a row of "all above" is no list of arrows, and only its links are compared.
END {
    if (above == "") { print "docs/architecture.md: no table of modules found"; wrong = 1 }
    count = split(above, modules, " ")
    for (i = 1; i <= count; i++) {
        name = modules[i]
        targets = split(allowed[name], target, " ")
        for (j = 2; j <= targets; j++) {
            if (!((name, target[j]) in linked)) miss(name, "does not link " target[j])
            if ((name in arrows) && !((name, target[j]) in included)) miss(name, "includes nothing of " target[j])
        }
    }
    exit wrong
}
