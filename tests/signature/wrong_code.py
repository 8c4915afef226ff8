"""Every mistake of signature::mistakes(), made by code that really makes it, with Python's own hmac, json and base64.

Prints one JSON object: {"cases": [{"id", "subject", "key", "message", "received", and what the question needs}]}.
"""
import base64
import hashlib
import hmac
import json
import sys

KEY = "6f1d2b7c-0c1e-4d0e-9a53-2f6c1c9e7a10"
CHALLENGE = "challenge_063f9ab0f106cc06b7d06e7945b4eced"
REQUEST = '{"version":"2.0","eventName":"verify","payload":{"challenge":"%s"}}' % CHALLENGE
BODY = (
    '{"eventId":"fc457667","data":{"signals":[{"value":78,"unit":"percent"},[],{}],'
    '"docURL":"https://smartcar.com/docs?a=1&b=<2>"},'
    '"meta":{"webhookName":"\u0160koda \u2013 Z\u00fcrich \U0001f697","quote":"a \\"b\\": c, d\\n"}}'
)
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
    for absent in ["", str(None), "undefined", "null", "APPLICATION_MANAGEMENT_TOKEN"]:
        keyed("no-key", absent)
    for end in ["\n", "\r\n", "\r"]:
        keyed("key-with-newline", KEY + end)
    for padded in [KEY + " ", " " + KEY, " " + KEY + " ", KEY + "\t", "\ufeff" + KEY]:
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
        for algorithm in ["sha1", "sha384", "sha512", "md5"]:
            subject(algorithm, mac(KEY, message, algorithm))
        subject("sha1", base64.b64encode(digest(KEY, message, "sha1")).decode())
        subject("hashed-twice", mac(KEY, mac(KEY, message)))
        subject("hashed-twice", mac(KEY, hashlib.sha256(message.encode()).hexdigest()))
        subject("hashed-twice", hashlib.sha256(mac(KEY, message).encode()).hexdigest())
        subject("line-break-added", mac(KEY, message + "\n"))
        subject("line-break-added", mac(KEY, message + "\r\n"))
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
    answered("challenge-without-prefix", mac(KEY, CHALLENGE.split("_")[1]))


def hashed_a_body_written_again():
    parsed = json.loads(BODY)
    tight = (",", ":")
    plain = json.dumps(parsed, separators=tight, ensure_ascii=False)
    assert plain == BODY
    signed("body-with-spaces", mac(KEY, json.dumps(parsed)))
    signed("body-with-spaces", mac(KEY, json.dumps(parsed, ensure_ascii=False)))
    signed("body-ascii-escaped", mac(KEY, json.dumps(parsed, separators=tight)))
    signed("body-slashes-escaped", mac(KEY, json.dumps(parsed, separators=tight).replace("/", "\\/")))
    signed("body-slashes-escaped", mac(KEY, plain.replace("/", "\\/")))
    html = plain.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    signed("body-html-escaped", mac(KEY, html))
    signed("body-pretty-printed", mac(KEY, json.dumps(parsed, indent=2, ensure_ascii=False)))
    signed("body-pretty-printed", mac(KEY, json.dumps(parsed, indent=4, ensure_ascii=False)))
    signed("body-compacted", mac(KEY, plain), message=json.dumps(parsed, indent=2, ensure_ascii=False))
    signed("quoted-body", mac(KEY, json.dumps(BODY, ensure_ascii=False)))
    buffer = json.dumps({"type": "Buffer", "data": list(BODY.encode())}, separators=tight)
    signed("buffer-as-json", mac(KEY, buffer))
    signed("object-as-text", mac(KEY, "[object Object]"))
    for nothing in ["", "undefined", "None", "null"]:
        signed("no-body", mac(KEY, nothing))
    signed("one-member-of-body", mac(KEY, json.dumps(parsed["data"], separators=tight, ensure_ascii=False)))
    payload = json.dumps(json.loads(OLD_BODY)["payload"], separators=tight)
    signed("one-member-of-body", mac(KEY, payload), message=OLD_BODY)


sent_something_else()
spelled_another_way()
hashed_under_another_key()
hashed_another_way()
hashed_another_part_of_a_challenge()
hashed_a_body_written_again()
json.dump({"cases": cases}, sys.stdout)
