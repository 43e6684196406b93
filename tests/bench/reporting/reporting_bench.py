#!/usr/bin/env python3
"""Measures the reporting service's figures against plain GROUP BY in the same PostgreSQL and against
DuckDB on the same rows, in one run."""

import argparse
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[2]
BIN = pathlib.Path(os.environ["GONGKAI_BIN_DIR"])
CLUSTER = "bench-reporting"
AS_OF = "2026-08-28"


def run(*words, **options):
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True, check=False,
                          **options)
    if done.returncode != 0:
        sys.exit(f"{words[0]} failed:\n{done.stdout}{done.stderr}")
    return done.stdout


def duckdb(folder):
    """How many milliseconds DuckDB takes; nothing, and a line that says why, where npm cannot bring
    it."""
    if not (HERE / "node_modules/@duckdb").is_dir():
        # Not `npm ci`: that wants the bindings of every platform, which not every registry has.
        installed = subprocess.run(["npm", "install", "--no-save", "--no-audit", "--no-fund"],
                                   cwd=HERE, capture_output=True, text=True, check=False)
        if installed.returncode != 0:
            why = [line for line in (installed.stdout + installed.stderr).splitlines()
                   if "error" in line]
            print("DuckDB is not measured, npm cannot install it:", *why[:5], sep="\n  ")
            return None
    return json.loads(run("node", HERE / "duckdb_overview.mjs", folder, 2026, AS_OF, 20))["median"]


def measure(arguments):
    server = run(ROOT / "scripts/postgres", "start", CLUSTER).strip()
    admin = ["psql", "-Xqd", f"{server} dbname=postgres", "-v", "ON_ERROR_STOP=1", "-c"]
    folder = tempfile.mkdtemp()
    try:
        run(*admin, "drop database if exists bench with (force)")
        run(*admin, "create database bench")
        measured = json.loads(
            run(BIN / "gongkai-bench-reporting", "--database", f"{server} dbname=bench",
                "--group-by", HERE / "figures_group_by.sql", "--export", folder,
                "--counties", arguments.counties, "--years", arguments.years,
                "--changes", arguments.changes, "--calls", arguments.calls))
        milliseconds = duckdb(folder)
        if milliseconds is not None:
            measured["duckdb_ms"] = milliseconds
            measured["vs_duckdb"] = milliseconds / measured["overview_ms"]
        run(*admin, "drop database bench with (force)")
        return measured
    finally:
        shutil.rmtree(folder)
        run(ROOT / "scripts/postgres", "stop", CLUSTER)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--counties", type=int, default=160)
    parser.add_argument("--years", type=int, default=1, help="of plans; 10 make 4 million occurrences")
    parser.add_argument("--changes", type=int, default=100_000)
    parser.add_argument("--calls", type=int, default=300, help="of each kind")
    parser.add_argument("--json", type=pathlib.Path)
    arguments = parser.parse_args()
    measured = {key: round(value, 2) for key, value in measure(arguments).items()}
    for key, value in measured.items():
        print(f"{key:26}{value:>14,}")
    if arguments.json:
        arguments.json.write_text(json.dumps(measured, indent=2) + "\n")


if __name__ == "__main__":
    main()
