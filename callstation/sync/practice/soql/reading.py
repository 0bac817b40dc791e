"""From the text of a query to its tree, with the complaints of the real org."""

from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from callstation.sync.practice.errors import OrgError
from callstation.sync.practice.soql.tree import Among, Call, Compare, Item, Literal, Not, Order, Query, Several

if TYPE_CHECKING:
    from lark import Token, Tree

_MOST_CHARACTERS, _MOST_PARENTHESES = 100_000, 60
_GRAMMAR = r"""
query: SELECT items FROM PATH [AS] [PATH] clause*
?clause: scope | where | with_mode | group | order | limit | offset | purpose | all_rows
items: item ("," item)*
?item: PATH [PATH] -> field
     | PATH "(" ")" [PATH] -> call_of_none
     | PATH "(" PATH ")" [PATH] -> call
     | "(" query ")"
scope: USING SCOPE PATH
with_mode: WITH PATH
where: WHERE condition
group: GROUP BY PATH ("," PATH)* [having]
having: HAVING condition
order: ORDER BY ordering ("," ordering)*
ordering: operand [DIRECTION] [NULLS]
limit: LIMIT NUMBER
offset: OFFSET NUMBER
purpose: FOR PATH ("," PATH)*
all_rows: ALL_ROWS
?condition: part
          | part (AND part)+ -> all_of
          | part (OR part)+ -> any_of
?part: NOT part -> not_
     | "(" condition ")"
     | operand OPERATOR literal -> compare
     | operand LIKE literal -> compare
     | operand IN choices -> among
     | operand NOT_IN choices -> not_among
?operand: PATH -> path
        | PATH "(" [PATH] ")" -> inner_call
?choices: "(" literal ("," literal)* ")" -> literals
        | "(" query ")"
literal: STRING | NUMBER | DATE | DATETIME | WORD

SELECT.5: /select\b/i
FROM.5: /from\b/i
AS.5: /as\b/i
USING.5: /using\b/i
SCOPE.5: /scope\b/i
WITH.5: /with\b/i
WHERE.5: /where\b/i
GROUP.5: /group\b/i
BY.5: /by\b/i
HAVING.5: /having\b/i
ORDER.5: /order\b/i
DIRECTION.5: /(asc|desc)\b/i
NULLS.5: /nulls\s+(first|last)\b/i
LIMIT.5: /limit\b/i
OFFSET.5: /offset\b/i
FOR.5: /for\b/i
ALL_ROWS.5: /all\s+rows\b/i
AND.5: /and\b/i
OR.5: /or\b/i
NOT_IN.6: /not\s+in\b/i
NOT.5: /not\b/i
LIKE.5: /like\b/i
IN.5: /in\b/i
OPERATOR.4: /<>|!=|<=|>=|=|<|>/
STRING.4: /'(?:[^'\\]|\\.)*'/s
DATETIME.4: /\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)/i
DATE.3: /\d{4}-\d\d-\d\d/
NUMBER.2: /[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?/
WORD.1: /[A-Za-z_]+(:\d+)?/
PATH.1: /[A-Za-z]\w*(\.[A-Za-z]\w*)*/
%ignore /\s+/
"""
_CLAUSES = ("scope", "where", "with_mode", "group", "order", "limit", "offset", "purpose", "all_rows")
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}


@lru_cache(maxsize=500)
def read(text: str) -> Query:
    """The tree of a query. Raises ``OrgError`` MALFORMED_QUERY, pointing at the place as the real org does."""
    from lark.exceptions import UnexpectedInput

    if len(text) > _MOST_CHARACTERS or _depth(text) > _MOST_PARENTHESES:
        raise OrgError("MALFORMED_QUERY", "SOQL statement is too long or nested too deeply")
    try:
        return _query(_parser()(text))
    except UnexpectedInput as error:
        raise _complaint(text, error) from None


@lru_cache(maxsize=1)
def _parser() -> "Callable[[str], Tree[Token]]":
    from lark import Lark

    # A list of clauses in any order, put to rights in ``_query``: as optional parts they would make 2^9 rules.
    return Lark(_GRAMMAR, parser="lalr", start="query", maybe_placeholders=False).parse


def _depth(text: str) -> int:
    level = most = 0
    for letter in text:
        if letter == "(":
            level += 1
            most = max(most, level)
        elif letter == ")":
            level -= 1
    return most


def _complaint(text: str, error: Any) -> OrgError:
    place = error.pos_in_stream if error.pos_in_stream is not None else len(text)
    token = getattr(error, "token", None)
    is_end = place >= len(text) or (token is not None and token.type == "$END")
    if is_end:
        place = len(text)
    start = text.rfind("\n", 0, place) + 1
    row = text.count("\n", 0, place) + 1
    seen = "<EOF>" if is_end else str(token if token else text[place : place + 20].split(maxsplit=1)[0])
    near = text[max(start, place - 30) : place + 30].split("\n", maxsplit=1)[0]
    pointer = " " * (place - max(start, place - 30)) + "^"
    return OrgError(
        "MALFORMED_QUERY",
        f"\n{near}\n{pointer}\nERROR at Row:{row}:Column:{place - start + 1}\nunexpected token: '{seen}'",
    )


