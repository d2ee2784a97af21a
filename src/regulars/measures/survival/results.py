"""How long customers stay: survival curves, and what they come down to."""

from regulars.measures.estimates import estimate_columns
from regulars.measures.registry import Column, Measure, register
from regulars.measures.survival import expressions
from regulars.measures.survival.statistics import survival_curves, survival_summaries
from regulars.measures.survival.watched import CLOCK

LEAVING = (
    "contract: time from contract_from to left_on, or to as_of for those who have not left; where the customer list "
    "gives no dates, tenure_months, and left says whether it has ended. The unit is months where only tenure_months "
    "is known of anyone, else days (a month is 30.4375 days). silence: time from the first order to the day when "
    "silence became leaving: last order + 3 x the usual gap, at least 180 days (settings left_gaps, left_days); usual "
    "gap = (first to last order + one typical gap of the company) / order days, so that one short gap does not make a "
    "habit; typical gap: the median of customers' mean gaps. probability: last order + the days after which BG/NBD's "
    "probability of still being a customer falls below 5% (setting left_probability); customers with one order, whom "
    "that model never gives up, by silence. Whoever says good-bye (kind departure) and orders nothing afterwards has "
    "left on that day; whoever came back had not left. "
)
KAPLAN_MEIER = (
    "Kaplan and Meier's estimate: at every time, the share of those still watched who do not leave, multiplied up. "
    "Who has not left counts for as long as they were watched. Of equal times, leaving comes before the end of "
    "watching. Intervals: Greenwood's variance on the log(-log) scale, for each time by itself. "
)
KM_SOURCE = (
    "Kaplan and Meier (1958), Journal of the American Statistical Association 53(282); interval: Kalbfleisch and "
    "Prentice (2002), The Statistical Analysis of Failure Time Data, section 1.4"
)

SURVIVAL = register(
    Measure(
        name="survival",
        question="Which share of customers is still with us after a time?",
        grain="one row per time at which anyone left or was last seen as a customer, 0 first",
        columns=(
            Column("time", "float", "Time since the customer began, in unit"),
            Column("unit", "string", "months or days"),
            Column("time_days", "float", "The same in days; a month is 30.4375 days", "days"),
            Column("at_risk", "int", "Customers who were watched up to this time and had not left before"),
            Column("left", "int", "Of these, those who left at this time"),
            Column("censored", "int", "Of these, those whose watching ended at this time while they were customers"),
            *estimate_columns(
                "survival", "share", "Share still with us after this time", counted="Customers of the group"
            ),
            Column("clock", "string", "What told that customers left: contract, silence or probability"),
        ),
        formula=KAPLAN_MEIER + LEAVING,
        source=KM_SOURCE,
        expressions={"customers": expressions.customers},
        statistics=survival_curves,
        order_by=("time",),
        newest="clients",
        choices=(CLOCK,),
    )
)

SURVIVAL_SUMMARY = register(
    Measure(
        name="survival_summary",
        question="How long do customers stay, and do groups differ in it?",
        grain="one row",
        columns=(
            Column("customers", "int", "Customers whose time is known"),
            Column("left", "int", "Of these, those who have left"),
            Column("unknown", "int", "Customers of whom it is not known how long they stayed"),
            Column("unit", "string", "months or days: the unit of median, and of mean_within"),
            *estimate_columns(
                "median",
                "float",
                "Time after which half of the customers have left",
                counted="Customers",
                prefixed=True,
            ),
            *estimate_columns(
                "survival_1_year",
                "share",
                "Share still with us after 12 months",
                counted="Customers",
                prefixed=True,
            ),
            *estimate_columns(
                "survival_2_years",
                "share",
                "Share still with us after 24 months",
                counted="Customers",
                prefixed=True,
            ),
            *estimate_columns(
                "mean_within",
                "float",
                "Mean time that a customer stays within the first `within` units",
                counted="Customers",
                prefixed=True,
            ),
            Column("within", "float", "Up to when all groups were watched, in unit"),
            Column("expected_left", "float", "Customers who would have left if all groups left alike"),
            Column("chi_square", "float", "Log-rank statistic of all groups together; null for one group"),
            Column("degrees", "int", "Groups less one"),
            Column("p_value", "float", "Chance of so large a difference between groups that leave alike"),
            Column("p_reason", "string", "Why there is no comparison of groups; empty where there is one"),
            Column("clock", "string", "What told that customers left: contract, silence or probability"),
        ),
        formula="Out of the curves of survival. median: the first time at which survival is at most 1/2; its interval: "
        "the times at which the interval of survival contains 1/2. mean_within: the area under the curve. Groups are "
        "compared by the log-rank test. " + LEAVING,
        source=KM_SOURCE
        + "; median: Brookmeyer and Crowley (1982), Biometrics 38(1); log-rank: Mantel (1966), Cancer Chemotherapy "
        "Reports 50(3); mean_within: Royston and Parmar (2013), BMC Medical Research Methodology 13(152)",
        expressions={"customers": expressions.customers},
        statistics=survival_summaries,
        newest="clients",
        choices=(CLOCK,),
    )
)
