"""What a landlord says of itself and promises, as frozen objects. Words are English, to be translated when shown.

``row`` names the promise in the landlord's own document (L01–L49, V01–V12), or the Code's paragraph; it is empty where
neither has it.
"""

from dataclasses import dataclass, field
from datetime import date, time

from app.landlords.enquiry_shapes import Danger, EnquiryTopic
from app.working_days import Calendar, Holiday, calendar_for

# The events from which a promise can be counted.
RECEIVED = "received"
EVENTS = (
    RECEIVED,
    "acknowledged",
    "stage_1_response_due",
    "stage_2_requested",
    "stage_2_acknowledged",
    "stage_2_response_due",
    "made_safe",
    "investigated",
)
TEAM, COLLEAGUE = ADDRESSEES = ("team", "colleague")
UNITS = ("working_days", "hours", "calendar_days")
REGIMES = ("landlord", "code", "law")
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True)
class Phone:
    """``shown`` as people read it (“0300 123 4567”), ``dialled`` as a telephone takes it (“+443001234567”)."""

    shown: str
    dialled: str


@dataclass(frozen=True)
class Mark:
    """A landlord's own sign, as shapes on a square of 48 by 48. ``label`` says what it is, to those who do not see it.

    ``colour`` is for paper and for a light page, ``colour_on_dark`` for a dark one: #rrggbb.
    """

    label: str
    colour: str
    colour_on_dark: str
    paths: tuple[str, ...]  # as in SVG


@dataclass(frozen=True)
class OpeningHours:
    """Local times. ``days`` are ISO weekdays (Monday is 1); bank holidays of the nation are closed."""

    days: tuple[int, ...]
    opens: time
    closes: time


@dataclass(frozen=True)
class Option:
    """One answer of a list: its key is stored, its label is shown."""

    key: str
    label: str


@dataclass(frozen=True)
class Hazard(Option):
    """Something in the home that may do harm. ``since`` and ``until`` are the days for which the law has clocks."""

    is_emergency: bool = False
    since: date | None = None  # None: the law has no clock for it yet
    until: date | None = None

    def is_in_scope(self, on: date) -> bool:
        return self.since is not None and self.since <= on and (self.until is None or on <= self.until)


@dataclass(frozen=True)
class Complainant(Option):
    """Somebody who may complain (V03)."""

    needs_permission: bool = False  # somebody else's, to speak for them
    may_ask_about_banding: bool = False  # which is the council's to answer
    has_hazard_clocks: bool = True  # Awaab's Law leaves out shared owners and long leaseholders


@dataclass(frozen=True)
class Exclusion:
    """A complaint that is not taken, and what to do instead. ``code`` is the Code's ground, where it has it."""

    key: str
    label: str
    instead: str
    code: str = ""
    row: str = ""


@dataclass(frozen=True)
class NotAntisocial:
    """Something that is not dealt with as antisocial behaviour, and who deals with it; ``website`` may be empty."""

    key: str
    label: str
    instead: str
    website: str = ""


@dataclass(frozen=True)
class BehaviourKind(Option):
    """A kind of antisocial behaviour. ``hint`` says in plain words what it means; it may be empty."""

    hint: str = ""
    is_domestic_abuse: bool = False


@dataclass(frozen=True)
class Helpline(Option):
    """Somebody who helps people who are in danger at home. ``words`` say whom, and when it is open."""

    words: str
    phone: Phone
    website: str


COMPLAINTS_TEAM, HEAD_OF_TEAM, INDEPENDENT_SENIOR = "complaints-team", "head-of-team", "independent-senior"
HANDLED_BY = (COMPLAINTS_TEAM, HEAD_OF_TEAM, INDEPENDENT_SENIOR)


@dataclass(frozen=True)
class Stage:
    """``words`` say who handles it; ``handled_by`` is the rule by which somebody is named, one of HANDLED_BY."""

    number: int
    label: str
    words: str
    handled_by: str
    is_independent: bool  # nobody who took part in the stage before
    is_published: bool  # by the landlord; else it is the Code's
    row: str


