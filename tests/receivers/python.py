"""Right: on the standard library alone, the bytes that came are hashed."""
import hashlib
import hmac
import json
import os
import re
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

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


def answer(raw, signatures):
    try:
        body, is_json = json.loads(raw), True
    except (ValueError, RecursionError):
        body, is_json = None, False
    challenge = challenge_in(body)
    if isinstance(challenge, str) and re.fullmatch(r"[A-Za-z0-9._~-]{8,128}", challenge):
        return 200, {"challenge": hash_of(challenge.encode())}
    if len(signatures) != 1 or not hmac.compare_digest(signatures[0].encode(), hash_of(raw).encode()):
        return 401, {"error": "wrong signature"}
    return (200, {"received": True}) if is_json else (400, {"error": "not JSON"})


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        length = self.headers.get("Content-Length", "")
        if not length.isdecimal():
            self.send_error(411)  # http.server reads no chunks
            return
        raw = self.rfile.read(int(length))
        status, body = answer(raw, self.headers.get_all("SC-Signature", []))
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(body).encode())

    def log_message(self, *_):
        """Says nothing of each request."""


ThreadingHTTPServer.request_queue_size = 128  # scenarios send bursts
ThreadingHTTPServer(("127.0.0.1", int(os.environ["PORT"])), Handler).serve_forever()
