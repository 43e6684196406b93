"""A year's work by many at once, and what must be true of it afterwards.

Each request is sent under a request_id of its own, again and again until its outcome is known, and
with that id as the actor: so the feed tells of every change which request made it.
"""

import collections
import http.client
import json
import random
import threading
import time
import uuid

from stack import wait_until

COUNTY = "divisions/370126"
UNITS = 10

# The states that each action is allowed from, and where it leads; None: where it was.
ACTIONS = {
    "claim": ({"ASSIGNED"}, "CLAIMED"),
    "fileMeasures": ({"CLAIMED"}, "FILED"),
    "report": ({"OPEN", "RETURNED"}, None),
    "submit": ({"OPEN", "RETURNED"}, "SUBMITTED"),
    "return": ({"SUBMITTED"}, "RETURNED"),
    "verify": ({"SUBMITTED"}, "VERIFIED"),
}
# How often each is tried. Few are verified, so that the work does not come to its end.
CHOICES = ["claim"] * 3 + ["fileMeasures"] * 2 + ["report"] * 6 + ["submit"] * 6 + \
    ["return"] * 5 + ["verify"]
REFUSALS = ("STATE_NOT_ALLOWED", "ASSIGNMENT_NOT_CLAIMED")


class Request:
    def __init__(self, action, target):
        self.id = str(uuid.uuid4())
        self.action = action
        self.target = target
        self.attempts = 0
        self.answer = None   # of success
        self.refusal = None  # the reason

    def path_and_body(self):
        body = {"requestId": self.id}
        if self.action == "report":
            # The text tells reports apart; the id is not part of the resource's JSON body.
            return (f"{self.target}/progressReports?requestId={self.id}", {"text": self.id})
        if self.action == "fileMeasures":
            body.update(measures="每月核对。", section="办公室", person="甲某", contact="13800001234")
        if self.action == "return":
            body["comment"] = "缺少佐证材料。"
        return f"{self.target}:{self.action}", body


class Worker:
    """One clerk: a request at a time, each to its end."""

    def __init__(self, address, assignments, occurrences, seed):
        host, port = address.removeprefix("http://").split(":")
        self._host, self._port = host, int(port)
        self._assignments, self._occurrences = assignments, occurrences
        self._random = random.Random(seed)
        self._connection = None
        self.requests = []

    def run(self, stopped):
        try:
            self._run(stopped)
        finally:
            self._disconnect()

    def _run(self, stopped):
        while not stopped.is_set():
            done = [request for request in self.requests[-50:] if request.answer]
            if done and self._random.random() < 0.1:
                self._ask_again(self._random.choice(done))
                continue
            action = self._random.choice(CHOICES)
            targets = self._assignments if action in ("claim", "fileMeasures") else self._occurrences
            # The first ones more often: writers must meet.
            place = int(len(targets) * self._random.random() ** 2)
            request = Request(action, targets[place])
            self.requests.append(request)
            self._send(request)

    def _send(self, request, limit=120):
        deadline = time.monotonic() + limit
        while True:
            request.attempts += 1
            status, body = self._exchange(request)
            if status == 200:
                request.answer = body
                return
            reason = next((detail.get("reason") for detail in body.get("details", [])
                           if "reason" in detail), None)
            if reason in REFUSALS:
                request.refusal = reason
                return
            assert status in (None, 429, 503, 504), f"{request.action}: HTTP {status}: {body}"
            assert time.monotonic() < deadline, f"no outcome of {request.action}: {status} {body}"
            time.sleep(self._random.uniform(0.01, 0.2))

    def _ask_again(self, request):
        """An acknowledged request is answered as it was the first time, whatever came after."""
        again = Request(request.action, request.target)
        again.id = request.id
        self._send(again)
        assert again.answer == request.answer, (again.answer or again.refusal, request.answer)

    def _exchange(self, request):
        path, body = request.path_and_body()
        try:
            if self._connection is None:
                self._connection = http.client.HTTPConnection(self._host, self._port, timeout=30)
            self._connection.request("POST", "/v1/" + path, json.dumps(body).encode(), {
                "Content-Type": "application/json", "x-gongkai-actor": request.id})
            response = self._connection.getresponse()
            return response.status, json.loads(response.read())
        except (OSError, http.client.HTTPException, ValueError):
            self._disconnect()
            return None, {}

    def _disconnect(self):
        if self._connection is not None:
            self._connection.close()
            self._connection = None


