"""What describe tells of an object: the real envelope with every key a client may look for."""

from typing import Any

from callstation.sync.practice.schema import Field, Schema, SObject

_SOAP = {"boolean": "xsd:boolean", "int": "xsd:int", "double": "xsd:double", "currency": "xsd:double",
         "percent": "xsd:double", "date": "xsd:date", "datetime": "xsd:dateTime", "id": "tns:ID",
         "reference": "tns:ID", "address": "urn:address"}  # fmt: skip
_EXTRA = {"textarea": "plaintextarea"}
_NAMES = {"Case": "CaseNumber", "Contract": "ContractNumber", "Task": "Subject", "Event": "Subject", "QuoteLineItem":
          "LineNumber", "OpportunityHistory": "", "ForecastingItem": "", "ForecastingQuota": ""}  # fmt: skip
_GLOBAL = ("activateable", "associateEntityType", "associateParentEntity", "createable", "custom", "customSetting",
           "deepCloneable", "deletable", "deprecatedAndHidden", "feedEnabled", "hasSubtypes", "isInterface",
           "isSubtype", "keyPrefix", "label", "labelPlural", "layoutable", "mergeable", "mruEnabled", "name",
           "queryable", "replicateable", "retrieveable", "searchable", "triggerable", "undeletable",
           "updateable")  # fmt: skip


def describe(schema: Schema, one: SObject, version: str) -> dict[str, Any]:
    """The whole describe answer of an object."""
    base = f"/services/data/v{version}/sobjects/{one.name}"
    about = _about(one)
    about |= {
        "actionOverrides": [],
        "childRelationships": [_child(child, pointer) for child, pointer in one.pointers],
        "compactLayoutable": not one.is_readonly,
        "defaultImplementation": None,
        "extendedBy": None,
        "extendsInterfaces": None,
        "fields": [describe_field(schema, one, column) for column in one.fields.values()],
        "implementedBy": None,
        "implementsInterfaces": None,
        "listviewable": None,
        "lookupLayoutable": None,
        "namedLayoutInfos": [],
        "networkScopeFieldName": None,
        "recordTypeInfos": [
            {
                "active": True,
                "available": True,
                "defaultRecordTypeMapping": True,
                "developerName": "Master",
                "master": True,
                "name": "Master",
                "recordTypeId": "012000000000000AAA",
                "urls": {"layout": f"{base}/describe/layouts/012000000000000AAA"},
            }
        ],
        "searchLayoutable": not one.is_readonly,
        "sobjectDescribeOption": "FULL",
        "supportedScopes": [{"label": f"All {one.plural.lower()}", "name": "everything"},
                            {"label": f"My {one.plural.lower()}", "name": "mine"}],
        "urls": {
            "compactLayouts": f"{base}/describe/compactLayouts",
            "rowTemplate": base + "/{ID}",
            "approvalLayouts": f"{base}/describe/approvalLayouts",
            "defaultValues": f"{base}/defaultValues?recordTypeId&fields",
            "listviews": f"{base}/listviews",
            "describe": f"{base}/describe",
            "quickActions": f"{base}/quickActions",
            "layouts": f"{base}/describe/layouts",
            "sobject": base,
        },
    }  # fmt: skip
    return dict(sorted(about.items()))


def describe_global(schema: Schema, version: str) -> dict[str, Any]:
    """The short facts of every object."""
    found = []
    for one in sorted(schema.objects.values(), key=lambda each: each.name):
        base = f"/services/data/v{version}/sobjects/{one.name}"
        about = _about(one)
        urls = {"rowTemplate": base + "/{ID}", "describe": f"{base}/describe", "sobject": base}
        found.append({key: about[key] for key in _GLOBAL} | {"urls": urls})
    return {"encoding": "UTF-8", "maxBatchSize": 200, "sobjects": found}


