"""One window for each user and store: a second start brings the first window to the front."""

import getpass
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCryptographicHash, QLockFile

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer

_WAIT_MS = 1000


class Instance:
    """Holds the lock of a store while the program runs."""

    def __init__(self, root: Path) -> None:
        """``root`` is the folder of the store; it need not exist yet."""
        whose = f"{getpass.getuser()}\n{root.resolve()}"
        digest = QCryptographicHash.hash(whose.encode(), QCryptographicHash.Algorithm.Sha256).data().hex()
        self._name = f"callstation-{digest[:24]}"
        self._lock = QLockFile(str(Path(tempfile.gettempdir(), f"{self._name}.lock")))
        # a lock is stale only when the program that took it is gone, however long it has been running
        self._lock.setStaleLockTime(0)
        self._server: QLocalServer | None = None

    def take(self) -> bool:
        """Become the one instance; False if another program is."""
        return self._lock.tryLock(0)

    def listen(self, called: Callable[[], object]) -> None:
        """Call ``called`` whenever another start asks for the window. Apart from ``take``: it costs an import."""
        from PySide6.QtNetwork import QLocalServer

        QLocalServer.removeServer(self._name)  # left behind by a killed program
        self._server = QLocalServer()
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(lambda: self._on_connection(called))
        self._server.listen(self._name)

    def _on_connection(self, called: Callable[[], object]) -> None:
        if self._server is not None and self._server.hasPendingConnections():
            socket = self._server.nextPendingConnection()
            socket.disconnected.connect(socket.deleteLater)
            socket.disconnectFromServer()
            called()

    def call_first(self) -> bool:
        """Ask the one that holds the lock to show its window; whether it was reached."""
        from PySide6.QtNetwork import QLocalSocket

        socket = QLocalSocket()
        socket.connectToServer(self._name)
        return bool(socket.waitForConnected(_WAIT_MS))

    def release(self) -> None:
        """Let go of the store, for a next start."""
        if self._server is not None:
            self._server.close()
            self._server = None
        self._lock.unlock()
