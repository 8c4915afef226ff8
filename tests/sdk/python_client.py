"""The Python SDK's requests over plain HTTP, as it puts them on the wire, against the built program.

python3 python_client.py PROGRAM. The SDK's habits that no other client has: the full token URL as its auth origin, no
trailing slash where Node has one, JSON with spaces, no content type on reads, a JSON body with GET, DELETE with a
content length of 0, startDate and endDate. Answers are read as strictly as it reads them: a missing key is an error.
"""
import base64
import http.client
import json
import os
import subprocess
import sys
import unittest
import urllib.parse

PROGRAM = sys.argv.pop(1)
REDIRECT_URI = "http://localhost:8000/exchange"
TESLA = "tesla-model-3-2020"
USER_AGENT = "Smartcar/6.17.0(Linux; x86_64) Python v3.11.7"


class SmartcarException(Exception):
    """Made of an answer as the SDK makes it; raises KeyError where the SDK would fail."""

    def __init__(self, status, headers, body):
        assert "application/json" in headers["Content-Type"]
        self.status_code = status
        self.request_id = headers["SC-Request-Id"]
        self.retry_after = headers.get("Retry-After")
        if "error" in body:
            self.type = body["error"]
            self.code = body.get("code")
            self.description = body["message"] if "message" in body else body["error_description"]
            self.resolution = None
        else:
            self.type = body["type"]
            self.code = body["code"]
            self.description = body["description"]
            self.doc_url = body["docURL"]
            self.resolution = body["resolution"]
            self.status_code = body["statusCode"]
            self.request_id = body["requestId"]
            self.detail = body.get("detail")
            self.suggested_user_message = body.get("suggestedUserMessage")
        super().__init__(f"{status} {self.type}:{self.code} {self.description}")


class Answer:
    def __init__(self, headers, body):
        self.body = body
        self.meta = {name[3:] if name.startswith("sc-") else name: value for name, value in
                     ((name.lower(), value) for name, value in headers.items())}


def send(url, method, headers, body=None):
    """One exchange on a connection of its own. `body` is bytes, or None for none at all."""
    parts = urllib.parse.urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=30)
    target = parts.path + ("?" + parts.query if parts.query else "")
    connection.putrequest(method, target, skip_accept_encoding=True)
    for name, value in {"User-Agent": USER_AGENT, "Accept-Encoding": "gzip, deflate", "Accept": "*/*",
                        "Connection": "keep-alive", **headers}.items():
        connection.putheader(name, value)
    if body is not None:
        connection.putheader("Content-Length", str(len(body)))
    elif method in ("POST", "DELETE"):
        connection.putheader("Content-Length", "0")
    connection.endheaders(body)
    response = connection.getresponse()
    text = response.read()
    headers = response.headers
    connection.close()
    if response.status == 302:
        return response.status, headers, None
    return response.status, headers, json.loads(text)


def requester(method, url, headers, body=None):
    status, headers, answered = send(url, method, headers, body)
    if status >= 400:
        raise SmartcarException(status, headers, answered)
    assert status in (200, 204), status
    return Answer(headers, answered)


def as_json(value):
    return json.dumps(value).encode()  # with a space after each colon and comma


class AuthClient:
    def __init__(self, origin, client_id, client_secret):
        self.connect_origin = origin
        self.auth_origin = origin + "/oauth/token"  # SMARTCAR_AUTH_ORIGIN is the whole URL
        self.client_id = client_id
        self.basic = "Basic " + base64.b64encode(f"{client_id}:{client_secret}".encode()).decode()

    def get_auth_url(self, scope, options=None):
        query = {"response_type": "code", "client_id": self.client_id, "redirect_uri": REDIRECT_URI,
                 "approval_prompt": "auto", "scope": " ".join(scope), **(options or {})}
        return self.connect_origin + "/oauth/authorize?" + urllib.parse.urlencode(query)  # spaces as "+"

    def _exchange(self, form):
        body = urllib.parse.urlencode(form).encode()
        headers = {"Authorization": self.basic, "Content-Type": "application/x-www-form-urlencoded"}
        access = requester("POST", self.auth_origin, headers, body).body
        return {key: access[key] for key in ("access_token", "refresh_token", "expires_in", "token_type")}

    def exchange_code(self, code):
        return self._exchange({"grant_type": "authorization_code", "code": code, "redirect_uri": REDIRECT_URI})

    def exchange_refresh_token(self, refresh_token):
        return self._exchange({"grant_type": "refresh_token", "refresh_token": refresh_token})


