"""Names and addresses. Nobody lives there: phones are those kept for films, email addresses lead nowhere (RFC 2606)."""

from random import Random
from typing import Any

COLLEAGUES = (
    # email's first part, name, roles
    ("sam.field", "Sam Field", ("officer",)),
    ("priya.shah", "Priya Shah", ("complaints-team",)),
    ("gareth.morgan", "Gareth Morgan", ("complaints-team",)),
    ("leila.haddad", "Leila Haddad", ("complaints-team",)),
    ("grace.okafor", "Grace Okafor", ("manager",)),
    ("kim.obrien", "Kim O’Brien", ("advisor",)),
    ("robin.clarke", "Robin Clarke", ("auditor",)),
    ("alex.winter", "Alex Winter", ("administrator",)),
    ("dewi.pritchard", "Dewi Pritchard", ("manager",)),
    ("nadia.rahman", "Nadia Rahman", ("reviewer",)),
    ("karim.nasser", "Karim Nasser", ("translator",)),
)
TEAMS = (
    # name, its manager, what complaints may be about, members
    ("Repairs and safety", "dewi.pritchard", ("repairs", "damp-and-mould", "safety"), ("dewi.pritchard",)),
    ("Neighbourhoods", "grace.okafor", ("antisocial-behaviour", "neighbourhood", "moving"), ("sam.field",)),
    ("Customer services", "grace.okafor", ("contact", "website", "rent-and-charges", "colleague", "other"),
     ("kim.obrien",)),
    ("Complaints", "grace.okafor", (), ("grace.okafor", "priya.shah", "gareth.morgan", "leila.haddad")),
)  # fmt: skip
LINE_MANAGERS = {
    "sam.field": "grace.okafor",
    "priya.shah": "grace.okafor",
    "gareth.morgan": "grace.okafor",
    "leila.haddad": "grace.okafor",
    "kim.obrien": "grace.okafor",
}
FIRST_NAMES = (
    "Margaret", "David", "Fatima", "Anwen", "Tomasz", "Jean", "Mohammed", "Siân", "Patricia", "Owen", "Amira", "Harold",
    "Blessing", "Rhys", "Olena", "Derek", "Yusuf", "Mair", "Shanice", "Colin", "Huda", "Ewan", "Doreen", "Ibrahim",
)  # fmt: skip
LAST_NAMES = (
    "Thompson", "Hughes", "Al-Sayed", "Kowalska", "Evans", "Begum", "Clarke", "Adeyemi", "Morris", "Jenkins", "Hassan",
    "Doyle", "Prosser", "Shevchenko", "Barrett", "Rahman", "Griffiths", "Osei", "Whitfield", "Nasser", "Tucker",
)  # fmt: skip
STREETS = (
    "Orchard Close",
    "High Street",
    "Mill Lane",
    "Beech Road",
    "Chapel Street",
    "Harbour View",
    "St Anne’s Court",
)
TOWNS = {
    "livewest": (("Exeter", "EX4"), ("Plymouth", "PL1"), ("Truro", "TR1"), ("Barnstaple", "EX31"), ("Taunton", "TA1")),
    "livv": (("Huyton", "L36"), ("Kirkby", "L32"), ("Prescot", "L34"), ("Halewood", "L26"), ("Liverpool", "L14")),
}
ANYWHERE = (("Newtown", "SY16"),)


def email_of(first_part: str, landlord: str) -> str:
    return f"{first_part}@{landlord}.example"


def somebody(random: Random, landlord: str, name: str | None = None) -> dict[str, Any]:
    """``person`` as a form or ``cases record`` gives it, with every way to be reached."""
    name = name or f"{random.choice(FIRST_NAMES)} {random.choice(LAST_NAMES)}"
    town, district = random.choice(TOWNS.get(landlord, ANYWHERE))
    mailbox = "".join(character for character in name.lower() if character.isascii() and character.isalpha())
    return {
        "name": name,
        "who": "customer",
        "email": f"{mailbox or 'tenant'}.{random.randrange(100, 1000)}@tenants.example",
        "phone": f"07700 900{random.randrange(1000):03}",
        "address": [f"{random.randrange(1, 120)} {random.choice(STREETS)}", town],
        "postcode": f"{district} {random.randrange(1, 10)}ZZ",
    }
