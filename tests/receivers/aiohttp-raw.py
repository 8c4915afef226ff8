"""Right: await request.read() is what is hashed."""
import hashlib
import hmac
import json
import os
import re

from aiohttp import web

TOKEN = os.environ["APPLICATION_MANAGEMENT_TOKEN"].encode()


def hash_of(message):
    return hmac.new(TOKEN, message, hashlib.sha256).hexdigest()


def challenge_in(body):
    """None when it is something else."""
    if isinstance(body, dict):
        for name, value, holder in ("eventName", "verify", "payload"), ("eventType", "VERIFY", "data"):
            if body.get(name) == value and isinstance(body.get(holder), dict):
                return body[holder].get("challenge")
    return None


def is_signed(raw, signatures):
    return len(signatures) == 1 and hmac.compare_digest(
        signatures[0].encode(errors="replace"), hash_of(raw).encode())


async def webhooks(request):
    try:
        raw = await request.read()
    except web.RequestPayloadError:  # not of the encoding that its head names
        return web.json_response({"error": "not readable"}, status=400)
    try:
        body, is_json = json.loads(raw), True
    except (ValueError, RecursionError):
        body, is_json = None, False
    challenge = challenge_in(body)
    if isinstance(challenge, str) and re.fullmatch(r"[A-Za-z0-9._~-]{8,128}", challenge):
        return web.json_response({"challenge": hash_of(challenge.encode())})
    if not is_signed(raw, request.headers.getall("SC-Signature", [])):
        return web.json_response({"error": "wrong signature"}, status=401)
    if not is_json:
        return web.json_response({"error": "not JSON"}, status=400)
    return web.json_response({"received": True})


app = web.Application(client_max_size=2 * 1024 * 1024)
app.router.add_post("/webhooks", webhooks)
web.run_app(app, host="127.0.0.1", port=int(os.environ["PORT"]), print=None)
