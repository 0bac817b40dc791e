"""What the doctor says of documents: files that are gone or were changed, batches that stopped on the way."""

from collections import Counter
from collections.abc import Mapping

from callstation.doctor import Finding, Health
from callstation.documents.batches import interrupted
from callstation.documents.filing import states_of
from callstation.work import Work

MOST_NAMED = 5
"""Changed documents named by their ids."""


def _advice(states: Mapping[int, str]) -> str:
    """What mends the files of these documents, by their ids."""
    advice = []
    if "missing" in states.values():
        advice.append("callstation documents --missing (makes what is missing again, the same byte for byte)")
    if changed := [document_id for document_id, state in states.items() if state == "changed"]:
        others = ", ".join(f"{one}" for one in changed[1:MOST_NAMED])
        more = f"; so for {others}" if others else ""
        more += " and the others that callstation documents names" if len(changed) > MOST_NAMED else ""
        advice.append(
            f"callstation documents --again {changed[0]} (as it was made; the changed one stays beside it{more})"
        )
    return f"Type: {'; and: '.join(advice)}"


def documents(work: Work) -> Finding:
    """Whether every document on record is there as it was made; a backup holds the records, not the files."""
    total = work.rows("SELECT count(*) FROM document")[0][0]
    states = states_of(work, work.folder / "documents")
    if states:
        wrong = Counter(states.values())
        said = ", ".join(f"{count:,} {state}" for state, count in sorted(wrong.items()))
        return Finding(
            "documents", Health.WARNING, f"Of {total:,} files: {said}.",
            _advice(states),
        )  # fmt: skip
    if stopped := interrupted(work):
        one = stopped[0]
        more = f" So are {len(stopped) - 1:,} others." if len(stopped) > 1 else ""
        return Finding(
            "documents", Health.WARNING, f"The batch {one.name} was stopped with {one.left:,} left.{more}",
            f"Type: callstation batch --resume {one.batch_id}",
        )  # fmt: skip
    return Finding(
        "documents", Health.GOOD, f"{total:,} on file, each as it was made." if total else "None was made yet."
    )
