"""What the practice org refuses, in the codes and words of the real one."""

from collections.abc import Mapping, Sequence
from typing import Any


class OrgError(Exception):
    """A refusal: the HTTP ``status`` of a single call, ``code`` and ``message`` as the REST error body tells them.

    ``extra`` is merged into that body (``duplicateResult`` of DUPLICATES_DETECTED).
    """

    def __init__(
        self,
        code: str,
        message: str,
        fields: Sequence[str] = (),
        *,
        status: int = 400,
        extra: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(f"{code}: {message}")
        self.status, self.code, self.message = status, code, message
        self.fields: tuple[str, ...] = tuple(fields)
        self.extra: dict[str, Any] = dict(extra or {})


class Ambiguous(Exception):  # noqa: N818 - the answer to a question that has several, no failure
    """An upsert whose key several records carry (HTTP 300); ``urls`` are ``/services/data/vXX.0/sobjects/X/ID``."""

    def __init__(self, urls: Sequence[str]) -> None:
        super().__init__(f"{len(urls)} records carry this key")
        self.urls = list(urls)
