"""What the doctor says of documents: files that are gone or were changed, batches that stopped on the way."""

from collections import Counter

from callstation.doctor import Finding, Health
from callstation.documents.batches import interrupted
from callstation.documents.filing import states_of
from callstation.work import Work


def documents(work: Work) -> Finding:
    """Whether every document on record is there as it was made; a backup holds the records, not the files."""
    total = work.rows("SELECT count(*) FROM document")[0][0]
    wrong = Counter(states_of(work, work.folder / "documents").values())
    if wrong:
        said = ", ".join(f"{count:,} {state}" for state, count in sorted(wrong.items()))
        return Finding(
            "documents", Health.WARNING, f"Of {total:,} files: {said}.",
            "Type: callstation documents --missing (makes what is missing again, the same byte for byte)",
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
