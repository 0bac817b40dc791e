"""Text that came from anywhere, as XML and mail can hold it: control characters and halves of letters go."""

import re

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 has no way to write (2.2, Char), and delete; dropped, for none of it can be seen."""


def plain(text: str) -> str:
    """The same text with line ends as ``\\n`` and without what no document can hold."""
    return _FORBIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