@dataclass(frozen=True)
class Escalation:
    """How stage 2 is asked for. ``calendar_days`` from receiving the stage 1 letter, None where no limit is published.

    A late request is flagged, never rejected by the machine.
    """

    calendar_days: int | None
    may_be_extended: bool
    reasons_required: bool
    refusal_grounds: tuple[str, ...]
    row: str


@dataclass(frozen=True)
class RevisedDate:
    """What the landlord says of a later answer than promised."""

    has_cap: bool
    gives_reasons: bool
    is_agreed: bool  # with the tenant
    row: str


@dataclass(frozen=True)
class Ombudsman:
    name: str
    phone: Phone
    website: str
    address: tuple[str, ...]  # without the postcode
    postcode: str


@dataclass(frozen=True)
class Standard:
    """One promise of a time. ``amount`` in ``unit``, counted from the event ``counted_from``, in force ``since``."""

    key: str  # complaint.acknowledge
    regime: str
    amount: int
    unit: str
    counted_from: str
    since: date
    source: str
    row: str
    label: str
    until: date | None = None  # last day in force
    channels: tuple[str, ...] = ()  # () is every channel
    addressee: str = ""  # team or colleague; empty is both
    may_pause: bool = False  # while we wait for what only the tenant can tell; never the Code's or the law's

    def is_for(self, kind: str, channel: str, addressee: str, on: date) -> bool:
        return (
            self.key.partition(".")[0] in (kind, "contact")
            and (not self.channels or channel in self.channels)
            and self.addressee in ("", addressee)
            and self.since <= on
            and (self.until is None or on <= self.until)
        )


@dataclass(frozen=True)
class LeadTime:
    """How early, at the latest, something is announced."""

    key: str
    working_days: int
    since: date
    source: str
    row: str
    label: str


@dataclass(frozen=True)
class Undertaking:
    """A promise without a clock, in our own plain words."""

    key: str
    about: str
    words: str
    since: date
    source: str
    row: str


@dataclass(frozen=True)
class Calls:
    answered_within_minutes: int | None
    has_call_back: bool
    are_recorded: bool


@dataclass(frozen=True)
class CallBackTimes:
    """How the hours in which we are open are cut into times for calls. ``days_ahead`` counts open days with a time."""

    slot_minutes: int
    calls_per_slot: int
    days_ahead: int
    soonest_minutes: int  # from asking to the beginning of the first time


@dataclass(frozen=True)
class InterpreterBooking:
    """By when an interpreter is booked, from being asked for. Told to tenants only where ``is_promised``."""

    amount: int
    unit: str  # of UNITS
    is_promised: bool  # by the landlord, in public; else a target for colleagues
    row: str = ""


# What is kept for a time and then anonymised: a case of each kind, and a request to be called back.
KEPT = ("complaint", "compliment", "suggestion", "antisocial-behaviour", "enquiry", "call-back", "mailing")


@dataclass(frozen=True)
class Retention:
    """How long the words and names of one kind of record are kept once it is closed. ``key`` is one of KEPT."""

    key: str
    years: int
    source: str


APPROVED = ("letter", "stage-1-response", "stage-2-response")  # letters that a colleague may have to approve
APPROVERS = ("manager", "complaints-team", "reviewer")  # roles


@dataclass(frozen=True)
class Approval:
    """A letter of this name (one of APPROVED) goes out only when a second colleague of this role has approved it."""

    letter: str
    role: str


