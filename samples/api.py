"""A small client of Gongkai's JSON API, of the Python standard library only.

    api = Api("http://127.0.0.1:8080")
    api.get("divisions/370126/overview", year=2026)["total"]["completion"]
    api.post("divisions/370126/plans/202601:issue", {"requestId": "one-of-mine"})

Safe for use by several threads: each has a connection of its own.
"""

import http.client
import json
import threading
import time
import urllib.parse


class ApiError(Exception):
    """An answer that is no success; `code` is the name or number in the error body."""

    def __init__(self, request, status, body):
        self.status = status
        try:
            self.body = json.loads(body)
        except ValueError:
            self.body = {"message": body.decode("utf-8", "replace")}
        self.code = self.body.get("code")
        super().__init__(f"{request}: HTTP {status}: {self.body.get('message')}")


class Api:
    # Too busy, or an upstream that is just coming back: the same request may be sent again, for
    # reads change nothing and writes carry a request_id.
    _TRANSIENT = (429, 503)

    def __init__(self, address, attempts=1, timeout=60, token=""):
        """`token`: shown with every call, where the services ask who calls."""
        parts = urllib.parse.urlsplit(address)
        self._host = parts.hostname
        self._port = parts.port or 80
        self._attempts = attempts
        self._timeout = timeout
        self._token = token
        self._local = threading.local()

    def get(self, path, **query):
        return json.loads(self.call("GET", "/v1/" + path, query))

    def post(self, path, body=None, **query):
        data = json.dumps({} if body is None else body).encode()
        return json.loads(self.call("POST", "/v1/" + path, query, data, "application/json"))

    def upload(self, path, document, **query):
        """Sends the bytes of a plain text as they are."""
        return json.loads(
            self.call("POST", "/v1/" + path, query, document, "text/plain; charset=utf-8")
        )

    def items(self, path, field, **query):
        """Every item of a list, page by page."""
        token = ""
        while True:
            page = self.get(path, pageSize=1000, pageToken=token, **query)
            yield from page.get(field, [])
            token = page.get("nextPageToken", "")
            if not token:
                return

    def call(self, method, path, query=None, body=None, content_type=None):
        """The body of a successful answer, as bytes."""
        present = {name: value for name, value in (query or {}).items() if value not in ("", None)}
        target = urllib.parse.quote(path, safe="/:-_.~")
        if present:
            target += "?" + urllib.parse.urlencode(present)
        for attempt in range(1, self._attempts + 1):
            try:
                status, answer = self._exchange(method, target, body, content_type)
            except (OSError, http.client.HTTPException):
                if attempt == self._attempts:
                    raise
            else:
                if status == 200:
                    return answer
                if status not in self._TRANSIENT or attempt == self._attempts:
                    raise ApiError(f"{method} {target}", status, answer)
            time.sleep(min(0.1 * 2**attempt, 2))
        raise AssertionError("attempts must be at least 1")

    def close(self):
        """Closes the connection of the calling thread; the next call opens a new one."""
        connection = getattr(self._local, "connection", None)
        if connection is not None:
            connection.close()
            self._local.connection = None

    def _exchange(self, method, target, body, content_type):
        connection = getattr(self._local, "connection", None)
        if connection is None:
            connection = http.client.HTTPConnection(self._host, self._port, timeout=self._timeout)
            self._local.connection = connection
        headers = {"Content-Type": content_type} if content_type else {}
        if self._token:
            headers["Authorization"] = f"Bearer {self._token}"
        try:
            connection.request(method, target, body, headers)
            response = connection.getresponse()
            return response.status, response.read()
        except (OSError, http.client.HTTPException):
            self.close()
            raise
