"""A language model to talk to: real HTTP on a local port, as servers of models speak it."""

import json
import threading
import time
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class ModelServer:
    """Answers what it is told to, and keeps what it was asked in :attr:`questions`.

    :ivar content: the text of the answer; anything but a text is sent as JSON
    :ivar body: the whole body of the answer, instead
    :ivar drip: seconds between 64 bytes of the answer and the next; ``dripped`` counts them
    """

    def __init__(self):
        self.content, self.body, self.status, self.refusal = {}, None, 200, None
        self.delay = self.drip = self.dripped = 0
        self.questions, self.keys = [], []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self._server.server_port}/v1"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self):
        """Stop listening."""
        self._server.shutdown()
        self._server.server_close()

    def answer(self):
        """Return the body of an answer."""
        if self.body is not None:
            return self.body
        content = self.content if isinstance(self.content, str) else json.dumps(self.content)
        message = {"role": "assistant", "content": content, "refusal": self.refusal}
        return json.dumps({"choices": [{"index": 0, "message": message}]}).encode()

    def _handler(self):
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                length = int(self.headers["Content-Length"])
                server.questions.append((self.path, json.loads(self.rfile.read(length))))
                server.keys.append(self.headers.get("Authorization"))
                time.sleep(server.delay)
                body = server.answer()
                self.send_response(server.status)
                self.send_header("Content-Type", "application/json")
                if server.status == 302:
                    self.send_header("Location", "http://127.0.0.1:9/")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                for place in range(0, len(body), 64) if server.drip else ():
                    self.wfile.write(body[place : place + 64])
                    self.wfile.flush()
                    server.dripped += 64
                    time.sleep(server.drip)
                if not server.drip:
                    self.wfile.write(body)

            def handle(self):
                with suppress(ConnectionError):  # whoever asked has gone
                    return super().handle()

            def log_message(self, *args):
                pass

        return Handler
