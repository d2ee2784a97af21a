"""The back-test of lifetime value, shown to whoever is asked to believe it."""

from regulars.measures.backtest import expressions
from regulars.measures.backtest.statistics import back_test
from regulars.measures.clv.results import COHORT, ORDERS_ON_ONE_DAY, SOURCE
from regulars.measures.registry import Column, Measure, register

BACKTEST = register(
    Measure(
        name="backtest",
        question="Would the lifetime value model have been right about us?",
        grain="view total: one row · view week: one row per week after the split, running totals · "
        "view repeat_orders: one row per number of repeat orders at the split (7: seven or more), means a customer",
        columns=(
            Column("view", "string", "total, week or repeat_orders"),
            Column("step", "int", "The week, or the number of repeat orders; empty in the view total"),
            Column("model", "string", "The model fitted to the part before the split"),
            Column("holdout_days", "int", "Days after the split, up to as_of", "days"),
            Column("predicted", "float", "Orders predicted: in all, until the week's end, or a customer"),
            Column("actual", "float", "Orders that came, counted likewise"),
            Column("actual_low", "float", "Lower end of the 95% interval of actual"),
            Column("actual_high", "float", "Upper end of the 95% interval of actual"),
            Column("actual_reason", "string", "Why actual has no interval, or says little"),
            Column("n", "int", "Customers behind the row: those known at the split"),
            Column("small_sample", "boolean", "Fewer than 30 of them: read the row with care"),
            Column("error_share", "share", "predicted / actual - 1; empty where nothing came"),
            Column("correlation", "float", "Of predicted and actual orders over customers; view total only"),
            Column("verdict", "string", "Whether to trust the model, in a sentence; view total only"),
        ),
        formula="The later half of the days from the first order to as_of, at most 364, is held out. The model is "
        "chosen and fitted as for clv on orders before it, and predicts the orders after it of the customers "
        "known by then; customers who came later are not predicted. Verdict by the error of the total: up "
        "to 10% trust it; up to 25% use it to compare customers; above, do not plan with it; under 100 "
        "orders it cannot be judged. " + ORDERS_ON_ONE_DAY + COHORT,
        source=SOURCE,
        expressions={"histories": expressions.histories_with_future, "weeks": expressions.held_out_weeks},
        statistics=back_test,
        order_by=("view", "step"),
    )
)
