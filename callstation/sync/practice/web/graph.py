"""Composite graphs: several composites in one request, each all or nothing."""

from collections.abc import Mapping, Sequence
from typing import Any

from callstation.sync.practice.errors import OrgError
from callstation.sync.practice.web.call import Call, Reply, objects, pick, told
from callstation.sync.practice.web.composite import parts_of, run
from callstation.sync.practice.web.references import names_in

MOST_GRAPHS, MOST_NODES, MOST_DEPTH, MOST_KINDS, MOST_FAILED = 75, 500, 15, 15, 14
_HALTED = OrgError("PROCESSING_HALTED", "Too many graphs of this request have failed.")


def graph(call: Call) -> Reply:
    graphs = objects(call.mapping(), "graphs")
    if len(graphs) > MOST_GRAPHS:
        raise OrgError("LIMIT_EXCEEDED", f"The request has more than {MOST_GRAPHS} graphs.")
    parts = [parts_of(one) for one in graphs]
    if sum(map(len, parts)) > MOST_NODES:
        raise OrgError("LIMIT_EXCEEDED", f"The request has more than {MOST_NODES} nodes.")
    told_graphs: list[dict[str, Any]] = []
    failed = 0
    for one, nodes in zip(graphs, parts, strict=True):
        _refuse_deep(nodes)
        if failed > MOST_FAILED:
            answers, is_good = [_halted(node) for node in nodes], False
        else:
            answers, is_good = run(call, nodes, is_whole=True)
        failed += not is_good
        told_graphs.append(
            {
                "graphId": pick(one, "graphId"),
                "graphResponse": {"compositeResponse": answers},
                "isSuccessful": is_good,
            }
        )
    return Reply(body={"graphs": told_graphs})


def _halted(node: Mapping[str, Any]) -> dict[str, Any]:
    reply = told(_HALTED)
    name = pick(node, "referenceId")
    return {"body": reply.body, "httpHeaders": {}, "httpStatusCode": reply.status, "referenceId": name}


def _refuse_deep(nodes: Sequence[Mapping[str, Any]]) -> None:
    """Raise where nodes hang too deep on one another or are of too many kinds."""
    depths: dict[str, int] = {}
    for node in nodes:
        names = names_in([pick(node, "url"), pick(node, "body")])
        depths[pick(node, "referenceId")] = 1 + max((depths.get(name, 0) for name in names), default=0)
    kinds = {str(pick(node, "url", "")).partition("/sobjects/")[2].split("/")[0].lower() for node in nodes}
    if max(depths.values(), default=0) > MOST_DEPTH or len(kinds) > MOST_KINDS:
        raise OrgError("LIMIT_EXCEEDED", f"A graph is at most {MOST_DEPTH} deep and of {MOST_KINDS} kinds of nodes.")
