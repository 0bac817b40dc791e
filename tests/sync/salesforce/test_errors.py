"""Every form of a refusal is read into one."""

from typing import Any

import pytest

from callstation.errors import UserError
from callstation.sync.crm import CrmError, Refusal, RowAnswer
from callstation.sync.salesforce.errors import parse_refusal, refused, row_answer


@pytest.mark.parametrize(
    ("body", "refusal"),
    [
        (
            [{"message": "Session expired or invalid", "errorCode": "INVALID_SESSION_ID"}],
            Refusal("INVALID_SESSION_ID", "Session expired or invalid"),
        ),
        (
            [{"message": "Name is missing", "errorCode": "REQUIRED_FIELD_MISSING", "fields": ["Name"]}],
            Refusal("REQUIRED_FIELD_MISSING", "Name is missing", ("Name",)),
        ),
        (
            {"statusCode": "STRING_TOO_LONG", "message": "too large", "fields": ["LastName"]},
            Refusal("STRING_TOO_LONG", "too large", ("LastName",)),
        ),
        (
            {"error": "invalid_grant", "error_description": "expired access/refresh token"},
            Refusal("invalid_grant", "expired access/refresh token"),
        ),
        (
            {"id": None, "success": False, "errors": [{"statusCode": "ENTITY_IS_DELETED", "message": "gone"}]},
            Refusal("ENTITY_IS_DELETED", "gone"),
        ),
        (
            "REQUIRED_FIELD_MISSING:Required fields are missing: [Name]:Name --",
            Refusal("REQUIRED_FIELD_MISSING", "Required fields are missing: [Name]", ("Name",)),
        ),
        (
            "FIELD_CUSTOM_VALIDATION_EXCEPTION:Ask first: who\npays, and when?:Amount,CloseDate --",
            Refusal("FIELD_CUSTOM_VALIDATION_EXCEPTION", "Ask first: who\npays, and when?", ("Amount", "CloseDate")),
        ),
        ("UNABLE_TO_LOCK_ROW:row held:--", Refusal("UNABLE_TO_LOCK_ROW", "row held")),
        ("DUPLICATE_VALUE:Duplicate id specified --", Refusal("DUPLICATE_VALUE", "Duplicate id specified")),
        ("<html>Down for maintenance</html>", Refusal("UNKNOWN", "<html>Down for maintenance</html>")),
        ("x" * 900, Refusal("UNKNOWN", "x" * 500)),
        (None, Refusal("UNKNOWN", "")),
        ([], Refusal("UNKNOWN", "[]")),
        ({"message": "odd"}, Refusal("UNKNOWN", "{'message': 'odd'}")),
    ],
)
def test_a_refusal_is_read(body: Any, refusal: Refusal) -> None:
    assert parse_refusal(body) == refusal


def test_a_row_of_a_collection_is_an_id_or_a_refusal() -> None:
    assert row_answer({"id": "00T1", "success": True, "errors": [], "created": True}) == RowAnswer("00T1", True)
    assert row_answer({"id": "00T1", "success": True, "errors": []}) == RowAnswer("00T1", False)
    errors = [{"statusCode": "DUPLICATE_VALUE", "message": "twice", "fields": ["K__c"]}]
    assert row_answer({"success": False, "errors": errors}) == RowAnswer(
        None, refusal=Refusal("DUPLICATE_VALUE", "twice", ("K__c",))
    )


def test_a_closed_api_is_a_sentence_and_any_other_refusal_a_fault() -> None:
    closed = refused(403, [{"errorCode": "API_DISABLED_FOR_ORG", "message": "API is disabled"}])
    assert isinstance(closed, UserError)
    assert "API_DISABLED_FOR_ORG" in str(closed)
    other = refused(400, [{"errorCode": "MALFORMED_QUERY", "message": "unexpected token: x"}])
    assert isinstance(other, CrmError)
    assert (other.status, other.refusal.code) == (400, "MALFORMED_QUERY")
