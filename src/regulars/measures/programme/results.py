"""The programme: fit check, the five steps, maturity, known mistakes and parity."""

from regulars.measures.estimates import estimate_columns
from regulars.measures.programme import expressions
from regulars.measures.programme.fitting import fit_rows
from regulars.measures.programme.levels import maturity_rows
from regulars.measures.programme.mistakes import mistake_rows
from regulars.measures.programme.parity import parity_rows
from regulars.measures.programme.stepping import step_rows
from regulars.measures.registry import Column, Measure, register

WILSON = "Wilson (1927), Journal of the American Statistical Association 22(158)"
WINDOW = "The year is the period asked for, else the 365 days up to the last day. "
DECIDED = "Decisions count in their newest version, whenever they were made. "

FIT = register(
    Measure(
        name="fit",
        question="Does customer focus fit us now, or is something to be mended first?",
        grain="one row per condition that helps or hinders",
        columns=(
            Column("place", "int", "1 for the first condition"),
            Column("condition", "string", "Key of the condition"),
            Column("sort", "string", "helps or hinders"),
            Column("sentence", "string", "The condition, as something that is so or is not so"),
            Column("answer", "string", "Whether it is so: yes, no or unknown"),
            Column("how", "string", "Who says so: log or people; empty where nobody does"),
            *estimate_columns("value", "float", "What the log tells of it", counted="Customers"),
            Column("unit", "string", "Unit of value: customers or share; empty where only people can say"),
            Column("needed", "float", "From this value on the answer is yes; of falling sales, up to this value"),
            Column("because", "string", "What people gave as their reason"),
            Column("said_by", "string", "Who answered; null where nobody did"),
            Column("said_on", "date", "When they answered"),
            Column("verdict", "string", "start, start small, mend this first or not known yet: the same in every row"),
            Column("verdict_reason", "string", "Why the verdict is so"),
        ),
        formula=WINDOW
        + "What the log can tell it answers, the rest is answered by people. mend this first: sales hang on one "
        "customer or fall by a fifth, somebody dictates, or the company fights for survival. not known yet: one of "
        "these, or more than a third of all, is unanswered. start small: another condition speaks against it. Sales "
        "are orders, refunds and adjustments of known customers. Intervals: of the large sample, for the trend by the "
        "delta method over customers, for shares of customers Wilson's; what is counted in full has none.",
        source=f"{WILSON}; Hampel (1974), Journal of the American Statistical Association 69(346)",
        expressions={name: expressions.ALL[name] for name in ("decided", "tally", "each")},
        statistics=fit_rows,
        order_by=("place",),
        newest="ever",
    )
)

STEPS = register(
    Measure(
        name="steps",
        question="What is done of the five steps, what is missing, and what comes next?",
        grain="one row per evidence of one of the five steps",
        columns=(
            Column("place", "int", "1 for the first evidence of the first step"),
            Column("step", "int", "The step, 1 to 5"),
            Column("step_name", "string", "The step in words"),
            Column("evidence", "string", "Key of the evidence"),
            Column("sentence", "string", "What it means"),
            Column("done", "int", "So many are done"),
            Column("of", "int", "Out of so many"),
            Column("counted", "string", "What is counted: orders, employees, touchpoints, …"),
            *estimate_columns("share", "share", "done / of", counted="What is counted"),
            Column("needed", "share", "From this share on the evidence is done"),
            Column("state", "string", "done, part, missing, or unknown where the log cannot tell"),
            Column("next", "string", "The next action; empty where it is done"),
        ),
        formula=WINDOW
        + DECIDED
        + "Nothing is ticked by hand. Employees are those on the list of staff; who has confirmed by e-mail counts as "
        "the employee whom the vault knows by it. A complaint counts at the touchpoint where its customer was touched "
        "last before it. Wilson's interval where touches, answers or customers stand for those to come; what is "
        "counted in full has none.",
        source=WILSON,
        expressions=expressions.of_evidence(),
        statistics=step_rows,
        order_by=("place",),
        newest="ever",
    )
)

