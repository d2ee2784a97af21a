"""What the made-up customers write, in five languages, and what the furniture maker sells."""

from __future__ import annotations

from dataclasses import dataclass

# Opinion -> language -> phrases. The order of languages is that of names.LANGUAGES.
PRAISE = {
    "en": ("The table is beautiful.", "Lovely chairs and a kind driver.", "Everything as promised, thank you!"),
    "bg": ("Масата е прекрасна.", "Чудесни столове и любезен шофьор.", "Всичко, както беше обещано, благодаря!"),
    "ru": ("Стол просто чудесный.", "Отличные стулья и вежливый водитель.", "Всё как обещали, спасибо!"),
    "cs": ("Stůl je nádherný.", "Krásné židle a milý řidič.", "Vše, jak bylo slíbeno, děkuji!"),
    "tr": ("Masa çok güzel.", "Harika sandalyeler ve nazik bir sürücü.", "Her şey söz verildiği gibi, teşekkürler!"),
}
LUKEWARM = {
    "en": ("Good, but not cheap.", "Fine, assembly took long.", "The colour differs a little from the photo."),
    "bg": ("Добре е, но не е евтино.", "Става, монтажът беше бавен.", "Цветът малко се различава от снимката."),
    "ru": ("Хорошо, но недёшево.", "Нормально, сборка была долгой.", "Цвет немного отличается от фото."),
    "cs": ("Dobré, ale ne levné.", "Ujde to, montáž trvala dlouho.", "Barva se trochu liší od fotky."),
    "tr": ("İyi ama ucuz değil.", "Fena değil, montaj uzun sürdü.", "Rengi fotoğraftan biraz farklı."),
}
ANGER = {
    "en": ("Two screws were missing.", "A scratch on the door, nobody called back.", "Too dear for this quality."),
    "bg": ("Липсваха два винта.", "Драскотина на вратата, никой не се обади.", "Твърде скъпо за това качество."),
    "ru": ("Не хватало двух винтов.", "Царапина на дверце, никто не перезвонил.", "Слишком дорого за такое качество."),
    "cs": ("Chyběly dva šrouby.", "Škrábanec na dvířkách, nikdo nezavolal.", "Na tu kvalitu příliš drahé."),
    "tr": ("İki vida eksikti.", "Kapakta çizik vardı, kimse geri aramadı.", "Bu kalite için çok pahalı."),
}
LATENESS = {
    "en": ("The delivery came late.", "A week late and no word from you.", "We waited at home for nothing."),
    "bg": ("Доставката закъсня.", "Седмица закъснение и нито дума от вас.", "Чакахме вкъщи напразно."),
    "ru": ("Доставка опоздала.", "Опоздали на неделю и ни слова.", "Мы зря прождали дома."),
    "cs": ("Dodávka přišla pozdě.", "O týden později a ani slovo od vás.", "Čekali jsme doma zbytečně."),
    "tr": ("Teslimat geç geldi.", "Bir hafta gecikti, tek söz yok.", "Evde boşuna bekledik."),
}
QUESTIONS = {
    "en": ("When will my order arrive?", "Which oil suits oak?", "Can you deliver on a Saturday?"),
    "bg": ("Кога ще пристигне поръчката ми?", "Кое масло е за дъб?", "Може ли доставка в събота?"),
    "ru": ("Когда придёт мой заказ?", "Какое масло подходит для дуба?", "Можно доставить в субботу?"),
    "cs": ("Kdy dorazí moje objednávka?", "Jaký olej se hodí na dub?", "Můžete doručit v sobotu?"),
    "tr": ("Siparişim ne zaman gelir?", "Meşe için hangi yağ uygun?", "Cumartesi teslim olur mu?"),
}
PHRASES_EACH = 3

# What employees noted about customers: name of the fact -> values.
NOTES = {
    "need": ("a table for eight", "a desk for a small room", "spare chairs for guests", "washable covers"),
    "fear": ("scratches on a new floor", "a delivery in office hours", "that the colour will not match"),
    "preference": ("call after 17 h", "no small talk", "e-mail only", "coffee without sugar"),
    "special date": ("05-24", "09-01", "12-06", "03-08", "06-21"),
}
NOTE_SOURCES = ("showroom", "call centre", "delivery", "survey")


@dataclass(frozen=True)
class Product:
    """One thing in the catalogue; made to measure, so every order has its own price within the tier."""

    code: str
    name: str
    category: str
    tier: int


TIERS_FROM_EUR = (0, 25, 80, 250, 700)
_CATALOGUE = (
    ("care", ("Care oil", "Wax refill", "Felt pads", "Touch-up pen", "Cleaning cloths")),
    ("accessories", ("Cushion", "Lamp shade", "Drawer knobs", "Coat hooks", "Tray")),
    ("small furniture", ("Stool", "Wall shelf", "Side table", "Bedside table", "Magazine rack")),
    ("seating and storage", ("Armchair", "Desk", "Bookcase", "Chest of drawers", "Bench")),
    ("large furniture", ("Dining table", "Wardrobe", "Sofa", "Bed", "Sideboard")),
)
PRODUCTS = tuple(
    Product(code=f"F{tier}{place}", name=name, category=category, tier=tier)
    for tier, (category, names) in enumerate(_CATALOGUE, start=1)
    for place, name in enumerate(names, start=1)
)
PRODUCTS_EACH = 5
