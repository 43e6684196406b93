#!/usr/bin/env python3
"""Measures the plans service against pgbench on the same rows, in turns, on one machine.

The peer submits by the statement of the service itself, as PostgreSQL logs it, so it cannot fall
behind what the service does, on as many connections as the service has. PostgreSQL writes through to the
disk (fsync) for both.
"""

import argparse
import json
import os
import pathlib
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[2]
BIN = pathlib.Path(os.environ["GONGKAI_BIN_DIR"])
COUNTIES, UNITS, TASKS, FIRST_YEAR = 160, 60, 42, 2000
PER_YEAR = COUNTIES * UNITS * TASKS
CLIENTS = 32
FOLLOWERS = 50
CHANGES = 300_000

# What stands for each parameter of the service's statements.
KEY = {1: ":division", 3: ":plan", 4: ":task", 5: ":unit", 6: "'RESPONSIBLE'"}
SUBMIT = {**KEY, 2: ":index", 7: "'{OPEN,RETURNED}'", 8: "null", 9: "'clerk'", 10: "'one-' || :index",
          11: "'submit'", 12: "1", 13: "'SUBMITTED'", 14: "''", 15: "'submit'"}


def say(text):
    print(text, file=sys.stderr, flush=True)


def run(*words, **options):
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True, check=False,
                          **options)
    if done.returncode != 0:
        sys.exit(f"{words[0]} failed:\n{done.stdout}{done.stderr}")
    return done.stdout


class Cluster:
    """A PostgreSQL of its own with one fresh database."""

    def __enter__(self):
        self._postgres("start")
        conninfo = self._postgres("conninfo").strip()
        run("psql", "-Xqd", f"{conninfo} dbname=postgres", "-c",
            "alter system set max_wal_size = '8GB'", "-c",
            "alter system set checkpoint_timeout = '30min'")
        self._postgres("stop")
        self.server = self._postgres("start").strip()
        self.conninfo = f"{self.server} dbname=bench"
        return self

    def __exit__(self, *_):
        self._admin("drop database if exists bench with (force)")
        self._postgres("stop")

    def fresh(self, years):
        self._admin("drop database if exists bench with (force)")
        self._admin("create database bench")
        run(BIN / "gongkai-plans", "migrate", "--database", self.conninfo)
        run("psql", "-Xqd", self.conninfo, "-v", "ON_ERROR_STOP=1", "-v", f"counties={COUNTIES}",
            "-v", f"units={UNITS}", "-v", f"tasks={TASKS}", "-v", f"years={years}",
            "-v", f"changes={CHANGES}", "-f", HERE / "dataset.sql")
        self._ask("checkpoint")

    def copy_out(self, tables, folder):
        for table in tables:
            run("psql", "-Xqd", self.conninfo, "-c", f"\\copy {table} to '{folder}/{table}'")

    def copy_in(self, tables, folder):
        """Seconds, without those of the triggers."""
        commands = []
        for table in tables:
            commands += ["-c", f"alter table {table} disable trigger user"]
        begin = ["-c", "begin"]
        copies = [word for table in tables
                  for word in ("-c", f"\\copy {table} from '{folder}/{table}'")]
        run("psql", "-Xqd", self.conninfo, "-v", "ON_ERROR_STOP=1", *commands)
        started = time.monotonic()
        run("psql", "-Xqd", self.conninfo, "-v", "ON_ERROR_STOP=1", *begin, *copies, "-c", "commit")
        return time.monotonic() - started

    def statements(self, prepare):
        """What the service prepares by name while `prepare()` runs, from the server's log."""
        size = int(self._ask("select size from pg_stat_file('server.log')"))
        self._log_statements("0")
        prepare()
        self._log_statements("-1")
        log = self._ask(f"select pg_read_file('server.log', {size}, 100000000)")
        return dict(re.findall(r"  parse (\w+): (.*?)(?=\n\d{4}-|\Z)", log, re.DOTALL))

    def _log_statements(self, least_milliseconds):
        self._ask(f"alter system set log_min_duration_statement = {least_milliseconds}")
        self._ask("select pg_reload_conf()")
        time.sleep(0.5)  # the service's connections read it before their next statement

    def _postgres(self, action):
        return run(ROOT / "scripts/postgres", action, "bench-postgres")

    def _admin(self, sql):
        run("psql", "-Xqd", f"{self.server} dbname=postgres", "-c", sql,
            env={**os.environ, "PGOPTIONS": "-c client_min_messages=warning"})

    def _ask(self, sql):
        return run("psql", "-XAtqd", self.conninfo, "-c", sql).strip()


