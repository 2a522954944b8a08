"""A mail server to talk to: real SMTP on a local port, and slow if asked."""

import email
import socketserver
import threading
import time


class MailServer:
    """Keeps what it accepts, in :attr:`letters`, in the order of arrival."""

    def __init__(self, delay=0):
        self.letters = []
        self.delay = delay
        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self):
        """Stop listening."""
        self._server.shutdown()
        self._server.server_close()

    def recipients(self):
        """The addresses of all letters, in the order of arrival."""
        return [letter["To"].rpartition("<")[2].rstrip(">") for letter in self.letters]

    def _handler(self):
        letters = self

        class Handler(socketserver.StreamRequestHandler):
            def handle(self):
                self._say("220 ready")
                while line := self.rfile.readline():
                    command = line[:4].upper()
                    if command == b"QUIT":
                        self._say("221 bye")
                        return
                    if command == b"DATA":
                        self._say("354 go on")
                        letters.take(self._text())
                    self._say("250 fine")

            def _text(self):
                lines = []
                while (line := self.rfile.readline()) not in (b".\r\n", b""):
                    lines.append(line.removeprefix(b"."))
                return b"".join(lines)

            def _say(self, text):
                self.wfile.write(f"{text}\r\n".encode())

        return Handler

    def take(self, text):
        """Accept a letter; the sender hears of it only after a while."""
        self.letters.append(email.message_from_bytes(text))
        time.sleep(self.delay)