MATURITY = register(
    Measure(
        name="maturity",
        question="How mature is our service, what is missing for the next level, and do we skip one?",
        grain="one row per criterion of the three levels",
        columns=(
            Column("place", "int", "1 for the first criterion of the first level"),
            Column("level", "int", "The level, 1 to 3"),
            Column("level_name", "string", "The level in words"),
            Column("criterion", "string", "Key of the criterion"),
            Column("sentence", "string", "What is asked"),
            Column("how", "string", "measured, or attested by people"),
            *estimate_columns("value", "share", "Share that meets it, where it is measured", counted="What is counted"),
            Column("counted", "string", "What n counts; empty where it is attested"),
            Column("needed", "share", "From this share on a measured criterion is met"),
            Column("met", "string", "yes, no or unknown"),
            Column("attested_until", "date", "Last day on which what people attest counts"),
            Column("attested_by", "string", "Who signed it"),
            Column("because", "string", "The evidence they gave"),
            Column("level_complete", "boolean", "Whether every criterion of the level is met"),
            Column("reached", "int", "The highest level that is complete with all below; 0 for none"),
            Column("skipped", "boolean", "Met, although a level below is not complete"),
        ),
        formula=WINDOW
        + DECIDED
        + "A measured criterion is met where its share reaches what is needed. Where the log cannot tell, people may "
        "attest it with their evidence, for a year at the most. A level counts only where the one below is complete. "
        "Wilson's interval where touches, answers or customers stand for those to come; what is counted in full has "
        "none.",
        source=WILSON,
        expressions=expressions.of_evidence(),
        statistics=maturity_rows,
        order_by=("place",),
        newest="ever",
    )
)

MISTAKES = register(
    Measure(
        name="mistakes",
        question="Which known mistakes does the evidence show, and which of them have we answered?",
        grain="one row per known mistake",
        columns=(
            Column("place", "int", "1 for the first mistake"),
            Column("mistake", "string", "Key of the mistake"),
            Column("name", "string", "The mistake in words"),
            Column("sentence", "string", "What the evidence shows, with its numbers"),
            Column("state", "string", "warns, quiet, unknown, or answered: it warns and somebody has said why"),
            *estimate_columns("value", "float", "What is compared with the limit", counted="What is counted"),
            Column("unit", "string", "Unit of value: share"),
            Column("counted", "string", "What n counts"),
            Column("limit", "float", "It warns beyond this value"),
            Column("warns_over", "boolean", "Whether it warns above the limit, else below it"),
            Column("answered_because", "string", "What was answered; null where nobody has"),
            Column("answered_until", "date", "Last day on which the answer counts"),
        ),
        formula=WINDOW
        + DECIDED
        + "Each mistake is a rule over evidence, with a limit; its sentence says what was counted. It is an indication "
        "to be looked into, not a proof. Wilson's interval for shares; Agresti and Caffo's for differences of two; of "
        "the large sample for prices and for what is counted a customer.",
        source=f"{WILSON}; Agresti, Caffo (2000), The American Statistician 54(4)",
        expressions=expressions.of_mistakes(),
        statistics=mistake_rows,
        order_by=("place",),
        newest="ever",
    )
)

PARITY = register(
    Measure(
        name="parity",
        question="On which customers do we depend, and which of them depend on us?",
        grain="one row per customer whose purchases elsewhere are told, and for each of the largest",
        columns=(
            Column("rank", "int", "1 for the largest in our sales"),
            Column("client_key", "key", "The customer, by the log's random key"),
            Column("sales", "money", "Orders, refunds and adjustments of the year"),
            Column("share_of_our_sales", "share", "sales / sales of all known customers"),
            Column("share_of_theirs", "share", "Our share in what they buy of this sort; null where nobody told"),
            Column("share_of_theirs_reason", "string", "Why it is unknown; empty where it is known"),
            Column("told_on", "date", "When it was told or last confirmed"),
            Column("told_how", "string", "fact or answer"),
            Column("verdict", "string", "we depend on them, they depend on us, both, parity or not known"),
        ),
        formula=WINDOW
        + "We depend on a customer from own_share (0.1) of our sales on; they depend on us from their_share (0.5) of "
        "their purchases on. Told is a fact called share of wallet or our share, or an answer to a question called "
        "share-of-wallet; the newest holds. The largest are so many as the setting largest (20) says. Both shares are "
        "counted in full or told by one customer, so they have no interval.",
        source="Plain counts",
        expressions={"each": expressions.ALL["each"], **expressions.OF_PARITY},
        statistics=parity_rows,
        order_by=("rank",),
        newest="ever",
    )
)
