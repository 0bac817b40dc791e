"""The bare window: its title and size, and its place on the screen, kept from one start to the next."""

from pathlib import Path

from PySide6.QtWidgets import QMainWindow


class Window(QMainWindow):
    """Comes back where it was left; without ``state_file`` it keeps nothing."""

    def __init__(self, state_file: Path | None) -> None:
        super().__init__()
        self._state_file = state_file
        self.setWindowTitle("Callstation")
        self.setMinimumSize(760, 500)
        self.resize(1440, 900)
        if state_file is not None and state_file.exists():
            from PySide6.QtCore import QSettings

            kept = QSettings(str(state_file), QSettings.Format.IniFormat).value("window")
            if kept is not None:
                self.restoreGeometry(kept)

    def keep_place(self) -> None:
        """Write down where the window is."""
        if self._state_file is not None:
            from PySide6.QtCore import QSettings

            QSettings(str(self._state_file), QSettings.Format.IniFormat).setValue("window", self.saveGeometry())

    def bring_to_front(self) -> None:
        """Show the window over others, as a second start of the program asks for."""
        from PySide6.QtCore import Qt

        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()
