"""The street of an address as it is kept and printed: one line, or several with line breaks between them."""


def street_of(text: str | None) -> str:
    """The text as it is kept and compared: each line trimmed, empty ones left out, ``\\n`` between them."""
    return "\n".join(street_lines(text))


def street_lines(text: str | None) -> tuple[str, ...]:
    """The lines of a street, blanks in them made one."""
    return tuple(line for one in (text or "").splitlines() if (line := " ".join(one.split())))
