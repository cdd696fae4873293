"""The letter in braille: what an embosser prints, on pages that it holds, that reads as the letter."""

import dataclasses
import re
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from flask import Flask

from app.cases.references import ALPHABET
from app.formats import Choice, make
from app.formats import braille_translation as translation
from app.formats.braille_cells import CELLS, SIGNS, codes_in, digits_in, from_brf, number, to_brf
from app.formats.braille_layout import ENTRY, HEADING, PARAGRAPH, Page, Style, lines_of, pages_of
from app.formats.braille_pages import words_in
from app.formats.braille_reading import body_of, read_back
from app.formats.braille_tables import CODES, digits_of, grade_in
from app.formats.braille_translation import Translator
from app.formats.document import Document, Fact, FormatRefused, Inline, Paragraph, Quotation, Words, plain_words
from tests.formats.samples import TABLE, letter, sample
from tests.formats.test_hostile_text import HOSTILE, SHORT, hostile, many_hostile

pytestmark = pytest.mark.usefixtures("letterbox")

EVERY = [
    *((language, grade) for language in ("en", "cy", "ar", "ur", "pt") for grade in (1, 2)),
    *(("pl", 1), ("uk", 1)),  # always uncontracted
]
# Most of what a tenant may type is written by the same code in every language.
IN_TURN = [pair for pair in EVERY if pair[0] in ("en", "cy", "ar") or pair == ("ur", 2)]


def brf(document: Document, grade: int = 2) -> str:
    return make("braille", document, Choice(braille_grade=grade)).content.decode("ascii")


def pages(text: str) -> list[list[str]]:
    return [page.split("\r\n")[:-1] for page in text.split("\f")]


def signs(*content: Inline, language: str = "en", grade: int = 2) -> str:
    (made,) = Translator(language, grade).translate([content])
    return to_brf(made.cells.replace(translation.KEPT_BLANK, "\u2800"))


def prose(text: str, language: str = "en", grade: int = 2) -> str:
    return signs(Words(text), language=language, grade=grade)


def test_the_sixty_four_signs_stand_for_the_sixty_four_cells():
    assert len(CELLS) == len(set(CELLS.values())) == 64
    assert to_brf("⠁⠃⠉⠼⠠⠿⠀") == "ABC#,= "
    assert from_brf("abc") == from_brf("ABC")


def test_a_cell_of_eight_dots_is_refused():
    with pytest.raises(FormatRefused, match=r"U\+2873"):
        to_brf("⠁\u2873")


@pytest.mark.parametrize(
    ("text", "grade", "expected"),
    [
        # By hand, from the Rules of Unified English Braille.
        ("people", 2, "P"),
        ("The child will go.", 2, ",! * W G4"),
        ("The child will go.", 1, ",THE CHILD WILL GO4"),
        ("2026", 2, "#BJBF"),
        ("£412.56", 2, "@L#DAB4EF"),
        ("0300 111 3000", 2, '#JCJJ"AAA"CJJJ'),
        ("“Yes”", 2, "8,YES0"),
        ("(no)", 1, '"<NO">'),
    ],
)
def test_english_is_written_in_unified_english_braille(text: str, grade: int, expected: str):
    assert prose(text, grade=grade) == expected


def test_welsh_and_arabic_are_written_in_their_own_braille():
    assert prose("tŷ ŵyn", "cy", 1) == "T@Y @WYN"
    assert prose("رقم 2026", "ar", 1) == "RQM #BJBF"


def test_arabic_digits_get_a_number_sign():
    assert prose("٢٠٢٦", "ar", 1) == "#BJBF"


def test_a_reference_is_written_without_contractions():
    """CWH3 would be "C:#C", in which ":" is "wh": a code is copied letter by letter."""
    assert signs(Fact("reference", "YPH6-CWH3", "")) == ",,YPH#F-,,CWH#C"


def test_english_words_in_an_arabic_letter_stand_in_english_braille_between_signs():
    assert prose("رقم K7M4 هنا", "ar", 1) == "RQM ^(,K#G,M#D^) HNA"
    assert "^(,,PO ,BOX #ADHD^)" in prose("PO Box 1484", "ar", 1)
    assert prose("Orchard Close، 14", "ar", 1) == '^(,ORCHARD ,CLOSE^)" #AD'


