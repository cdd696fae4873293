"""The procedure for complaints as rules: what may be done with one that stands thus, and if not, why. Pure.

After the Complaint Handling Code 2024 (paragraphs in brackets). Pages ask ``reasons_against`` what to offer, actions
call ``refuse_unless``: the same table, so that no page can do what the procedure does not allow.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

TRIAGES = ("complaint", "service-request")
DECISIONS = ("upheld", "partly-upheld", "not-upheld")
REMEDIES = (  # the Code's list of what can put things right
    "apology",
    "acknowledging-what-went-wrong",
    "explanation",
    "action-on-delay",
    "changed-decision",
    "amended-record",
    "money",
    "changed-policy-or-practice",
)


class NotAllowed(Exception):
    """The procedure does not allow this now. ``act`` is a key of RULES, ``reasons`` are keys of AGAINST."""

    def __init__(self, act: str, reasons: tuple[str, ...]) -> None:
        super().__init__(f"{act}: {', '.join(reasons)}")
        self.act, self.reasons = act, reasons


@dataclass(frozen=True)
class Standing:
    """How far a complaint is: facts only. Stage 2 counts as asked for once ``stage`` is 2."""

    triage: str | None = None
    stage: int = 1
    is_closed: bool = False
    is_withdrawn: bool = False
    is_refused: bool = False  # the complaint itself (2.x)
    is_stage_2_refused: bool = False
    has_handler: bool = False
    is_defined: bool = False
    is_acknowledged: bool = False  # of the stage that it is at
    is_contacted: bool = False  # a colleague has spoken with the tenant at stage 1 (V09)
    must_be_contacted: bool = False  # the policy promises that
    points: int = 0
    points_without_answer: int = 0
    is_stage_1_answered: bool = False
    is_stage_2_answered: bool = False
    upholds: bool = False  # something is upheld, so there must be a remedy
    remedies: int = 0  # of the stage that it is at
    actions_open: int = 0

    @property
    def is_answered(self) -> bool:
        """At the stage that it is at."""
        return self.is_stage_2_answered if self.stage == 2 else self.is_stage_1_answered

    @property
    def is_over(self) -> bool:
        """Nothing is owed at the stage that it is at: answered, refused, withdrawn, or asked as a service request."""
        refused = self.is_stage_2_refused if self.stage == 2 else self.is_refused
        return self.is_answered or refused or self.is_withdrawn or self.triage == "service-request"


Rule = Callable[[Standing], bool]
# What stands against an act, by name: each says when it does.
AGAINST: Mapping[str, Rule] = {
    "case-is-closed": lambda it: it.is_closed,
    "withdrawn": lambda it: it.is_withdrawn,
    "refused": lambda it: it.is_refused or (it.stage == 2 and it.is_stage_2_refused),
    "service-request": lambda it: it.triage == "service-request",
    "answered-already": lambda it: it.is_answered,
    "stage-1-answered-already": lambda it: it.is_stage_1_answered or it.stage == 2,
    "not-answered-yet": lambda it: not it.is_answered,
    "nobody-handles-it": lambda it: not it.has_handler,  # 6.2
    "not-defined": lambda it: not it.is_defined,  # 6.2
    "not-acknowledged": lambda it: not it.is_acknowledged,  # 6.3, 6.11
    "tenant-not-contacted": lambda it: it.must_be_contacted and not it.is_contacted and it.stage == 1,  # V09
    "no-points-listed": lambda it: not it.points,  # 6.7
    "points-without-answer": lambda it: it.points_without_answer > 0,  # 6.7
    "no-remedy": lambda it: it.upholds and not it.remedies,
    "stage-2-begun": lambda it: it.stage == 2,  # 5.3: two stages, and no third
    "not-at-stage-2": lambda it: it.stage != 2,
    "something-is-owed": lambda it: not it.is_over,
    "actions-are-open": lambda it: it.actions_open > 0,  # 6.6
    "not-closed": lambda it: not it.is_closed,
    "not-refused": lambda it: not it.is_refused,
    "is-refused": lambda it: it.is_refused,
}
LIVE = ("case-is-closed", "withdrawn", "refused", "service-request", "answered-already")
# Each act, and what must not stand against it.
RULES: Mapping[str, tuple[str, ...]] = {
    "triage": ("case-is-closed", "withdrawn", "refused", "stage-1-answered-already"),
    "take_as_complaint": ("withdrawn", "refused"),  # the tenant says so: at any time (V08)
    "define": LIVE,
    "record_contact": ("case-is-closed", "withdrawn", "refused", "answered-already"),
    "record_there_and_then": ("case-is-closed", "withdrawn", "refused", "answered-already"),
    "list_point": LIVE,
    "answer_point": LIVE,
    "offer_remedy": LIVE,
    "agree_action": ("case-is-closed", "withdrawn", "refused"),
    "answer": (
        *LIVE,
        "nobody-handles-it",
        "not-defined",
        "not-acknowledged",
        "tenant-not-contacted",
        "no-points-listed",
        "points-without-answer",
        "no-remedy",
    ),
    "refuse": ("case-is-closed", "withdrawn", "refused", "service-request", "stage-1-answered-already"),
    "take_after_all": ("not-refused", "stage-2-begun"),
    "withdraw": ("case-is-closed", "withdrawn", "refused", "answered-already"),
    "ask_for_stage_2": ("withdrawn", "is-refused", "service-request", "stage-2-begun"),
    "acknowledge_stage_2": ("not-at-stage-2", *LIVE, "nobody-handles-it"),
    "refuse_stage_2": ("not-at-stage-2", *LIVE),
    "extend": (*LIVE, "not-acknowledged"),
    "join": (*LIVE, "stage-1-answered-already"),  # a new related issue joins while no answer has gone out
    "split": LIVE,
    "record_learning": (),
    "refer_to_ombudsman": (),  # at any time (L37)
    "close": ("case-is-closed", "something-is-owed", "actions-are-open"),
    "reopen": ("not-closed",),
}


def reasons_against(act: str, standing: Standing) -> tuple[str, ...]:
    """What stands against this act now, by the keys of AGAINST; empty where it may be done. KeyError: no such act."""
    return tuple(reason for reason in RULES[act] if AGAINST[reason](standing))


def refuse_unless(act: str, standing: Standing) -> None:
    """Raises NotAllowed where something stands against the act."""
    if reasons := reasons_against(act, standing):
        raise NotAllowed(act, reasons)