class Vehicle:
    def __init__(self, origin, vehicle_id, access_token, unit_system="metric"):
        self.url = f"{origin}/v2.0/vehicles/{vehicle_id}"
        self.vehicle_id = vehicle_id
        self.authorization = {"Authorization": f"Bearer {access_token}"}
        self.reading = {**self.authorization, "sc-unit-system": unit_system}
        self.commanding = {**self.authorization, "Content-Type": "application/json"}  # without a unit system

    def read(self, path):
        return requester("GET", f"{self.url}/{path}", self.reading)

    def attributes(self):
        return self.read("")

    def command(self, path, body):
        answer = requester("POST", f"{self.url}/{path}", self.commanding, as_json(body))
        assert answer.body["status"] == "success" and answer.body["message"]
        return answer

    def service_history(self, start_date=None, end_date=None):
        dates = {"startDate": start_date, "endDate": end_date}
        query = urllib.parse.urlencode({name: date for name, date in dates.items() if date})
        return self.read("service/history" + ("?" + query if query else ""))

    def batch(self, paths):
        body = as_json({"requests": [{"path": path} for path in paths]})
        return requester("POST", f"{self.url}/batch", {**self.reading, "Content-Type": "application/json"}, body)

    def request(self, method, path, body=None):
        headers = {**self.reading, "Content-Type": "application/json"}
        return requester(method, f"{self.url}/{path}", headers, as_json(body or {}))

    def subscribe(self, webhook_id):
        answer = requester("POST", f"{self.url}/webhooks/{webhook_id}", self.reading)
        return answer.body["webhookId"], answer.body["vehicleId"]

    def unsubscribe(self, amt, webhook_id):
        headers = {"Authorization": f"Bearer {amt}"}
        return requester("DELETE", f"{self.url}/webhooks/{webhook_id}", headers).body["status"]

    def disconnect(self):
        return requester("DELETE", f"{self.url}/application", self.reading).body["status"]


