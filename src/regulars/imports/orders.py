"""Order lines to documents: orders, refunds, adjustments and cancellations, with their items.

A document is the lines of one order number and one customer; without an order number, what one customer
bought at one instant; a guest's line without a number stands alone. What a document is, its lines tell:
named a bad debt, it is an adjustment; cancelled before it took effect, a cancellation of amount 0; below
zero or marked as returned, a refund; else an order, also at price zero.

A later file may say more of a document that the log has. A line that was sold before and is cancelled now takes back
what it brought, by an adjustment on the day of the order. A delivery date that is filled in now brings the delivery.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import duckdb

from regulars.engines.connection import quoted
from regulars.imports.rows import CLIENT_FIELDS, PERSONAL_FIELDS, identity, log_table, reference

FIELDS: tuple[str, ...] = (
    *("order_id", "customer_id", "occurred", "occurred_on", "product", "product_name", "category"),
    *("quantity", "unit_price", "amount", "cost", "unit_cost", "currency", "order_kind"),
    *(
        "channel",
        "branch",
        "department",
        "employee",
        "touchpoint",
        "text",
        "due",
        "delivered",
        "delivered_on",
    ),
    *CLIENT_FIELDS,
    *PERSONAL_FIELDS,
)
# Words of the five languages, in any case, at the start of a word.
REFUND_WORDS = (
    r"\b(refund|return|credit.?note|chargeback|възстанов|върна|връщан|сторно|рекламац|возврат|"
    r"vrác|vrat|dobropis|reklamac|storno|iade)"
)
CANCEL_WORDS = r"\b(cancel|void|анулир|отказан|отмен|аннулир|zruš|iptal)"
DEBT_WORDS = (
    r"\b(adjust bad debt|bad debt|write.?off|несъбираем|отписан|списани[ея]|безнадежн|"
    r"nedobytn|odpis|şüpheli alacak|değersiz alacak)"
)


def prepare(connection: duckdb.DuckDBPyConnection, source: str, rates: Mapping[str, str], currency: str) -> None:
    """From view ``typed`` make table ``lines``: one row a line, with its document, customer, money and identity.

    A line's identity holds its amount as the file has it: a rate that changes makes no second line of it. Table
    ``refused`` (line, reason, cell) has the lines whose money cannot be told; they are not among ``lines``.
    """
    connection.execute("CREATE OR REPLACE TABLE rates (code VARCHAR, rate DECIMAL(16,8))")
    worth = {**rates, currency: "1"}
    connection.executemany("INSERT INTO rates VALUES (?, ?)", [[code, rate] for code, rate in worth.items()])
    connection.execute(_PRICED.format(ref=reference(), currency=currency))
    document = "coalesce('o' || order_id, 'c' || ref || '|' || epoch_us(occurred))"

    def line(part: str) -> str:
        return identity(
            quoted(source), f"coalesce({document}, '')", "epoch_us(occurred)", "coalesce(product, product_name)",
            "quantity", "unit_price", "original", part, "coalesce(original_currency, '')",
        )  # fmt: skip

    named = identity(quoted(source), "'document'", document, "coalesce(ref, '')", "part")
    connection.execute(_LINES.format(document=document, line=line("part"), sold=line("'order'"), named=named))
    connection.execute(_COPIES)
    connection.execute(_REFUSED)
    connection.execute("DELETE FROM lines WHERE line IN (SELECT line FROM refused)")


def documents(connection: duckdb.DuckDBPyConnection, files: Mapping[str, Sequence[str]]) -> None:
    """Keep the lines the log does not have (``fresh``), and make ``documents`` of them."""
    items = log_table(files["items"], ["line_id", "amount", "cost"])
    connection.execute(
        f"CREATE OR REPLACE TABLE known_lines AS SELECT line_id FROM {items} SEMI JOIN lines USING (line_id)"
    )
    connection.execute(_TURNED.format(items=items))
    connection.execute(
        "CREATE OR REPLACE VIEW fresh AS "
        "SELECT * FROM lines ANTI JOIN known_lines USING (line_id) LEFT JOIN turned USING (line)"
    )
    connection.execute(_DOCUMENTS.format(debt=quoted(DEBT_WORDS)))
    known = log_table(files["interactions"], ["interaction_id"])
    later = identity("d.document_id", "d.first_line_id", "'more lines'")
    connection.execute(_NUMBERED.format(known=known, later=later))
    whose = log_table(files["interactions"], ["interaction_id", "client_key"])
    delivery = identity("document_id", "'delivery'")
    connection.execute(_DELIVERED_SINCE.format(known=known, whose=whose, delivery=delivery))


def interactions(import_id: int, source: str) -> str:
    """Query of the interactions the documents make; needs table ``client_keys`` (ref, client_key)."""
    return f"""
        SELECT d.interaction_id, {import_id} AS import_id, {quoted(source)} AS source, d.first_line AS source_row,
               k.client_key, d.occurred AS occurred_at, d.occurred_on, d.kind, d.touchpoint, d.channel, d.branch,
               d.department, d.employee, 'client' AS initiated_by, d.amount, d.cost, d.original_amount,
               d.original_currency, d.rate, d.order_id AS thread, d.text, d.order_kind AS outcome
        FROM documents d LEFT JOIN client_keys k USING (ref)"""


def deliveries(import_id: int, source: str) -> str:
    """Query of the deliveries of orders with a delivery date; of those too that were known before it was."""
    number = identity("d.interaction_id", "'delivery'")
    said = "d.first_line, d.delivered, d.delivered_on, d.due, d.branch, d.order_id"
    return f"""
        SELECT interaction_id, {import_id} AS import_id, {quoted(source)} AS source, first_line AS source_row,
               client_key, delivered AS occurred_at, delivered_on AS occurred_on, due AS due_at, 'delivery' AS kind,
               'delivery' AS touchpoint, branch, 'company' AS initiated_by, order_id AS thread
        FROM (SELECT {number} AS interaction_id, k.client_key, {said}
              FROM documents d LEFT JOIN client_keys k USING (ref)
              WHERE d.delivered IS NOT NULL AND d.kind = 'order'
              UNION ALL SELECT d.delivery_id, d.client_key, {said} FROM delivered_since d)"""


def items(import_id: int) -> str:
    """Query of the items of the documents."""
    return f"""
        SELECT d.interaction_id, {import_id} AS import_id, f.line_id, f.line AS source_row, f.product,
               f.product_name, f.category, CASE WHEN f.turned THEN -f.quantity ELSE f.quantity END AS quantity,
               f.unit_price,
               CASE WHEN f.turned THEN -f.was WHEN d.kind = 'cancellation' OR d.taken_back IS NOT NULL THEN 0
                    ELSE f.money END AS amount,
               CASE WHEN f.turned THEN -f.was_cost ELSE f.line_cost END AS cost
        FROM fresh f JOIN documents d USING (document_id)"""


def _money(product: str) -> str:
    """SQL of a product as money, null where it is too large. One factor is wider than DuckDB's quick 64-bit decimals,
    which overflow at some ten million."""
    return f"TRY_CAST(round({product}, 4) AS DECIMAL(18,4))"


# Money in the workspace currency; returned lines count against the customer whatever sign they were written with.
_PRICED = rf"""
CREATE OR REPLACE VIEW priced AS
SELECT * EXCLUDE (amount, cost), {{ref}} AS own_ref,
       CASE WHEN regexp_matches(lower(order_kind), '{REFUND_WORDS}') THEN 'refund'
            WHEN regexp_matches(lower(order_kind), '{CANCEL_WORDS}') THEN 'cancellation' ELSE 'order' END AS part,
       coalesce(amount, {_money("CAST(coalesce(quantity, 1) AS DECIMAL(19,4)) * unit_price")}) AS stated,
       CASE WHEN part = 'refund' THEN -abs(stated) ELSE stated END AS original,
       nullif(upper(trim(currency)), '{{currency}}') AS original_currency,
       rates.rate AS rate,
       {_money("CAST(original AS DECIMAL(19,4)) * rates.rate")} AS money,
       coalesce(cost, {_money("CAST(quantity AS DECIMAL(19,4)) * unit_cost")}) AS stated_cost,
       {_money("CAST(stated_cost AS DECIMAL(19,4)) * rates.rate")} AS line_cost
