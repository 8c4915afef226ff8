"""Wrong: the signature is checked when there is one, and an event without is let in."""
import hashlib
import hmac
import json
import os
import re

from flask import Flask, request

TOKEN = os.environ["APPLICATION_MANAGEMENT_TOKEN"].encode()

app = Flask(__name__)


def hash_of(message):
    return hmac.new(TOKEN, message, hashlib.sha256).hexdigest()


def challenge_in(body):
    """None when it is something else."""
    if isinstance(body, dict):
        for name, value, holder in ("eventName", "verify", "payload"), ("eventType", "VERIFY", "data"):
            if body.get(name) == value and isinstance(body.get(holder), dict):
                return body[holder].get("challenge")
    return None


@app.post("/webhooks")
def webhooks():
    raw = request.get_data()
    try:
        body, is_json = json.loads(raw), True
    except (ValueError, RecursionError):
        body, is_json = None, False
    challenge = challenge_in(body)
    if isinstance(challenge, str) and re.fullmatch(r"[A-Za-z0-9._~-]{8,128}", challenge):
        return {"challenge": hash_of(challenge.encode())}
    signature = request.headers.get("SC-Signature")
    if signature and not hmac.compare_digest(signature.encode(), hash_of(raw).encode()):
        return {"error": "wrong signature"}, 401
    return {"received": True} if is_json else ({"error": "not JSON"}, 400)


app.run(host="127.0.0.1", port=int(os.environ["PORT"]), threaded=True)
