"""Wrong: a pydantic model of the event is printed and hashed. What the model does not know is left out, so an event with
a new field at its top is refused, and another text of the same JSON passes for the signed one."""
import hashlib
import hmac
import json
import os
import re
from typing import Any, Dict, List, Optional

import uvicorn
from fastapi import FastAPI, Header, HTTPException
from pydantic import BaseModel

TOKEN = os.environ["APPLICATION_MANAGEMENT_TOKEN"].encode()

app = FastAPI()


def hash_of(message):
    return hmac.new(TOKEN, message.encode(errors="surrogatepass"), hashlib.sha256).hexdigest()


class Event(BaseModel):
    """Both versions' fields, in the order in which they come."""
    version: Optional[str] = None
    webhookId: Optional[str] = None
    eventName: Optional[str] = None
    mode: Optional[str] = None
    payload: Optional[Dict[str, Any]] = None
    eventId: Optional[str] = None
    eventType: Optional[str] = None
    data: Optional[Dict[str, Any]] = None
    triggers: Optional[List[Any]] = None
    meta: Optional[Dict[str, Any]] = None

    def challenge(self):
        """None when it is something else."""
        if self.eventName == "verify":
            return (self.payload or {}).get("challenge")
        if self.eventType == "VERIFY":
            return (self.data or {}).get("challenge")
        return None

    def text(self):
        return json.dumps(self.dict(exclude_unset=True), separators=(",", ":"), ensure_ascii=False)


def is_signed(event, signatures):
    return len(signatures) == 1 and hmac.compare_digest(signatures[0].encode(), hash_of(event.text()).encode())


@app.post("/webhooks")
async def webhooks(event: Event, sc_signature: List[str] = Header([])):
    challenge = event.challenge()
    if isinstance(challenge, str) and re.fullmatch(r"[A-Za-z0-9._~-]{8,128}", challenge):
        return {"challenge": hash_of(challenge)}
    if not is_signed(event, sc_signature):
        raise HTTPException(401, "wrong signature")
    return {"received": True}


uvicorn.run(app, host="127.0.0.1", port=int(os.environ["PORT"]), log_level="warning")
