"""Every mistake of signature::mistakes(), made by code that really makes it, with Python's own hmac, json and base64.

Prints one JSON object: {"cases": [{"id", "subject", "key", "message", "received", and what the question needs}]}.
"""
import base64
import hashlib
import hmac
import html
import json
import pathlib
import re
import struct
import sys
import urllib.parse

KEY = "6f1d2b7c-0c1e-4d0e-9a53-2f6c1c9e7a10"
CHALLENGE = "challenge_063f9ab0f106cc06b7d06e7945b4eced"
REQUEST = '{"version":"2.0","eventName":"verify","payload":{"challenge":"%s"}}' % CHALLENGE
BODY = (
    '{"eventId":"fc457667","data":{"signals":[{"value":78,"unit":"percent"},[],{}],'
    '"docURL":"https://smartcar.com/docs?a=1&b=<2>"},'
    '"meta":{"webhookName":"\u0160koda \u2013 Z\u00fcrich \U0001f697","quote":"a \\"b\\": c, d\\n"}}'
)
# What no two runtimes write alike: fractions of nothing, exponents, huge and tiny numbers, keys in no order, nulls, and
# the characters that only some of them escape.
RICH = (pathlib.Path(__file__).parent / "awkward_body.json").read_bytes().decode()
OLD_BODY = '{"version":"2.0","eventName":"eventBased","payload":{"vehicleId":"dc6ea99e","eventType":"CHARGING_STARTED"}}'
SECRETS = {"client-id": "11111111-aaaa", "client-secret": "22222222-bbbb", "webhook-id": "33333333-cccc"}

cases = []


def as_bytes(text):
    return text if isinstance(text, bytes) else text.encode()


def digest(key, message, algorithm="sha256"):
    return hmac.new(as_bytes(key), as_bytes(message), algorithm).digest()


def mac(key, message, algorithm="sha256"):
    return digest(key, message, algorithm).hex()


def answered(mistake, received, key=KEY, message=CHALLENGE, **more):
    cases.append(dict(id=mistake, subject="challenge", key=key, message=message, received=received, **more))


def signed(mistake, received, key=KEY, message=BODY, **more):
    cases.append(dict(id=mistake, subject="body", key=key, message=message, received=received, **more))


def keyed(mistake, key):
    answered(mistake, mac(key, CHALLENGE))
    signed(mistake, mac(key, BODY))


def sent_something_else():
    answered("echoed-challenge", CHALLENGE)
    answered("echoed-challenge", CHALLENGE + "\n")
    answered("token-sent", KEY)
    answered("token-sent", KEY.swapcase())
    answered("token-sent", KEY.replace("-", ""))
    answered("token-sent", "Bearer " + KEY)
    answered("token-sent", "Basic " + base64.b64encode(f"app:{KEY}".encode()).decode())
    answered("token-sent", f"{KEY}:{CHALLENGE}")
    answered("token-sent", KEY.encode().hex())
    answered("token-sent", KEY.encode().hex().upper())
    answered("token-sent", base64.b64encode(KEY.encode()).decode())
    answered("token-sent", base64.urlsafe_b64encode(KEY.encode()).decode().rstrip("="))
    answered("empty-hash", "")
    signed("empty-hash", "  ")
    answered("sum-of-message", CHALLENGE.encode().hex() + mac(KEY, ""))
    known = [dict(name=name, value=value) for name, value in SECRETS.items()]
    answered("other-value-sent", SECRETS["client-secret"], otherKeys=known)
    answered("challenge-object-sent", json.dumps(dict(challenge=CHALLENGE)))
    answered("placeholder", "undefined")
    answered("placeholder", str(None))
    answered("placeholder", "[object Promise]")


