"""One request and its reply as the routes see them, whether they came by HTTP or inside a composite."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from callstation.sync.practice.errors import Ambiguous, OrgError

if TYPE_CHECKING:
    from callstation.sync.practice.web.faults import Fault
    from callstation.sync.practice.web.site import Site

NOTHING: Any = object()
"""No JSON value was handed over, so the body's bytes are read."""


@dataclass(slots=True)
class Reply:
    """``body`` is a JSON value, or bytes with their own ``content_type``; None is an empty body."""

    status: int = 200
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    content_type: str = "application/json;charset=UTF-8"


@dataclass(slots=True)
class Call:
    """``path`` is decoded and, below the API, without ``/services/data/vXX.0``; header names are lower case."""

    site: "Site"
    method: str
    path: str
    args: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes = b""
    version: str = "66.0"
    base_url: str = ""
    faults: "Sequence[Fault]" = ()
    value: Any = NOTHING
    is_inner: bool = False

    def json(self) -> Any:
        """The body as JSON; raises ``OrgError`` where it is none or says it is something else."""
        if self.value is not NOTHING:
            return self.value
        kind = self.headers.get("content-type", "").partition(";")[0].strip().lower()
        if self.body and kind and kind != "application/json" and not kind.endswith("+json"):
            raise OrgError("UNSUPPORTED_MEDIA_TYPE", f"Content type '{kind}' not supported.", status=415)
        try:
            return json.loads(self.body)
        except ValueError as error:
            raise OrgError("JSON_PARSER_ERROR", f"Unexpected character or end of the body: {error}") from error

    def mapping(self) -> Mapping[str, Any]:
        """The body as a JSON object."""
        value = self.json()
        if not isinstance(value, dict):
            raise OrgError("JSON_PARSER_ERROR", "A JSON object was expected here.")
        return value

    def arg(self, name: str) -> str:
        """A query parameter that must be there."""
        if not (value := self.args.get(name, "")):
            raise OrgError("MISSING_ARGUMENT", f"Must supply {name}")
        return value

    def is_on(self, name: str) -> bool:
        return self.args.get(name, "").lower() == "true"

    @property
    def may_save(self) -> bool:
        """Whether ``Sforce-Duplicate-Rule-Header`` lets a row through that a duplicate rule only warns of."""
        told = self.headers.get("sforce-duplicate-rule-header", "").replace(" ", "").lower()
        return "allowsave=true" in told

    @property
    def root(self) -> str:
        return f"/services/data/v{self.version}"

    def inner(self, method: str, path: str, args: Mapping[str, str], headers: Mapping[str, str], value: Any) -> "Call":
        """A subrequest of this call, with its faults, its version and its headers below the subrequest's own."""
        kept = {name: text for name, text in self.headers.items() if name.startswith("sforce-")}
        return replace(
            self, method=method, path=path, args=args, headers={**kept, **headers}, value=value, body=b"", is_inner=True
        )


def pick(values: Any, name: str, default: Any = None) -> Any:
    """A key of a JSON object whatever its case; ``default`` also where the value is no object."""
    if not isinstance(values, Mapping):
        return default
    if name in values:
        return values[name]
    low = name.lower()
    return next((value for key, value in values.items() if key.lower() == low), default)


def objects(values: Any, name: str) -> list[dict[str, Any]]:
    """A property that must be a list of objects."""
    found = pick(values, name)
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise OrgError("JSON_PARSER_ERROR", f"The property '{name}' must be a list of objects.")
    return found


def texts(values: Any, name: str) -> list[str]:
    """A property that must be a list; what is in it as text."""
    found = pick(values, name)
    if not isinstance(found, list):
        raise OrgError("JSON_PARSER_ERROR", f"The property '{name}' must be a list.")
    return [str(one) for one in found]


def told(error: OrgError) -> Reply:
    """A refusal as REST tells it: a list with one object."""
    body: dict[str, Any] = {"message": error.message, "errorCode": error.code}
    if error.fields:
        body["fields"] = list(error.fields)
    return Reply(error.status, [{**body, **error.extra}])


def told_choices(error: Ambiguous, call: Call) -> Reply:
    """Several records carry the key: their addresses, and nothing was written."""
    return Reply(300, [url.replace("/services/data/vXX.0", call.root) for url in error.urls])


def not_found() -> OrgError:
    return OrgError("NOT_FOUND", "The requested resource does not exist", status=404)