def describe_field(schema: Schema, one: SObject, column: Field) -> dict[str, Any]:
    """One field with the keys of the recorded describe."""
    is_flag, is_plain = column.type == "boolean", column.is_filterable
    is_many = len(column.targets) > 1
    return {
        "aggregatable": is_plain and not is_flag,
        "aiPredictionField": False,
        "autoNumber": column.name in ("CaseNumber", "ContractNumber", "QuoteNumber", "LineNumber"),
        "byteLength": column.length if column.is_id else 3 * column.length,
        "calculated": False,
        "calculatedFormula": None,
        "cascadeDelete": column.is_cascading and not is_many,
        "caseSensitive": column.is_case_sensitive,
        "compoundFieldName": _compound(one, column),
        "controllerName": None,
        "createable": column.is_createable,
        "custom": column.is_custom,
        "defaultValue": False if is_flag else column.default,
        "defaultValueFormula": None,
        "defaultedOnCreate": column.is_defaulted,
        "dependentPicklist": False,
        "deprecatedAndHidden": False,
        "digits": column.precision if column.type == "int" else 0,
        "displayLocationInDecimal": False,
        "encrypted": False,
        "externalId": column.is_external,
        "extraTypeInfo": _EXTRA.get(column.type),
        "filterable": is_plain or column.type == "address",
        "filteredLookupInfo": None,
        "formulaTreatNullNumberAsZero": False,
        "groupable": is_plain and column.type not in ("datetime", "double", "currency", "percent"),
        "highScaleNumber": False,
        "htmlFormatted": False,
        "idLookup": column.is_lookup,
        "inlineHelpText": None,
        "label": _label(one, column),
        "length": column.length,
        "mask": None,
        "maskType": None,
        "name": column.name,
        "nameField": column.name == (_NAMES.get(one.name, "Name")),
        "namePointing": is_many,
        "nillable": column.is_nillable,
        "permissionable": column.is_nillable and column.is_createable,
        "picklistValues": [
            {
                "active": True,
                "defaultValue": choice == column.default,
                "label": choice,
                "validFor": None,
                "value": choice,
            }
            for choice in column.choices
        ],
        "polymorphicForeignKey": is_many,
        "precision": column.precision if column.type != "int" else 0,
        "queryByDistance": column.type == "address",
        "referenceTargetField": None,
        "referenceTo": list(column.targets),
        "relationshipName": column.relation or None,
        "relationshipOrder": None,
        "restrictedDelete": False,
        "restrictedPicklist": column.is_restricted,
        "scale": column.scale,
        "searchPrefilterable": False,
        "soapType": _SOAP.get(column.type, "xsd:string"),
        "sortable": is_plain,
        "type": column.type,
        "unique": column.is_unique,
        "updateable": column.is_updateable,
        "writeRequiresMasterRead": False,
    }


def _about(one: SObject) -> dict[str, Any]:
    is_open = not one.is_readonly
    return {
        "activateable": False,
        "associateEntityType": None,
        "associateParentEntity": None,
        "createable": is_open,
        "custom": False,
        "customSetting": False,
        "deepCloneable": False,
        "deletable": is_open and not one.is_kept,
        "deprecatedAndHidden": False,
        "feedEnabled": is_open,
        "hasSubtypes": False,
        "isInterface": False,
        "isSubtype": False,
        "keyPrefix": one.prefix,
        "label": one.label,
        "labelPlural": one.plural,
        "layoutable": is_open,
        "mergeable": one.is_mergeable,
        "mruEnabled": is_open,
        "name": one.name,
        "queryable": True,
        "replicateable": True,
        "retrieveable": True,
        "searchable": is_open,
        "triggerable": is_open,
        "undeletable": is_open and not one.is_kept,
        "updateable": is_open,
    }


def _child(child: SObject, pointer: Field) -> dict[str, Any]:
    return {
        "cascadeDelete": pointer.is_cascading,
        "childSObject": child.name,
        "deprecatedAndHidden": False,
        "field": pointer.name,
        "junctionIdListNames": [],
        "junctionReferenceTo": [],
        "relationshipName": pointer.child_relation or None,
        "restrictedDelete": False,
    }


def _compound(one: SObject, column: Field) -> str | None:
    if column.name in ("FirstName", "LastName", "Salutation") and "Name" in one.fields:
        return "Name"
    for address in one.fields.values():
        if column.name in address.parts:
            return address.name
    return None


def _label(one: SObject, column: Field) -> str:
    if column.name == "Id":
        return f"{one.label} ID"
    if one.name == "Account" and column.name in ("Name", "Type", "Phone", "Fax", "Description", "Site", "Rating"):
        return f"Account {column.name}"
    return "Full Name" if column.name == "Name" and "FirstName" in one.fields else column.label