class History:
    """Prepares a plan, lets workers at it, and checks what is left."""

    def __init__(self, stack, workers=8):
        self._stack = stack
        self._api = stack.api
        self._year = time.gmtime().tm_year
        self._prepare()
        self._workers = [Worker(stack.address, self._assignments, self._occurrences, seed)
                         for seed in range(workers)]
        self._stopped = threading.Event()
        self._problems = []
        self._threads = [threading.Thread(target=self._work, args=(worker,))
                         for worker in self._workers]

    def __enter__(self):
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_):
        """Every request has its outcome afterwards."""
        self._stopped.set()
        for thread in self._threads:
            thread.join()
        if self._problems:
            raise self._problems[0]

    def _work(self, worker):
        try:
            worker.run(self._stopped)
        except Exception as problem:  # handed to the thread that waits
            self._problems.append(problem)
            self._stopped.set()

    def _prepare(self):
        names = [f"县第{n}局" for n in range(1, UNITS + 1)]
        self._api.post(f"{COUNTY}/units:batchCreate", {
            "units": [{"displayName": name, "kind": "DEPARTMENT"} for name in names]})
        plan = self._api.post(f"{COUNTY}/plans", {
            "title": "政务公开工作方案", "year": self._year, "tasks": [{
                "ordinal": "1", "title": "公开目录", "requirement": "更新目录。",
                "due": {"kind": "RECURRING", "cadence": "MONTHLY"},
                "units": [{"text": name, "role": "RESPONSIBLE", "kind": "UNIT"} for name in names],
            }]})["name"]
        self._api.post(f"{plan}:issue", {"issueDate": f"{self._year}-01-01"})
        self._assignments = [item["name"] for item in self._api.items(
            f"{plan}/tasks/1/assignments", "assignments")]
        self._occurrences = [item["name"] for item in self._api.items(
            f"{plan}/tasks/1/assignments/-/occurrences", "occurrences")]

    def check(self):
        """Raises an AssertionError that tells which promise was broken."""
        requests = {request.id: request for worker in self._workers for request in worker.requests}
        changes = self._feed()
        self._check_each_applied_once(requests, changes)
        self._check_acknowledged(requests, changes)
        self._check_transitions(requests, changes)
        self._check_reports(requests)
        self._check_tables(changes)
        self._check_figures()
        return requests

    def _feed(self):
        """Every change of the work, in the feed's order: (kind, resource, actor)."""
        lines = self._api.call("GET", "/v1/changes:watch",
                               {"untilCurrent": "true", "division": COUNTY}).splitlines()
        changes = []
        for batch in map(json.loads, lines):
            for change in batch.get("result", batch).get("changes", []):
                for kind in ("assignment", "occurrence"):
                    if kind in change:
                        changes.append((kind, change[kind], change.get("actor")))
        return changes

    @staticmethod
    def _check_each_applied_once(requests, changes):
        applied = collections.Counter(actor for _, _, actor in changes if actor in requests)
        for request in requests.values():
            times = applied[request.id]
            if request.answer:
                assert times == 1, f"{request.action} was acknowledged and applied {times} times"
            elif request.attempts == 1:
                assert times == 0, f"{request.action} was refused and applied"
            else:
                # Of an attempt whose answer was lost nobody knows whether it came before the refusal.
                assert times <= 1, f"{request.action} was applied {times} times"

    @staticmethod
    def _check_acknowledged(requests, changes):
        """What was answered is what the feed tells: state and revision."""
        told = {actor: resource for _, resource, actor in changes}
        for request in requests.values():
            if request.answer and request.action != "report":
                for field in ("name", "state", "revision"):
                    assert request.answer[field] == told[request.id][field], request.answer

    @staticmethod
    def _check_transitions(requests, changes):
        """Each resource went through every revision, and each step was allowed."""
        last = {}
        for _, resource, actor in changes:
            name, state, revision = resource["name"], resource["state"], resource["revision"]
            if name in last:
                before, number = last[name]
                assert revision == number + 1, f"{name}: {revision} follows {number}"
                allowed, to = ACTIONS[requests[actor].action]
                assert before in allowed, f"{name}: {requests[actor].action} from {before}"
                assert state == (to or before), f"{name}: {before} became {state}"
            else:
                assert revision == 1, f"{name} begins with revision {revision}"
            last[name] = (state, revision)

    def _check_reports(self, requests):
        expected = collections.defaultdict(set)
        for request in requests.values():
            if request.action == "report" and request.answer:
                expected[request.target].add(request.id)
        for occurrence in self._occurrences:
            listed = self._api.get(f"{occurrence}/progressReports").get("progressReports", [])
            texts = [report["text"] for report in listed]
            assert len(texts) == len(set(texts)), f"{occurrence} has a report twice"
            lost = expected[occurrence] - set(texts)
            assert not lost, f"{occurrence} has lost {lost}"

    def _check_tables(self, changes):
        """Folded, the feed is what the lists answer."""
        folded = {resource["name"]: resource for _, resource, _ in changes}
        listed = {}
        for path, field in ((f"{COUNTY}/plans/-/tasks/-/assignments", "assignments"),
                            (f"{COUNTY}/plans/-/tasks/-/assignments/-/occurrences", "occurrences")):
            for item in self._api.items(path, field):
                # Nothing about persons is in the feed.
                for private in ("person", "contact"):
                    item.pop(private, None)
                listed[item["name"]] = item
        assert folded == listed, "the feed is not what the tables have"

    def _check_figures(self):
        states = [item["state"] for item in self._api.items(
            f"{COUNTY}/plans/-/tasks/-/assignments/-/occurrences", "occurrences")]
        counted = (states.count("VERIFIED"), len(states))

        def shown():
            try:
                total = self._api.get(f"{COUNTY}/overview", year=self._year)["total"]["completion"]
            except Exception:  # reporting is still on its way
                return None
            return total.get("numerator", 0), total.get("denominator", 0)

        wait_until(f"the figures show {counted}", lambda: shown() == counted)
