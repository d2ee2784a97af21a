"""The lifetime value models, and every customer's value under them."""

from regulars.measures.clv import expressions
from regulars.measures.clv.statistics import customer_values, model_parameters
from regulars.measures.registry import Column, ColumnType, Measure, register

SOURCE = (
    "BG/NBD: Fader, Hardie and Lee (2005), Marketing Science 24(2) · Pareto/NBD: Schmittlein, Morrison and Colombo "
    "(1987), Management Science 33(1) · Gamma-Gamma: Fader and Hardie (2013)"
)
ORDERS_ON_ONE_DAY = "Orders on one day are one; orders of zero amount count. "
INTERVALS = (
    "Intervals (delta method, from the Hessian) say how well the model's expectation is known; what one customer "
    "then does varies far more. "
)
VALUE = (
    "Value = discounted expected orders in the horizon (setting horizon_days, 364) x expected spend an order x "
    "margin. Discounting: setting discount_rate, 0.10 a year. Expected spend is Gamma-Gamma's, from order amounts "
    "of repeat days, less the share of order value that all customers together were refunded. Margin: setting "
    "margin_share; else from the log where costs of 90% of order value are known; else 1, and value is revenue. "
)
COHORT = "A period (--from) chooses customers by their first order; their orders count up to its end. "


def estimated(name: str, type_: ColumnType, meaning: str, unit: str = "") -> tuple[Column, ...]:
    """An estimate whose count n is shared with the other estimates of the row."""
    return (
        Column(name, type_, meaning, unit),
        Column(f"{name}_low", type_, f"Lower end of the 95% interval of {name}", unit),
        Column(f"{name}_high", type_, f"Upper end of the 95% interval of {name}", unit),
        Column(f"{name}_reason", "string", f"Why {name} or its interval is unknown; empty where it is known"),
    )


COUNTED = (
    Column("n", "int", "Customers that the model was fitted to"),
    Column("small_sample", "boolean", "Fewer than 30 of them: read the estimates with care"),
)

CLV_MODEL = register(
    Measure(
        name="clv_model",
        question="How do our customers buy, stay and spend, as far as a model can tell?",
        grain="one row per model (BG/NBD, Pareto/NBD, Gamma-Gamma) and parameter",
        columns=(
            Column("model", "string", "BG/NBD and Pareto/NBD: orders; Gamma-Gamma: spend an order"),
            Column("parameter", "string", "The parameter's name in the papers"),
            Column("value", "float", "Maximum likelihood estimate, in unit"),
            Column("standard_error", "float", "From the Hessian at the maximum, in unit"),
            Column("value_low", "float", "Lower end of the 95% interval, computed on the logarithm"),
            Column("value_high", "float", "Upper end of the 95% interval, computed on the logarithm"),
            Column("unit", "string", "weeks, the currency, or empty for a pure number"),
            Column("log_likelihood", "float", "Of the model at its estimates"),
            Column("n", "int", "Customers that the model was fitted to"),
            Column("customers", "int", "All customers with an order"),
            Column("repeat_customers", "int", "Of these, those who came back on a later day"),
            Column("time_unit", "string", "Unit of the model's times; empty for gamma_gamma, which has none"),
            Column("chosen", "boolean", "Used for lifetime value"),
            Column("value_reason", "string", "Why value or its interval is unknown; empty where it is known"),
            Column("small_sample", "boolean", "Fewer than 30 customers: read value with care"),
        ),
        formula=ORDERS_ON_ONE_DAY
        + "Maximum likelihood on counts of equal histories (repeat orders, age at the last order, customer age; "
        "weeks = days / 7). BG/NBD is used unless the log-likelihood of Pareto/NBD is more than 5 higher (both "
        "have four parameters). Needs 50 customers who came back and 26 weeks. " + COHORT,
        source=SOURCE + " · choice: Kass and Raftery (1995)",
        expressions={"histories": expressions.history_counts, "spends": expressions.repeat_spends},
        statistics=model_parameters,
    )
)

CLV = register(
    Measure(
        name="clv",
        question="What is each customer likely to bring in the next year?",
        grain="one row per known customer with an order",
        columns=(
            Column("client_key", "key", "The customer, by the log's random key"),
            Column("repeat_orders", "int", "Order days after the first"),
            Column("age_at_last_order_days", "int", "From the first order to the last", "days"),
            Column("customer_age_days", "int", "From the first order to as_of", "days"),
            *estimated("expected_orders", "float", "Orders expected in the horizon"),
            *estimated("p_alive", "share", "Probability of still being a customer (BG/NBD: 1 before a second order)"),
            *estimated("expected_spend", "float", "Expected net spend on one order", "currency"),
            *estimated("clv", "float", "Discounted value expected in the horizon", "currency"),
            *COUNTED,
        ),
        formula=VALUE + INTERVALS + ORDERS_ON_ONE_DAY + COHORT,
        source=SOURCE + " · Fader, Hardie and Lee (2005), Journal of Marketing Research 42(4)",
        expressions={"customers": expressions.customer_histories, "totals": expressions.spend_totals},
        statistics=customer_values,
        order_by=("client_key",),
    )
)