FROM typed LEFT JOIN rates ON rates.code = coalesce(upper(trim(currency)), '{{currency}}')"""

# A line without a customer belongs to its order's customer: refunds often lack the name.
_LINES = """
CREATE OR REPLACE TABLE lines AS
WITH owners AS (SELECT order_id, min(own_ref) AS owner FROM priced WHERE order_id IS NOT NULL GROUP BY order_id),
     owned AS (SELECT p.*, coalesce(p.own_ref, o.owner) AS ref
               FROM priced p LEFT JOIN owners o ON o.order_id = CASE WHEN p.own_ref IS NULL THEN p.order_id END)
SELECT *, {line} AS line_id, CASE WHEN {document} IS NULL THEN line_id ELSE {named} END AS document_id,
       CASE WHEN part = 'cancellation' AND {document} IS NOT NULL THEN {sold} END AS sold_line_id
FROM owned"""

# The k-th copy of a line in a file is another line than the first: both were sold.
_COPIES = """
UPDATE lines
SET line_id = c.other_id,
    document_id = CASE WHEN document_id = c.line_id THEN c.other_id ELSE document_id END,
    sold_line_id = c.other_sold
FROM (SELECT line, line_id, row_number() OVER (PARTITION BY line_id ORDER BY line) AS copy,
             CAST(md5_number_lower(line_id || '/' || copy) >> 1 AS BIGINT) AS other_id,
             CAST(md5_number_lower(sold_line_id || '/' || copy) >> 1 AS BIGINT) AS other_sold
      FROM lines WHERE line_id IN (SELECT line_id FROM lines GROUP BY line_id HAVING count(*) > 1)) c
