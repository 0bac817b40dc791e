"""What a client asks first: the versions, the resources of one, the limits."""

from typing import Any

from callstation.sync.practice.errors import OrgError
from callstation.sync.practice.web.call import Call, Reply

RESOURCES = (
    *("composite", "jobs", "limits", "query", "queryAll", "sobjects", "tooling"),
    *("recent", "search", "support", "theme", "process", "quickActions"),
)


def versions(call: Call) -> Reply:
    """Every version that is answered, oldest first."""
    return Reply(body=[_version(number) for number in range(31, 69)])


def _version(number: int) -> dict[str, str]:
    label = f"{('Summer', 'Winter', 'Spring')[(number - 1) % 3]} '{4 + (number + 1) // 3:02}"  # 66 is Spring '26
    return {"label": label, "url": f"/services/data/v{number}.0", "version": f"{number}.0"}


def resources(call: Call) -> Reply:
    found = {name: f"{call.root}/{name}" for name in RESOURCES}
    org = call.site.org
    return Reply(body={**found, "identity": f"{call.base_url}/id/{org.org_id}/{org.user_id}"})


def limits(call: Call) -> Reply:
    site = call.site

    def of(most: int, left: int | None = None) -> dict[str, int]:
        return {"Max": most, "Remaining": most if left is None else left}

    body: dict[str, Any] = {
        "DailyApiRequests": of(site.daily_limit, max(0, site.daily_limit - site.calls)),
        "DailyBulkApiBatches": of(15_000),
        "DailyBulkV2QueryFileStorageMB": of(976_562),
        "DailyBulkV2QueryJobs": of(10_000),
        "DataStorageMB": of(1024),
        "FileStorageMB": of(1024),
        "SingleEmail": of(5000),
    }
    return Reply(body=body)


def record_count(call: Call) -> Reply:
    """Live records by object, for those asked after or for all."""
    org = call.site.org
    asked = [name.strip() for name in call.args.get("sObjects", "").split(",") if name.strip()] or org.sobjects()
    counts = []
    for name in asked:
        try:
            counts.append({"count": org.count(name), "name": name})
        except OrgError:
            continue
    return Reply(body={"sObjects": counts})
