"""One trace from the HTTP request to the SQL statement, and on to the batch of the projector."""

import json
import os
import secrets
import unittest
import unittest.mock
import urllib.error
import urllib.request

from collector import CannotRunHere, Collector

from stack import Stack

COUNTY = "divisions/370126"
UNIT = "县财政局"


class TraceTestCase(unittest.TestCase):
    RATIO = None

    def setUp(self):
        try:
            self.collector = self.enterContext(Collector())
        except CannotRunHere as reason:
            self.skipTest(str(reason))
        self.enterContext(unittest.mock.patch.dict(os.environ, {
            "GONGKAI_OTLP_ENDPOINT": self.collector.address, "GONGKAI_TRACE_RATIO": self.RATIO}))
        self.stack = self.enterContext(Stack())

    def call(self, method, path, body=None, traceparent=None):
        """(status, trace id) of a request."""
        request = urllib.request.Request(
            f"{self.stack.address}/v1/{path}", method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json",
                     **({"traceparent": traceparent} if traceparent else {})})
        try:
            with urllib.request.urlopen(request, timeout=60) as response:
                return response.status, response.headers["X-Trace-Id"]
        except urllib.error.HTTPError as error:
            return error.code, error.headers["X-Trace-Id"]

    def only(self, spans):
        self.assertEqual(len(spans), 1, spans)
        return spans[0]


class WriteTest(TraceTestCase):
    RATIO = "1"

    def test_a_write_is_one_trace_down_to_sql_and_linked_from_the_batch_that_applies_it(self):
        trace, caller = secrets.token_hex(16), secrets.token_hex(8)
        status, told = self.call(
            "POST", f"{COUNTY}/units:batchCreate",
            {"units": [{"displayName": UNIT, "kind": "DEPARTMENT"}]},
            f"00-{trace}-{caller}-01")
        self.assertEqual((status, told), (200, trace))

        request = self.only(self.collector.wait_for(
            "the request is told", trace=trace, service="gongkai-gateway",
            kind="SPAN_KIND_SERVER"))
        self.assertEqual(request["parent"], caller)
        self.assertEqual(request["name"], "POST /v1/{parent=divisions/*}/units:batchCreate")
        self.assertEqual(request["attributes"], {
            "http.request.method": "POST", "http.response.status_code": "200",
            "http.route": "/v1/{parent=divisions/*}/units:batchCreate", "url.scheme": "http"})

        rpc = {"rpc.system.name": "grpc", "rpc.response.status_code": "OK",
               "rpc.method": "gongkai.plans.v1.Directory/BatchCreateUnits"}
        sent = self.only(self.collector.wait_for("the call is told", parent=request["id"]))
        self.assertEqual((sent["kind"], sent["service"], sent["attributes"]),
                         ("SPAN_KIND_CLIENT", "gongkai-gateway", rpc))
        handled = self.only(self.collector.wait_for("its answer is told", parent=sent["id"]))
        self.assertEqual((handled["kind"], handled["service"], handled["attributes"]),
                         ("SPAN_KIND_SERVER", "gongkai-plans", rpc))

        statements = self.collector.wait_for("the statements are told", parent=handled["id"])
        for statement in statements:
            self.assertEqual(statement["kind"], "SPAN_KIND_CLIENT")
            self.assertEqual(statement["attributes"], {
                "db.system.name": "postgresql", "db.query.summary": statement["name"]})
            self.assertRegex(statement["name"], "^[a-z_]+$")

        batch = self.only(self.collector.wait_for("the batch is told", links=[handled["id"]]))
        self.assertEqual((batch["kind"], batch["service"], batch["parent"]),
                         ("SPAN_KIND_CONSUMER", "gongkai-reporting", ""))
        self.assertNotEqual(batch["trace"], trace)
        self.assertTrue(self.collector.wait_for("its statements are told", parent=batch["id"]))
        self.assertNotIn(UNIT, json.dumps(self.collector.spans(), ensure_ascii=False))

    def test_what_the_caller_does_not_sample_is_not_told(self):
        trace = secrets.token_hex(16)
        self.call("GET", COUNTY, traceparent=f"00-{trace}-{secrets.token_hex(8)}-00")
        _, later = self.call("GET", COUNTY)
        # Spans leave each program in the order in which they ended.
        self.collector.wait_for("the gateway tells the later one", trace=later,
                                kind="SPAN_KIND_SERVER", service="gongkai-gateway")
        self.collector.wait_for("plans tells the later one", trace=later,
                                kind="SPAN_KIND_SERVER", service="gongkai-plans")
        self.assertEqual(self.collector.spans(trace=trace), [])


class FailureTest(TraceTestCase):
    RATIO = "0"

    def test_a_failure_is_told_though_nothing_is_sampled(self):
        status, fine = self.call("GET", COUNTY)
        self.assertEqual(status, 200)
        self.stack.kill("plans")
        status, failed = self.call("GET", COUNTY)
        self.assertEqual(status, 503)
        sent = self.only(self.collector.wait_for("the call is told", trace=failed,
                                                 kind="SPAN_KIND_CLIENT"))
        request = self.only(self.collector.wait_for("the request is told", trace=failed,
                                                    kind="SPAN_KIND_SERVER"))
        self.assertEqual(sent["parent"], request["id"])
        for span in (sent, request):
            self.assertEqual(span["status"], "STATUS_CODE_ERROR")
        self.assertEqual(sent["attributes"]["error.type"], "UNAVAILABLE")
        self.assertEqual(request["attributes"]["error.type"], "503")
        self.assertEqual(self.collector.spans(trace=fine), [])


if __name__ == "__main__":
    unittest.main()