# -- the tree --------------------------------------------------------------------------------------------------------


def _query(tree: Any) -> Query:
    items: tuple[Item | Call | Query, ...] = ()
    names: list[str] = []
    parts: dict[str, list[Any]] = {}
    for child in tree.children:
        kind = getattr(child, "data", None)
        if kind is None:
            if child.type == "PATH":
                names.append(str(child))
        elif kind == "items":
            items = tuple(_item(each) for each in child.children)
        else:
            clause = str(kind)
            if parts and _CLAUSES.index(clause) <= _CLAUSES.index(next(reversed(parts))):
                raise OrgError("MALFORMED_QUERY", f"unexpected token: '{clause.replace('_', ' ')}'")
            parts[clause] = child.children
    group = parts.get("group", [])
    having = [each for each in group if getattr(each, "data", "") == "having"]
    return Query(
        items,
        names[0],
        names[1] if len(names) > 1 else None,
        where=_condition(parts["where"][1]) if "where" in parts else None,
        group=tuple(str(each) for each in group if getattr(each, "type", "") == "PATH"),
        having=_condition(having[0].children[1]) if having else None,
        order=tuple(_ordering(each) for each in parts.get("order", [])[2:]),
        limit=_count(parts["limit"][1]) if "limit" in parts else None,
        offset=_offset(parts["offset"][1]) if "offset" in parts else 0,
        is_mine="scope" in parts and str(parts["scope"][-1]).lower() == "mine",
        is_all_rows="all_rows" in parts,
    )


def _item(tree: Any) -> Item | Call | Query:
    if tree.data == "query":
        return _query(tree)
    names = [str(each) for each in tree.children]
    if tree.data == "field":
        return Item(names[0], names[1] if len(names) > 1 else None)
    if tree.data == "call_of_none":
        return Call(names[0], None, names[1] if len(names) > 1 else None)
    return Call(names[0], names[1], names[2] if len(names) > 2 else None)


def _ordering(tree: Any) -> Order:
    marks = {each.type: str(each).lower() for each in tree.children[1:]}
    return Order(
        _operand(tree.children[0]),
        is_descending=marks.get("DIRECTION") == "desc",
        is_nulls_last=marks.get("NULLS", "").endswith("last"),
    )


def _condition(tree: Any) -> Any:
    kind, parts = tree.data, tree.children
    if kind in ("all_of", "any_of"):
        inner = [each for each in parts if getattr(each, "type", "") not in ("AND", "OR")]
        return Several("AND" if kind == "all_of" else "OR", tuple(_condition(each) for each in inner))
    if kind == "not_":
        return Not(_condition(parts[1]))
    left = _operand(parts[0])
    if kind == "compare":
        operator = str(parts[1]).upper()
        return Compare(left, "!=" if operator == "<>" else operator, _literal(parts[2]))
    choices = parts[2]
    found = _query(choices) if choices.data == "query" else tuple(_literal(each) for each in choices.children)
    return Among(left, found, kind == "not_among")


def _operand(tree: Any) -> str | Call:
    if tree.data == "inner_call":
        return Call(str(tree.children[0]), str(tree.children[1]) if len(tree.children) > 1 else None)
    return str(tree.children[0])


def _literal(tree: Any) -> Literal:
    token = tree.children[0]
    text = str(token)
    if token.type == "STRING":
        return Literal("string", _unescape(text[1:-1]), _unescape(text[1:-1], is_pattern=True))
    if token.type == "NUMBER":
        return Literal("number", float(text) if any(mark in text for mark in ".eE") else int(text))
    if token.type in ("DATE", "DATETIME"):
        return Literal(token.type.lower(), text)
    word = text.upper()
    if word in ("TRUE", "FALSE"):
        return Literal("boolean", word == "TRUE")
    return Literal("null", None) if word == "NULL" else Literal("word", word)


def _unescape(text: str, *, is_pattern: bool = False) -> str:
    """The text behind SOQL's backslash forms; a pattern keeps those that LIKE needs (``\\\\``, ``\\%``, ``\\_``)."""
    if "\\" not in text:
        return text
    out, letters = [], iter(text)
    for letter in letters:
        if letter != "\\":
            out.append(letter)
            continue
        follows = next(letters, "")
        if follows in ("%", "_", "\\"):
            out.append("\\" + follows if is_pattern else follows)
        elif follows in ("'", '"'):
            out.append(follows)
        elif follows.lower() in _ESCAPES:
            out.append(_ESCAPES[follows.lower()])
        else:
            raise OrgError("MALFORMED_QUERY", f"Invalid string literal '\\{follows}'. Illegal character sequence")
    return "".join(out)


def _count(token: Any) -> int:
    try:
        return max(0, int(token))
    except ValueError:
        raise OrgError("MALFORMED_QUERY", f"unexpected token: '{token}'") from None


def _offset(token: Any) -> int:
    count = _count(token)
    if count > 2000:
        raise OrgError("NUMBER_OUTSIDE_VALID_RANGE", "Maximum SOQL offset allowed is 2000")
    return count
