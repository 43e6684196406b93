"""Every query of every dashboard and rule, against a real Prometheus that scraped the real programs."""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
import unittest.mock
import urllib.error
import urllib.parse
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/e2e"))

from stack import LIMIT, Stack, wait_until  # noqa: E402  (the folder must be named first)
from walk import Walk  # noqa: E402

DASHBOARDS = sorted((ROOT / "deploy/dashboards").glob("*.json"))
RULES = ROOT / "deploy/alerts/gongkai.rules.yaml"
NEEDS = "Prometheus is not here: scripts/setup prometheus"


class Prometheus:
    """A server of its own that scrapes `targets`, {job: address}, each second."""

    def __init__(self, targets):
        self._targets = targets

    def __enter__(self):
        self._folder = pathlib.Path(tempfile.mkdtemp(prefix="gongkai-prometheus-"))
        jobs = [{"job_name": job, "static_configs": [{"targets": [address]}]}
                for job, address in self._targets.items()]
        # JSON is YAML.
        (self._folder / "prometheus.yml").write_text(json.dumps(
            {"global": {"scrape_interval": "1s", "evaluation_interval": "1s"},
             "rule_files": [str(RULES)], "scrape_configs": jobs}))
        self._log = open(self._folder / "log", "wb")
        self._process = subprocess.Popen(
            ["prometheus", f"--config.file={self._folder}/prometheus.yml",
             f"--storage.tsdb.path={self._folder}/data", "--web.listen-address=127.0.0.1:0"],
            stdout=self._log, stderr=self._log, stdin=subprocess.DEVNULL)
        self.url = wait_until("Prometheus listens", self._listening)
        wait_until("Prometheus is ready", self._ready)
        return self

    def __exit__(self, *_):
        self._process.kill()
        self._process.wait()
        self._log.close()
        shutil.rmtree(self._folder)

    def query(self, expression):
        """The series of the answer."""
        query = urllib.parse.urlencode({"query": expression})
        try:
            with urllib.request.urlopen(f"{self.url}/api/v1/query?{query}", timeout=LIMIT) as answer:
                return json.load(answer)["data"]["result"]
        except urllib.error.HTTPError as error:
            raise AssertionError(f"{expression}: {error.read().decode()}") from error

    def _ready(self):
        try:
            with urllib.request.urlopen(f"{self.url}/-/ready", timeout=LIMIT):
                return True
        except urllib.error.HTTPError:
            return False

    def _listening(self):
        found = re.search(r'Listening on"? address=(\S+)',
                          (self._folder / "log").read_text("utf-8", "replace"))
        return found and f"http://{found.group(1)}"


def panels():
    """(dashboard and panel, query) for every query."""
    for file in DASHBOARDS:
        for panel in json.loads(file.read_text("utf-8"))["panels"]:
            for target in panel["targets"]:
                yield f"{file.stem}: {panel['title']}", target["expr"].replace("$job", ".*")


def metrics_of_rules():
    """Every metric of the programs that a rule names."""
    return sorted(set(re.findall(r"\bgongkai_\w+|\bup\b(?=\{)", RULES.read_text("utf-8"))))


class DashboardTest(unittest.TestCase):
    def test_no_panel_is_empty_and_no_rule_asks_for_what_is_not_there(self):
        if not shutil.which("prometheus"):
            self.skipTest(NEEDS)
        self.enterContext(unittest.mock.patch.dict(os.environ, {
            f"GONGKAI_{name}_METRICS_LISTEN": "127.0.0.1:0" for name in ("PLANS", "REPORTING")}))
        stack = self.enterContext(Stack())
        prometheus = self.enterContext(Prometheus({
            "gongkai-gateway": stack.grpc_address("gateway"),
            "gongkai-plans": stack.logged("plans", "metrics")["address"],
            "gongkai-reporting": stack.logged("reporting", "metrics")["address"]}))
        wait_until("all are scraped", lambda: len(prometheus.query("up == 1")) == 3)
        walk = Walk(stack)
        for step in walk.steps():
            walk.take(step)
        walk.overview()
        for name, query in panels():
            with self.subTest(panel=name, query=query):
                # A rate needs two scrapes of a series.
                answer = wait_until(f"{name} shows something: {query}",
                                    lambda query=query: prometheus.query(query))
                self.assertTrue(any(series["value"][1] != "NaN" for series in answer), answer)
        for metric in metrics_of_rules():
            with self.subTest(metric=metric):
                self.assertTrue(prometheus.query(metric), metric)


class RulesTest(unittest.TestCase):
    def test_alerts_fire_when_they_should_and_not_before(self):
        if not shutil.which("promtool"):
            self.skipTest(NEEDS)
        tests = RULES.parent / "gongkai.tests.yaml"
        done = subprocess.run(["promtool", "test", "rules", tests], capture_output=True, text=True,
                              timeout=LIMIT, check=False)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        alerts = re.findall(r"^ +- alert: (\w+)$", RULES.read_text("utf-8"), re.MULTILINE)
        # Each is seen to fire.
        fired = set(re.findall(r"alertname: (\w+)\n +eval_time: \w+\n +exp_alerts:\n",
                               tests.read_text("utf-8")))
        self.assertEqual(set(alerts), fired)


if __name__ == "__main__":
    unittest.main()
