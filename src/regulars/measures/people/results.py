"""People: authority on the spot, promises between departments, the seven elements, and the pulse."""

from regulars.measures.people import authority, columns, element_evidence, elements, handovers, pulse
from regulars.measures.registry import Measure, register
from regulars.measures.scores.audience import EMPLOYEES, PARTNERS
from regulars.measures.scores.confidence import confidential

WILSON = "Wilson (1927), Journal of the American Statistical Association 22(158)"
CONOVER = "median: Conover (1999), Practical Nonparametric Statistics"
AGRESTI = "difference: Agresti, Caffo (2000), The American Statistician 54(4)"
IN_WAVES = (
    "Answers given in confidence are counted in waves: calendar months that are over, joined until at least five "
    "people answered. No condition narrows a wave and no choice of days cuts it. A group is shown where at least five "
    "of it answered and nothing that is shown can be added or subtracted to get fewer; else it is hidden. "
)

AUTHORITY = register(
    Measure(
        name="authority",
        question="What do our people decide for customers on the spot, and what must they ask a superior for?",
        grain="one row per kind of decision, and one for all together",
        columns=columns.AUTHORITY_COLUMNS,
        formula="A decision is within the limit where nobody was asked and its amount is at most the limit that was "
        "in force when it was made. A customer returned who ordered again within window_days (90 where the setting "
        "does not say otherwise); only customers whose window is over count. The difference shows what goes "
        "together, not what follows from what: cases that are hard anyway are asked for more often.",
        source=f"{WILSON}; {CONOVER}; {AGRESTI}",
        expressions={
            "tallies": authority.tallies,
            "waits": authority.waits,
            "returns": authority.returns,
        },
        statistics=authority.authority_rows,
        newest="all",
    )
)
DEPARTMENT_PROMISES = register(
    Measure(
        name="department_promises",
        question="Do departments keep what they promise each other?",
        grain="one row per promise between departments that is in force",
        columns=columns.DEPARTMENT_PROMISE_COLUMNS,
        formula="A hand-over runs within one thread from the step that starts the clock to the next one that stops it; "
        "where no steps are named, from a touch of the department that waits to the next one of the department that "
        "promises. Whoever asks again before the answer counts once. A hand-over that is not over is broken once its "
        "time is up, and judged by nobody before. Ratings, 1 to 5, are those of the newest wave of at least five "
        "people of a side: calendar months that are over, joined until five have rated.",
        source=f"{WILSON}; {CONOVER}; ratings: Student (1908), Biometrika 6(1)",
        expressions={
            "named": handovers.named,
            "tallies": handovers.tallies,
            "values": handovers.values,
            "ratings": handovers.ratings,
        },
        statistics=handovers.promise_rows,
        newest="all",
    )
)
ELEMENTS = register(
    Measure(
        name="elements",
        question="Do strategy, structure, systems, shared values, skills, staff and style show customer focus?",
        grain="one row per element and group of the newest wave: everybody, each level, each department",
        columns=columns.ELEMENT_COLUMNS,
        formula=IN_WAVES + "Each person counts once, by the mean of their answers to the element's statements, from 1 "
        "(strongly disagree) to 5 (strongly agree). The gap is management's mean less the front line's. Evidence is "
        "what the log itself shows; it is never mixed into the mean.",
        source="mean: Student (1908), Biometrika 6(1); gap: Welch (1947), Biometrika 34(1/2); evidence: " + WILSON,
        expressions={
            "answers": confidential(EMPLOYEES, kinds=("rating",)),
            "tallies": handovers.tallies,
            **element_evidence.EVIDENCE,
        },
        statistics=elements.element_rows,
        order_by=(),
        newest="all",
        choices=(elements.WAVES,),
        in_confidence=True,
    )
)
PULSE = register(
    Measure(
        name="pulse",
        question="Would the people who work here, and our partners, recommend us, wave by wave?",
        grain="one row per wave, audience and group of it: everybody, each level, each department",
        columns=columns.PULSE_COLUMNS,
        formula="nps = 100 x (promoters - detractors) / n, of answers 0 to 10. " + IN_WAVES,
        source="Reichheld (2003), Harvard Business Review 81(12); interval: Rocks (2016), The American Statistician "
        "70(4)",
        expressions={"answers": confidential(EMPLOYEES, PARTNERS, kinds=("nps",))},
        statistics=pulse.pulse_rows,
        newest="all",
        in_confidence=True,
    )
)
