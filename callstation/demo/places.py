"""Cities of the made-up book, and the phone numbers there that regulators keep for fiction."""

# ruff: noqa: E501  # tables

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class City:
    """A place with a zone and ranges of numbers that are valid, and belong to nobody.

    ``ranges``: (prefix in E.164, how many digits follow, how many numbers there are). ``offset_h`` is the winter distance to
    UTC in hours, good enough to place a past call within the working day.
    """

    name: str
    region: str | None
    country: str
    zone: str
    offset_h: float
    postal_code: str
    ranges: tuple[tuple[str, int, int], ...]

    def number(self, index: int) -> str:
        """The ``index``-th reserved number of the city, beginning again when there are no more."""
        index %= sum(count for _, _, count in self.ranges)
        for prefix, digits, count in self.ranges:
            if index < count:
                return f"{prefix}{index:0{digits}d}"
            index -= count
        raise AssertionError("unreachable")


_ET, _CT, _MT, _PT = (
    ("America/New_York", -5),
    ("America/Chicago", -6),
    ("America/Denver", -7),
    ("America/Los_Angeles", -8),
)

# North America: 555-0100 to 555-0199 in every area code (NANPA, "555 Line Number Assignment Guidelines").
_US = (
    ("New York", "NY", _ET, "10001", "212 646 917 332 718 347 929"), ("Boston", "MA", _ET, "02110", "617 857"),
    ("Worcester", "MA", _ET, "01608", "508 774"), ("Hartford", "CT", _ET, "06103", "860 959"),
    ("Stamford", "CT", _ET, "06901", "203 475"), ("Providence", "RI", _ET, "02903", "401"),
    ("Newark", "NJ", _ET, "07102", "973 862"), ("Trenton", "NJ", _ET, "08608", "609 640"),
    ("Philadelphia", "PA", _ET, "19103", "215 267"), ("Pittsburgh", "PA", _ET, "15222", "412 878"),
    ("Baltimore", "MD", _ET, "21201", "410 443 667"), ("Washington", "DC", _ET, "20005", "202 771"),
    ("Richmond", "VA", _ET, "23219", "804"), ("Raleigh", "NC", _ET, "27601", "919 984"),
    ("Charlotte", "NC", _ET, "28202", "704 980"), ("Charleston", "SC", _ET, "29401", "843 854"),
    ("Atlanta", "GA", _ET, "30303", "404 470 678 770"), ("Savannah", "GA", _ET, "31401", "912"),
    ("Jacksonville", "FL", _ET, "32202", "904"), ("Miami", "FL", _ET, "33131", "305 786"),
    ("Orlando", "FL", _ET, "32801", "407"), ("Tampa", "FL", _ET, "33602", "813 656"),
    ("Buffalo", "NY", _ET, "14202", "716"), ("Rochester", "NY", _ET, "14604", "585"),
    ("Cleveland", "OH", _ET, "44114", "216"), ("Columbus", "OH", _ET, "43215", "614 380"),
    ("Cincinnati", "OH", _ET, "45202", "513"), ("Detroit", "MI", ("America/Detroit", -5), "48226", "313"),
    ("Grand Rapids", "MI", ("America/Detroit", -5), "49503", "616"), ("Chicago", "IL", _CT, "60601", "312 773 872"),
    ("Naperville", "IL", _CT, "60540", "630 331"), ("Milwaukee", "WI", _CT, "53202", "414"),
    ("Madison", "WI", _CT, "53703", "608"), ("Minneapolis", "MN", _CT, "55401", "612"), ("Saint Paul", "MN", _CT, "55101", "651"),
    ("Des Moines", "IA", _CT, "50309", "515"), ("St. Louis", "MO", _CT, "63101", "314"),
    ("Kansas City", "MO", _CT, "64106", "816"), ("Omaha", "NE", _CT, "68102", "402 531"),
    ("Nashville", "TN", _CT, "37203", "615 629"), ("Memphis", "TN", _CT, "38103", "901"),
    ("Birmingham", "AL", _CT, "35203", "205 659"), ("New Orleans", "LA", _CT, "70112", "504"),
    ("Houston", "TX", _CT, "77002", "713 281 832 346"), ("Dallas", "TX", _CT, "75201", "214 469 972"),
    ("Austin", "TX", _CT, "78701", "512 737"), ("San Antonio", "TX", _CT, "78205", "210 726"),
    ("Oklahoma City", "OK", _CT, "73102", "405"), ("Denver", "CO", _MT, "80202", "303 720"),
    ("Colorado Springs", "CO", _MT, "80903", "719"), ("Salt Lake City", "UT", _MT, "84101", "801 385"),
    ("Albuquerque", "NM", _MT, "87102", "505"), ("Boise", "ID", ("America/Boise", -7), "83702", "208"),
    ("Phoenix", "AZ", ("America/Phoenix", -7), "85004", "602 480 623"), ("Tucson", "AZ", ("America/Phoenix", -7), "85701", "520"),
    ("Las Vegas", "NV", _PT, "89101", "702 725"), ("Los Angeles", "CA", _PT, "90012", "213 310 323 424"),
    ("San Diego", "CA", _PT, "92101", "619 858"), ("San Jose", "CA", _PT, "95113", "408 669"),
    ("San Francisco", "CA", _PT, "94105", "415 628"), ("Oakland", "CA", _PT, "94612", "510 341"),
    ("Sacramento", "CA", _PT, "95814", "916 279"), ("Fresno", "CA", _PT, "93721", "559"),
    ("Portland", "OR", _PT, "97204", "503 971"), ("Seattle", "WA", _PT, "98101", "206"), ("Tacoma", "WA", _PT, "98402", "253"),
    ("Spokane", "WA", _PT, "99201", "509"), ("Honolulu", "HI", ("Pacific/Honolulu", -10), "96813", "808"),
)  # fmt: skip
_CA = (
    ("Toronto", "ON", ("America/Toronto", -5), "M5V 2T6", "416 647 437"), ("Ottawa", "ON", ("America/Toronto", -5), "K1P 1J1", "613 343"),
    ("Montreal", "QC", ("America/Toronto", -5), "H3B 1A7", "514 438"), ("Winnipeg", "MB", ("America/Winnipeg", -6), "R3C 0A5", "204 431"),
    ("Calgary", "AB", ("America/Edmonton", -7), "T2P 1J9", "403 587"), ("Vancouver", "BC", ("America/Vancouver", -8), "V6B 1A1", "604 778"),
    ("Halifax", "NS", ("America/Halifax", -4), "B3J 1S9", "902"),
)  # fmt: skip
# United Kingdom: Ofcom, "Telephone numbers for use in TV and radio drama programmes".
_GB = (
    ("London", "EC2A 4BX", "+442079460"), ("Manchester", "M2 4WU", "+441614960"), ("Leeds", "LS1 4AP", "+441134960"),
    ("Birmingham", "B3 2DJ", "+441214960"), ("Glasgow", "G2 5QR", "+441414960"), ("Edinburgh", "EH2 2ER", "+441314960"),
    ("Sheffield", "S1 2GU", "+441144960"), ("Liverpool", "L2 2DP", "+441514960"), ("Bristol", "BS1 4DJ", "+441174960"),
    ("Leicester", "LE1 5YA", "+441164960"), ("Reading", "RG1 2AN", "+441184960"),
    ("Newcastle", "NE1 6EE", "+441914980"), ("Cardiff", "CF10 1EP", "+442920180"), ("Belfast", "BT1 5GS", "+442896496"),
)  # fmt: skip
# Germany: Bundesnetzagentur, "Rufnummern für Medienzwecke".
_DE = (
    ("Berlin", "BE", "10115", "+493023125", 3), ("Frankfurt am Main", "HE", "60311", "+496990009", 3),
    ("Hamburg", "HH", "20095", "+494066969", 3), ("Köln", "NW", "50667", "+492214710", 3), ("München", "BY", "80331", "+498999998", 3),
)  # fmt: skip
# France: Arcep, decision 2018-0881, numbers for works of fiction.
_FR = (
    ("Paris", "75002", "+3319900"), ("Nantes", "44000", "+3326191"), ("Strasbourg", "67000", "+3335301"),
    ("Lyon", "69002", "+3346571"), ("Bordeaux", "33000", "+3353649"),
)  # fmt: skip
# Australia: ACMA, "Phone numbers for use in TV shows, films and creative works".
_AU = (
    ("Sydney", "NSW", "Australia/Sydney", 11, "2000", "+6125550"), ("Newcastle", "NSW", "Australia/Sydney", 11, "2300", "+6127010"),
    ("Melbourne", "VIC", "Australia/Melbourne", 11, "3000", "+6135550"), ("Geelong", "VIC", "Australia/Melbourne", 11, "3220", "+6137010"),
    ("Brisbane", "QLD", "Australia/Brisbane", 10, "4000", "+6175550"), ("Adelaide", "SA", "Australia/Adelaide", 10.5, "5000", "+6185550"),
    ("Perth", "WA", "Australia/Perth", 8, "6000", "+6187010"),
)  # fmt: skip