@dataclass(frozen=True)
class QualitySample:
    """How many of a month's closed complaints a reviewer looks at again (V02): so many of 100, and never fewer."""

    percent: int
    at_least: int

    def size(self, closed: int) -> int:
        """Rounded up; all of them where there are fewer than ``at_least``."""
        return min(closed, max(self.at_least, -(-closed * self.percent // 100)))


@dataclass(frozen=True)
class Source:
    title: str
    is_checked: bool
    read_on: date
    note: str = ""


@dataclass(frozen=True)
class Landlord:
    """Everything that one policy file says."""

    key: str
    name: str
    nation: str
    languages: tuple[str, ...]
    theme: str
    address: tuple[str, ...]  # lines, the postcode last
    phone: Phone
    emergency_phone: Phone
    email: str
    website: str
    team: str
    hours: OpeningHours
    calls: Calls
    call_backs: CallBackTimes | None  # None where nobody is called back
    channels: tuple[Option, ...]
    who_may_complain: tuple[Complainant, ...]
    services: tuple[Option, ...]
    complaint_kinds: tuple[Option, ...]
    exclusions: tuple[Exclusion, ...]
    stages: tuple[Stage, ...]
    escalation: Escalation
    revised_date: RevisedDate
    ombudsman: Ombudsman
    standards: tuple[Standard, ...]  # the landlord's own and those of the law, every date
    lead_times: tuple[LeadTime, ...]
    undertakings: tuple[Undertaking, ...]
    sources: tuple[Source, ...]
    mark: Mark | None = None  # beside the name on letters
    relay_service: str = ""  # for sign language: SignVideo; empty where none is promised
    interpreting_service: str = ""
    interpreter_booking: InterpreterBooking = field(default=InterpreterBooking(2, "working_days", False))
    portal_functions: tuple[Option, ...] = ()
    hazards: tuple[Hazard, ...] = ()  # of the law: the same for every landlord
    teams: tuple[Option, ...] = ()  # whom a compliment may be about
    enquiry_topics: tuple[EnquiryTopic, ...] = ()
    dangers: tuple[Danger, ...] = ()  # in a home: the same for every landlord
    quality: QualitySample = field(default=QualitySample(5, 10))
    retention: tuple[Retention, ...] = ()  # one for each of KEPT
    unchecked: tuple[str, ...] = ()  # the facts, by their place in the file, that the landlord has still to confirm
    extra_holidays: tuple[Holiday, ...] = field(default=())
    not_antisocial_behaviour: tuple[NotAntisocial, ...] = ()
    antisocial_behaviour_kinds: tuple[BehaviourKind, ...] = ()
    helplines: tuple[Helpline, ...] = ()  # for domestic abuse: the same for every landlord
    approvals: tuple[Approval, ...] = ()  # of letters, before they are written
    exit_address: str = ""  # where "Exit this page" leads: a site that gives nothing away

    @property
    def calendar(self) -> Calendar:
        """The working days of this landlord's nation, with the closed days that its policy adds."""
        return calendar_for(self.nation, self.extra_holidays)

    def approver_of(self, letter: str) -> str | None:
        """The role whose approval this letter needs; None where it needs none."""
        return next((one.role for one in self.approvals if one.letter == letter), None)

    def years_kept(self, key: str) -> int:
        """Raises KeyError for what is none of KEPT."""
        return {one.key: one.years for one in self.retention}[key]

    def standards_for(self, kind: str, channel: str, on: date, addressee: str = TEAM) -> tuple[Standard, ...]:
        """The promises, the landlord's and the law's, that begin when a contact of this kind is received.

        ``on`` is the local date of receipt; ``addressee`` is ``team``, or ``colleague`` when somebody was written to
        or rung directly.
        """
        return self._in_force(kind, channel, RECEIVED, on, addressee)

    def standards_after(self, kind: str, event: str, on: date) -> tuple[Standard, ...]:
        """The promises that begin with a later event, such as ``acknowledged``, that happened on this date."""
        return self._in_force(kind, "", event, on, TEAM)

    def _in_force(self, kind: str, channel: str, event: str, on: date, addressee: str) -> tuple[Standard, ...]:
        """The newest entry of each promise, at most one of each key and regime."""
        newest: dict[tuple[str, str], Standard] = {}
        for standard in self.standards:
            if standard.counted_from == event and standard.is_for(kind, channel, addressee, on):
                known = newest.get((standard.key, standard.regime))
                if known is None or known.since < standard.since:
                    newest[standard.key, standard.regime] = standard
        return tuple(newest.values())
