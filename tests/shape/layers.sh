#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Which folder may use which: looks at the symbols of the library's object files, and at what its files include. Run by
# make check in the build directory, with srcdir and NM in the environment.
set -u
: "${srcdir:?}"

# Each may use those before it. A new folder goes in here; "." is the root, with main.c.
folders='base values xml xml/buffer xml/canonical xml/reader xml/writer xml/typed message channel/io channel/protocol channel/object channel/tcp channel/http channel/udp channel .'

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0
tests=0
echo 1..6

# result STATUS NAME: prints the line of a test.
result() {
    tests=$((tests + 1))
    if [ "$1" -ne 0 ]; then
        printf 'not '
        failed=1
    fi
    echo "ok $tests - $2"
}

# arrows LIBRARY: "USER USED SYMBOL" for each symbol that one of its object files has from another one.
arrows() {
    {
        (cd "$srcdir/dlls/webservices" && find . -name '*.c') | sed 's|^\./||; s|\.c$||'
        "${NM:-nm}" -A "$1" | sed -E 's|^[^:]*:([^:]*)\.o:|\1 |'
    } | awk '
        NF == 1 { file = $1; sub(/.*\//, "", file); path[file] = $1 }
        NF >= 3 && $(NF - 1) ~ /^[A-TV-Z]$/ { has[$NF] = path[$1] }
        NF >= 3 && $(NF - 1) == "U" { user[++count] = path[$1]; symbol[count] = $NF }
        END {
            for (i = 1; i <= count; i++)
                if (symbol[i] in has && has[symbol[i]] != user[i])
                    print user[i], has[symbol[i]], symbol[i]
        }'
}

# includes DIRECTORY: the same of the files below it, by what they include; with their names' endings.
includes() {
    (cd "$1" && grep -rnE --include='*.[ch]' '^ *# *include "[^"]*/' .) |
        sed -E 's|^\./([^:]*):([0-9]*):.*"([^"]*)".*|\1 \3 line_\2|'
}

# upwards: those of the arrows on standard input that go to a later folder, or from or to one that has no place.
upwards() {
    awk -v folders="$folders" '
        function folder(file) { return match(file, /\/[^\/]*$/) ? substr(file, 1, RSTART - 1) : "." }
        BEGIN { count = split(folders, names, " "); for (i = 1; i <= count; i++) level[names[i]] = i }
        { user = level[folder($1)]; used = level[folder($2)] }
        !user || !used || user < used { print $1 " uses " $2 ": " $3 }'
}

# circles: the files of each circle of the arrows on standard input, sorted, a line for each.
circles() {
    awk '
        function visit(file,    i, next_file, top) {
            number[file] = lowest[file] = ++visited
            stack[++height] = file
            on_stack[file] = 1
            for (i = 1; i <= degree[file]; i++) {
                next_file = used[file, i]
                if (!(next_file in number)) visit(next_file)
                else if (!on_stack[next_file]) continue
                if (lowest[next_file] < lowest[file]) lowest[file] = lowest[next_file]
            }
            if (lowest[file] != number[file]) return
            do {
                top = stack[height--]
                on_stack[top] = 0
                print number[file], top
            } while (top != file)
        }
        !(($1, $2) in seen) { seen[$1, $2] = 1; used[$1, ++degree[$1]] = $2; files[$1]; files[$2] }
        END { for (file in files) if (!(file in number)) visit(file) }' | sort -k1,1n -k2,2 | awk '
        $1 == last { line = line " " $2; next }
        { if (line ~ / /) print line; last = $1; line = $2 }
        END { if (line ~ / /) print line }' | sort
}

arrows dlls/webservices/libwebservices.a >"$work/arrows"
[ -s "$work/arrows" ] && ! grep -q -E '^ |  ' "$work/arrows"
result $? 'the object files of the library are those of the tree'
names=$(find "$srcdir/dlls/webservices" -name '*.c' -exec basename {} \; | sort | uniq -d)
[ -z "$names" ]
result $? "no two files have the same name${names:+: $names}"

{ cat "$work/arrows"; includes "$srcdir/dlls/webservices"; } | upwards >"$work/upwards"
if [ -s "$work/upwards" ]; then
    sed 's/^/# /' "$work/upwards"
    echo '# A folder may only use those before it. What is needed there belongs further down, or is passed in as a pointer.'
fi
! [ -s "$work/upwards" ]
result $? 'no folder uses a later one'

circles <"$work/arrows" >"$work/circles"
if [ -s "$work/circles" ]; then
    sed 's/^/# /' "$work/circles"
    echo '# One of the files of each line must do without another one.'
fi
! [ -s "$work/circles" ]
result $? 'no files use one another in a circle'

# That both would be noticed.
printf '%s\n' 'base/arena xml/names xml_name' >"$work/planted"
[ "$(cat "$work/arrows" "$work/planted" | upwards)" = 'base/arena uses xml/names: xml_name' ]
result $? 'an arrow upwards is noticed'
printf '%s\n' 'message/a message/b f' 'message/b message/c g' 'message/c message/a h' >"$work/planted"
[ "$(cat "$work/arrows" "$work/planted" | circles | diff "$work/circles" - | sed -n 's/^> //p')" = \
    'message/a message/b message/c' ]
result $? 'a circle is noticed'

exit $failed