def test_a_note_tells_what_the_signs_mean_only_where_they_are_used():
    note = "5-6"
    assert note not in read_back(brf(sample("en")), "en", 2)
    quoted = letter(
        (
            Quotation(
                ("الغلاية معطلة",),
            ),
        )
    )
    assert "2-3-5-6" in read_back(brf(quoted), "en", 2)


def test_an_email_address_in_welsh_has_its_at_sign():
    """The Welsh table alone writes a cell of eight dots for it."""
    assert prose("a.b@livv.org", "cy", 2) == "A4B@ALIVV4ORG"


@pytest.mark.parametrize("language", ["en", "cy", "ar"])
def test_numbers_after_a_point_in_an_address_read_back(language: str):
    address = "harold.711@tenants.example"
    (made,) = Translator(language, 1).translate([[Fact("email", address, address)]])
    assert digits_in(made.cells) == made.digits == "711"


def test_foreign_words_of_a_language_without_a_table_are_written_in_the_letters_own():
    assert signs(Words("déjà", language="fr")) == "D^/EJ^*A"


@pytest.mark.parametrize(("language", "grade"), EVERY)
def test_every_line_fits_and_every_page_too(language: str, grade: int):
    for document in (sample(language), hostile(HOSTILE["long word"], language)):
        for page in pages(brf(document, grade)):
            assert len(page) <= 25
            assert all(len(line) <= 40 for line in page)
            assert set("".join(page)) <= set(SIGNS)


@pytest.mark.parametrize("grade", [1, 2])
def test_an_english_letter_reads_back_word_for_word(grade: int):
    document = sample("en")
    read = words_in(read_back(brf(document, grade), "en", grade))
    for label in ("phone", "email", "date"):
        read.remove(label)
    place = read.index("our")
    del read[place : place + 2]
    # The numbers of the list are no words of the letter.
    expected = words_in(" ".join(plain_words(document)))
    assert [word for word in read if word not in "123"] == [word for word in expected if word not in "123"]


@pytest.mark.parametrize(("language", "grade"), EVERY)
def test_every_number_reads_back_in_every_language(language: str, grade: int):
    document = sample(language)
    written = re.sub(r"\D", "", " ".join(plain_words(document)))
    cells = "\u2800".join(body_of(brf(document, grade), CODES[language].continuation))
    read = digits_of(cells, language)
    for fact in ("07700900123" if language != "cy" else "3000", "1484", "29", "2026", "03001113000"[:4]):
        assert fact in written
        assert fact in read


@pytest.mark.parametrize("language", sorted(CODES))
def test_every_reference_can_be_read_letter_by_letter(language: str):
    references = [f"{ALPHABET[n : n + 4]}-{ALPHABET[n + 4 : n + 8]}" for n in range(len(ALPHABET) - 8)]
    made = Translator(language, grade_in(language, 2)).translate(
        [(Words("K "), Fact("reference", each, each)) for each in references]
    )
    for each, sentence in zip(references, made, strict=True):
        assert each in list(codes_in(sentence.cells.replace("⠘⠷", "\u2800").replace("⠘⠾", "\u2800")))