def spelled_another_way():
    right, raw = mac(KEY, CHALLENGE), digest(KEY, CHALLENGE)
    answered("upper-case", right.upper())
    answered("base64", base64.b64encode(raw).decode())
    # This message's hash has both "+" and "/" in base64.
    awkward = next(str(i) for i in range(1000) if {"+", "/"} <= set(base64.b64encode(digest(KEY, str(i))).decode()))
    answered("base64url", base64.urlsafe_b64encode(digest(KEY, awkward)).decode(), message=awkward)
    answered("base64url", base64.urlsafe_b64encode(digest(KEY, awkward)).decode().rstrip("="), message=awkward)
    answered("base64", base64.b64encode(raw).decode().rstrip("="))
    answered("base64-of-hex", base64.b64encode(right.encode()).decode())
    signed("prefixed", "sha256=" + mac(KEY, BODY))
    answered("prefixed", "0x" + right)
    answered("prefixed", "SHA2-256(stdin)= " + right)
    answered("surrounding-blanks", right + "\n")
    answered("surrounding-blanks", " " + right)
    answered("quoted-hash", json.dumps(right))
    answered("quoted-hash", repr(right))
    answered("separated-hex", raw.hex("-").upper())
    answered("separated-hex", raw.hex(":"))
    answered("byte-list", ",".join(str(byte) for byte in raw))
    answered("byte-list", json.dumps(list(raw)))
    answered("byte-list", str([byte - 256 if byte > 127 else byte for byte in raw]))
    answered("raw-bytes", raw.decode("latin-1"))
    answered("printed-python-bytes", str(right.encode()))
    answered("printed-python-bytes", str(base64.b64encode(raw)))
    answered("hex-of-hex", right.encode().hex())
    answered("percent-encoded", urllib.parse.quote(base64.b64encode(raw).decode(), safe=""))
    small = next(str(i) for i in range(1000) if mac(KEY, str(i)).startswith("0"))
    answered("zeros-dropped", "%x" % int(mac(KEY, small), 16), message=small)
    answered("truncated", right[:32])
    answered("truncated", right[:-1])


def hashed_under_another_key():
    known = [dict(name=name, value=value) for name, value in SECRETS.items()]
    known.append(dict(name="OTHER_SECRET in .env", value="hunter2"))
    for name in SECRETS:
        answered(name + "-as-key", mac(SECRETS[name], CHALLENGE), otherKeys=known)
        signed(name + "-as-key", mac(SECRETS[name], BODY), otherKeys=known)
    answered("other-value-as-key", mac("hunter2", CHALLENGE), otherKeys=known)
    known.append(dict(name="stale-token", value="44444444-dddd"))
    answered("stale-token", mac("44444444-dddd", CHALLENGE), otherKeys=known)
    signed("stale-token", mac("44444444-dddd", BODY), otherKeys=known)
    for absent in ["", str(None), "undefined", "null", "nil", "<no value>", "APPLICATION_MANAGEMENT_TOKEN"]:
        keyed("no-key", absent)
    for end in ["\n", "\r"]:
        keyed("key-with-newline", KEY + end)
    keyed("key-with-crlf", KEY + "\r\n")
    keyed("key-with-escaped-newline", KEY + r"\n")
    keyed("key-with-bom", "\ufeff" + KEY)
    for padded in [KEY + " ", " " + KEY, " " + KEY + " ", KEY + "\t"]:
        keyed("key-with-blanks", padded)
    keyed("key-in-quotes", '"%s"' % KEY)
    keyed("key-in-quotes", "'%s'" % KEY)
    answered("key-trimmed", mac(KEY, CHALLENGE), key=KEY + "\n")
    keyed("key-in-other-case", KEY.upper())
    answered("key-in-other-case", mac(KEY, CHALLENGE), key=KEY.upper())
    keyed("key-without-dashes", KEY.replace("-", ""))
    keyed("key-hex-decoded", bytes.fromhex(KEY.replace("-", "")))
    keyed("key-hex-decoded", bytes.fromhex(KEY.split("-")[0]))
    keyed("key-base64-decoded", base64.urlsafe_b64decode(KEY))
    keyed("key-in-base64", base64.b64encode(KEY.encode()))
    keyed("key-in-hex", KEY.encode().hex())
    for algorithm in [hashlib.sha256, hashlib.md5]:
        keyed("key-hashed-first", algorithm(KEY.encode()).digest())
        keyed("key-hashed-first", algorithm(KEY.encode()).hexdigest())
    for name in ["APPLICATION_MANAGEMENT_TOKEN", "SMARTCAR_AMT"]:
        keyed("key-with-its-name", f"{name}={KEY}")
        keyed("key-with-its-name", f"export {name}={KEY}")
        keyed("key-in-json", json.dumps({name: KEY}))
        keyed("key-in-json", json.dumps({name: KEY}, separators=(",", ":")))
    keyed("key-as-python-bytes", str(KEY.encode()))
    keyed("key-cut-short", KEY[:16])
    keyed("key-cut-short", KEY[:-1])
    for dotenv in ["pass#word1234567890", "pass$word1234567890"]:
        answered("key-cut-short", mac("pass", CHALLENGE), key=dotenv)
    for encoding in ["utf-16-le", "utf-16-be", "utf-16"]:
        keyed("key-in-utf16", KEY.encode(encoding))
    keyed("key-as-credential", "Bearer " + KEY)
    keyed("key-as-credential", "default:" + KEY)
    keyed("key-as-credential", base64.b64encode(b"default:" + KEY.encode()))
    keyed("key-as-credential", b"Basic " + base64.b64encode(b"default:" + KEY.encode()))


