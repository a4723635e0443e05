#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Wine's own wsdapi.dll, which reads and writes the messages of WS-Discovery by webservices.dll, with ours and with the
# builtin one: a device is published, answers a probe and says goodbye (publish.c); what it hears and sends is the same.
# Run by make check of a build for Windows, in the build directory, with srcdir in the environment.
set -u

number=0 failed=0
work=$(mktemp -d) || exit
trap 'rm -rf -- "$work"' EXIT

result() { # result STATUS NAME: one line of TAP
    number=$((number + 1))
    if [ "$1" = 0 ]; then echo "ok $number - $2"; else echo "not ok $number - $2"; failed=1; fi
}

publish() { # publish OUTPUT [--builtin]; the lock is not for the Wine server, which stays for a while
    "$srcdir/tools/wine-test" "${@:2}" tests/wsdapi/publish.exe >"$1" 2>"$1.err" 9<&-
}

# --- A network ---
# The loopback interface serves, with multicast. Where there is none the test goes to a network namespace of its own, with
# a Wine prefix of its own, since Wine's server is what opens sockets.
if [ "${1-}" != --in-namespace ]; then
    # One at a time: there is one port for all.
    exec 9<"${TMPDIR:-/tmp}" && flock 9
    publish "$work/builtin" --builtin
    case $? in
    0) ;;
    77)
        echo "1..0 # SKIP no Wine that runs this"
        exit 0
        ;;
    *)
        sed 's/^/# here: /' "$work/builtin" "$work/builtin.err" | cut -c 1-200
        namespace=(unshare --net)
        [ "$(id -u)" = 0 ] || namespace+=(--map-root-user)
        if ! "${namespace[@]}" true 2>/dev/null; then
            echo "1..0 # SKIP there is no multicast on the loopback interface, and no network namespace can be made"
            exit 0
        fi
        state=$work/state
        mkdir "$state"
        root32=$(readlink -f "${WINE_TEST_STATE:-$srcdir/build}/i386-root")
        [ ! -d "$root32" ] || ln -s "$root32" "$state/i386-root"
        WINE_TEST_STATE=$state "${namespace[@]}" bash "$0" --in-namespace 9<&-
        status=$?
        for prefix in "$state"/wine/prefix*/; do
            WINEPREFIX=$prefix wineserver -k 2>/dev/null
        done
        exit $status
        ;;
    esac
else
    python3 - <<'PYTHON' || { echo '1..0 # SKIP the loopback interface cannot be brought up'; exit 0; }
import fcntl, socket, struct

GET_FLAGS, SET_FLAGS, UP, MULTICAST = 0x8913, 0x8914, 0x1, 0x1000
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
flags = struct.unpack("16xH", fcntl.ioctl(s, GET_FLAGS, struct.pack("16sH22x", b"lo", 0))[:18])[0]
fcntl.ioctl(s, SET_FLAGS, struct.pack("16sH22x", b"lo", flags | UP | MULTICAST))
PYTHON
    publish "$work/builtin" --builtin
    case $? in
    0) ;;
    77)
        echo "1..0 # SKIP no Wine that runs this"
        exit 0
        ;;
    *)
        sed 's/^/# in a namespace: /' "$work/builtin" "$work/builtin.err" | cut -c 1-200
        echo "1..0 # SKIP Wine's wsdapi.dll publishes nothing here, not even with the builtin webservices.dll"
        exit 0
        ;;
    esac
fi

# --- The comparison ---
publish "$work/ours"
status=$?
result $status 'a device is published, found and gone again'
[ $status = 0 ] || sed 's/^/# /' "$work/ours" "$work/ours.err" | cut -c 1-300
grep -q '^webservices.dll: builtin' "$work/builtin" && grep -q '^webservices.dll: native' "$work/ours"
result $? 'wsdapi.dll has our webservices.dll'

# Ids are another each time; an element with an empty text is <a/> on Windows, too, and <a></a> to the builtin DLL: to XML
# that is the same.
comparable() { # comparable WHAT FILE
    tr -d '\r' <"$2" | sed -nE "/^$1: /{s/urn:uuid:[0-9a-f-]{36}/urn:uuid:.../g; s/<([^ <>\/]+)([^<>]*)\/>/<\1\2><\/\1>/g; p}"
}
for what in Hello probe ProbeMatches Bye; do
    comparable $what "$work/builtin" >"$work/expected"
    comparable $what "$work/ours" >"$work/actual"
    [ -s "$work/expected" ] && cmp -s "$work/expected" "$work/actual"
    status=$?
    result $status "$what is the same as with the builtin DLL"
    [ $status = 0 ] || diff "$work/expected" "$work/actual" | sed 's/^/# /'
done
echo "1..$number"
exit $failed