def test_headings_are_centred_with_a_blank_line_around_them():
    lines = [line for page in pages(brf(sample("en"))) for line in page]
    place = next(number for number, line in enumerate(lines) if line.strip() == ",:AT HAPP5S NEXT")
    assert lines[place] == ",:AT HAPP5S NEXT".rjust((40 + 16) // 2)
    assert lines[place - 1] == lines[place + 1] == ""


def test_paragraphs_begin_two_cells_in_and_lists_hang_in():
    lines = [line for page in pages(brf(sample("en"))) for line in page]
    assert any(re.match(r"  ,DE> ,ANNA", line) for line in lines)
    place = next(number for number, line in enumerate(lines) if line.startswith("#C4 "))
    assert lines[place + 1].startswith("  ")


def test_a_table_is_read_row_by_row():
    text = read_back(brf(letter(TABLE), 1), "en", 1)
    assert "Mend the boiler By when: Tuesday 29 December 2026 Ring you By when: Monday 4 January 2027" in text


def test_each_page_bears_the_reference_and_its_number():
    for place, page in enumerate(pages(brf(sample("en"))), 1):
        assert page[0].startswith(",K#G,M#D-,,QX#I,T ")
        assert page[0].endswith(f"#{'ABC'[place - 1]}")
        assert len(page[0]) == 40


def test_lines_and_pages_end_as_embossers_read_them():
    text = brf(sample("en"))
    assert text.count("\f") == len(pages(text)) - 1
    assert text.endswith("\r\n")
    assert "\n\f" in text
    assert not re.search("(?<!\r)\n", text)


def test_a_phone_number_is_never_cut_at_the_end_of_a_line():
    number = Fact("phone", "0300 111 3000", "")
    ever_longer = tuple(Paragraph((Words("a" * 4 + " b" * filling + " "), number)) for filling in range(30))
    for language, expected in (("en", '#JCJJ"AAA"CJJJ'), ("cy", "#JCJJ #AAA #CJJJ")):
        assert brf(letter(ever_longer, language=language)).count(expected) == 30 + 1  # and once at the letter's head


def laid_out(*blocks: tuple[str, Style], page: Page | None = None) -> list[list[str]]:
    page = page or Page(width=20, height=6)
    cells = [(from_brf(text.upper()), style) for text, style in blocks]
    made = pages_of(lines_of(cells, page, "⠤"), page, "")
    return [[to_brf(line).rstrip() for line in lines] for lines in made]


def test_a_heading_is_never_left_alone_at_the_foot_of_a_page():
    filling = [("aaa", PARAGRAPH)] * 3
    first, second = laid_out(*filling, ("head", HEADING), ("text", PARAGRAPH))
    assert first[1:] == ["  AAA"] * 3
    assert second[1:] == ["        HEAD", "", "  TEXT"]


def test_no_page_begins_or_ends_with_a_blank_line():
    for page in laid_out(*[("aaa", PARAGRAPH), ("head", HEADING)] * 6):
        assert page[1] != ""
        assert page[-1] != ""


def test_a_word_longer_than_a_line_goes_on_behind_a_sign():
    (page,) = laid_out(("a" * 45, ENTRY))
    assert page[1:] == ["A" * 17 + "-", "  " + "A" * 17 + "-", "  " + "A" * 11]


def test_a_heading_longer_than_a_line_is_centred_line_by_line():
    (page,) = laid_out(("aaaa bbbb cccc", HEADING), ("text", PARAGRAPH))
    assert page[1:4] == ["     AAAA BBBB", "        CCCC", ""]


def test_page_numbers_are_numbers():
    assert [to_brf(number(value)) for value in (1, 9, 10, 25)] == ["#A", "#I", "#AJ", "#BE"]


def test_the_name_of_the_file_tells_language_and_grade():
    assert make("braille", sample("cy"), Choice(braille_grade=1)).name == "K7M4-QX9T-cy-grade1.brf"


def test_polish_is_written_uncontracted_for_readers_of_either_grade():
    assert brf(sample("pl"), 1) == brf(sample("pl"), 2)
    assert make("braille", sample("uk"), Choice(braille_grade=2)).name == "K7M4-QX9T-uk-grade1.brf"


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("pl", "Mieszkanie 5a, 50% z £1,412.56 do 29.12.2026, 17:00"),
        ("uk", "Квартира 5а, 50% з £1,412.56 до 29.12.2026, 17:00"),
        ("ur", "فلیٹ 5الف، 50% میں سے £1,412.56، 29/12/2026 تک، 17:00 (بجے)؟"),
        ("pt", "Apartamento 5a, 50% de £1,412.56 até 29.12.2026, 17:00, 12-14"),
        ("cy", "Fflat 5a, 3b"),
    ],
)
def test_amounts_times_and_flats_read_back_in_the_older_codes(language: str, words: str):
    (made,) = Translator(language, 1).translate([[Words(words)]])
    assert digits_of(made.cells, language) == made.digits == re.sub(r"\D", "", words)


def test_urdu_keeps_the_signs_that_its_table_lacks():
    """A clock without its colon would be another time."""
    assert prose("17:00", "ur", 1) == prose("17:00", "ar", 1)
    assert prose("ہاں.", "ur", 1) == prose("ہاں۔", "ur", 1)
    assert prose("www.ombudsman.example", "ur", 1) == "^(WWW4OMBUDSMAN4EXAMPLE^)"


@pytest.mark.parametrize(
    ("language", "words", "code"), [("en", "Олена", "uk"), ("pl", "Олена", "uk"), ("uk", "Anna", "en")]
)
def test_a_name_in_another_alphabet_is_written_in_that_alphabets_braille(language: str, words: str, code: str):
    assert prose(words, code, 1).strip() in prose(words, language, 1)
    assert len(prose(words, language, 1)) == len(prose(words, code, 1)) + 4


