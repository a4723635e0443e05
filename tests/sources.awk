# SPDX-License-Identifier: MIT
#
# Where the rules that tests state come from: the comment right above a TEST says it, or else the line "Source: ..." in the
# comment at the head of the file, for all its other tests. There are three kinds of source, known by their words:
#   observation    "observed"
#   choice         "our choice", "we choose", "chosen"
#   documentation  "documented", "the page of", a specification by its name: [MC-NBFX], RFC 3986, XML 1.0 ...
#
# usage: awk -f sources.awk FILE.c...            lines of file, test, kinds; "?" for a test without a source
#        awk -f sources.awk -v tap=1 FILE.c TAP  of the results in TAP those that are not ok: kinds, test, why it is not
# With tap, a test whose expectation was about sentences in an error object, or about the memory taken from a heap, is a
# choice: nothing documents those. And one that met a function which is not there, or answers E_NOTIMPL, is documented,
# and missing there.

function kinds(text,    found) {
    if (text ~ /[Oo]bserved/) found = "observation"
    if (text ~ /[Oo]ur choice|[Ww]e choose|[Cc]hosen/) found = found (found ? ", " : "") "choice"
    if (text ~ /[Dd]ocument(ed|ation|s )|[Tt]he (pages?|remarks) of|\[M[CS]-[A-Z]+\]|RFC [0-9]+|XML (1\.0|Schema)|Canonical XML|Namespaces in XML|MTOM|XOP|SOAP 1\.[12]|WS-Addressing|[Rr]ecommendation/)
        found = found (found ? ", " : "") "documentation"
    return found
}

FNR == 1 {
    comment = head = ""
    ended = -1
    inside = begun = 0
    reading_tap = tap && NR > 1
}

# --- A source file ---

!reading_tap && !inside && /^\/\*/ {
    comment = ""
    inside = 1
}
!reading_tap && inside {
    comment = comment " " $0
    if (/\*\//) {
        inside = 0
        ended = FNR
        if (!begun && match(comment, /Source: /)) head = kinds(substr(comment, RSTART))
    }
    next
}
!reading_tap && /^(#include|TEST)/ { begun = 1 }
!reading_tap && /^TEST\(/ {
    name = $0
    sub(/^TEST\(/, "", name)
    sub(/\).*/, "", name)
    own = ended == FNR - 1 ? kinds(comment) : ""
    source[name] = own ? own : head
    if (!tap) printf "%s\t%s\t%s\n", FILENAME, name, source[name] ? source[name] : "?"
    next
}
!reading_tap { next }

# --- The output of the program, as TAP ---

/^1\.\.[0-9]+\r?$/ { planned = substr($1, 4) + 0 }
/^# / && why == "" { why = substr($0, 3) }
/^(not )?ok [0-9]+ - / {
    ran++
    if (/^not /) {
        name = $5
        sub(/\r$/, "", name)
        kind = source[name]
        if (why ~ /exception 0x80000100/) {
            kind = "documentation, missing there"
            why = "a function that it calls is not there"
        }
        else if (why ~ /: 0x80004001, not/) kind = "documentation, missing there"
        else if (why ~ /says(_exactly)?\(|say "|sentence|requested\(heap\)|count\((error|[a-z.]*error)\)/) kind = "choice"
        differ++
        printf "%s\t%s\t%s\n", kind ? kind : "?", name, why
    }
    why = ""
}
END {
    if (reading_tap) printf "=\t%d\t%d\t%d\n", planned, ran, differ
}
