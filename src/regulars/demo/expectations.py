"""What the partners expect of Oakline, in their own words: each was asked on a visit or on the telephone.

Planted: of one partner nobody has written anything down, and what one of them said is more than a year old.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from regulars.demo.columns import DAY, HOUR
from regulars.demo.frame import Frame
from regulars.demo.house import MORE_PARTNERS, more_keys
from regulars.demo.staff import DEPARTMENTS, EMPLOYEES, PARTNERS, staff_keys
from regulars.log.tables import FACTS

EXPECTATION = "expectation"
SILENT = "glass cutter"  # nobody has asked
# Partner -> what it expects, in its own language, and so many days before the end of the log; who wrote it down.
_SAID: dict[str, tuple[tuple[str, int, str], ...]] = {
    "timber supplier": (
        ("Поръчката за дъб да идва до 10-о число, за да я включим в същия курс.", 96, "E42"),
        ("Ако една дъска не става, да ни се обадите същия ден и да пратите снимка.", 38, "E41"),
        ("Сметките да се плащат до 14 дни.", 38, "E47"),
    ),
    "parcel service": (
        ("Parcels ready by 15:00, with the label on the long side.", 210, "E23"),
        ("One person we can ring when an address is wrong.", 61, "E23"),
    ),
    "fabric supplier": (
        ("Да знаем месец по-рано кои цветове ще търсите за сезона.", 130, "E42"),
        ("Мострите да се връщат, скъпи са ни.", 424, "E04"),
    ),
    "fittings supplier": (
        ("Objednávat po celých baleních; po kusech nás to stojí víc než zboží.", 74, "E44"),
        ("Odpověď na nabídku do tří dnů, ať je to ano, nebo ne.", 74, "E49"),
    ),
    "carrier in Prague": (
        ("Den a hodinu nakládky potvrdit předem, řidič jinak stojí zbytečně.", 52, "E24"),
        ("Zabalené rohy u stolů. Za oděrky pak všichni viní nás.", 167, "E24"),
    ),
    "carrier in Istanbul": (
        ("Alıcının telefonu irsaliyede yazsın, kapıda beklemeyelim.", 29, "E29"),
        ("Faturalar ay sonunda değil, teslimattan sonra ödensin.", 145, "E50"),
    ),
    "carrier in Almaty": (
        ("Таможенные бумаги присылайте вместе с грузом, а не на следующий день.", 43, "E26"),
        ("Предупреждайте, если нужны двое грузчиков.", 118, "E26"),
    ),
}


def expectation_rows(frame: Frame) -> pa.Table:
    """Rows of ``facts``: the expectations of all partners but the silent one, nothing drawn by lot."""
    after = EMPLOYEES + len(DEPARTMENTS)
    keys = dict(zip(PARTNERS, staff_keys(frame)[after:].tolist(), strict=True))
    keys |= dict(zip(MORE_PARTNERS, more_keys(frame)[-len(MORE_PARTNERS) :].tolist(), strict=True))
    said = [(keys[name], *one) for name, ones in _SAID.items() for one in ones]
    days = np.array([one[2] for one in said], dtype=np.int64)
    at = frame.calendar.instants(frame.calendar.end_s - (days + 1) * DAY + 11 * HOUR)
    columns = {
        "client_key": pa.array([one[0] for one in said]),
        "import_id": pa.array(np.full(len(said), frame.import_id)),
        "name": pa.repeat(EXPECTATION, len(said)),
        "value": pa.array([one[1] for one in said]),
        "source": pa.repeat("pages", len(said)),
        "known_at": at,
        "confirmed_at": at,
        "confirmed_by": pa.array([one[3] for one in said]),
    }
    arrays = [columns.get(field.name, pa.nulls(len(said), field.type)).cast(field.type) for field in FACTS]
    return pa.Table.from_arrays(arrays, schema=FACTS)