def for_pgbench(statements, name, parameters):
    """That statement with what stands for its parameters."""
    sql = statements.get(name)
    if sql is None:
        sys.exit(f"the service prepared no statement {name}, but {sorted(statements)}")
    unknown = {int(n) for n in re.findall(r"\$(\d+)", sql)} ^ set(parameters)
    if unknown:
        sys.exit(f"the statement {name} has changed: say in {__file__} what stands for the "
                 f"parameters {sorted(unknown)}")
    return re.sub(r"\$(\d+)", lambda match: parameters[int(match[1])], sql) + ";\n"


class Service:
    def __init__(self, cluster):
        self._cluster = cluster

    def __enter__(self):
        self._log = tempfile.NamedTemporaryFile("r+")
        self._secrets = tempfile.TemporaryDirectory()
        keys = pathlib.Path(self._secrets.name) / "contact.keys"
        run(BIN / "gongkai-plans", "make-contact-key", "--contact-key-file", keys)
        self._process = subprocess.Popen(
            [BIN / "gongkai-plans", "serve", "--listen", "127.0.0.1:0", "--database",
             self._cluster.conninfo, "--connections", str(CLIENTS), "--auth", "none",
             "--contact-key-file", keys], stdout=self._log, stderr=self._log)
        deadline = time.monotonic() + 20
        while True:
            match = re.search(r'"address":"([^"]+)"', pathlib.Path(self._log.name).read_text())
            if match:
                self.address = match[1]
                return self
            if time.monotonic() > deadline or self._process.poll() is not None:
                sys.exit(pathlib.Path(self._log.name).read_text())
            time.sleep(0.05)

    def peak_memory(self):
        """The most memory that the service has had, in megabytes."""
        status = pathlib.Path(f"/proc/{self._process.pid}/status").read_text()
        return int(re.search(r"VmHWM:\s+(\d+)", status)[1]) / 1024

    def __exit__(self, *_):
        self._process.send_signal(signal.SIGTERM)
        self._process.wait()