def hashed_another_way():
    for subject, message in [(answered, CHALLENGE), (signed, BODY)]:
        subject("key-and-message-swapped", mac(message, KEY))
        subject("unkeyed-sha256", hashlib.sha256(message.encode()).hexdigest())
        subject("key-and-message-joined", hashlib.sha256((KEY + message).encode()).hexdigest())
        subject("key-and-message-joined", hashlib.sha256((message + KEY).encode()).hexdigest())
        for sign in [":", ".", "\n"]:
            subject("key-and-message-joined-with-a-sign", hashlib.sha256((KEY + sign + message).encode()).hexdigest())
            subject("key-and-message-joined-with-a-sign", hashlib.sha256((message + sign + KEY).encode()).hexdigest())
        subject("key-on-both-sides", hashlib.sha256((KEY + message + KEY).encode()).hexdigest())
        for algorithm in ["sha1", "sha512", "md5"]:
            subject("unkeyed-" + algorithm, hashlib.new(algorithm, message.encode()).hexdigest())
        subject("unkeyed-twice", hashlib.sha256(hashlib.sha256(message.encode()).digest()).hexdigest())
        subject("unkeyed-twice", hashlib.sha256(hashlib.sha256(message.encode()).hexdigest().encode()).hexdigest())
        for algorithm in ["sha1", "sha224", "sha384", "sha512", "md5"]:
            subject(algorithm, mac(KEY, message, algorithm))
        subject("sha512-256", mac(KEY, message, "sha512_256"))
        subject("sha3-256", mac(KEY, message, "sha3_256"))
        subject("hashed-twice", mac(KEY, digest(KEY, message)))
        subject("message-as-python-bytes", mac(KEY, str(message.encode())))
        subject("message-in-base64", mac(KEY, base64.b64encode(message.encode())))
        subject("message-in-hex", mac(KEY, message.encode().hex()))
        for encoding in ["utf-16-le", "utf-16-be", "utf-16"]:
            subject("message-in-utf16", mac(KEY, message.encode(encoding)))
        subject("message-with-bom", mac(KEY, message.encode("utf-8-sig")))
        for time in ["", "None", "undefined", "null"]:
            subject("message-behind-timestamp", mac(KEY, f"{time}.{message}"))
            subject("message-behind-timestamp", mac(KEY, f"v0:{time}:{message}"))
        subject("sha1", base64.b64encode(digest(KEY, message, "sha1")).decode())
        subject("hashed-twice", mac(KEY, mac(KEY, message)))
        subject("hashed-twice", mac(KEY, hashlib.sha256(message.encode()).hexdigest()))
        subject("hashed-twice", hashlib.sha256(mac(KEY, message).encode()).hexdigest())
        subject("line-break-added", mac(KEY, message + "\n"))
        subject("line-break-added", mac(KEY, message + "\r\n"))
    signed("message-url-encoded", mac(KEY, urllib.parse.quote(BODY, safe="")))
    signed("line-break-removed", mac(KEY, BODY), message=BODY + "\n")
    signed("line-break-removed", mac(KEY, BODY), message=BODY + "\r\n")


