"""That somebody is unhappy, or a home dangerous, is heard in every language offered, however it is typed."""

import tomllib

import pytest

from app.languages import LANGUAGES
from app.reception.listening import DISSATISFACTION, HAZARDS, WORDS, heard


@pytest.mark.parametrize("about", [DISSATISFACTION, HAZARDS])
def test_every_language_has_its_words(about: str) -> None:
    languages = tomllib.loads((WORDS / f"{about}.toml").read_text(encoding="utf-8"))
    assert set(languages) == set(LANGUAGES)
    for tag, language in languages.items():
        assert len(language["words"]) == len(set(language["words"])) > 30, tag


@pytest.mark.parametrize(
    "said",
    [
        "I am not happy", "Rwy'n anhapus", "Czekam od trzech tygodni", "NIKT NIE PRZYSZEDL", "Sunt nemultumita de voi",
        "Nu a venit nimeni", "Ніхто не прийшов", "Я незадоволена", "میں مطمئن نہیں ہوں", "كسي نے جواب نہيں ديا",
        "Ninguém me respondeu", "Quero fazer uma reclamacao", "لم يأتِ أحد",
    ],
)  # fmt: skip
def test_who_is_unhappy_is_heard(said: str) -> None:
    assert heard(DISSATISFACTION, said)


@pytest.mark.parametrize(
    "said",
    [
        "There is mould", "Mae lleithder yma", "W łazience jest pleśń", "Czuc gaz w kuchni", "Avem igrasie în dormitor",
        "Miroase a gaz", "У ванній пліснява", "Пахне газом", "گیس کی بو آ رہی ہے", "بجلی نہیں ہے", "Há bolor na parede",
        "Cheira a gas", "رائحة غاز",
    ],
)  # fmt: skip
def test_what_is_dangerous_is_heard(said: str) -> None:
    assert heard(HAZARDS, said)


@pytest.mark.parametrize(
    "said",
    [
        "Can you tell me when my rent is due?", "Kiedy mam zapłacić czynsz?", "Când trebuie să plătesc chiria?",
        "Коли треба платити за квартиру?", "کرایہ کب دینا ہے؟", "Quando devo pagar a renda?", "Pryd mae’r rhent?",
    ],
)  # fmt: skip
def test_who_only_asks_is_not_taken_to_be_unhappy_or_in_danger(said: str) -> None:
    assert heard(DISSATISFACTION, said) == ()
    assert heard(HAZARDS, said) == ()
