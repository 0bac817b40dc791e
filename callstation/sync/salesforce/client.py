"""The CRM port over Salesforce's REST API: composites, single resources and bulk jobs, for one thread."""

import json
import time
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from callstation.sync.crm import API_VERSION, MOST_PARTS, Answer, CrmError, Job, LostAnswerError, Part
from callstation.sync.salesforce import bulk
from callstation.sync.salesforce.errors import refused, signed_out
from callstation.sync.salesforce.session import Session
from callstation.sync.salesforce.wire import Reply, Wire, read_json, read_nothing

if TYPE_CHECKING:
    import httpx2

ROOT = f"/services/data/v{API_VERSION}"
JSON_TYPE = "application/json; charset=UTF-8"
_HEADERS = {"Sforce-Auto-Assign": "FALSE", "Sforce-Call-Options": "client=Callstation"}
_REFERENCE = b"@{"
"""How a composite refers to an earlier answer. Texts of the user may hold it, and nothing can escape it."""


class Client(Wire):
    """The real ``Crm``. ``transport`` and ``sleep`` as for ``Wire``; close it when the thread ends."""

    def __init__(
        self,
        session: Session,
        *,
        sleep: Callable[[float], None] = time.sleep,
        transport: "httpx2.BaseTransport | None" = None,
    ) -> None:
        super().__init__(session.instance_url, sleep=sleep, transport=transport)
        self.session = session

    def call(
        self,
        method: str,
        path: str,
        *,
        content: bytes = b"",
        content_type: str = JSON_TYPE,
        is_repeatable: bool = False,
        read: Callable[[str, bytes], Any] = read_json,
    ) -> Reply:
        """One signed-in request; ``path`` below the version, or absolute as ``nextRecordsUrl`` is.

        An ended session is renewed once, which is safe: Salesforce did nothing with such a request. Raises the errors
        of ``Wire.send``, ``SignInError``, and ``CrmError`` for a refusal. What writes and ends in any other error than
        ``LostAnswerError`` was not carried out.
        """
        may_be_done = False
        token = self.session.token(self)
        try:
            for is_last in (False, True):
                headers = {"Authorization": f"Bearer {token}", "Content-Type": content_type, **_HEADERS}
                url = self.session.instance_url + (path if path.startswith("/services/") else ROOT + path)
                reply = self.send(method, url, headers=headers, content=content, is_repeatable=is_repeatable, read=read)
                may_be_done |= reply.is_repeat and method != "GET"
                if reply.status != 401:
                    break
                if is_last:
                    raise signed_out()
                token = self.session.renew(self, token)
            if reply.status >= 300:
                raise refused(reply.status, reply.body)
        except LostAnswerError:
            raise
        except Exception as error:
            if may_be_done:  # an earlier try was sent, so this is no answer to what became of it
                raise LostAnswerError(str(error)) from error
            raise
        return reply

    # -- the port --------------------------------------------------------------------------------------------------

    def composite(self, parts: Sequence[Part], *, is_repeatable: bool) -> list[Answer]:
        if len(parts) > MOST_PARTS:
            raise ValueError(f"{len(parts)} subrequests in one composite, {MOST_PARTS} at most")
        if not parts:
            return []
        content = _json(
            {
                "allOrNone": False,
                "compositeRequest": [
                    {"method": part.method, "url": ROOT + part.path, "referenceId": f"p{place}"}
                    | ({} if part.body is None else {"body": part.body})
                    for place, part in enumerate(parts)
                ],
            }
        )
        if _REFERENCE in content:
            return self._one_by_one(parts, is_repeatable=is_repeatable)
        reply = self.call("POST", "/composite", content=content, is_repeatable=is_repeatable)
        try:
            told = {one["referenceId"]: one for one in reply.body["compositeResponse"]}
            return [_answer(told[f"p{place}"]) for place in range(len(parts))]
        except (LookupError, TypeError, ValueError) as error:
            raise LostAnswerError("The answer is not one to what was asked") from error

    def pause(self, seconds: float) -> None:
        self._sleep(seconds)

    def get(self, path: str) -> Any:
        return self.call("GET", path).body

    def open_job(self, sobject: str, operation: str, key_field: str | None) -> Job:
        asked = {"object": sobject, "operation": operation, "contentType": "CSV", "lineEnding": "LF"}
        if key_field:
            asked["externalIdFieldName"] = key_field
        # repeatable: a lost answer leaves no more than an empty job behind
        return bulk.job_of(self.call("POST", "/jobs/ingest", content=_json(asked), is_repeatable=True).body)

    def fill_job(self, job_id: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Raises ``LostAnswerError`` where the upload's answer was lost: look at the job, abort it if it is open."""
        path = f"/jobs/ingest/{job_id}/batches"
        self.call("PUT", path, content=bulk.csv_of(columns, rows), content_type=bulk.CSV_TYPE, read=read_nothing)
        self._move(job_id, "UploadComplete")

    def job(self, job_id: str) -> Job:
        return bulk.job_of(self.get(f"/jobs/ingest/{job_id}"))

    def abort_job(self, job_id: str) -> None:
        self._move(job_id, "Aborted")

    def job_rows(self, job_id: str, which: str) -> list[dict[str, str]]:
        rows: list[dict[str, str]] = self.call("GET", f"/jobs/ingest/{job_id}/{which}", read=bulk.read_rows).body
        return rows

    # -- how -------------------------------------------------------------------------------------------------------

    def _one_by_one(self, parts: Sequence[Part], *, is_repeatable: bool) -> list[Answer]:
        answers: list[Answer] = []
        for part in parts:
            try:
                answers.append(self._alone(part, is_repeatable=is_repeatable))
            except LostAnswerError:
                raise
            except Exception as error:
                if any(done.method != "GET" for done in parts[: len(answers)]):
                    raise LostAnswerError(str(error)) from error  # this one was not carried out, but others were
                raise
        return answers

    def _alone(self, part: Part, *, is_repeatable: bool) -> Answer:
        """A subrequest sent by itself, its refusal an answer like any other."""
        content = b"" if part.body is None else _json(part.body)
        try:
            reply = self.call(part.method, part.path, content=content, is_repeatable=is_repeatable)
        except CrmError as error:
            told = error.refusal
            body = [{"errorCode": told.code, "message": told.message, "fields": list(told.fields)}]
            return Answer(error.status, body)
        return Answer(reply.status, reply.body, dict(reply.headers))

    def _move(self, job_id: str, state: str) -> None:
        """Set a job's state. Twice is refused by Salesforce, so after a lost answer the job itself is asked."""
        content = _json({"state": state})
        try:
            self.call("PATCH", f"/jobs/ingest/{job_id}", content=content)
        except LostAnswerError:
            try:
                if self.job(job_id).state == "Open":
                    self.call("PATCH", f"/jobs/ingest/{job_id}", content=content)
            except Exception as error:
                raise LostAnswerError(str(error)) from error


def _answer(told: Mapping[str, Any]) -> Answer:
    return Answer(int(told["httpStatusCode"]), told.get("body"), told.get("httpHeaders") or {})


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode("utf-8", "replace")
