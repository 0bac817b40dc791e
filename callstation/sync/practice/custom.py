"""Custom fields an admin adds to the practice org, from the one-line form the command line takes."""

import re
from dataclasses import dataclass

from callstation.errors import UserError

_FORM = re.compile(r"^\s*(\w+)\.(\w+__c)\s*:\s*(\w+)\s*(?:\(([^)]*)\))?\s*(?::\s*([\w\s,]*))?$")
_TYPES = {
    "text": "string",
    "number": "double",
    "checkbox": "boolean",
    "date": "date",
    "datetime": "datetime",
    "picklist": "picklist",
    "phone": "phone",
    "email": "email",
    "url": "url",
    "currency": "currency",
    "percent": "percent",
    "longtextarea": "textarea",
    "textarea": "textarea",
}
_LENGTHS = {"string": 255, "phone": 40, "email": 80, "url": 255, "picklist": 255}


@dataclass(frozen=True, slots=True)
class CustomField:
    """One custom field; ``sobject`` ``Activity`` means both Task and Event, ``type`` is the API's name of the type."""

    sobject: str
    name: str
    type: str = "string"
    length: int = 255
    is_external: bool = False
    is_unique: bool = False
    precision: int = 0
    scale: int = 0
    picklist: tuple[str, ...] = ()
    is_case_sensitive: bool = False

    @classmethod
    def parse(cls, text: str) -> "CustomField":
        """``Account.External_Id__c:Text(64):external,unique``; also Number(16,2), Checkbox, Date, Picklist(a|b).

        Raises ``UserError`` naming the form when the text is no such line.
        """
        found = _FORM.match(text)
        kind = _TYPES.get(found[3].lower()) if found else None
        if found is None or kind is None or not _is_size(found[4] or "", kind):
            raise UserError(
                "This custom field is not understood",
                f"“{text}” is not of the form Object.Name__c:Type(length):external,unique.",
                f"Types are {', '.join(sorted(_TYPES))}.",
            )
        sizes, flags = found[4] or "", {flag.strip().lower() for flag in (found[5] or "").split(",")}
        length, precision, scale = _LENGTHS.get(kind, 0), 0, 0
        choices: tuple[str, ...] = ()
        if kind == "picklist":
            choices = tuple(choice.strip() for choice in sizes.split("|") if choice.strip())
        elif kind in ("double", "currency", "percent"):
            precision, scale = ([int(part) for part in sizes.split(",")] + [0, 0])[:2] if sizes else (18, 2)
        elif kind == "textarea":
            length = int(sizes or (32000 if found[3].lower().startswith("long") else 255))
        elif sizes:
            length = int(sizes)
        return cls(
            found[1],
            found[2],
            kind,
            length,
            is_external=bool(flags & {"external", "externalid"}),
            is_unique="unique" in flags,
            precision=precision,
            scale=scale,
            picklist=choices,
            is_case_sensitive="casesensitive" in flags,
        )


def _is_size(text: str, kind: str) -> bool:
    """Whether what stands in brackets suits the type: choices, a length, or digits and decimals."""
    parts = text.split(",") if text else []
    most = 2 if kind in ("double", "currency", "percent") else 1
    return kind == "picklist" or (len(parts) <= most and all(part.strip().isdecimal() for part in parts))
