"""Queries page by page: the first by SOQL, the others by locator."""

from typing import Any

from callstation.sync.practice.answers import Column, QueryResult
from callstation.sync.practice.errors import OrgError
from callstation.sync.practice.web.call import Call, Reply
from callstation.sync.practice.web.site import Cursor

LEAST_PAGE, MOST_PAGE = 200, 2000


def query(call: Call) -> Reply:
    return _query(call, is_all=False)


def query_all(call: Call) -> Reply:
    return _query(call, is_all=True)


def _query(call: Call, *, is_all: bool) -> Reply:
    result = call.site.org.query(call.arg("q"), is_all=is_all, version=call.version)
    if call.is_on("columns"):
        return Reply(body=_columns(result))
    size = _page_size(call)
    body: dict[str, Any] = {"totalSize": result.total, "done": True, "records": result.records}
    if len(result.records) > size:
        cursor_id = f"01g{call.site.org.org_id[3:7]}{call.site.number():08}AAA"
        call.site.keep_cursor(cursor_id, Cursor(result.records, size))
        body = _page(call, cursor_id, 0)
    elif any(fault.kind == "repeat_page" for fault in call.faults):
        body["records"] = [*result.records, *result.records]
    elif any(fault.kind == "reorder_page" for fault in call.faults):
        body["records"] = result.records[::-1]
    return Reply(body=body)


def more(call: Call, locator: str) -> Reply:
    cursor_id, _, start = locator.rpartition("-")
    if cursor_id not in call.site.cursors or not start.isdigit():
        raise OrgError("INVALID_QUERY_LOCATOR", "invalid query locator")
    return Reply(body=_page(call, cursor_id, int(start)))


def _page(call: Call, cursor_id: str, start: int) -> dict[str, Any]:
    """Rows from ``start``. A planned fault serves the page a second time, or turns its rows round."""
    cursor = call.site.cursors[cursor_id]
    end = start + cursor.size
    records = cursor.records[start:end]
    is_last = end >= len(cursor.records)
    for fault in call.faults:
        if fault.kind == "reorder_page":
            records = records[::-1]
        elif fault.kind == "repeat_page":
            records, end, is_last = (records * 2, end, True) if is_last else (records, start, False)
    body: dict[str, Any] = {"totalSize": len(cursor.records), "done": is_last, "records": records}
    if not is_last:
        body["nextRecordsUrl"] = f"{call.root}/query/{cursor_id}-{end}"
    return body


def _page_size(call: Call) -> int:
    for part in call.headers.get("sforce-query-options", "").split(","):
        name, _, value = part.partition("=")
        if name.strip().lower() == "batchsize" and value.strip().isdigit():
            return max(LEAST_PAGE, min(MOST_PAGE, int(value)))
    return MOST_PAGE


def _columns(result: QueryResult) -> dict[str, Any]:
    """What ``columns=true`` answers instead of rows: private to Salesforce, but its own command line uses it."""
    return {
        "columnMetadata": _nested(result.columns, 0),
        "entityName": result.sobject,
        "groupBy": result.is_grouped,
        "idSelected": any(column.name == "Id" for column in result.columns),
        "keyPrefix": result.key_prefix,
    }


def _nested(columns: tuple[Column, ...], depth: int) -> list[dict[str, Any]]:
    """Parents as a column with the fields below it, in the order they were first asked for."""
    found: dict[str, dict[str, Any]] = {}
    for column in columns:
        name = column.path[depth]
        if column.children:
            found[name] = {**_column(column, name), "aggregate": True, "joinColumns": _nested(column.children, 0)}
        elif len(column.path) > depth + 1:
            below = tuple(
                one for one in columns if len(one.path) > depth + 1 and one.path[depth] == name and not one.children
            )
            found[name] = {**_column(column, name), "joinColumns": _nested(below, depth + 1)}
        else:
            found[name] = _column(column, name)
    return list(found.values())


def _column(column: Column, name: str) -> dict[str, Any]:
    kinds = {"boolean": "booleanType", "int": "numberType", "double": "numberType", "currency": "numberType"}
    kind = kinds.get(column.type, "textType")
    return {
        "aggregate": column.is_aggregate,
        "apexType": column.type.capitalize(),
        **{one: one == kind for one in ("booleanType", "numberType", "textType")},
        "columnName": name,
        "custom": column.is_custom,
        "displayName": name,
        "foreignKeyName": None,
        "insertable": column.is_createable,
        "joinColumns": [],
        "updatable": column.is_updateable,
    }
