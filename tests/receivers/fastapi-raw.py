"""Right: await request.body() is what is hashed."""
import hashlib
import hmac
import json
import os
import re

import uvicorn
from fastapi import FastAPI, HTTPException, Request

TOKEN = os.environ["APPLICATION_MANAGEMENT_TOKEN"].encode()

app = FastAPI()


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
    return len(signatures) == 1 and hmac.compare_digest(signatures[0].encode(), hash_of(raw).encode())


@app.post("/webhooks")
async def webhooks(request: Request):
    raw = await request.body()
    try:
        body, is_json = json.loads(raw), True
    except (ValueError, RecursionError):
        body, is_json = None, False
    challenge = challenge_in(body)
    if isinstance(challenge, str) and re.fullmatch(r"[A-Za-z0-9._~-]{8,128}", challenge):
        return {"challenge": hash_of(challenge.encode())}
    if not is_signed(raw, request.headers.getlist("SC-Signature")):
        raise HTTPException(401, "wrong signature")
    if not is_json:
        raise HTTPException(400, "not JSON")
    return {"received": True}


uvicorn.run(app, host="127.0.0.1", port=int(os.environ["PORT"]), log_level="warning")
