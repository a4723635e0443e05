#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# Our HTTP services with curl, Python's http.client and PHP's SOAP extension as clients: kept connections, chunks,
# Expect: 100-continue, HTTP/1.0, many at once; answers, faults, and messages without an answer.
set -u

command -v python3 >/dev/null || { echo "1..0 # SKIP no python3"; exit 0; }

PYTHONDONTWRITEBYTECODE=1 python3 - <<'END'
import http.client, re, shutil, subprocess, sys, threading

number = 0
good = True

def say(ok, name, why=""):
    global number, good
    number += 1
    good &= bool(ok)
    if not ok and why:
        print("# " + str(why).replace("\n", "\n# "))
    print("%sok %d - %s" % ("" if ok else "not ", number, name), flush=True)

def skip(name, why):
    global number
    number += 1
    print("ok %d - %s # SKIP %s" % (number, name, why))

class Service:
    def __init__(self, *arguments):
        self.process = subprocess.Popen(["tests/oracle/channel-service"] + list(arguments), stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE)
        self.port = int(self.process.stdout.readline())
        self.url = "http://127.0.0.1:%d/service" % self.port
    def end(self):
        self.process.stdin.close()
        return self.process.wait(20)

SOAP = {"11": "http://schemas.xmlsoap.org/soap/envelope/", "12": "http://www.w3.org/2003/05/soap-envelope"}
TYPE = {"11": "text/xml; charset=utf-8", "12": "application/soap+xml; charset=utf-8; action=\"urn:a\""}

def envelope(version, text):
    return ('<?xml version="1.0"?>\n<e:Envelope xmlns:e="%s"><e:Body><b xmlns="urn:b">%s</b></e:Body></e:Envelope>\n' %
            (SOAP[version], text)).encode()

def text_of(body):
    found = re.search(rb"<b [^>]*>([^<]*)</b>", body)
    return found and found.group(1).decode()

print("1..14")

# --- Python ---

for version in ("11", "12"):
    for mode in ([], ["text", "stream"]):
        service = Service(version, *mode)
        connection = http.client.HTTPConnection("127.0.0.1", service.port, timeout=20)
        wrong = []
        for i in range(50):
            text = "text %d \u00e9" % i
            body = envelope(version, text)
            if i % 3 == 1: # in chunks
                body = iter([body[j:j + 11] for j in range(0, len(body), 11)])
            connection.request("POST", "/service", body, {"Content-Type": TYPE[version], "SOAPAction": '"urn:a"'},
                               encode_chunked=i % 3 == 1)
            response = connection.getresponse()
            got = text_of(response.read())
            if response.status != 200 or got != "got " + text:
                wrong.append((response.status, got))
        say(not wrong, "http.client, SOAP %s%s" % (version, ", streamed" if mode else ""), wrong[:3])
        connection.request("POST", "/service", envelope(version, "fault"), {"Content-Type": TYPE[version]})
        response = connection.getresponse()
        body = response.read()
        ok = response.status == 500 and b"ouch" in body
        connection.request("POST", "/service", envelope(version, "one way"), {"Content-Type": TYPE[version]})
        response = connection.getresponse()
        ok = ok and response.status == 202 and not response.read()
        connection.request("GET", "/service")
        response = connection.getresponse()
        response.read()
        say(ok and response.status == 405, "http.client, faults and one-way, SOAP %s%s" %
            (version, ", streamed" if mode else ""), body)
        connection.close()
        service.end()

# --- Many at once ---

service = Service("11")
wrong = []
def client(which):
    connection = http.client.HTTPConnection("127.0.0.1", service.port, timeout=60)
    for i in range(20):
        text = "%d of %d" % (i, which)
        connection.request("POST", "/service", envelope("11", text), {"Content-Type": TYPE["11"]})
        response = connection.getresponse()
        got = text_of(response.read())
        if got != "got " + text:
            wrong.append(got)
threads = [threading.Thread(target=client, args=(i,)) for i in range(32)]
for thread in threads: thread.start()
for thread in threads: thread.join()
say(not wrong, "32 clients at once", wrong[:3])

# --- curl ---

def curl(*arguments, text="hello"):
    run = subprocess.run(["curl", "-sS", "-m", "20", "-H", "Content-Type: text/xml", "-H", "SOAPAction: urn:a",
                          "--data-binary", "@-", "-w", "%{http_code} %{num_connects}\n"] + list(arguments),
                         input=envelope("11", text), stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return run.stdout

if shutil.which("curl"):
    out = curl(service.url, service.url, service.url)
    say(out.count(b"got hello") == 3 and out.count(b"200 0") == 2, "curl, three requests on one connection", out)
    out = curl("-0", service.url)
    say(b"got hello" in out and b"200" in out, "curl, HTTP/1.0", out)
    out = curl("-H", "Transfer-Encoding: chunked", "-H", "Expect: 100-continue", service.url)
    say(b"got hello" in out and b"200" in out, "curl, chunks and 100-continue", out)
    out = curl("-H", "Expect: 100-continue", service.url, text="x" * 100000)
    say(b"413" in out, "curl, too much", out)
else:
    for name in ("three requests on one connection", "HTTP/1.0", "chunks and 100-continue", "too much"):
        skip("curl, " + name, "no curl")

# --- PHP ---

PHP = r'''
$client = new SoapClient(null, ["location" => $argv[1], "uri" => "urn:b", "keep_alive" => true, "style" => SOAP_DOCUMENT,
                                "use" => SOAP_LITERAL, "soap_version" => SOAP_1_1, "trace" => true]);
foreach (["eins", "zwei"] as $text) {
    $client->__soapCall("b", [new SoapVar("<b xmlns='urn:b'>$text</b>", XSD_ANYXML)]);
    echo preg_replace("/.*<b [^>]*>([^<]*)<.*/s", "$1", $client->__getLastResponse()), "\n";
}
try { $client->__soapCall("b", [new SoapVar("<b xmlns='urn:b'>fault</b>", XSD_ANYXML)]); }
catch (SoapFault $fault) { echo "fault ", $fault->faultstring, "\n"; }
'''
if shutil.which("php") and b"soap" in subprocess.run(["php", "-m"], stdout=subprocess.PIPE).stdout:
    run = subprocess.run(["php", "-r", PHP, service.url], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60)
    say(run.stdout == b"got eins\ngot zwei\nfault ouch\n", "PHP's SoapClient", run.stdout)
else:
    skip("PHP's SoapClient", "no php-soap")

service.end()
sys.exit(not good)
END
