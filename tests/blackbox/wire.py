"""A wire between a browser and the node that a test can cut: its signalling (TCP) and its media (UDP)."""

import select
import socket
import struct
import threading
from urllib.parse import urlsplit, urlunsplit


class Wire:
    """`place` is what the browser joins with; `cut_signalling` and `cut_media` do what they say."""

    def __init__(self, signaling_url):
        parts = urlsplit(signaling_url)
        self.target = (parts.hostname, parts.port)
        self.listener = socket.create_server(("127.0.0.1", 0))
        port = self.listener.getsockname()[1]
        self.signaling_url = urlunsplit(parts._replace(netloc=f"127.0.0.1:{port}"))
        self.pairs = []  # (from the browser, to the node)
        self.browser_side = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.browser_side.bind(("127.0.0.1", 0))
        self.media = f"127.0.0.1 {self.browser_side.getsockname()[1]}"
        self.media_target = None
        self.media_cut = False
        self.node_sides = {}  # socket → address of the browser
        self.passed = 0
        self.over = threading.Event()
        self.threads = [threading.Thread(target=work, daemon=True) for work in (self._accept, self._relay)]
        for thread in self.threads:
            thread.start()

    def through(self, meeting):
        """The meeting, as seen by whoever is on this wire."""
        return {**meeting, "MediaPlacement": {**meeting["MediaPlacement"], "SignalingUrl": self.signaling_url}}

    def carry_media(self, candidate):
        """Where the node's media are: what the page saw in the answer."""
        self.media_target = (candidate["address"], candidate["port"])

    def cut_signalling(self):
        """As when a cable is pulled and the system gives up: no close frame, just a reset."""
        assert self.pairs, "there is nothing to cut"
        while self.pairs:
            for end in self.pairs.pop():
                end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                # A thread may be in recv: it has to hear of the end too.
                try:
                    end.shutdown(socket.SHUT_RD)
                except OSError:
                    pass
                end.close()

    def cut_media(self):
        self.media_cut = True

    def restore_media(self):
        self.media_cut = False

    def close(self):
        self.over.set()
        self.listener.close()
        for thread in self.threads:
            thread.join(2)
        for pair in self.pairs:
            for end in pair:
                end.close()
        for one in (self.browser_side, *self.node_sides):
            one.close()

    def _accept(self):
        while not self.over.is_set():
            if not select.select([self.listener], [], [], 0.1)[0]:
                continue
            try:
                browser, _ = self.listener.accept()
                node = socket.create_connection(self.target, 5)
                node.settimeout(None)
            except OSError:
                continue
            self.pairs.append((browser, node))
            for source, sink in ((browser, node), (node, browser)):
                threading.Thread(target=self._pump, args=(source, sink), daemon=True).start()

    @staticmethod
    def _pump(source, sink):
        try:
            while data := source.recv(65536):
                sink.sendall(data)
            sink.shutdown(socket.SHUT_WR)
        except OSError:
            pass  # One of them was cut.

    def _relay(self):
        by_browser = {}
        while not self.over.is_set():
            for ready in select.select([self.browser_side, *self.node_sides], [], [], 0.05)[0]:
                try:
                    data, source = ready.recvfrom(4096)
                except OSError:
                    continue
                if self.media_cut or self.media_target is None:
                    continue
                if ready is self.browser_side:
                    side = by_browser.get(source)
                    if side is None:
                        side = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
                        side.bind(("127.0.0.1", 0))
                        by_browser[source] = side
                        self.node_sides[side] = source
                    side.sendto(data, self.media_target)
                else:
                    self.passed += 1
                    self.browser_side.sendto(data, self.node_sides[ready])