class Bench:
    def __init__(self, cluster, service, years, seconds):
        self._cluster = cluster
        self._service = service
        self._years = years
        self._seconds = seconds
        self._next = 0

    def load(self, call, **options):
        words = [f"--{name}={value}" for name, value in options.items()]
        return json.loads(run(BIN / "gongkai-bench-plans-load", call, f"--address={self._service.address}",
                              f"--clients={options.pop('clients', CLIENTS)}",
                              f"--seconds={self._seconds}", f"--years={self._years}", *words))

    def submit(self):
        done = self.load("submit", first=self._take(), run=f"r{self._next}")
        return done

    def pgbench(self, sql):
        """Transactions a second; each client goes its own way through the occurrences."""
        script = (f"\\set k :k + {CLIENTS}\n\\set index :k + :client_id\n"
                  f"\\set division 990001 + :index % {COUNTIES}\n"
                  f"\\set plan {FIRST_YEAR + self._years - 1}01\n"
                  f"\\set task 1 + (:index / {COUNTIES}) % {TASKS}\n"
                  f"\\set unit 1 + (:index / {COUNTIES * TASKS}) % {UNITS}\n" + sql)
        with tempfile.NamedTemporaryFile("w", suffix=".sql") as file:
            file.write(script)
            file.flush()
            bin_dir = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin"))[-1]
            output = run(bin_dir / "pgbench", "-n", "-M", "prepared", "-c", CLIENTS, "-j", 2,
                         "-T", self._seconds, "-D", f"k={self._take() - CLIENTS}", "-f", file.name,
                         self._cluster.conninfo)
        failed = re.search(r"number of failed transactions: (\d+)", output)
        if failed and failed[1] != "0":
            sys.exit(output)
        return float(re.search(r"tps = ([\d.]+)", output)[1])

    def _take(self):
        """The first of a range of occurrences that nobody has submitted."""
        first = self._next
        self._next += PER_YEAR // 24
        if self._next > PER_YEAR:
            sys.exit("the newest plans have no open occurrence left: take fewer rounds")
        return first

    def follow(self):
        process = subprocess.Popen(
            [BIN / "gongkai-bench-plans-load", "follow", f"--address={self._service.address}",
             f"--clients={FOLLOWERS}"] + [f"--token={self._end()}"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert process.stdout.readline().strip() == "following"
        return process

    def _end(self):
        txid = run("psql", "-XAtqd", self._cluster.conninfo, "-c",
                   "select pg_snapshot_xmin(pg_current_snapshot())::text::bigint - 1").strip()
        return f"v1.{txid}.{2**63 - 1}"


def against_peers(bench, cluster, rounds):
    """Each ratio as the median over the rounds."""
    one = for_pgbench(cluster.statements(bench.submit), "change_occurrence", SUBMIT)
    bench.load("list")  # warms the cache, as the submissions did
    select = (HERE / "select_assignments.sql").read_text()
    six = (HERE / "six_statements.sql").read_text()
    seen = {}

    def note(name, value):
        seen.setdefault(name, []).append(value)

    for _ in range(rounds):
        submit = bench.submit()
        note("submit_per_s", submit["per_s"])
        note("submit_p99_ms", submit["p99_ms"])
        note("pgbench_one_statement_per_s", bench.pgbench(one))
        note("pgbench_six_statements_per_s", bench.pgbench(six))
        followers = bench.follow()
        followed = bench.submit()
        followers.communicate("")
        note("submit_with_50_followers_per_s", followed["per_s"])
        note("submit_with_50_followers_p99_ms", followed["p99_ms"])
        note("list_per_s", bench.load("list")["per_s"])
        note("pgbench_select_per_s", bench.pgbench(select))
        note("get_per_s", bench.load("get")["per_s"])
        note("empty_per_s", bench.load("empty")["per_s"])
        note("feed_per_s", bench.load("feed")["per_s"])
    ratios = {
        "submit_vs_one_statement": ("submit_per_s", "pgbench_one_statement_per_s"),
        "submit_vs_six_statements": ("submit_per_s", "pgbench_six_statements_per_s"),
        "list_vs_select": ("list_per_s", "pgbench_select_per_s"),
        # How many empty calls one GetTask costs.
        "get_vs_empty": ("empty_per_s", "get_per_s"),
        "p99_with_50_followers": ("submit_with_50_followers_p99_ms", "submit_p99_ms"),
    }
    figures = {name: statistics.median(a / b for a, b in zip(seen[one], seen[other]))
               for name, (one, other) in ratios.items()}
    figures.update({name: statistics.median(values) for name, values in seen.items()})
    return figures


# What an import of history writes, in the order of their foreign keys.
HISTORY = ["plan", "plan_revision", "task", "assignment", "occurrence", "change", "audit_entry"]


def against_copy(cluster, years, rounds):
    """The import of so many years, against COPY of the rows that it writes into the same tables.

    COPY gets the foreign keys and indexes, and not the triggers of the audit trail.
    """
    ratios, grown = [], []
    with tempfile.TemporaryDirectory() as folder:
        pathlib.Path(folder).chmod(0o755)
        for _ in range(rounds):
            cluster.fresh(0)
            with Service(cluster) as service:
                before = service.peak_memory()
                done = Bench(cluster, service, years, 0).load("history")
                grown.append(service.peak_memory() - before)
            cluster.copy_out(HISTORY, folder)
            cluster.fresh(0)
            copied = cluster.copy_in(HISTORY, folder)
            say(f"history: {done['seconds']:.1f} s, COPY {copied:.1f} s")
            ratios.append(copied / done["seconds"])
    return {"bulk_vs_copy": statistics.median(ratios), "bulk_per_s": done["per_s"],
            "bulk_memory_mb": statistics.median(grown)}


def alone(bench):
    """The service's calls without their peers."""
    bench.submit()
    submit = bench.submit()
    return {"submit_per_s": submit["per_s"], "submit_p99_ms": submit["p99_ms"],
            "list_per_s": bench.load("list")["per_s"], "get_per_s": bench.load("get")["per_s"],
            "feed_per_s": bench.load("feed")["per_s"]}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", action="append", type=int,
                        help="occurrences; given again: the calls alone at that size too")
    parser.add_argument("--seconds", type=int, default=5, help="of each measurement")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--history-years", type=int, default=1,
                        help="of every county, to be taken over from another system")
    parser.add_argument("--json", help="file for the result")
    options = parser.parse_args()
    rows = options.rows or [4_000_000]
    result = {}
    with Cluster() as cluster:
        for number, size in enumerate(rows):
            years = max(1, round(size / PER_YEAR))
            say(f"{years * PER_YEAR} occurrences")
            cluster.fresh(years)
            with Service(cluster) as service:
                bench = Bench(cluster, service, years, options.seconds)
                if number == 0:
                    result = against_peers(bench, cluster, options.rounds)
                    result["occurrences"] = years * PER_YEAR
                else:
                    result.setdefault("at", {})[years * PER_YEAR] = alone(bench)
        result.update(against_copy(cluster, options.history_years, options.rounds))
    for name, value in sorted(result.items()):
        print(f"{name:34} {value:12.2f}" if isinstance(value, (int, float)) else f"{name} {value}")
    if options.json:
        pathlib.Path(options.json).write_text(json.dumps(result, indent=2) + "\n")


if __name__ == "__main__":
    main()
