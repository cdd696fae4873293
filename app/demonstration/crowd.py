"""Names, homes and words for many thousands who do not exist, so that a search finds as few as it would in earnest."""

from random import Random
from typing import Any

from app.demonstration.people import FIRST_NAMES, LAST_NAMES, STREETS, somebody

MORE_FIRST_NAMES = (
    "Beatrice", "Carys", "Dilip", "Elin", "Farah", "Gwilym", "Hannah", "Idris", "Joyce", "Kofi", "Lowri", "Marek",
    "Aled", "Nesta", "Oluwaseun", "Pauline", "Rukhsana", "Stephen", "Tegan", "Una", "Vikram", "Wendy", "Xenia",
    "Yvonne", "Zainab", "Bronwen", "Cedric", "Delyth", "Emeka", "Florence", "Goran", "Hilda", "Imran", "Keith",
)  # fmt: skip
MORE_LAST_NAMES = (
    "Bowen", "Chaudhry", "Davies", "Eze", "Farrell", "Gill", "Howells", "Iqbal", "James", "Kaur", "Llewellyn",
    "Abbott", "Mensah", "Nowak", "Oliver", "Parry", "Quinn", "Roberts", "Siddiqui", "Underwood", "Vaughan", "Watkins",
    "Yilmaz", "Zielinska", "Ahmed", "Bevan", "Cooper", "Dlamini", "Edwards", "Fitzgerald", "Gunn", "Harris", "Rossi",
    "Jones", "Khan", "Lewis", "Murphy", "Nguyen", "O’Sullivan", "Patel", "Rees", "Singh", "Taylor", "Usman", "Varga",
    "Williams", "Young", "Ansah", "Banks", "Carter", "Dixon", "Ellis", "Foster", "Grant", "Hopkins", "Ingram", "Jarvis",
)  # fmt: skip
MORE_STREETS = (
    "Quarry Hill", "Meadow Way", "Lime Avenue", "Castle Street", "Riverside", "Cross Lanes", "Well Lane",
    "The Paddock", "Foundry Row", "Abbey Gardens", "Kiln Close", "Priory Walk", "Tan-y-Bryn", "Wharf Road",
)  # fmt: skip
ALL_FIRST_NAMES, ALL_LAST_NAMES = FIRST_NAMES + MORE_FIRST_NAMES, LAST_NAMES + MORE_LAST_NAMES
ALL_STREETS = STREETS + MORE_STREETS
NOT_IN_POSTCODES = "CIKMOV"  # no real postcode ends with these
BEGAN = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October")
AFTER = (
    "My neighbour has the same.", "I have written before.", "Nobody rang back.", "It is worse when it rains.",
    "I have photos.", "I am at home on most days.", "My daughter can speak for me.", "I work at night.",
    "It keeps us awake.", "The caretaker knows of it.", "I pay my rent on time.", "Please tell me what happens next.",
    "It is the second time this year.", "We have a baby.", "I use a wheelchair.", "It smells.", "The hall is dark.",
    "The gate does not shut.", "A letter of yours said otherwise.", "I waited in all day.", "The door sticks.",
    "It has cost me money.", "I can send a list.", "I would like a visit.",
)  # fmt: skip
PEOPLE_EACH = 4000  # cases for one more colleague
MOST_MORE = 120


def somebody_else(random: Random, landlord: str, name: str | None) -> dict[str, Any]:
    """``person`` as ``people.somebody`` gives it, out of many more names, streets and postcodes."""
    found = somebody(random, landlord, name or f"{random.choice(ALL_FIRST_NAMES)} {random.choice(ALL_LAST_NAMES)}")
    found["address"][0] = f"{random.randrange(1, 160)} {random.choice(ALL_STREETS)}"
    ending = random.choice(NOT_IN_POSTCODES) + random.choice(NOT_IN_POSTCODES)
    found["postcode"] = found["postcode"][:-2] + ending
    return found


def more_words(random: Random) -> tuple[str, ...]:
    """The sentences that one adds to another's words, so that no two say quite the same."""
    began = f"It began in {random.choice(BEGAN)}, {random.randrange(2, 60)} days after the last visit."
    return began, *random.sample(AFTER, 2)


def more_colleagues(cases: int) -> list[tuple[str, str, str]]:
    """For so many cases: the first part of the email, name and role of colleagues who share them."""
    random = Random(cases)  # noqa: S311  # the same each time is what it is for
    roles = ("complaints-team", "complaints-team", "officer", "advisor", "complaints-team", "manager", "officer")
    found = {}
    for number in range(min(cases // PEOPLE_EACH, MOST_MORE)):
        name = f"{random.choice(ALL_FIRST_NAMES)} {random.choice(MORE_LAST_NAMES)}"
        letters = "".join(
            one for one in name.lower().replace(" ", ".") if one.isascii() and (one.isalpha() or one == ".")
        )
        found[f"{letters}.{number + 1}"] = (name, roles[number % len(roles)])
    return [(first_part, name, role) for first_part, (name, role) in found.items()]
