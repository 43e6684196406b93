"""Nothing acknowledged is lost and nothing is applied twice, whatever is killed or cut meanwhile.

GONGKAI_HISTORY_SECONDS sets how long; 30 by default.
"""

import os
import random
import signal
import subprocess
import time
import unittest

from history import History
from proxy import Proxy
from stack import ROOT, Stack, wait_until

SECONDS = float(os.environ.get("GONGKAI_HISTORY_SECONDS", "30"))


class Cluster:
    """A PostgreSQL that may be killed, and a proxy before it that stays at its address."""

    NAME = "history-postgres"

    def __enter__(self):
        self._start()
        self.proxy = Proxy(lambda: self._port)
        return self

    def __exit__(self, *_):
        self.proxy.close()
        self._run("stop")

    @property
    def server(self):
        return self._conninfo

    @property
    def through_proxy(self):
        return self._conninfo.replace(f"port={self._port}", f"port={self.proxy.port}")

    def kill(self):
        """As a power cut, but for the disk's own cache."""
        postmaster = int(self.ask("select pg_read_file('postmaster.pid')").splitlines()[0])
        os.kill(postmaster, signal.SIGKILL)
        wait_until("PostgreSQL is gone", lambda: not os.path.exists(f"/proc/{postmaster}"))

    def restart(self):
        self._start()

    def ask(self, sql):
        return subprocess.run(["psql", "-XAtq", "-d", f"{self._conninfo} dbname=postgres", "-c", sql],
                              check=True, capture_output=True, text=True, timeout=60).stdout.strip()

    def _start(self):
        self._conninfo = self._run("start")
        self._port = int(self._conninfo.split("port=")[1].split()[0])

    def _run(self, action):
        # Its processes outlive the script: they must not hold on to a pipe that is waited for.
        subprocess.run([ROOT / "scripts/postgres", action, self.NAME], check=True, timeout=120,
                       stdout=subprocess.DEVNULL)
        return subprocess.run([ROOT / "scripts/postgres", "conninfo", self.NAME], check=True,
                              capture_output=True, text=True, timeout=60).stdout.strip()


class ProxiedStack(Stack):
    """Its services reach PostgreSQL through the proxy."""

    def __init__(self, cluster):
        super().__init__(cluster.server)
        self._cluster = cluster

    def service_conninfo(self, name):
        return f"{self._cluster.through_proxy} dbname={self.database(name)}"

    def administer(self, statement):
        self._cluster.ask(statement)


class Troubles:
    """One after the other, each at least once."""

    def __init__(self, stack, cluster):
        self._stack, self._cluster = stack, cluster
        self._random = random.Random(7)

    def run(self, seconds):
        kinds = [self.cut_connections, self.end_connections, self.kill_plans, self.kill_postgres]
        deadline = time.monotonic() + seconds
        happened = {}
        while time.monotonic() < deadline or len(happened) < len(kinds):
            missing = [kind for kind in kinds if kind.__name__ not in happened]
            time.sleep(self._random.uniform(0.2, 1.2))
            kind = self._random.choice(missing or kinds[:1] * 5 + kinds)
            kind()
            happened[kind.__name__] = happened.get(kind.__name__, 0) + 1
        return happened

    def cut_connections(self):
        self._cluster.proxy.cut()

    def end_connections(self):
        self._cluster.ask("select pg_terminate_backend(pid) from pg_stat_activity "
                          "where datname like 'e2e%' and pid <> pg_backend_pid()")

    def kill_plans(self):
        self._stack.kill("plans")
        self._stack.start("plans")

    def kill_postgres(self):
        self._cluster.kill()
        self._cluster.restart()


class HistoryTest(unittest.TestCase):
    def test_no_acknowledged_write_is_lost_and_none_applied_twice(self):
        with Cluster() as cluster, ProxiedStack(cluster) as stack:
            with History(stack) as history:
                happened = Troubles(stack, cluster).run(SECONDS)
            stack.wait_until_ready()
            requests = history.check()
            done = sum(1 for request in requests.values() if request.answer)
            repeated = sum(1 for request in requests.values() if request.attempts > 1)
            print(f"{done} of {len(requests)} requests done, {repeated} sent more than once; "
                  f"{happened}", flush=True)
            # A history in which nothing happened proves nothing.
            self.assertGreater(done, 20)
            self.assertGreater(repeated, 0)


if __name__ == "__main__":
    unittest.main()
