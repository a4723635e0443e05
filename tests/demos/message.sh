#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# The demo of messages: what it says of them, and how it answers. Run by make check of a build for Windows, in the build
# directory, with srcdir in the environment.
set -u

number=0 failed=0
work=$(mktemp -d) || exit
trap 'rm -rf -- "$work"' EXIT

result() { # result STATUS NAME: one line of TAP
    number=$((number + 1))
    if [ "$1" = 0 ]; then echo "ok $number - $2"; return; fi
    echo "not ok $number - $2"
    head -20 "$work/said" | sed 's/^/# said: /'
    failed=1
}

# What it says goes to $work/said, a new file each time, as Wine may still have the last one open.
inspect() {
    rm -f "$work/said"
    "$srcdir/tools/wine-test" demos/message-inspect.exe "$@" 2>"$work/said" </dev/null | tr -d '\r'
    return "${PIPESTATUS[0]}"
}

# prints NAME FILE: it prints the lines of standard input, in which long names are short.
prints() {
    local status
    inspect "$work/$2" >"$work/printed"
    status=$?
    if [ $status = 77 ]; then
        echo "1..0 # SKIP no Wine that runs this"
        exit 0
    fi
    sed "s|{E11}|http://schemas.xmlsoap.org/soap/envelope/|g; s|{E12}|http://www.w3.org/2003/05/soap-envelope|g
        s|{A10}|http://www.w3.org/2005/08/addressing|g" | diff - "$work/printed" >>"$work/said"
    result $((status | $?)) "$1"
}

cat >"$work/request.xml" <<'END'
<?xml version="1.0"?>
<S:Envelope xmlns:S="http://www.w3.org/2003/05/soap-envelope" xmlns:wsa="http://www.w3.org/2005/08/addressing">
  <S:Header>
    <wsa:Action S:mustUnderstand="true">urn:shop:order</wsa:Action>
    <wsa:To>http://localhost/shop</wsa:To>
    <wsa:MessageID>urn:uuid:01234567-89ab-cdef-0123-456789abcdef</wsa:MessageID>
    <wsa:ReplyTo>
      <wsa:Address>http://client/</wsa:Address>
      <wsa:ReferenceParameters><c:Session xmlns:c="urn:c">7</c:Session></wsa:ReferenceParameters>
      <Identity xmlns="http://schemas.xmlsoap.org/ws/2006/02/addressingidentity"><Dns>client</Dns></Identity>
    </wsa:ReplyTo>
    <t:Pay xmlns:t="urn:t" S:mustUnderstand="1"/>
  </S:Header>
  <S:Body><order xmlns="urn:shop"/></S:Body>
</S:Envelope>
END
prints "a request with a header that must be understood" request.xml <<'END'
Envelope: SOAP 1.2, WS-Addressing 1.0, in text
Action: urn:shop:order
To: http://localhost/shop
MessageID: urn:uuid:01234567-89ab-cdef-0123-456789abcdef
ReplyTo: http://client/, whose DNS name is client, with the header Session of urn:c
Header: Pay of urn:t, which must be understood
Body: order of urn:shop
Answer: <s:Envelope xmlns:a="{A10}" xmlns:s="{E12}"><s:Header><a:To s:mustUnderstand="1">http://client/</a:To><c:Session a:IsReferenceParameter="true" xmlns:c="urn:c">7</c:Session><a:RelatesTo>urn:uuid:01234567-89ab-cdef-0123-456789abcdef</a:RelatesTo><a:Action s:mustUnderstand="1">{A10}/soap/fault</a:Action><s:NotUnderstood qname="a:Pay" xmlns:s="{E12}" xmlns:a="urn:t"/></s:Header><s:Body><s:Fault><s:Code><s:Value>s:MustUnderstand</s:Value></s:Code><s:Reason><s:Text xml:lang="en-US">The header "Pay" of the namespace "urn:t" must be understood, and was not.</s:Text></s:Reason></s:Fault></s:Body></s:Envelope>
END

cat >"$work/fault.xml" <<'END'
<S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"><S:Body><S:Fault><faultcode>S:Client</faultcode>
<faultstring xml:lang="en">No such order</faultstring><faultactor>urn:shop</faultactor>
<detail><o:order xmlns:o="urn:o"/></detail></S:Fault></S:Body></S:Envelope>
END
prints "a fault, which is not answered" fault.xml <<'END'
Envelope: SOAP 1.1, no addressing, in text
Fault: Client of {E11}
  reason: No such order (en)
  who was in the role urn:shop
  in detail: order of urn:o
END

# An Envelope of SOAP 1.2 with a Body, by their numbers in the dictionary of [MC-NBFS], and an element "a" in that.
printf '\126\002\013\001\163\004\126\016\100\001a\001\001\001' >"$work/binary"
prints "a message in binary" binary <<'END'
Envelope: SOAP 1.2, no addressing, in binary
Body: a
Answer: <s:Envelope xmlns:s="{E12}"><s:Body><s:Fault><s:Code><s:Value>s:Receiver</s:Value></s:Code><s:Reason><s:Text xml:lang="en-US">Messages are only shown.</s:Text></s:Reason></s:Fault></s:Body></s:Envelope>
END

# refuses NAME PATTERN FILE
refuses() {
    inspect "$work/$3" >/dev/null
    status=$?
    [ $status = 1 ] && grep -Eq -- "$2" "$work/said"
    result $? "$1"
}
sed 's/<S:Body.*Body>//' "$work/request.xml" >"$work/wrong.xml"
refuses "an envelope without a body" "without a Body" wrong.xml
printf '<!DOCTYPE a><a/>' >"$work/wrong.xml"
refuses "a document type" "message-inspect: ." wrong.xml
refuses "a file that is not there" "cannot be read" nothing.xml

echo "1..$number"
exit $failed
