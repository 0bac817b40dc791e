"""Where errors end: what the user can mend becomes a calm notice, a bug a dialog with details to copy."""

import sys
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from callstation.errors import CancelledError, UserError

if TYPE_CHECKING:
    from ui.crash_dialog import CrashDialog
    from ui.shell import Shell

Hook = Callable[[type[BaseException], BaseException, TracebackType | None], object]


def install(shell: "Shell", log_folder: Path) -> Hook:
    """Send every error that nothing else caught to the window; returns the hook."""
    shown: list[CrashDialog] = []

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if isinstance(error, CancelledError):
            return
        if isinstance(error, UserError):
            shell.show_problem(error)
            return
        if not isinstance(error, Exception):
            sys.__excepthook__(kind, error, trace)
            return
        # only now: a start without a fault does not pay for these
        import logging

        from PySide6.QtCore import Qt

        from ui.crash_dialog import CrashDialog, details_of

        logging.getLogger("callstation").error("a fault", exc_info=(kind, error, trace))
        if not shown:
            dialog = CrashDialog(shell, log_folder)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.destroyed.connect(shown.clear)
            shown.append(dialog)
        shown[0].add(details_of(error))
        shown[0].show()

    sys.excepthook = hook
    return hook
