"""What they write: every kind of contact, language, channel and need, each a number of days ago."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

NEW, ACKNOWLEDGED, FAILED = "new", "acknowledged", "failed"


@dataclass(frozen=True)
class Story:
    """``days`` before now. ``progress``: new, acknowledged, or failed (its acknowledgement came back)."""

    days: float
    kind: str
    name: str
    what_happened: str
    outcome_sought: str = ""
    language: str = "en"
    channel: str = "web"
    service: str = "repairs"
    needs: Mapping[str, Any] = field(default_factory=dict)
    answers: Mapping[str, Any] = field(default_factory=dict)
    person: Mapping[str, Any] = field(default_factory=dict)
    progress: str = NEW


BY_POST = {"contact_channel": "letter", "consent": True}

STORIES = (
    Story(
        0.05, "complaint", "Margaret Thompson",
        "The lift in our block has been broken for three weeks. I use a frame and live on the fourth floor.\n"
        "I have rung four times. Each time I was told that a part is on order.",
        "Repair the lift, and tell me the day on which it will work again.",
        needs={**BY_POST, "format": "large-print", "point_size": 24},
        answers={"when_happened": "Since the end of last month", "raised_before": "yes",
                 "raised_before_details": "Four calls. Nobody rang back."},
    ),
    Story(
        0.2, "complaint", "فاطمة السيد",
        "يوجد عفن أسود في غرفة نوم ابنتي منذ الشتاء. أصبحت تسعل كل ليلة.\nاتصلت بكم مرتين في مارس ولم يأتِ أحد.",
        "أريد أن يأتي شخص ليفحص الجدار ويزيل العفن قبل أن يشتد البرد.",
        language="ar", service="damp-and-mould",
        needs={"interpreter_language": "Arabic", "contact_channel": "phone", "consent": True,
               "safe_times": "بعد الساعة الثالثة مساءً، عندما تكون ابنتي في البيت."},
    ),
    Story(
        0.45, "complaint", "Anwen Griffiths",
        "Daeth y gweithiwr i drwsio’r boeler, ond nid oedd ganddo’r darn cywir. Ni ddaeth neb yn ôl.\n"
        "Rydym wedi bod heb ddŵr poeth am naw diwrnod.",
        "Trwsiwch y boeler yr wythnos hon, ac ymddiheurwch am y diwrnodau a gollwyd.",
        language="cy", needs={"contact_channel": "email"},
    ),
    Story(
        0.6, "complaint", "Harold Barrett",
        "I am blind and was sent a letter in ordinary print about my rent. I have asked for braille since 2019.",
        "Send me the letter in braille, and make sure that it does not happen again.",
        channel="phone", service="contact",
        needs={"format": "braille", "braille_grade": 2, "contact_channel": "phone", "consent": True},
    ),
    Story(
        0.95, "complaint", "Tomasz Kowalski",
        "Od dwóch tygodni nie działa ogrzewanie w kuchni i w łazience. Mamy małe dziecko.",
        "Proszę naprawić ogrzewanie i podać termin wizyty.",
        language="pl", channel="phone", needs={"interpreter_language": "Polish", "contact_channel": "phone"},
    ),
    Story(
        1.1, "antisocial-behaviour", "Shanice Adeyemi",
        "The man below bangs on his ceiling and shouts through the letterbox at night. I am afraid to pass his door.",
        "I want to feel safe at home.",
        service="antisocial-behaviour",
        needs={"contact_channel": "phone", "safe_times": "Only between 10am and 2pm. Never write to the house.",
               "safe_ways": ["phone", "email"], "may_leave_messages": False, "consent": True},
    ),
    Story(
        1.3, "enquiry", "Owen Jenkins", "May I keep a small dog? My tenancy papers do not say.", service="other",
        needs={"format": "audio", "contact_channel": "email", "consent": True}, answers={"topic": "something-else"},
    ),
    Story(
        1.6, "compliment", "Jean Tucker",
        "Your plumber, Mr Osei, mended my tap on a Sunday, and asked after my sister. Please thank him.",
        channel="letter", answers={"thanked": "colleague", "colleague_name": "Mr Osei"},
    ),
    Story(
        2.1, "complaint", "David Lloyd",
        "Contractors left rubble and nails in the shared garden after the fence was done. My grandson cut his foot.",
        "Clear the garden, and pay for the shoes.",
        service="neighbourhood", needs={"contact_channel": "email"}, progress=FAILED,
    ),
    Story(
        2.2, "complaint", "Doreen Whitfield",
        "Nobody came for the gas check on three days that I stayed in for.",
        "A day that you keep to. In the morning, please.",
        channel="phone", service="safety", needs={**BY_POST, "format": "audio-cd"},
    ),
    Story(
        3.2, "suggestion", "Rhys Morris", "Please put a bench by the bus stop. Older neighbours have to stand.",
        service="neighbourhood", needs={"contact_channel": "email"},
    ),
    Story(
        3.4, "complaint", "Blessing Osei",
        "My service charge went up by 412.56 pounds and nobody can tell me what it is for.",
        "An account that shows each cost.",
        channel="email", service="rent-and-charges", needs={"contact_channel": "email"}, progress=ACKNOWLEDGED,
    ),
    Story(
        4.1, "complaint", "حسن ناصر",
        "النافذة في غرفة الجلوس لا تُغلق، والهواء البارد يدخل طوال الليل.",
        "إصلاح النافذة في أقرب وقت.",
        language="ar", needs={**BY_POST, "format": "large-print", "point_size": 20}, progress=ACKNOWLEDGED,
    ),
    Story(
        5.2, "complaint", "Mair Prosser",
        "Cefais fy nhrin yn anghwrtais ar y ffôn pan ofynnais am y gwaith ar y to.",
        "Ymddiheuriad, a dyddiad ar gyfer y gwaith.",
        language="cy", channel="letter", service="contact", progress=ACKNOWLEDGED,
    ),
    Story(
        6.1, "complaint", "Yusuf Rahman",
        "I applied to move in February because of my asthma. I have heard nothing since.",
        "Tell me where I am on the list and what else you need.",
        service="moving", needs={"format": "text", "contact_channel": "email"}, progress=ACKNOWLEDGED,
    ),
    Story(
        7.3, "antisocial-behaviour", "Olena Shevchenko",
        "Children throw stones at my windows after school. Two panes are broken.",
        channel="visit", service="antisocial-behaviour", progress=ACKNOWLEDGED,
        needs={"interpreter_language": "Ukrainian", "contact_channel": "letter"},
    ),
    Story(
        8.4, "complaint", "Patricia Doyle",
        "Water came through my ceiling from the flat above. It was mended, but the plaster is still on the floor.",
        "Plaster and paint the ceiling.",
        progress=ACKNOWLEDGED, needs={**BY_POST, "format": "braille", "braille_grade": 1},
    ),
    Story(
        9.3, "complaint", "Colin Evans",
        "The door entry has let anybody in since the storm. A bicycle was stolen.",
        "Repair the door.",
        channel="social", service="safety", progress=ACKNOWLEDGED,
    ),
    Story(
        10.2, "enquiry", "Huda Hassan", "How do I add my husband to the tenancy?", channel="email", service="other",
        needs={"contact_channel": "email"}, progress=ACKNOWLEDGED, answers={"topic": "tenancy-change"},
    ),
    Story(
        11.4, "complaint", "Derek Hughes",
        "I was told that the ramp would be built in June. It is not built. I cannot leave my home without two people.",
        "Build the ramp.",
        channel="phone", needs={**BY_POST, "format": "large-print", "point_size": 28}, progress=ACKNOWLEDGED,
    ),
    Story(
        13.2, "complaint", "Ibrahim Begum",
        "The heating engineer left after ten minutes and wrote that nobody was in. I was in.",
        "Correct the record, and send somebody else.",
        progress=ACKNOWLEDGED,
    ),
    Story(
        15.1, "complaint", "Councillor Ewan Clarke",
        "Three residents of Mill Lane have written to me about street lights that have been out since the summer.",
        "A date for the repair that I can give them.",
        channel="email", service="neighbourhood", needs={"contact_channel": "email"}, progress=ACKNOWLEDGED,
        person={"who": "councillor"}, answers={"who": "councillor"},
    ),
    Story(
        17.3, "complaint", "Siân Thompson",
        "My mother’s letters go to her old address although I told you twice.",
        "Change the address, and tell me that it is done.",
        service="contact", progress=ACKNOWLEDGED,
        person={"who": "representative"},
        answers={"who": "representative", "representing_name": "Gwen Thompson", "representing_relation": "Her daughter",
                 "representing_permission": "yes"},
    ),
    Story(
        19.5, "compliment", "Amira Nasser", "The new play area is lovely. My children are there every day. Thank you.",
        progress=ACKNOWLEDGED, service="neighbourhood", answers={"thanked": "team", "team_thanked": "housing"},
    ),
)  # fmt: skip
