"""Whatever anybody types, in any field: no page breaks, and the words come back as they were."""

import unicodedata

import pytest
from flask import Flask
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from app.cases.models import Case
from app.extensions import db
from app.journeys.words import kept_line, kept_words
from tests.complaints.complaining import ANSWERS, begin, slug_of
from tests.journeys.reader import Reader

# Text as people and machines send it: every plane of Unicode; markup, controls, right to left, joined letters.
ANY_TEXT = st.text(max_size=200) | st.text(
    alphabet="<>&\"'\\{}%$\r\n\t\0 \x85\u2028\u202e\u200f\u0301\ufffeé٣ياسمين👩🏽‍🦽aA1", max_size=60
)
# Where each field is, the label of its row, and whether it takes lines.
FIELDS = {
    "what_happened": ("what-happened", "What happened", True),
    "outcome_sought": ("outcome", "What would put it right", True),
    "safe_times": ("safe-times", "When it is safe and easy to contact you", True),
    "when_happened": ("when", "When it happened", True),
    "name": ("name", "Your name", False),
}
# The rule itself is tried a hundred times; here each field and database shows that it follows the rule.
AS_MANY = settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def as_it_should_be(typed: str) -> str:
    """Said in other words than the program's: line ends are one character, what cannot be stored is gone, NFC."""
    for line_end in ("\r\n", "\r", "\x85", "\u2028", "\u2029"):
        typed = typed.replace(line_end, "\n")
    lost = {"\ufffe", "\uffff"} | {c for c in typed if unicodedata.category(c) in ("Cc", "Cs")} - {"\n", "\t"}
    return unicodedata.normalize("NFC", "".join(c for c in typed if c not in lost).strip())


@given(typed=ANY_TEXT)
@example(typed="a\u0301\r\nb\0")
def test_the_words_that_are_kept_are_the_words_that_were_typed(typed: str) -> None:
    assert kept_words(typed) == as_it_should_be(typed)
    assert kept_line(typed) == " ".join(as_it_should_be(typed).split())


def test_words_are_kept_in_one_form_only() -> None:
    """Accents typed apart, as some keyboards send them, are the same word, and are counted as the reader counts."""
    assert kept_words("e\u0301") == "é"
    assert len(kept_words("line\r\nline")) == 9


@pytest.mark.parametrize("field", FIELDS)
def test_any_text_comes_back_on_the_check_page_and_in_the_form(field: str, app: Flask) -> None:
    reader = begin(app.test_client())
    slug, label, takes_lines = FIELDS[field]

    @AS_MANY
    @given(typed=ANY_TEXT)
    @example(typed="</textarea><script>alert(1)</script>")
    @example(typed="{{ 7 * 7 }} {% raw %} %(name)s %s %%")
    @example(typed="\0\x07\ufffe")
    @example(typed="\n\nأعطني\u202e 12 \u0301")
    def check(typed: str) -> None:
        reader.open(f"/en/complaint/{slug}/change").answer(**{field: typed})
        wanted = as_it_should_be(typed) if takes_lines else " ".join(as_it_should_be(typed).split())
        if reader.response.status_code == 422:  # empty once it is cleaned
            assert not wanted
            return
        assert slug_of(reader) == "check"
        if wanted:
            assert lines_of(reader.summary[label]) == lines_of(wanted)
        assert reader.open(f"/en/complaint/{slug}").fields()[field] == wanted

    check()


@pytest.mark.parametrize("slug", ANSWERS)
def test_any_text_in_any_field_never_breaks_the_page(slug: str, sqlite_app: Flask) -> None:
    """In choices, email, phone and postcode too: the answer is another page, or this one with its mistakes."""
    gas = {"what_happened": "I smell gas.", "danger_at_home": "gas"}
    ways = {
        "dangerous": gas, "call-us-now": gas, "people": gas, "since-when": gas,
        "who-for": {"who": "representative"}, "permission": {"who": "representative"},
        "banding": {"who": "housing-applicant"}, "email": {"contact_channel": "email"},
        "phone": {"contact_channel": "phone"}, "print-size": {"format": "large-print"},
        "braille-grade": {"format": "braille"}, "email-for-letters": {"format": "audio"},
    }  # fmt: skip
    reader = begin(sqlite_app.test_client(), until=slug, **ways.get(slug, {}))
    path = reader.path
    names = sorted(set(reader.page.xpath("//main//form//*/@name")) - {"csrf_token"})

    @settings(AS_MANY, max_examples=8)
    @given(typed=st.fixed_dictionaries(dict.fromkeys(names, ANY_TEXT)))
    def check(typed: dict[str, str]) -> None:
        reader.path = path
        token = {"csrf_token": reader.open(path).fields()["csrf_token"]}
        answer = reader.client.post(path, data={**token, **typed})
        assert answer.status_code in (303, 422)

    check()


def test_any_bytes_at_all_are_answered(sqlite_app: Flask) -> None:
    """Not UTF-8, no form, a form without its fields, fields twice."""
    reader: Reader = begin(sqlite_app.test_client(), until="what-happened")
    token = reader.fields()["csrf_token"]
    form = "application/x-www-form-urlencoded"
    for body, kind in (
        (b"\xff\xfe\x00", form),
        (f"csrf_token={token}&what_happened=%ED%A0%80%FF%00".encode(), form),
        (f"csrf_token={token}".encode(), form),
        (f"csrf_token={token}&what_happened=a&what_happened=b".encode(), form),
        (b"{}", "application/json"),
        (b"[1", "application/json"),
        (b"", "multipart/form-data; boundary=x"),
    ):
        status = reader.client.post(reader.path, data=body, content_type=kind).status_code
        assert status in (303, 400, 422), (body, kind, status)


def test_strange_words_reach_the_case_unchanged(app: Flask) -> None:
    words = "Ysgol “Ŵyl” – £5 < 6 & 7\nالمصعد معطل\n👩🏽‍🦽 {{ 7*7 }} %s\n電梯壞了"
    reader = begin(app.test_client(), what_happened=words, name="Zoë O’Brien-نجم")
    assert reader.press().reference
    case = db.session.scalars(db.select(Case)).one()
    assert case.contacts[0].answers["what_happened"] == words
    assert case.tenant.name == "Zoë O’Brien-نجم"


def lines_of(text: str) -> list[str]:
    """Line by line, without the white space that HTML joins."""
    return [" ".join(line.split()) for line in text.split("\n")]
