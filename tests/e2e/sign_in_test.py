"""Signing in over HTTP, and what a token is good for, through all three services.

    GONGKAI_TEST_POSTGRES=… python3 tests/e2e/sign_in_test.py
"""

import json
import re
import unittest
import urllib.error
import urllib.request

from stack import Stack, wait_until

COUNTY = "divisions/370124"
NEIGHBOUR = "divisions/370125"
UNITS = {"units": [{"displayName": name, "kind": "DEPARTMENT"} for name in
                   ("县政府办公室", "县财政局")]}


class SignInTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.stack = Stack(auth=True).__enter__()
        cls.password = cls.stack.run_plans(
            "make-account", "--account", "qinghe", "--display-name", "青禾县政务公开办",
            "--grant", f"COUNTY_OFFICE:{COUNTY}")

    @classmethod
    def tearDownClass(cls):
        cls.stack.__exit__(None, None, None)

    def exchange(self, method, path, body=None, token=None, headers=()):
        """Status and JSON body."""
        request = urllib.request.Request(
            f"{self.stack.address}/v1/{path}", method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json", **dict(headers),
                     **({"Authorization": f"Bearer {token}"} if token else {})})
        try:
            with urllib.request.urlopen(request, timeout=60) as response:
                return response.status, json.load(response)
        except urllib.error.HTTPError as error:
            return error.code, json.load(error)

    def sign_in(self):
        status, session = self.exchange(
            "POST", "sessions", {"account": "qinghe", "password": self.password})
        self.assertEqual(status, 200, session)
        return session

    def test_a_session_begins_and_ends(self):
        session = self.sign_in()
        self.assertEqual(session["displayName"], "青禾县政务公开办")
        self.assertEqual(session["grants"], [{"role": "COUNTY_OFFICE", "division": COUNTY}])
        token = session["accessToken"]
        status, current = self.exchange("GET", "sessions/current", token=token)
        self.assertEqual((status, current["account"]), (200, "qinghe"))
        self.assertNotIn("accessToken", current)
        self.assertEqual(self.exchange("DELETE", "sessions/current", token=token)[0], 200)
        self.assertEqual(self.exchange("GET", "sessions/current", token=token)[0], 401)

    def test_without_a_token_nothing_is_told(self):
        for path in ("sessions/current", COUNTY, f"{COUNTY}/units", f"{COUNTY}/overview"):
            self.assertEqual(self.exchange("GET", path)[0], 401, path)
            self.assertEqual(self.exchange("GET", path, token="a.b.c")[0], 401, path)
        status, error = self.exchange(
            "GET", f"{COUNTY}/units", headers={"X-Gongkai-Actor": "root"}.items())
        self.assertEqual(status, 401, error)

    def test_no_method_of_any_service_answers_without_a_token(self):
        with urllib.request.urlopen(f"{self.stack.address}/openapi.json", timeout=60) as response:
            paths = json.load(response)["paths"]
        asked = 0
        for template, methods in paths.items():
            path = re.sub(r"{[^}]*}", "1", template).removeprefix("/v1/")
            for method in methods.keys() & {"get", "post", "patch", "put", "delete"}:
                if (method, template) == ("post", "/v1/sessions"):
                    continue
                body = None if method in ("get", "delete") else {}
                status, _ = self.exchange(method.upper(), path, body)
                self.assertEqual(status, 401, f"{method} {template}")
                asked += 1
        self.assertGreater(asked, 150)

    def test_a_wrong_password_is_refused(self):
        status, error = self.exchange(
            "POST", "sessions", {"account": "nobody", "password": "Wrong-Word-1"})
        self.assertEqual(status, 401)
        self.assertEqual(error["details"][0]["reason"], "WRONG_PASSWORD")

    def test_a_token_reaches_its_county_in_both_services(self):
        token = self.sign_in()["accessToken"]
        self.assertEqual(
            self.exchange("POST", f"{COUNTY}/units:batchCreate", UNITS, token=token)[0], 200)
        self.assertEqual(
            self.exchange("POST", f"{NEIGHBOUR}/units:batchCreate", UNITS, token=token)[0], 404)
        # Reporting has followed the feed with a token of its own.
        wait_until("reporting knows the county", lambda: self.exchange(
            "GET", f"{COUNTY}/overview", token=token)[0] == 200)
        self.assertEqual(self.exchange("GET", f"{NEIGHBOUR}/overview", token=token)[0], 404)
        self.assertEqual(self.exchange("GET", "divisions/370000/overview", token=token)[0], 404)

    def test_the_neighbour_looks_like_what_does_not_exist(self):
        token = self.sign_in()["accessToken"]
        answers = [self.exchange("GET", f"{division}/plans/202601", token=token)
                   for division in (COUNTY, NEIGHBOUR)]
        texts = [(status, error["message"].split(" ", 1)[1], error["details"][0]["reason"])
                 for status, error in answers]
        self.assertEqual(texts[0], texts[1])
        self.assertEqual(texts[0][0], 404)

    def test_two_tokens_are_none(self):
        token = self.sign_in()["accessToken"]
        status, _ = self.exchange("GET", f"{COUNTY}/units", token=token,
                                  headers={"Grpc-Metadata-Authorization": f"Bearer {token}"}.items())
        self.assertEqual(status, 401)


if __name__ == "__main__":
    unittest.main()