def hashed_another_part_of_a_challenge():
    answered("whole-body", mac(KEY, REQUEST), requestBody=REQUEST)
    answered("quoted-challenge", mac(KEY, json.dumps(CHALLENGE)))
    payload = json.loads(REQUEST)["payload"]
    answered("challenge-object", mac(KEY, json.dumps(payload)))
    answered("challenge-object", mac(KEY, json.dumps(payload, separators=(",", ":"))))
    answered("absent-challenge", mac(KEY, str(json.loads(REQUEST).get("data"))))
    answered("absent-challenge", mac(KEY, ""))
    answered("absent-challenge", mac(KEY, "undefined"))
    answered("absent-challenge", mac(KEY, "null"))
    answered("challenge-object", mac(KEY, str(payload)))
    answered("challenge-without-prefix", mac(KEY, CHALLENGE.split("_")[1]))
    answered("challenge-decoded", mac(KEY, bytes.fromhex(CHALLENGE.split("_")[1])))
    answered("challenge-decoded", mac(KEY, base64.b64decode("AbCdEfGh")), message="AbCdEfGh")
    for again in [json.dumps(json.loads(REQUEST)), json.dumps(json.loads(REQUEST), indent=2), str(json.loads(REQUEST))]:
        answered("whole-body-written-again", mac(KEY, again), requestBody=REQUEST)


def number_of_javascript(number):
    """JavaScript's, Go's and Java's numbers are all doubles."""
    number = float(number)
    if number == int(number) and abs(number) < 1e21:
        digits = repr(number).split("e")[0].replace(".", "").rstrip("0")
        return digits.ljust(len(str(int(number))), "0") if number >= 1e16 else str(int(number))
    return repr(number) if abs(number) >= 1e-4 else "0." + "0" * (-int(repr(number).split("e")[1]) - 1) + repr(number)[0]


def number_of_java(number):
    number = float(number)
    mantissa, exponent = ("%.16e" % number).split("e") if number else ("0", "0")
    if 1e-3 <= abs(number) < 1e7:
        return repr(number)
    mantissa = repr(number).split("e")[0] if "e" in repr(number) else repr(float(mantissa))
    return (mantissa if "." in mantissa else mantissa + ".0") + "E" + str(int(exponent))


