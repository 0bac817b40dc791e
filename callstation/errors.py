"""The errors a user can mend; everything else is a bug and is reported as one."""


class UserError(Exception):
    """Something the user can put right: what happened and where, and what to do next.

    ``title`` is one short sentence, ``detail`` says what and where, ``hint`` what to do next.
    """

    def __init__(self, title: str, detail: str = "", hint: str = "") -> None:
        super().__init__(" ".join(part for part in (title, detail, hint) if part))
        self.title, self.detail, self.hint = title, detail, hint


class CancelledError(Exception):
    """The user stopped a long piece of work; nothing of it was kept."""
