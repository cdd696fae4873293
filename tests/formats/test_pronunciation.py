"""Names and short forms that a voice says wrongly: what it is given instead, and that this is heard."""

import subprocess
import tomllib
from pathlib import Path

import pytest

from app.config import POLICIES
from app.formats.document import Fact, Sender
from app.formats.speech import spoken
from app.formats.speech.engine import ESPEAK_NG, Breath, speak
from app.formats.speech.pronunciation import FOLDER, WrongPronunciation, dictionary_for, pronounced
from app.formats.speech.voices import VOICES
from app.languages import LANGUAGES, speaking
from tests.formats.samples import PHONE, letter

LANDLORDS = sorted((FOLDER / "landlords").glob("*.toml"))
LIVEWEST = "LiveWest"


def sounds(text: str, language: str) -> str:
    """What eSpeak NG says, in phonetic writing; stress and pauses left out."""
    command = ["espeak-ng", "-q", "--ipa", "-v", VOICES[language].espeak_ng, "--stdin"]
    said = subprocess.run(command, input=text, capture_output=True, text=True, check=True).stdout
    return "".join(letter for letter in said if letter not in "ˈˌ \n.")


def in_context(kind: str, word: str) -> str:
    """The entry where it counts."""
    return {"before_a_number": f"{word} 5", "before_a_name": f"{word} Austell", "after_a_name": f"High {word}"}.get(
        kind, word
    )


def entries() -> list[tuple[str, str, str, str]]:
    """(language, sender, kind, word) of each entry in the files."""
    found = []
    for language in LANGUAGES:
        found += of_table(language, "", tomllib.loads((FOLDER / f"{language}.toml").read_text("utf-8")))
    for path in LANDLORDS:
        table = tomllib.loads(path.read_text("utf-8"))
        for language in set(table) & set(LANGUAGES):
            found += of_table(language, table["sender"], table[language])
    return found


def of_table(language: str, sender: str, table: dict) -> list[tuple[str, str, str, str]]:
    return [(language, sender, kind, word) for kind, words in table.items() for word in words]


def test_each_entry_changes_what_is_heard():
    """An entry that changes nothing is there for nothing, or its rule does not reach it."""
    dead = [
        (language, word)
        for language, sender, kind, word in entries()
        if sounds(text := in_context(kind, word), language) == sounds(pronounced(text, language, sender), language)
    ]
    # The voice knows a doctor: it has to be told that "Dr" after a name is none.
    assert dead == [("en", "Dr")]


def test_the_sound_itself_is_another():
    said = pronounced("LiveWest in Fowey", "en", LIVEWEST)
    with_help, without = speak([Breath(said, "en", 145), Breath("LiveWest in Fowey", "en", 145)], 60, [ESPEAK_NG])
    assert with_help != without


@pytest.mark.parametrize("path", LANDLORDS, ids=lambda path: path.stem)
def test_a_landlords_words_count_for_its_own_letters(path: Path):
    landlord = tomllib.loads((POLICIES / path.name).read_text("utf-8"))
    assert tomllib.loads(path.read_text("utf-8"))["sender"] == landlord["name"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("12 High St, Exeter", "12 High Street, Exeter"),
        ("12 High St Exeter", "12 High Street Exeter"),
        ("You live in St Austell.", "You live in Saint Austell."),
        ("5 St Ives Rd", "5 Saint Ives Road"),
        ("St Mary St", "Saint Mary Street"),
        ("Flt 3, 14 Orchard Dr", "Flat 3, 14 Orchard Drive"),
        ("We told Dr Foster.", "We told Doctor Foster."),
        ("within 5 WD, or 1 WD", "within 5 working days, or 1 working day"),
        ("Ms Nowak, No. 7", "Mizz Nowak, number 7"),
        ("No. It is not.", "No. It is not."),
        ("an ASB case", "an A, S, B case"),
        ("The WDs", "The working days"),
        ("the asbestos and the road", "the asbestos and the road"),
    ],
)
def test_short_forms_are_said_in_full(text: str, said: str):
    assert pronounced(text, "en", "Harbour Homes") == said


def test_the_landlords_name_is_said_as_it_says_it_in_every_letter_of_its_own():
    assert pronounced("LiveWest wrote from Teignmouth.", "en", LIVEWEST) == "Liv West wrote from Tinmuth."
    assert pronounced("LiveWest wrote from Teignmouth.", "en", "Harbour Homes") == "LiveWest wrote from Teignmouth."
    assert pronounced("LiveWest", "cy", LIVEWEST) == "Lif West"


@pytest.mark.usefixtures("letterbox")
def test_names_and_addresses_in_a_letter_are_said_so():
    email = Fact("email", "complaints@livewest.co.uk", "complaints@livewest.co.uk")
    document = letter(
        '<p>We met Ms Jones in Exmouth.</p><p lang="en">x</p>'.replace(' lang="en"', ""),
        recipient=("Anna Nowak", "12 High St", "St Austell"),
        sender=Sender(LIVEWEST, ("1 Wellington Way",), PHONE, email),
    )
    with speaking("en"):
        said = "\n".join(sentence.text for section in spoken.script_of(document) for sentence in section.sentences)
    assert "We met Mizz Jones in Ecksmuth." in said
    assert "12 High Street\nSaint Austell" in said
    assert "complaints at Liv West dot co dot uk" in said
    assert "LiveWest" not in said


@pytest.mark.usefixtures("letterbox")
def test_english_words_in_a_welsh_letter_are_said_as_in_english():
    document = letter('<p>Dywedodd ei fod yn <span lang="en">24/7 in High St</span>.</p>', language="cy")
    with speaking("cy"):
        said = [sentence.text for section in spoken.script_of(document) for sentence in section.sentences]
    assert "24 hours a day, 7 days a week in High Street" in said


@pytest.mark.usefixtures("letterbox")
@pytest.mark.parametrize(
    ("language", "postcode", "said_in"), [("cy", "TQ12 4AB", "en"), ("cy", "CF10 3AT", "cy"), ("en", "CF10 3AT", "en")]
)
def test_an_address_in_england_is_said_in_english_in_a_welsh_letter_too(language: str, postcode: str, said_in: str):
    """The Welsh voice makes "weth-ling-ton" of Wellington. Where to write to is asked of people there."""
    document = letter("<p>x</p>", language=language, recipient=("Anna Nowak", "14 Wellington Way", postcode))
    with speaking(language):
        said = [sentence for section in spoken.script_of(document) for sentence in section.sentences]
    street = next(place for place, sentence in enumerate(said) if sentence.text == "14 Wellington Way")
    assert said[street].language == said_in
    assert said[street + 1].language == language, "the postcode is written down in the reader's own figures"


def test_a_wrong_kind_of_entry_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "en.toml").write_text('[wrods]\n"a" = "b"\n', encoding="utf-8")
    monkeypatch.setattr("app.formats.speech.pronunciation.FOLDER", tmp_path)
    dictionary_for.cache_clear()
    with pytest.raises(WrongPronunciation, match=r"en.toml: wrods is none of"):
        pronounced("a", "en", "")
    dictionary_for.cache_clear()
