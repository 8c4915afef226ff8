"""A small application without any package: it connects a user's cars, subscribes them to a webhook and keeps what the
webhook says about each. Python 3.9 or newer."""
import base64
import hashlib
import hmac
import json
import re
import signal
import sys
import threading
from datetime import datetime, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from os import environ
from urllib.parse import parse_qsl, urlencode, urlsplit
from urllib.request import Request, urlopen

TOKEN = environ.get("APPLICATION_MANAGEMENT_TOKEN", "").encode()
PORT = int(environ.get("PORT") or 3000)
API = environ.get("SMARTCAR_API_ORIGIN", "https://api.smartcar.com")
# Smartcar's Python SDK wants the whole URL in this variable, the other SDKs the origin.
AUTH = environ.get("SMARTCAR_AUTH_ORIGIN", "https://auth.smartcar.com").removesuffix("/oauth/token")
CLIENT = f"{environ.get('SMARTCAR_CLIENT_ID')}:{environ.get('SMARTCAR_CLIENT_SECRET')}"
REDIRECT_URI = environ.get("SMARTCAR_REDIRECT_URI") or f"http://127.0.0.1:{PORT}/exchange"
WEBHOOK_ID = environ.get("SMARTCAR_WEBHOOK_ID")
MAX_BODY = 1_000_000  # Smartcar sends at most 50 KB
CHARGING = {"CHARGING_STARTED": True, "CHARGING_STOPPED": False, "CHARGING_COMPLETED": False}


class Car:
    def __init__(self):
        self.charging, self.charging_at = None, ""
        self.events, self.errors, self.last_event_at = 0, set(), None

    def view(self):
        return {"charging": self.charging, "events": self.events, "errors": len(self.errors),
                "lastEventAt": self.last_event_at}


# In memory, to stay short. In a database, an event's id and its effect are one transaction; ids are kept for a week.
vehicles, seen, lock = {}, set(), threading.Lock()


def at(value, *keys):
    """What stands there in parsed JSON, or None."""
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def time_text(time):
    """Text that sorts: 2.0 writes times so, 4.0 counts milliseconds. Empty when unknown."""
    if not time or isinstance(time, str):
        return time or ""
    text = datetime.fromtimestamp(time / 1000, timezone.utc).isoformat(timespec="milliseconds")
    return text.replace("+00:00", "Z")


def read(body):
    """Of either version: event id, vehicle id, time, whether the car charges, when it said so, errors, mode."""
    if at(body, "eventName") == "eventBased":
        event, time = at(body, "payload"), time_text(at(body, "payload", "eventTime"))
        charging = CHARGING.get(at(event, "eventType"))
        return at(event, "eventId"), at(event, "vehicleId"), time, charging, time, [], at(body, "mode")
    signals = at(body, "data", "signals") or []
    found = next((each for each in signals if at(each, "code") == "charge-ischarging"), None)
    meta = at(found, "meta")  # a signal that failed has neither this nor a body
    charging_at = at(meta, "oemUpdatedAt") or at(meta, "retrievedAt") or at(meta, "fetchedAt")
    return (at(body, "eventId"), at(body, "data", "vehicle", "id"), time_text(at(body, "meta", "deliveredAt")),
            at(found, "body", "value"), time_text(charging_at), at(body, "data", "errors") or [],
            at(body, "meta", "mode"))


def remember(body):
    event_id, vehicle_id, time, charging, charging_at, errors, mode = read(body)
    if not event_id or not vehicle_id or mode in ("test", "TEST"):
        return  # a scheduled reading, or the dashboard's test payload about a car that nobody owns
    with lock:
        if event_id in seen:  # delivered at least once: a repetition changes nothing
            return
        seen.add(event_id)
        car = vehicles.setdefault(vehicle_id, Car())
        car.events += 1
        car.last_event_at = max(car.last_event_at or "", time)
        # Events overtake each other: what the car said earlier must not undo what it said later.
        if charging is not None and charging_at >= car.charging_at:
            car.charging, car.charging_at = charging, charging_at
        for error in errors:  # these carry no time of their own
            change = car.errors.discard if at(error, "state") == "RESOLVED" else car.errors.add
            change((at(error, "type"), at(error, "code")))


def hash_of(message):
    return hmac.new(TOKEN, message, hashlib.sha256).hexdigest()


