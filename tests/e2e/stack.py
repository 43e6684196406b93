"""The three services as real processes, on free ports and with fresh databases.

    with Stack() as stack:
        stack.api.get("divisions/370124")
        stack.kill("plans")        # kill -9, as a crash would
        stack.start("plans")       # at the address that it had before

    with Stack(auth=True) as stack:      # callers must show who they are
        office = stack.api_of("COUNTY_OFFICE:divisions/370124")

GONGKAI_TEST_POSTGRES names the server (scripts/test starts one), GONGKAI_BIN_DIR the programs.
"""

import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import uuid

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "samples"))

from api import Api, ApiError  # noqa: E402  (the folder must be named first)

BIN = pathlib.Path(os.environ.get("GONGKAI_BIN_DIR", ROOT / "build/debug/bin"))
SERVICES = ("plans", "reporting", "gateway")
# The programs run under the sanitizers, on a machine that is busy with other tests.
LIMIT = 60


def wait_until(what, condition, limit=LIMIT):
    """The first true answer of `condition`; fails with `what` after `limit` seconds."""
    deadline = time.monotonic() + limit
    while True:
        answer = condition()
        if answer:
            return answer
        if time.monotonic() > deadline:
            raise AssertionError(f"after {limit} seconds still not: {what}")
        time.sleep(0.02)