class ThePythonSdk(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        environment = {"PATH": os.environ["PATH"], "SMARTCAR_SIM_CONNECT": "approve"}
        cls.serve = subprocess.Popen([PROGRAM, "serve", "--port", "0", "--json"], env=environment,
                                     stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        cls.ready = json.loads(cls.serve.stdout.readline())
        cls.origin = cls.ready["origin"]
        cls.amt = cls.ready["applicationManagementToken"]
        cls.client = AuthClient(cls.origin, cls.ready["clientId"], cls.ready["clientSecret"])

    @classmethod
    def tearDownClass(cls):
        cls.serve.terminate()
        cls.serve.wait(timeout=30)
        cls.serve.stdout.close()

    def setUp(self):
        self.sim("POST", "/reset")

    def sim(self, method, path, body=None):
        parts = urllib.parse.urlsplit(self.origin)
        connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=30)
        connection.request(method, "/_sim" + path, None if body is None else json.dumps(body))
        response = connection.getresponse()
        text = response.read()
        connection.close()
        self.assertLess(response.status, 300, text)
        return json.loads(text) if text else None

    def car(self, fixture=TESLA):
        return next(car for car in self.sim("GET", "/vehicles")["vehicles"] if car["fixture"] == fixture)

    def vehicle(self, fixture=TESLA, scope=(), **options):
        access = self.sim("POST", "/connect", {"vehicles": [fixture], "scope": list(scope)})
        return Vehicle(self.origin, access["vehicleIds"][0], access["accessToken"], **options)

    def last_request(self):
        return self.sim("GET", "/requests")["requests"][-1]

    def assert_refused(self, status, kind, code, call, *args):
        with self.assertRaises(SmartcarException) as caught:
            call(*args)
        error = caught.exception
        self.assertEqual((error.status_code, error.type, error.code), (status, kind, code))
        self.assertTrue(error.description and error.request_id)
        return error

    # --- Connect and tokens

    def test_codes_and_refresh_tokens(self):
        state = "a state & more+ü"
        url = self.client.get_auth_url(["read_odometer", "required:read_vin"], {"state": state, "mode": "live"})
        self.assertIn("scope=read_odometer+required%3Aread_vin", url)
        status, headers, _ = send(url, "GET", {})
        self.assertEqual(status, 302)
        query = urllib.parse.parse_qs(urllib.parse.urlsplit(headers["location"]).query)
        self.assertEqual(query["state"], [state])
        access = self.client.exchange_code(query["code"][0])
        self.assertEqual((access["expires_in"], access["token_type"]), (7200, "Bearer"))
        renewed = self.client.exchange_refresh_token(access["refresh_token"])
        self.assertNotEqual(renewed["access_token"], access["access_token"])
        for call, given in ((self.client.exchange_code, query["code"][0]),
                            (self.client.exchange_refresh_token, "nobody-issued-this")):
            error = self.assert_refused(400, "invalid_request", None, call, given)
            self.assertIn(given, error.description)
        stranger = AuthClient(self.origin, self.client.client_id, "another-secret")
        self.assert_refused(401, "invalid_client", None, stranger.exchange_refresh_token, renewed["refresh_token"])

    # --- lists

    def test_user_and_vehicles(self):
        access = self.sim("POST", "/connect", {})
        headers = {"Authorization": f"Bearer {access['accessToken']}"}
        user = requester("GET", f"{self.origin}/v2.0/user", headers)
        self.assertEqual(len(user.body["id"]), 36)
        page = requester("GET", f"{self.origin}/v2.0/vehicles?limit=2&offset=1", headers).body
        self.assertEqual(page["vehicles"], access["vehicleIds"][1:3])
        self.assertEqual(page["paging"], {"count": len(access["vehicleIds"]), "offset": 1})
        self.assert_refused(401, "AUTHENTICATION", None, requester, "GET", f"{self.origin}/v2.0/user",
                            {"Authorization": "Bearer nobody-issued-this"})

    # --- reads

    def test_reads_have_the_keys_that_are_asked_for(self):
        state = self.car()["state"]
        vehicle = self.vehicle()
        self.assertEqual(vehicle.attributes().body,
                         {key: self.car()[key] for key in ("id", "make", "model", "year")})
        self.assertEqual(vehicle.read("vin").body["vin"], self.car()["vin"])
        odometer = vehicle.read("odometer")
        self.assertEqual(odometer.body["distance"], state["odometer-traveleddistance"]["value"])
        self.assertEqual(odometer.meta["unit-system"], "metric")
        self.assertTrue(odometer.meta["request-id"] and odometer.meta["data-age"] and odometer.meta["fetched-at"])
        battery = vehicle.read("battery").body
        self.assertEqual(battery["percentRemaining"], state["tractionbattery-stateofcharge"]["value"] / 100)
        self.assertEqual(battery["range"], state["tractionbattery-range"]["value"])
        nominal = vehicle.read("battery/nominal_capacity").body
        self.assertEqual(nominal["capacity"]["nominal"], vehicle.read("battery/capacity").body["capacity"])
        self.assertIn("availableCapacities", nominal)
        self.assertIn("url", nominal)
        charge = vehicle.read("charge").body
        self.assertEqual((charge["isPluggedIn"], charge["state"]), (True, "NOT_CHARGING"))
        self.assertEqual(vehicle.read("charge/limit").body["limit"],
                         state["charge-chargelimits"]["activeLimit"] / 100)
        location = vehicle.read("location").body
        self.assertEqual([location[key] for key in ("latitude", "longitude")],
                         [state["location-preciselocation"][key] for key in ("latitude", "longitude")])
        pressure = vehicle.read("tires/pressure").body
        self.assertEqual(sorted(pressure), ["backLeft", "backRight", "frontLeft", "frontRight"])
        security = vehicle.read("security").body
        self.assertEqual(sorted(security), ["chargingPort", "doors", "isLocked", "storage", "sunroof", "windows"])
        permissions = vehicle.read("permissions?limit=3&offset=1").body
        self.assertEqual(permissions["permissions"], self.car()["granted"][1:4])
        self.assertEqual(permissions["paging"]["offset"], 1)

    def test_reads_of_other_powertrains(self):
        volt = self.vehicle("chevrolet-volt-2018", unit_system="imperial")
        state = self.car("chevrolet-volt-2018")["state"]
        fuel = volt.read("fuel")
        self.assertEqual(sorted(fuel.body), ["amountRemaining", "percentRemaining", "range"])
        self.assertAlmostEqual(fuel.body["amountRemaining"],
                               state["internalcombustionengine-amountremaining"]["value"] / 3.785411784, 5)
        self.assertEqual(fuel.meta["unit-system"], "imperial")
        self.assertEqual(volt.read("engine/oil").body["lifeRemaining"],
                         state["internalcombustionengine-oillife"]["value"] / 100)
        self.assertTrue(volt.read("diagnostics/system_status").body["systems"])
        self.assertIn("activeCodes", volt.read("diagnostics/dtcs").body)

    def test_service_history_spells_its_dates_in_camel_case(self):
        records = [{"id": str(year), "time": f"{year}-06-15T12:00:00.000Z", "odometer": year, "cost": None,
                    "tasks": [], "details": []} for year in (2019, 2020, 2021)]
        self.sim("PATCH", "/vehicles/toyota-corolla-2022", {"state": {"service-records": {"values": records}}})
        vehicle = self.vehicle("toyota-corolla-2022")
        history = vehicle.service_history("2020-01-01", "2020-12-31").body
        self.assertEqual([(record["serviceId"], record["odometerDistance"]) for record in history], [("2020", 2020)])
        self.assertEqual(vehicle.service_history().body, [])
        self.assertTrue(self.last_request()["target"].endswith("/service/history"))

    def test_request_sends_a_body_with_get(self):
        vehicle = self.vehicle()
        answer = vehicle.request("GET", "tesla/speedometer")
        self.assertEqual(answer.body["speed"], self.car()["state"]["motion-currentspeed"]["value"])
        self.assertEqual(self.last_request()["bodyBytes"], len("{}"))
        vehicle.request("POST", "tesla/charge/ammeter", {"amperage": 16})
        self.assertEqual(self.car()["state"]["charge-amperagerequested"]["value"], 16)

    # --- commands

    def test_commands(self):
        vehicle = self.vehicle()
        vehicle.command("security", {"action": "UNLOCK"})
        self.assertEqual(self.last_request()["bodyBytes"], len('{"action": "UNLOCK"}'))
        self.assertFalse(self.car()["state"]["closure-islocked"]["value"])
        vehicle.command("security", {"action": "LOCK"})
        self.assertTrue(self.car()["state"]["closure-islocked"]["value"])
        vehicle.command("charge", {"action": "START"})
        self.assertTrue(self.car()["state"]["charge-ischarging"]["value"])
        vehicle.command("charge", {"action": "STOP"})
        vehicle.command("charge/limit", {"limit": 0.7})
        self.assertEqual(self.car()["state"]["charge-chargelimits"]["activeLimit"], 70)
        vehicle.command("navigation/destination", {"latitude": 47.620506, "longitude": -122.351852})
        self.assertEqual(self.car()["destination"], {"latitude": 47.620506, "longitude": -122.351852})

    def test_refusals(self):
        vehicle = self.vehicle(scope=["read_charge", "control_charge"])
        error = self.assert_refused(409, "VEHICLE_STATE", "NOT_CHARGING", vehicle.command, "charge",
                                    {"action": "STOP"})
        self.assertEqual(error.resolution["type"], None)
        self.assertTrue(error.suggested_user_message)
        error = self.assert_refused(403, "PERMISSION", None, vehicle.read, "odometer")
        self.assertEqual(error.resolution["type"], "REAUTHENTICATE")
        error = self.assert_refused(400, "VALIDATION", None, vehicle.command, "charge/limit", {"limit": 0.3})
        self.assertEqual(error.detail[0]["field"], ["limit"])
        self.assert_refused(501, "COMPATIBILITY", "VEHICLE_NOT_CAPABLE", self.vehicle("ford-f-150-2021").read, "charge")
        self.assert_refused(404, "RESOURCE_NOT_FOUND", "PATH", vehicle.read, "wings")

    # --- batch, webhooks, disconnecting

    def test_batch(self):
        vehicle = self.vehicle(scope=["read_odometer", "read_vehicle_info"])
        answer = vehicle.batch(["/odometer", "/", "/location"])
        odometer, attributes, location = answer.body["responses"]
        self.assertEqual((odometer["code"], odometer["path"]), (200, "/odometer"))
        self.assertEqual(odometer["body"], vehicle.read("odometer").body)
        self.assertEqual(odometer["headers"]["sc-unit-system"], "metric")
        self.assertEqual((attributes["code"], attributes["headers"].get("sc-data-age")), (200, None))
        self.assertEqual((location["code"], location["body"]["type"], location["body"]["requestId"]),
                         (403, "PERMISSION", answer.meta["request-id"]))
        self.assert_refused(400, "VALIDATION", None, vehicle.batch, ["/odometer", "/wings"])

    def test_webhooks(self):
        webhook_id = self.sim("POST", "/webhooks", {"callbackUri": "http://127.0.0.1:9/webhooks"})["id"]
        vehicle = self.vehicle()
        self.assertEqual(vehicle.subscribe(webhook_id), (webhook_id, vehicle.vehicle_id))
        self.assert_refused(401, "AUTHENTICATION", None, vehicle.unsubscribe, "not-the-token", webhook_id)
        self.assertEqual(vehicle.unsubscribe(self.amt, webhook_id), "success")
        self.assertEqual(self.sim("GET", f"/webhooks/{webhook_id}")["subscriptions"], [])

    def test_disconnecting(self):
        vehicle = self.vehicle()
        self.assertEqual(vehicle.disconnect(), "success")
        self.assertEqual(self.last_request()["bodyBytes"], 0)
        self.assert_refused(403, "PERMISSION", None, vehicle.read, "odometer")
        self.assertFalse(self.car()["connected"])


if __name__ == "__main__":
    unittest.main()
