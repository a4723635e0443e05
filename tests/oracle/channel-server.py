# SPDX-License-Identifier: MIT
"""A server of SOAP made of Python's http.server, xml.etree and email, for the contract of channel-client.c.

Prints its port, and ends with its input. The path says how it answers: /plain, /chunked, /close (which closes the
connection after each answer, without saying so), /old (HTTP/1.0), /moved (redirects to /plain).
"""
import base64, email, email.policy, http.server, sys, threading, urllib.parse
import xml.etree.ElementTree as ET

NS = "http://tempuri.org/"
ENVELOPES = {"text/xml": "http://schemas.xmlsoap.org/soap/envelope/",
             "application/soap+xml": "http://www.w3.org/2003/05/soap-envelope"}
XOP = "{http://www.w3.org/2004/08/xop/include}Include"


class Fault(Exception):
    pass


def text_of(element, parts):
    """The bytes of base64Binary: in place, or in a part of MTOM."""
    include = element.find(XOP)
    if include is None:
        return base64.b64decode(element.text or "")
    return parts["<" + urllib.parse.unquote(include.get("href")[4:]) + ">"]


def perform(body, action, parts):
    operation = body[0].tag
    if action != NS + "ICalculator/" + operation[len(NS) + 2:]:
        raise Fault("the action is " + action)
    fields = {child.tag: child for child in body[0]}
    if operation == "{%s}Add" % NS:
        return "Add", str(int(fields["{%s}a" % NS].text) + int(fields["{%s}b" % NS].text))
    if operation == "{%s}Echo" % NS:
        return "Echo", text_of(fields["{%s}data" % NS], parts)
    if operation == "{%s}Note" % NS:
        return None, None
    raise Fault("failed because of " + fields["{%s}why" % NS].text)


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def log_message(self, *arguments):
        pass

    def read_body(self):
        if self.headers.get("Transfer-Encoding", "") != "chunked":
            return self.rfile.read(int(self.headers["Content-Length"]))
        body = b""
        while True:
            size = int(self.rfile.readline(), 16)
            body += self.rfile.read(size)
            if self.rfile.readline() != b"\r\n":
                raise ValueError("a chunk does not end")
            if not size:
                return body

    def answer(self, status, kind, body):
        chunked = self.path == "/chunked"
        self.protocol_version = "HTTP/1.0" if self.path == "/old" else "HTTP/1.1"
        self.send_response(status)
        if kind:
            self.send_header("Content-Type", kind)
        if chunked:
            self.send_header("Transfer-Encoding", "chunked")
            body = b"".join(b"%x\r\n%s\r\n" % (len(body[i:i + 1000]), body[i:i + 1000])
                            for i in range(0, len(body), 1000)) + b"0\r\n\r\n"
        elif self.path != "/old":
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        if self.path in ("/close", "/old"):
            self.close_connection = True

    def do_POST(self):
        body = self.read_body()
        if self.path == "/moved":
            self.send_response(307)
            self.send_header("Location", "plain")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        head = email.message_from_string("Content-Type: " + self.headers["Content-Type"], policy=email.policy.HTTP)
        kind, parts, is_mtom = head.get_content_type(), {}, False
        if kind == "multipart/related":
            is_mtom = True
            package = email.message_from_bytes(
                b"Content-Type: " + self.headers["Content-Type"].encode() + b"\r\n\r\n" + body,
                policy=email.policy.HTTP)
            parts = {part["Content-ID"]: part.get_payload(decode=True) for part in package.get_payload()}
            body = parts[head["Content-Type"].params["start"]]
            kind = head["Content-Type"].params["start-info"]
        action = self.headers.get("SOAPAction", "").strip('"') or head["Content-Type"].params.get("action", "")
        soap = ENVELOPES[kind]
        try:
            name, result = perform(ET.fromstring(body).find("{%s}Body" % soap), action, parts)
        except Fault as fault:
            if kind == "text/xml":
                fault = "<faultcode>s:Client</faultcode><faultstring>%s</faultstring>" % fault
            else:
                fault = ('<s:Code><s:Value>s:Sender</s:Value></s:Code><s:Reason><s:Text xml:lang="en">%s</s:Text>'
                         '</s:Reason>' % fault)
            self.answer(500, kind + "; charset=utf-8",
                        ('<s:Envelope xmlns:s="%s"><s:Body><s:Fault>%s</s:Fault></s:Body></s:Envelope>' %
                         (soap, fault)).encode())
            return
        if not name:
            self.answer(202, None, b"")
            return
        envelope = '<?xml version="1.0" encoding="utf-8"?>\n<s:Envelope xmlns:s="%s"><s:Body><%sResponse xmlns="%s"><%s' \
                   'Result>%%s</%sResult></%sResponse></s:Body></s:Envelope>' % (soap, name, NS, name, name, name)
        if is_mtom and isinstance(result, bytes):
            include = '<i:Include xmlns:i="%s" href="cid:data@x"/>' % XOP[1:-8]
            answer = ("--b\r\nContent-Type: application/xop+xml; type=\"%s\"; charset=utf-8\r\nContent-ID: <root@x>"
                      "\r\n\r\n%s\r\n--b\r\nContent-ID: <data@x>\r\nContent-Transfer-Encoding: binary\r\n"
                      "Content-Type: application/octet-stream\r\n\r\n" % (kind, envelope % include)).encode()
            self.answer(200, 'Multipart/Related; start-info="%s"; type="application/xop+xml"; boundary=b; start="<root@x>"'
                        % kind, answer + result + b"\r\n--b--\r\n")
            return
        if isinstance(result, bytes):
            result = base64.b64encode(result).decode()
        self.answer(200, kind + '; charset="utf-8"', (envelope % result).encode())


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True


server = Server(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
print(server.server_port, flush=True)
sys.stdin.read()