class Stack:
    def __init__(self, server=None, auth=False):
        """`server`: a connection string; that of GONGKAI_TEST_POSTGRES by default."""
        self._auth = auth
        self._server = server or os.environ["GONGKAI_TEST_POSTGRES"]
        self._suffix = uuid.uuid4().hex[:12]
        self._logs = pathlib.Path(tempfile.mkdtemp(prefix="gongkai-e2e-"))
        self._contact_keys = self._logs / "contact.keys"
        self._session_key = self._logs / "session.key"
        self._session_key_set = self._logs / "session.jwks"
        self._reporting_token = self._logs / "reporting.token"
        self._processes = {}
        self._addresses = {}
        self._log_of = {}
        self._starts = 0
        self.address = None
        self.api = None

    def __enter__(self):
        try:
            for name in ("plans", "reporting"):
                self.administer(f"create database {self.database(name)}")
                self._migrate(name)
            subprocess.run(
                [BIN / "gongkai-plans", "make-contact-key", "--contact-key-file",
                 self._contact_keys],
                check=True, timeout=LIMIT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            )
            if self._auth:
                self.run_plans("make-session-key", "--session-key-file", self._session_key,
                               "--jwks-file", self._session_key_set)
                self._reporting_token.write_text(self.token("SYSTEM_CLIENT"))
            for name in SERVICES:
                self.start(name)
            self.address = f"http://{self._addresses['gateway']}"
            self.api = self.api_of("SYSTEM_CLIENT") if self._auth else Api(self.address)
            self.wait_until_ready()
        except BaseException:
            self.__exit__(*sys.exc_info())
            raise
        return self

    def __exit__(self, kind, error, trace):
        if self.api is not None:
            self.api.close()
        for name in reversed(SERVICES):
            if self._alive(name):
                self.kill(name)
        if kind is not None:
            self._print_logs()
        for name in ("plans", "reporting"):
            self.administer(f"drop database if exists {self.database(name)} with (force)")
        shutil.rmtree(self._logs)

    def start(self, name):
        """Returns once the service listens, at its address of before if it had one."""
        self._starts += 1
        log = self._logs / f"{self._starts:02}-{name}.log"
        self._log_of[name] = log
        with open(log, "wb") as output:
            self._processes[name] = subprocess.Popen(
                [BIN / f"gongkai-{name}", *self._words(name)],
                stdin=subprocess.DEVNULL, stdout=output, stderr=output,
                env=self._environment(name),
            )
        self._addresses[name] = wait_until(
            f"{name} listens", lambda: self._listening_address(name)
        )

    def kill(self, name):
        """As a crash: nothing is drained, nothing is flushed."""
        self._processes[name].send_signal(signal.SIGKILL)
        self._processes[name].wait()

    def terminate(self, name):
        """The exit code after SIGTERM."""
        self._processes[name].send_signal(signal.SIGTERM)
        return self._processes[name].wait(timeout=LIMIT)

    def restart(self, name):
        self.kill(name)
        self.start(name)
        self.wait_until_ready()

    def move_to(self, server):
        """Goes on at another database server, which has the databases already."""
        for name in reversed(SERVICES):
            if self._alive(name):
                self.kill(name)
        self._server = server
        for name in SERVICES:
            self.start(name)
        self.wait_until_ready()

    def run_plans(self, *words):
        """What a command of gongkai-plans prints."""
        done = subprocess.run(
            [BIN / "gongkai-plans", *words], env=self._environment("plans"), capture_output=True,
            text=True, timeout=LIMIT, check=False,
        )
        if done.returncode != 0:
            raise AssertionError(f"gongkai-plans {words[0]} failed: {done.stdout}{done.stderr}")
        return done.stdout.strip()

    def token(self, *grants, subject="tester"):
        """A token with those grants: `COUNTY_OFFICE:divisions/370124`."""
        words = [word for grant in grants for word in ("--grant", grant)]
        return self.run_plans("make-token", "--session-key-file", self._session_key, "--account",
                              subject, *words)

    def api_of(self, *grants, subject="tester"):
        return Api(self.address, token=self.token(*grants, subject=subject))

    def grpc_address(self, name):
        return self._addresses[name]

    def logged(self, name, event):
        """The first line of the log of the service, as it runs now, with this event; or None."""
        for line in self._log_of[name].read_text("utf-8", "replace").splitlines():
            if line.startswith("{") and f'"{event}"' in line:
                found = json.loads(line)
                if found.get("event") == event:
                    return found
        return None

    def wait_until_ready(self):
        wait_until("the gateway reaches every service", self._ready)

    def figures_as_of(self, moment):
        """Waits until the figures hold everything that was committed before `moment`."""
        wait_until("the figures follow the feed", lambda: self._projected() > moment)

    def database(self, name):
        return f"e2e_{name}_{self._suffix}"

    def service_conninfo(self, name):
        """How a service reaches its database."""
        return f"{self._server} dbname={self.database(name)}"

    def administer(self, statement):
        subprocess.run(
            ["psql", "-XAtq", "-v", "ON_ERROR_STOP=1", "-d", f"{self._server} dbname=postgres",
             "-c", statement],
            check=True, timeout=LIMIT, stdout=subprocess.DEVNULL,
            env={**os.environ, "PGOPTIONS": "-c client_min_messages=warning"},
        )

    def _projected(self):
        try:
            return self.api.get("projection").get("currentAsOf", "")
        except (ApiError, OSError):
            return ""

    def _ready(self):
        try:
            return self.api.call("GET", "/readyz")
        except (ApiError, OSError):
            return None

    def _alive(self, name):
        return name in self._processes and self._processes[name].poll() is None

    def _words(self, name):
        words = ["--listen", self._addresses.get(name, "127.0.0.1:0")]
        if name == "plans":
            auth = (["--auth", "jwt", "--session-key-file", self._session_key] if self._auth
                    else ["--auth", "none"])
            return ["serve", *words, *auth, "--contact-key-file", self._contact_keys]
        if name == "reporting":
            auth = (["--auth", "jwt", "--jwks", self._session_key_set, "--issuer", "gongkai",
                     "--audience", "gongkai", "--plans-token-file", self._reporting_token]
                    if self._auth else ["--auth", "none"])
            return ["serve", *words, *auth, "--plans", self._addresses["plans"]]
        return [*words, "--upstream", f"gongkai.plans.v1={self._addresses['plans']}",
                "--upstream", f"gongkai.reporting.v1={self._addresses['reporting']}"]

    def _environment(self, name):
        own = {} if name == "gateway" else {
            f"GONGKAI_{name.upper()}_DATABASE": self.service_conninfo(name)
        }
        return {**os.environ, **own}

    def _listening_address(self, name):
        if listening := self.logged(name, "listening"):
            return listening["address"]
        if not self._alive(name):
            raise AssertionError(
                f"gongkai-{name} ended with {self._processes[name].returncode} while starting"
            )
        return None

    def _migrate(self, name):
        done = subprocess.run(
            [BIN / f"gongkai-{name}", "migrate"], env=self._environment(name),
            capture_output=True, text=True, timeout=LIMIT, check=False,
        )
        if done.returncode != 0:
            raise AssertionError(f"gongkai-{name} migrate failed: {done.stdout}{done.stderr}")

    def _print_logs(self):
        for log in sorted(self._logs.glob("*.log")):
            lines = log.read_text("utf-8", "replace").splitlines()[-15:]
            print(f"--- {log.name}", *lines, sep="\n", file=sys.stderr)
