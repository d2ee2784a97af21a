"""Made-up texts in five languages with themes planted in them."""

from __future__ import annotations

import random

# Theme -> words that only it uses.
PLANTED: dict[str, dict[str, list[str]]] = {
    "en": {
        "delivery": ["delivery", "courier", "parcel", "late"],
        "price": ["price", "expensive", "discount", "invoice"],
        "staff": ["receptionist", "polite", "smile", "advice"],
    },
    "bg": {
        "delivery": ["доставка", "куриер", "пратка", "закъснение"],
        "price": ["цена", "скъпо", "отстъпка", "фактура"],
        "staff": ["рецепционистка", "любезна", "усмивка", "съвет"],
    },
    "ru": {
        "delivery": ["доставка", "курьер", "посылка", "опоздание"],
        "price": ["цена", "дорого", "скидка", "накладная"],
        "staff": ["администратор", "вежливый", "улыбка", "совет"],
    },
    "cs": {
        "delivery": ["doručení", "kurýr", "balík", "zpoždění"],
        "price": ["cena", "sleva", "faktura", "přirážka"],
        "staff": ["recepční", "zdvořilá", "úsměv", "rada"],
    },
    "tr": {
        "delivery": ["teslimat", "kurye", "paket", "gecikme"],
        "price": ["fiyat", "pahalı", "indirim", "fatura"],
        "staff": ["resepsiyon", "nazik", "gülümseme", "tavsiye"],
    },
}
FILLERS = {
    "en": ["the", "was", "and", "with", "my", "this", "very"],
    "bg": ["беше", "и", "с", "моята", "това", "много", "за"],
    "ru": ["была", "и", "с", "мой", "это", "очень", "для"],
    "cs": ["byla", "a", "s", "moje", "toto", "velmi", "pro"],
    "tr": ["çok", "ve", "ile", "bu", "benim", "için", "daha"],
}


def voices(language: str, each: int, seed: int = 1) -> tuple[list[str], list[str]]:
    """Texts and the theme planted in each, ``each`` of every theme, in a mixed order."""
    chance = random.Random(seed)
    made: list[tuple[str, str]] = []
    for theme, words in PLANTED[language].items():
        for _ in range(each):
            said = chance.sample(words, 3) + chance.choices(FILLERS[language], k=4)
            chance.shuffle(said)
            made.append((" ".join(said), theme))
    chance.shuffle(made)
    return [text for text, _ in made], [theme for _, theme in made]
