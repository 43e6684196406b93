"""The metrics of the real programs: what they are called, and that they count."""

import os
import pathlib
import re
import sys
import unittest
import unittest.mock
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/e2e"))

from stack import Stack, wait_until  # noqa: E402  (the folder must be named first)
from walk import Walk  # noqa: E402

NAMES = ROOT / "tests/testdata/telemetry"
# Labels whose values are the program's own and few; of the others only the name is compared.
SHOWN = ("pool",)


def scrape(address, path="/metrics"):
    with urllib.request.urlopen(f"http://{address}{path}", timeout=60) as response:
        return response.read().decode()


def samples(text):
    """(name, {label: value}, value) of every line."""
    for line in text.splitlines():
        if line and not line.startswith("#"):
            name, labels, value = re.fullmatch(r"(\w+)(?:\{(.*)\})? (\S+)", line).groups()
            yield name, dict(re.findall(r'(\w+)="([^"]*)"', labels or "")), float(value)


def outline(text):
    """Each metric with its type and labels, without numbers, as the files under NAMES have it."""
    kinds = dict(re.findall(r"^# TYPE (\w+) (\w+)$", text, re.MULTILINE))
    lines = set()
    for name, labels, _ in samples(text):
        family = name if name in kinds else re.sub("_(bucket|sum|count)$", "", name)
        words = [f"{label}={value}" if label in SHOWN else label
                 for label, value in sorted(labels.items()) if label not in ("le", "quantile")]
        lines.add(" ".join([family, kinds[family], *words]))
    return sorted(lines)


class MetricsTest(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.enterContext(unittest.mock.patch.dict(os.environ, {
            f"GONGKAI_{name}_METRICS_LISTEN": "127.0.0.1:0" for name in ("PLANS", "REPORTING")}))
        self.stack = self.enterContext(Stack())
        self.addresses = {name: self.stack.logged(name, "metrics")["address"]
                          for name in ("plans", "reporting")}

    def value(self, service, metric, **labels):
        return sum(value for name, found, value in samples(scrape(self.addresses[service]))
                   if name == metric and labels.items() <= found.items())

    def test_names_and_labels_are_those_that_dashboards_know(self):
        walk = Walk(self.stack)
        for step in walk.steps():
            walk.take(step)
        walk.overview()
        for name in ("plans", "reporting"):
            with self.subTest(service=name):
                expected = (NAMES / f"{name}_metrics.txt").read_text("utf-8").splitlines()
                self.assertEqual(outline(scrape(self.addresses[name])), expected)
        with self.subTest(service="gateway"):
            expected = (NAMES / "gateway_metrics.txt").read_text("utf-8").splitlines()
            self.assertEqual(outline(scrape(self.stack.grpc_address("gateway"))), expected)

    def test_calls_are_counted_by_method_and_code(self):
        walk = Walk(self.stack)
        walk.take(walk.add_units)
        method = "gongkai.plans.v1.Directory/BatchCreateUnits"
        self.assertEqual(
            self.value("plans", "gongkai_rpc_calls_total", method=method, code="OK"), 1)
        self.assertEqual(
            self.value("plans", "gongkai_rpc_call_duration_seconds_count", method=method), 1)
        with self.assertRaises(Exception):
            self.stack.api.get("divisions/999999")
        wait_until("the failure is counted", lambda: self.value(
            "plans", "gongkai_rpc_calls_total", method="gongkai.plans.v1.Directory/GetDivision",
            code="NOT_FOUND") == 1)
        # Probes of health are no method of the contract.
        wait_until("the gateway's probes are counted", lambda: self.value(
            "plans", "gongkai_rpc_calls_total", method="other") >= 1)
        self.assertEqual(
            self.value("plans", "gongkai_rpc_streams_open",
                       method="gongkai.plans.v1.ChangeFeed/Watch"), 1)

    def test_the_projection_tells_how_fresh_it_is(self):
        walk = Walk(self.stack)
        walk.take(walk.add_units)
        walk.take(walk.upload)
        walk.take(walk.issue)
        walk.overview()
        self.assertEqual(self.value("reporting", "gongkai_projection_leads"), 1)
        self.assertGreater(self.value("reporting", "gongkai_projection_changes_total"), 0)
        before = self.value("reporting", "gongkai_projection_as_of_timestamp_seconds")
        self.assertGreater(before, 0)
        self.stack.kill("plans")
        wait_until("the projection is held up", lambda: self.value(
            "reporting", "gongkai_projection_failures_total") > 0
            and self.value("reporting", "gongkai_projection_leads") == 0)


if __name__ == "__main__":
    unittest.main()