WHERE lines.line = c.line AND c.copy > 1"""

# A code is told only where it is one: what else stands in that column may be a person's name.
_REFUSED = """
CREATE OR REPLACE TABLE refused AS
WITH too_large AS (
    SELECT document_id FROM lines GROUP BY document_id
    HAVING greatest(sum(abs(money)), sum(abs(original)), sum(abs(line_cost))) > 99999999999999)
SELECT line, coalesce(currency, '') AS cell,
       CASE WHEN rate IS NOT NULL THEN 'amount too large'
            WHEN regexp_full_match(upper(trim(currency)), '[A-Z]{3}')
            THEN 'no rate for currency ' || upper(trim(currency)) || ': add it under [rates] in regulars.toml'
            ELSE 'currency is not a three-letter code' END AS reason
FROM lines
WHERE rate IS NULL OR money IS NULL OR document_id IN (FROM too_large)"""

# Lines that are cancelled now and were sold before: what they brought then. A line of the same file is none of them.
_TURNED = """
CREATE OR REPLACE TABLE turned AS
SELECT l.line, true AS turned, i.amount AS was, i.cost AS was_cost
FROM lines l JOIN {items} i ON i.line_id = l.sold_line_id"""

# Orders of the log that this file says were delivered, of which the log has no delivery yet.
_DELIVERED_SINCE = """
CREATE OR REPLACE TABLE delivered_since AS
WITH told AS (
    SELECT document_id, {delivery} AS delivery_id, min(line) AS first_line, max(delivered) AS delivered,
           max(delivered_on) AS delivered_on, min(due) AS due, min(branch) AS branch, min(order_id) AS order_id
    FROM lines WHERE part = 'order' AND delivered IS NOT NULL GROUP BY document_id)
SELECT told.*, w.client_key
FROM told JOIN {whose} w ON w.interaction_id = told.document_id
WHERE delivery_id NOT IN (SELECT interaction_id FROM {known})"""

_DOCUMENTS = """
CREATE OR REPLACE TABLE documents AS
WITH summed AS (
    SELECT document_id, min(ref) AS ref, min(order_id) AS order_id, min(line) AS first_line,
           min(line_id) AS first_line_id, min(occurred) AS occurred,
           min(occurred_on) AS occurred_on, sum(money) AS total, max(part) AS part,
           bool_or(regexp_matches(lower(concat_ws(' ', product, product_name, order_kind)), {debt})) AS bad_debt,
           -sum(was) AS taken_back,
           CASE WHEN bool_or(turned) THEN -sum(was_cost)
                WHEN count(line_cost) = count(*) THEN sum(line_cost) END AS cost,
           sum(original) AS original_total, max(original_currency) AS original_currency, max(rate) AS rate,
           count(DISTINCT original_currency) AS currencies, min(order_kind) AS order_kind, min(channel) AS channel,
           min(branch) AS branch, min(department) AS department, min(employee) AS employee,
           min(touchpoint) AS touchpoint, min(text) AS text, min(due) AS due, max(delivered) AS delivered,
           max(delivered_on) AS delivered_on
    FROM fresh GROUP BY document_id),
named AS (
    SELECT *, CASE WHEN bad_debt OR taken_back IS NOT NULL THEN 'adjustment'
                   WHEN part = 'cancellation' AND total > 0 THEN 'cancellation'
                   WHEN part = 'refund' OR total < 0 THEN 'refund' ELSE 'order' END AS kind
    FROM summed)
SELECT * EXCLUDE (rate, currencies, original_currency),
       CASE WHEN taken_back IS NULL THEN original_currency END AS original_currency,
       CAST(CASE WHEN kind = 'cancellation' THEN 0 ELSE coalesce(taken_back, total) END AS DECIMAL(18,4)) AS amount,
       CASE WHEN taken_back IS NULL AND currencies <= 1
                 AND (kind = 'cancellation' OR named.original_currency IS NOT NULL)
            THEN original_total END AS original_amount,
       CASE WHEN named.original_currency IS NOT NULL AND taken_back IS NULL THEN rate END AS rate
FROM named"""

# Lines that turn up later for a document the log already has are a change of it, not one more order.
_NUMBERED = """
CREATE OR REPLACE TABLE documents AS
WITH known AS (SELECT document_id FROM documents WHERE document_id IN (SELECT interaction_id FROM {known}))
SELECT d.* REPLACE (CASE WHEN k.document_id IS NOT NULL AND d.kind = 'order' THEN 'adjustment' ELSE d.kind END AS kind),
       CASE WHEN k.document_id IS NULL THEN d.document_id ELSE {later} END AS interaction_id
FROM documents d LEFT JOIN known k USING (document_id)"""