class Dumper:
    """A writer of JSON with all that runtimes disagree on as arguments."""

    def __init__(self, floats=repr, ints=str, escaped="", ascii_only=False, digits="%04x", short="bfnrt", order=None,
                 drop_nulls=False, lists=False):
        self.floats, self.ints, self.order, self.drop_nulls, self.lists = floats, ints, order, drop_nulls, lists
        self.escaped, self.ascii_only, self.digits, self.short = escaped, ascii_only, digits, short

    def text(self, text):
        out = ""
        for character in text:
            named = {"\b": "b", "\f": "f", "\n": "n", "\r": "r", "\t": "t"}.get(character, "?")
            if character == "/" and "/" in self.escaped:
                out += "\\/"
            elif character in self.escaped or (self.ascii_only and character > self.ascii_only):
                units = struct.unpack(">%dH" % (len(character.encode("utf-16-be")) // 2), character.encode("utf-16-be"))
                out += "".join("\\u" + self.digits % unit for unit in units)
            elif character in '"\\':
                out += "\\" + character
            elif named in self.short:
                out += "\\" + named
            else:
                out += character if character >= " " else "\\u" + self.digits % ord(character)
        return '"' + out + '"'

    def dump(self, value):
        if isinstance(value, bool) or value is None:
            return json.dumps(value)
        if isinstance(value, (int, float)):
            return self.ints(value) if isinstance(value, int) else self.floats(value)
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, list) or (self.lists and not value):
            return "[" + ",".join(self.dump(each) for each in value) + "]"
        members = [each for each in value.items() if not (self.drop_nulls and each[1] is None)]
        members = sorted(members, key=self.order) if self.order else members
        return "{" + ",".join(self.text(name) + ":" + self.dump(each) for name, each in members) + "}"


def rewritten(spelled=False, **how):
    """RICH, parsed and written again; `spelled` keeps numbers as they stand."""
    class Spelled(float):
        pass

    def keep(text):
        number = Spelled(text)
        number.text = text
        return number

    parsed = json.loads(RICH, parse_float=keep, parse_int=keep) if spelled else json.loads(RICH)
    return Dumper(floats=(lambda number: number.text), **how).dump(parsed) if spelled else Dumper(**how).dump(parsed)


LINES = "\u2028\u2029"
HTML = "<>&" + LINES


def hashed_a_body_that_no_two_runtimes_write_alike():
    parsed = json.loads(RICH)
    tight = (",", ":")
    indexes_first = lambda member: (0, int(member[0])) if member[0].isdigit() else (1, 0)
    rich = lambda mistake, text: signed(mistake, mac(KEY, text), message=RICH)
    rich("body-as-node", rewritten(floats=number_of_javascript, ints=number_of_javascript, order=indexes_first))
    rich("body-with-spaces", json.dumps(parsed))
    rich("body-ascii-escaped", json.dumps(parsed, separators=tight))
    rich("body-as-python-utf8", json.dumps(parsed, separators=tight, ensure_ascii=False))
    rich("body-as-flask", json.dumps(parsed, sort_keys=True))
    rich("body-as-flask", json.dumps(parsed, sort_keys=True, separators=tight))
    rich("body-pretty-printed-by-python", json.dumps(parsed, indent=2))
    rich("body-pretty-printed-by-python", json.dumps(parsed, indent=4))
    rich("body-printed-by-python", str(parsed))
    php_float = lambda number: "9.0e-5" if number == 9e-5 else number_of_javascript(number)
    php_int = lambda number: str(number) if number < 2**63 else "1.2345678901234567e+19"
    php = dict(floats=php_float, ints=php_int)
    rich("body-slashes-escaped", rewritten(**php, ascii_only="\x7f", escaped="/", lists=True))
    rich("body-slashes-escaped", rewritten(**php, ascii_only="\x7f", escaped="/"))
    rich("body-slashes-escaped", rewritten(**php, escaped="/" + LINES, lists=True))
    rich("body-as-php-with-flags", rewritten(**php, escaped=LINES, lists=True))
    rich("body-as-php-with-flags", rewritten(**php, ascii_only="\x7f", lists=True))
    ruby_float = lambda number: "9.0e-05" if number == 9e-5 else repr(number)
    rich("body-as-ruby", rewritten(floats=ruby_float))
    rich("body-as-rails", rewritten(floats=ruby_float, escaped=HTML))
    go = dict(floats=number_of_javascript, ints=number_of_javascript, short="nrt", order=lambda member: member[0])
    for escaped in [HTML, LINES]:
        rich("body-as-go-map", rewritten(**go, escaped=escaped))
        rich("body-as-go-map", rewritten(**go, escaped=escaped) + "\n")
    rich("body-as-go-map", rewritten(spelled=True, escaped=HTML, short="nrt", order=lambda member: member[0]))
    rich("body-as-jackson", rewritten(floats=number_of_java, digits="%04X"))
    rich("body-without-nulls", rewritten(floats=number_of_java, digits="%04X", drop_nulls=True))
    rich("body-as-gson", rewritten(spelled=True, escaped=HTML + "='", drop_nulls=True))
    rich("body-as-gson", rewritten(spelled=True, escaped=LINES))
    gson_map = dict(floats=number_of_java, ints=number_of_java, drop_nulls=True)
    rich("body-as-gson-map", rewritten(**gson_map, escaped=HTML + "='"))
    rich("body-as-gson-map", rewritten(**gson_map, escaped=LINES))
    rich("body-as-dotnet", rewritten(spelled=True, ascii_only="\x7e", escaped="\"&'+<>`", digits="%04X"))
    net_float = lambda number: "9E-05" if number == 9e-5 else repr(number)
    rich("body-as-newtonsoft", rewritten(floats=net_float, escaped=LINES + "\x85"))
    dated = '{"eventTime":"2022-04-13T10:15:00.000Z","url":"a/b"}'
    shortened = re.sub(r"(:\d\d)\.0+Z", r"\1Z", dated)
    signed("body-as-newtonsoft", mac(KEY, shortened), message=dated)
    rich("body-sorted", rewritten(floats=number_of_javascript, ints=number_of_javascript, order=lambda member: member[0]))
    by_length = lambda member: (len(member[0]), member[0])
    small = '{"zeta":1.50,"a":[1,2],"data":{"unit":"percent","value":78}}'
    stored = '{"a": [1, 2], "data": {"unit": "percent", "value": 78}, "zeta": 1.50}'
    assert [name for name, _ in sorted(json.loads(small).items(), key=by_length)] == list(json.loads(stored))
    signed("body-from-database", mac(KEY, stored), message=small)


def hashed_a_parsed_body_as_text():
    body = '{"vin":"5YJ","level":78.5,"locked":true,"none":null,"wheels":["front left",{"bar":2.9}]}'
    texts = {
        "body-printed-by-python": str(json.loads(body)),
        "body-printed-by-ruby": '{"vin"=>"5YJ", "level"=>78.5, "locked"=>true, "none"=>nil, '
                                '"wheels"=>["front left", {"bar"=>2.9}]}',
        "body-printed-by-java": "{vin=5YJ, level=78.5, locked=true, none=null, wheels=[front left, {bar=2.9}]}",
        "body-printed-by-go": "map[level:78.5 locked:true none:<nil> vin:5YJ wheels:[front left map[bar:2.9]]]",
    }
    for mistake, text in texts.items():
        signed(mistake, mac(KEY, text), message=body)
    signed("object-as-text", mac(KEY, "[object Object]"))
    signed("object-as-text", mac(KEY, "Array"))


def hashed_a_body_written_again():
    parsed = json.loads(BODY)
    tight = (",", ":")
    plain = json.dumps(parsed, separators=tight, ensure_ascii=False)
    assert plain == BODY
    signed("body-with-spaces", mac(KEY, json.dumps(parsed)))
    signed("body-with-spaces", mac(KEY, json.dumps(parsed, ensure_ascii=False)))
    signed("body-ascii-escaped", mac(KEY, json.dumps(parsed, separators=tight)))
    arrays = {**parsed, "data": {**parsed["data"], "signals": [*parsed["data"]["signals"][:-1], []]}}
    signed("body-slashes-escaped", mac(KEY, json.dumps(parsed, separators=tight).replace("/", "\\/")))
    signed("body-slashes-escaped", mac(KEY, json.dumps(arrays, separators=tight).replace("/", "\\/")))
    for_html = plain.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    signed("body-html-escaped", mac(KEY, for_html))
    signed("body-pretty-printed", mac(KEY, json.dumps(parsed, indent=2, ensure_ascii=False)))
    signed("body-pretty-printed", mac(KEY, json.dumps(parsed, indent=4, ensure_ascii=False)))
    signed("body-pretty-printed", mac(KEY, json.dumps(parsed, indent="\t", ensure_ascii=False)))
    signed("body-pretty-printed-by-php", mac(KEY, json.dumps(arrays, indent=4).replace("/", "\\/")))
    spaced = RICH.replace('":', '": ').replace(',"', ',\n "')
    assert json.loads(spaced) == json.loads(RICH)
    signed("body-compacted", mac(KEY, RICH), message=spaced)
    signed("quoted-body", mac(KEY, json.dumps(BODY, ensure_ascii=False)))
    buffer = json.dumps({"type": "Buffer", "data": list(BODY.encode())}, separators=tight)
    signed("buffer-as-json", mac(KEY, buffer))
    for nothing in ["", "undefined", "None", "null", "{}", str(b"")]:
        signed("no-body", mac(KEY, nothing))
    signed("one-member-of-body", mac(KEY, json.dumps(parsed["data"], separators=tight, ensure_ascii=False)))
    signed("one-member-of-body", mac(KEY, json.dumps(parsed["data"])))
    payload = json.dumps(json.loads(OLD_BODY)["payload"], separators=tight)
    signed("one-member-of-body", mac(KEY, payload), message=OLD_BODY)


def hashed_a_spoilt_body():
    western = '{"name":"Z\u00fcrich","quote":"a \\"b\\" & <c> \'d\'","at":"100% + 1"}'
    raw = western.encode()
    spoilt = lambda mistake, text: signed(mistake, mac(KEY, text), message=western)
    spoilt("body-in-latin1", western.encode("latin-1"))
    signed("body-in-latin1", mac(KEY, BODY.encode("latin-1", "replace").replace(b"\xf0\x9f", b"??")))
    spoilt("body-read-as-latin1", raw.decode("latin-1"))
    euro = '{"price":"5 \u20ac"}'
    signed("body-read-as-latin1", mac(KEY, euro.encode().decode("cp1252")), message=euro)
    spoilt("body-characters-lost", western.encode("ascii", "replace"))
    spoilt("body-characters-lost", western.encode("ascii", "ignore"))
    spoilt("body-characters-lost", raw.decode("ascii", "replace"))
    spoilt("body-characters-lost", bytes(byte & 0x7F for byte in raw))
    long = '{"data":"%s"}' % ("abcdefgh" * 9000)
    for size in [1024, 4096, 8192, 16384, 65536]:
        signed("body-cut-short", mac(KEY, long[:size]), message=long)
    signed("body-cut-by-characters", mac(KEY, BODY.encode()[: len(BODY)]))
    signed("body-cut-by-characters", mac(KEY, BODY.encode()[: len(BODY.encode("utf-16-le")) // 2]))
    signed("body-cut-at-nul", mac(KEY, '{"a":"'), message='{"a":"\0b"}')
    lines = '{\r\n "a": 1,\r\n "b": "c d"\r\n}'
    signed("body-first-line", mac(KEY, lines.splitlines()[0]), message=lines)
    signed("body-lines-joined", mac(KEY, "".join(lines.splitlines())), message=lines)
    signed("body-line-ends-changed", mac(KEY, lines.replace("\r\n", "\n")), message=lines)
    signed("body-line-ends-changed", mac(KEY, lines), message=lines.replace("\r\n", "\n"))
    signed("body-without-blanks", mac(KEY, "".join(lines.split())), message=lines)
    spoilt("body-without-blanks", western.replace(" ", ""))
    spoilt("body-html-entities", html.escape(western))
    spoilt("body-with-backslashes", western.replace("\\", "\\\\").replace('"', '\\"').replace("'", "\\'"))
    spoilt("body-without-backslashes", western.replace("\\", ""))
    spoilt("body-url-decoded", urllib.parse.unquote_plus(western))


def wrong_twice():
    """Pairs that real stacks produce together; "and" is the second row."""
    known = [dict(name=name, value=value) for name, value in SECRETS.items()]
    again = json.dumps(json.loads(BODY))
    twice = lambda mistake, second, received, **more: signed(mistake, received, second=second, **more)
    twice("body-with-spaces", "key-with-newline", mac(KEY + "\n", again))
    twice("body-with-spaces", "key-in-quotes", mac('"%s"' % KEY, again))
    twice("body-with-spaces", "client-secret-as-key", mac(SECRETS["client-secret"], again), otherKeys=known)
    twice("body-with-spaces", "no-key", mac("", again))
    twice("body-with-spaces", "unkeyed-sha256", hashlib.sha256(again.encode()).hexdigest())
    twice("body-with-spaces", "key-and-message-swapped", mac(again, KEY))
    twice("body-with-spaces", "sha1", base64.b64encode(digest(KEY, again, "sha1")).decode())
    twice("quoted-body", "key-trimmed", mac(KEY, json.dumps(BODY, ensure_ascii=False)), key=KEY + "\n")
    twice("key-and-message-swapped", "key-hex-decoded", mac(BODY, bytes.fromhex(KEY.replace("-", ""))))
    twice("no-body", "no-key", mac("", ""))
    twice("no-body", "unkeyed-sha256", hashlib.sha256(b"").hexdigest())
    for mistake, text in [("whole-body", REQUEST), ("whole-body-written-again", json.dumps(json.loads(REQUEST))),
                          ("quoted-challenge", json.dumps(CHALLENGE)), ("absent-challenge", "undefined")]:
        answered(mistake, mac(SECRETS["client-secret"], text), requestBody=REQUEST, otherKeys=known,
                 second="client-secret-as-key")
        answered(mistake, mac(KEY + "\n", text), requestBody=REQUEST, second="key-with-newline")


sent_something_else()
spelled_another_way()
hashed_under_another_key()
hashed_another_way()
hashed_another_part_of_a_challenge()
hashed_a_body_written_again()
hashed_a_body_that_no_two_runtimes_write_alike()
hashed_a_parsed_body_as_text()
hashed_a_spoilt_body()
wrong_twice()
json.dump({"cases": cases}, sys.stdout)