def _north_american(country: str, rows: tuple[tuple[str, str, tuple[str, int], str, str], ...]) -> tuple[City, ...]:
    return tuple(
        City(name, region, country, zone, offset, code, tuple((f"+1{area}55501", 2, 100) for area in areas.split()))
        for name, region, (zone, offset), code, areas in rows
    )


CITIES: dict[str, tuple[City, ...]] = {
    "US": _north_american("US", _US),
    "CA": _north_american("CA", _CA),
    "GB": tuple(City(name, None, "GB", "Europe/London", 0, code, ((start, 3, 1000),)) for name, code, start in _GB),
    "DE": tuple(City(name, region, "DE", "Europe/Berlin", 1, code, ((start, digits, 1000),)) for name, region, code, start, digits in _DE),
    "FR": tuple(City(name, None, "FR", "Europe/Paris", 1, code, ((start, 4, 10_000),)) for name, code, start in _FR),
    "AU": tuple(City(name, region, "AU", zone, offset, code, ((start, 4, 10_000),)) for name, region, zone, offset, code, start in _AU),
}  # fmt: skip
COUNTRY_SHARES = {"US": 58, "CA": 7, "GB": 15, "DE": 8, "FR": 6, "AU": 6}
CURRENCIES = {"US": "USD", "CA": "CAD", "GB": "GBP", "DE": "EUR", "FR": "EUR", "AU": "AUD"}
