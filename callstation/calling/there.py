"""The working time of whoever a call target is, from its hours key."""

from callstation.calling.business_time import BusinessTime
from callstation.calling.open_hours import read_hours_key
from callstation.calling.workdays import is_working_day
from callstation.settings import Settings


def their_time(settings: Settings, hours_key: str) -> BusinessTime:
    """When they work; where nobody knows their zone, the rep's own stands in for it."""
    country, region, zones = read_hours_key(hours_key)
    return BusinessTime(zones or (settings.zone.key,), country or settings.home_region, region, is_working_day)
