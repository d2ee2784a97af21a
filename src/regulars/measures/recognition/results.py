"""Recognition: whose customers return and score better, like with like."""

from regulars.measures.recognition.columns import RECOGNITION_COLUMNS
from regulars.measures.recognition.expressions import UNITS, answers, touches
from regulars.measures.recognition.statistics import recognition_rows
from regulars.measures.registry import Measure, register

RECOGNITION = register(
    Measure(
        name="recognition",
        question="Whose customers return and score better, compared like with like?",
        grain="one row per employee, branch or department with touches of known customers",
        columns=RECOGNITION_COLUMNS,
        formula="A touch is one unit, customer and day; it counts once its window (return_days, 90 where the setting "
        "does not say otherwise) is over, and the customer returned who ordered again within it. What is expected is "
        "estimated for customers with as many orders before, as long ago and of as much worth, of the same type, at "
        "the same touchpoint, by the same channel, at the same time of day, in the same quarter, with or without an "
        "order or a complaint on the day. The difference from it is drawn towards nought by as much as chance makes "
        "units differ (empirical Bayes); variances are those of whole customers, and no smaller than the customers of "
        "all units together make them. Somebody is above or below only where the units differ at all (Cochran's Q), "
        "where it holds after Holm's correction over all of them, and "
        "where the interval leaves out nought. Whoever is surely above shares the first place, whoever is surely "
        "below the last, and nobody else is ranked. Scores are compared in the same way by question, touchpoint, "
        "channel and quarter; an answer belongs to the unit it names, else to the unit of the customer's last touch "
        "at most 30 days before. The log shows what goes together, not what follows from what.",
        source="logistic: le Cessie, van Houwelingen (1992), Applied Statistics 41(1); shrinkage: Efron, Morris "
        "(1975), Journal of the American Statistical Association 70(350), and DerSimonian, Laird (1986), Controlled "
        "Clinical Trials 7(3); variances: Liang, Zeger (1986), Biometrika 73(1); Holm (1979), Scandinavian Journal of "
        "Statistics 6(2)",
        expressions={"touches": touches, "answers": answers},
        statistics=recognition_rows,
        choices=(UNITS,),
    )
)
