"""The fixed set of letters by which voices are measured. A change here makes earlier figures no measure any more."""

from app.formats.document import Document
from benchmarks.hearing import KeyFact
from tests.formats.samples import TABLE, letter, sample

MORE_TIME = """
<p>Dear Anna Nowak,</p>
<p>We promised you an answer by <time datetime="2026-12-29T17:00">Tuesday 29 December 2026</time>. We need more time,
because the engineer who looked at your heating found a second fault. We are sorry that this takes longer.</p>
<h2>When you will hear from us</h2>
<p>You will have our answer by <time datetime="2027-01-15T17:00">Friday 15 January 2027</time>. This is the last
date.</p>
<h2>If you do not agree</h2>
<p>You can ask the Housing Ombudsman for help now. It is free, and it takes no sides. Telephone
<data class="phone" value="+443001113000">0300 111 3000</data>. Please give your reference,
<data class="reference" value="K7M4-QX9T">K7M4-QX9T</data>.</p>
<ul><li>We pay you <data class="amount" value="75.50">£75.50</data> because you had to wait.</li>
<li>Nobody needs to be at home for this.</li></ul>
<p>Yours sincerely,</p><p>Sami Haddad</p>
"""

VISIT = """
<p>Dear Anna Nowak,</p>
<p>We want to look at the damp in your bedroom and in the hall. We come to 14 Orchard Close, and it takes about an
hour.</p>
<h2>When we come</h2>
<p><time datetime="2026-12-15T14:30">2:30pm on Tuesday 15 December 2026</time></p>
<p>We ring you before we set out. If this day does not suit you, ring
<data class="phone" value="+443001238080">0300 123 8080</data> and we find another.</p>
<h2>How you know that it is us</h2>
<p>Our colleague wears a badge with a photo. Ask to see it. If you are not sure, close the door and ring us first: a
colleague of ours never minds to wait.</p>
<h2>What would help</h2>
<ol><li>Please move small things away from the walls.</li><li>Keep pets in another room.</li>
<li>Tell us if steps are hard for you, or if you need an interpreter.</li></ol>
""" + TABLE.replace("Mend the boiler", "Dry the walls")

PHONE = KeyFact("phone", "0300 111 3000")
REFERENCE = KeyFact("reference", "K7M4-QX9T")

# Language → (name, letter, what its listener has to come away with).
LETTERS: dict[str, list[tuple[str, Document, tuple[KeyFact, ...]]]] = {
    "en": [
        ("acknowledgement", sample("en"), (REFERENCE, PHONE, KeyFact("date", "29 December 2026"))),
        (
            "more time",
            letter(MORE_TIME, title="We need more time"),
            (REFERENCE, PHONE, KeyFact("date", "15 January 2027")),
        ),
        (
            "visit",
            letter(VISIT, title="We want to visit you"),
            (REFERENCE, KeyFact("phone", "0300 123 8080"), KeyFact("date", "15 December 2026")),
        ),
    ],
    "cy": [("acknowledgement", sample("cy"), (REFERENCE, PHONE, KeyFact("date", "29 Rhagfyr 2026")))],
    "ar": [("acknowledgement", sample("ar"), (REFERENCE, PHONE, KeyFact("date", "29 ديسمبر 2026")))],
}