def webhooks(raw, signatures):
    try:
        body, is_json = json.loads(raw.decode(), parse_constant=int), True  # int() refuses NaN, which is no JSON
    except (ValueError, RecursionError):
        body, is_json = None, False
    if at(body, "eventName") == "verify" or at(body, "eventType") == "VERIFY":
        challenge = at(body, "payload" if at(body, "eventName") == "verify" else "data", "challenge")
        # Challenges are unsigned, and hashed with the key of all events: hash nothing that could be the body of one.
        if not isinstance(challenge, str) or not re.fullmatch(r"[A-Za-z0-9._~-]{8,128}", challenge):
            return 400, {"error": "not a challenge"}
        return 200, {"challenge": hash_of(challenge.encode())}
    # The hash is of the bytes that came; what json.dumps makes of the parsed body has another.
    if len(signatures) != 1 or not hmac.compare_digest(signatures[0].encode(), hash_of(raw).encode()):
        return 401, {"error": "SC-Signature is missing or wrong"}
    if not is_json:
        return 400, {"error": "the body is not JSON"}
    remember(body)
    return 200, {"received": True}


def call(method, url, authorization, form=None):
    data = urlencode(form).encode() if form else None
    with urlopen(Request(url, data, {"Authorization": authorization}, method=method), timeout=30) as answer:
        return json.load(answer)


def exchange(query):
    """Where Connect sends the user back to. A real application also sends a `state` there, compares it here, and keeps
    the refresh token."""
    if "code" not in query:
        return 400, {"error": query.get("error", "code is missing")}
    basic = "Basic " + base64.b64encode(CLIENT.encode()).decode()
    form = {"grant_type": "authorization_code", "code": query["code"], "redirect_uri": REDIRECT_URI}
    try:
        bearer = "Bearer " + call("POST", f"{AUTH}/oauth/token", basic, form)["access_token"]
        ids = call("GET", f"{API}/v2.0/vehicles?limit=50", bearer)["vehicles"]
        for vehicle_id in ids:
            if WEBHOOK_ID:
                call("POST", f"{API}/v2.0/vehicles/{vehicle_id}/webhooks/{WEBHOOK_ID}", bearer)
            with lock:
                vehicles.setdefault(vehicle_id, Car())
    except OSError as error:  # no connection, no answer in time, or an answer that is an error
        return 502, {"error": str(error)}
    return 200, {"vehicles": ids}


class Handler(BaseHTTPRequestHandler):
    timeout = 30  # for a client that stops in the middle

    def answer(self, status, body):
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def body(self):
        """The bytes of the request's body, or None when there are too many. http.server leaves this to us, and a proxy
        may send them in chunks, each after its size in hexadecimal."""
        if "chunked" not in self.headers.get("Transfer-Encoding", ""):
            length = int(self.headers.get("Content-Length") or 0)
            return self.rfile.read(length) if 0 <= length <= MAX_BODY else None
        body = b""
        while size := int(self.rfile.readline().split(b";")[0], 16):
            if not 0 < size <= MAX_BODY - len(body):
                return None
            body += self.rfile.read(size)
            self.rfile.readline()
        while self.rfile.readline().strip():
            pass  # what may stand after the last chunk
        return body

    def do_POST(self):
        if self.path != "/webhooks":
            return self.answer(404, {"error": "not found"})
        try:
            body = self.body()
        except ValueError:
            return self.answer(400, {"error": "the length of the body is no number"})
        if body is None:
            return self.answer(413, {"error": "the body is too large"})
        return self.answer(*webhooks(body, self.headers.get_all("SC-Signature", [])))

    def do_GET(self):
        url = urlsplit(self.path)
        if url.path == "/exchange":
            return self.answer(*exchange(dict(parse_qsl(url.query))))
        with lock:
            pages = {f"/vehicles/{vehicle_id}": car.view() for vehicle_id, car in vehicles.items()}
            pages |= {"/vehicles": {"vehicles": list(vehicles)}, "/health": {"status": "ok"}}
        return self.answer(*((200, pages[url.path]) if url.path in pages else (404, {"error": "not found"})))

    def log_message(self, *_):
        """Says nothing of each request."""


if not TOKEN:
    sys.exit("APPLICATION_MANAGEMENT_TOKEN is not set; Smartcar's dashboard has it under Configuration.")
signal.signal(signal.SIGTERM, lambda *_: sys.exit())
ThreadingHTTPServer.request_queue_size = 128  # a burst of events waits here
server = ThreadingHTTPServer(("127.0.0.1", PORT), Handler)
print(f"listening on http://127.0.0.1:{server.server_port}", flush=True)
server.serve_forever()
