"""Who promises, and what: the landlord whose site this is, read once at the start from its policy file."""

from typing import cast

from flask import current_app

from app.config import POLICIES
from app.landlords.policy_files import read_landlord
from app.landlords.shapes import Complainant as Complainant
from app.landlords.shapes import Exclusion as Exclusion
from app.landlords.shapes import Landlord as Landlord
from app.landlords.shapes import OpeningHours as OpeningHours
from app.landlords.shapes import Option as Option
from app.landlords.shapes import Phone as Phone
from app.landlords.shapes import Standard as Standard
from app.landlords.tables import WrongPolicy as WrongPolicy


def load_landlord(key: str) -> Landlord:
    """Read ``policies/<key>.toml``. Raises WrongPolicy, naming the file and the key."""
    return read_landlord(POLICIES, key)


def current_landlord() -> Landlord:
    """The landlord that LANDLORD names."""
    return cast(Landlord, current_app.extensions["landlord"])