@pytest.mark.parametrize(("language", "grade"), [("so", 2), ("en", 3), ("ro", 1)])
def test_a_language_or_grade_without_a_table_is_refused_with_what_to_offer_instead(language: str, grade: int):
    with pytest.raises(FormatRefused, match=r"no braille table.*large print or audio"):
        make("braille", dataclasses.replace(sample("en"), language=language), Choice(braille_grade=grade))


@pytest.mark.parametrize(("language", "grade"), IN_TURN)
@pytest.mark.parametrize("names", [SHORT, *([name] for name in HOSTILE if name not in SHORT)], ids=" ".join)
def test_hostile_words_are_written_and_read_back(names: list[str], language: str, grade: int):
    text = brf(many_hostile(names, language), grade)
    assert set(text) <= set(SIGNS) | set("\r\n\f")


def test_an_emoji_is_named():
    assert "(freezing face)" in read_back(
        brf(
            letter(
                (
                    Quotation(
                        ("It is 🥶",),
                    ),
                )
            ),
            1,
        ),
        "en",
        1,
    )


def test_twenty_thousand_characters_are_all_there():
    text = read_back(brf(letter((Quotation((HOSTILE["long text"],)),))), "en", 2)
    assert text.count("The boiler is cold.") == 1000


def test_the_same_letter_gives_the_same_bytes_in_many_threads(application: Flask):
    """liblouis crashes under threads: each letter is translated in a process of its own."""
    some = EVERY[::3]
    expected = [brf(sample(language), grade) for language, grade in some]

    def in_thread(which: tuple[str, int]) -> str:
        with application.app_context():
            return brf(sample(which[0]), which[1])

    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(in_thread, some * 3)) == expected * 3


@pytest.mark.parametrize(
    ("cells", "what"),
    [("⠠⠺⠗⠕⠝⠛", "words"), ("⠼⠁⠼⠁", "numbers")],
)
def test_braille_that_does_not_read_back_is_refused(cells: str, what: str, monkeypatch: pytest.MonkeyPatch):
    """As if a table were at fault: the paragraph comes back as other cells."""

    document = letter("<p>Please wait for us.</p>")
    assert brf(document)
    real = translation.run
    monkeypatch.setattr("app.formats.braille_translation.run", lambda jobs, seconds=60: _with(real, jobs, cells, what))
    with pytest.raises(FormatRefused, match=f"The {what} .*do not read back"):
        brf(document)


def _with(real: Callable[..., list], jobs: Sequence[dict], cells: str, what: str) -> list:
    made = real(jobs)
    for each in made:
        if each["text"].startswith("Please"):
            each.update(cells=cells, kept=[0] * len(cells), back="Wrong" if what == "words" else each["text"])
    return made


def test_a_translation_that_hangs_or_dies_is_refused_with_the_reason(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    for code, reason in (("import time; time.sleep(60)", "timed out"), ("import os; os.abort()", "ended with -6")):
        script = tmp_path / "child.py"
        script.write_text(code)
        monkeypatch.setattr(translation, "_CHILD", str(script))
        with pytest.raises(FormatRefused, match=f"liblouis.*{reason}"):
            translation.run([], seconds=1)


@pytest.mark.parametrize("language", ["en", "cy", "ar"])
@pytest.mark.parametrize("text", ["a" * 20_000, "1" * 20_000, "!" * 20_000, "a@" * 10_000, "ا" * 20_000, "a1 " * 7_000])
def test_no_heap_of_signs_keeps_a_worker_busy(language: str, text: str):
    begun = time.process_time()
    Translator(language, 2)._marked((Words(text),))
    assert time.process_time() - begun < 1


@pytest.mark.parametrize("grade", [1, 2])
@pytest.mark.parametrize("words", ["£1,250.50", "£1,250,000", "9am - 10am", "8:30pm", "16:59", "Flat 10b"])
def test_amounts_and_times_of_a_welsh_letter_read_back(words: str, grade: int):
    """A letter whose numbers do not is refused, and a tenant who reads braille would get none."""
    (made,) = Translator("cy", grade).translate([[Words(words)]])
    assert digits_in(made.cells) == re.sub(r"\D", "", words)
