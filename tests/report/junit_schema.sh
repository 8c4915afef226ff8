#!/bin/sh
# junit_schema.sh ROOT: the golden JUnit files are valid under junit.xsd, and the schema refuses what is not: a copy with
# one thing broken each time. Exits 77, which CTest shows as skipped, without xmllint.
set -eu
cd "$1/tests"
if ! command -v xmllint >/dev/null; then
    echo "skipped: no xmllint here; it is in the package libxml2-utils"
    exit 77
fi

valid() { xmllint --noout --nonet --schema report/junit.xsd "$1"; }

valid golden/report/junit.xml
valid golden/report/audit.xml

refused() {  # WHAT SED-SCRIPT
    sed "$2" golden/report/junit.xml | valid - >/dev/null 2>&1 || return 0
    echo "the schema takes $1"
    exit 1
}
refused "a case without a name" 's/<testcase name="[^"]*"/<testcase/'
refused "a suite without a name" 's/<testsuite name="[^"]*"/<testsuite/'
refused "a time that is no number" 's/time="0\.014"/time="14 ms"/'
refused "a count below none" 's/tests="6"/tests="-6"/'
refused "an attribute that nobody knows" 's/classname="/colour="red" classname="/'
refused "an element that nobody knows" 's/system-out>/stdout>/g'
refused "output before the outcome" 's,<skipped ,<system-out/><skipped ,'
refused "two outcomes" 's,<skipped ,<skipped/><skipped ,'
refused "a property without a name" 's/property name="seed"/property/'
