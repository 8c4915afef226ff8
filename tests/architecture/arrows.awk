# See arrows.sh. The first file is docs/architecture.md, the rest are sources as simulator/MODULE/….

BEGIN {
    # Third-party headers and CMake targets, as prefixes, and the modules that may use them.
    user["httplib"] = "http"
    user["cxxopts"] = "cli"
    user["nlohmann"] = "document"
    user["openssl/"] = "signature http"
    user["OpenSSL::"] = "signature http"
    user["sys/socket.h"] = user["netinet/"] = user["arpa/"] = user["netdb.h"] = user["poll.h"] = "http"
    # Modules that answer only to their arguments must not reach for these.
    pure = "signature contract vehicle fault delivery platform simulation receiver routes"
    impure["thread"] = impure["fstream"] = impure["unistd.h"] = 1
    impure["system_clock::now"] = impure["steady_clock::now"] = impure["getenv"] = 1
}

function trimmed(text) { gsub(/^ +| +$/, "", text); return text }
function has(list, word) { return index(" " list " ", " " word " ") > 0 }
function complain(what) { printf "%s:%d: %s %s\n", FILENAME, FNR, module, what; wrong = 1 }

function check_third_party(name, file_is_header,    prefix) {
    for (prefix in user) {
        if (index(name, prefix) != 1) continue
        if (!has(user[prefix], module)) complain("may not use " name)
        else if (file_is_header) complain("may use " name " in a .cc file only")
    }
}

FILENAME == "docs/architecture.md" {
    if (split($0, cell, "|") != 5) next
    name = trimmed(cell[2])
    if (name == "module" || name ~ /^-+$/) next
    row = trimmed(cell[4])
    allowed[name] = name " " (row == "all above" ? above : row)
    above = above " " name
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
        if ((word[i] in allowed) && !has(allowed[module], word[i])) complain("may not link " word[i])
        check_third_party(word[i], 0)
    }
    next
}

/^#include "/ {
    split($0, quoted, "\"")
    folder = quoted[2]
    sub(/\/.*/, "", folder)
    if ((folder in allowed) && !has(allowed[module], folder)) complain("may not include " quoted[2])
}

/^#include </ {
    split($0, angled, /[<>]/)
    check_third_party(angled[2], FILENAME ~ /\.h$/)
    if ((angled[2] in impure) && has(pure, module)) complain("is pure and may not include " angled[2])
}

has(pure, module) {
    for (call in impure) if (index($0, call "(")) complain("is pure and may not call " call)
}

END {
    if (above == "") { print "docs/architecture.md: no table of modules found"; wrong = 1 }
    exit wrong
}
