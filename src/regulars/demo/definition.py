"""What customer focus means at Oakline: two rounds of wording in five languages, and who has confirmed them.

Planted: the first version names an empty competence (quality at fair prices); the second one replaces it. Most people
have confirmed the second version, some only the first, and a few neither.
"""

from __future__ import annotations

from typing import Any

from regulars.demo.colleagues import ACCOUNTS
from regulars.demo.planted import Planted
from regulars.demo.staff import EMPLOYEES

NOUN, KEY, READ = "definition", "customer focus", "definition read"
FIRST_VERSION, NOW_VERSION = 2, 3
FIRST_DAYS, NOW_DAYS = 480, 150  # before the end of the log
# Of the employees: who has read the newest version, and who stopped at the one before.
NOT_YET = ("E12", "E25", "E29", "E43", "E49", "E50")
ONLY_THE_FIRST = ("E09", "E28", "E44")

_FIRST = {
    "en": "We listen until we know the room and the people in it. We keep the day we named, and we put right what "
    "fails without asking whose fault it was.",
    "bg": "Слушаме, докато опознаем стаята и хората в нея. Спазваме деня, който сме казали, и поправяме, каквото не е "
    "наред, без да търсим виновен.",
    "ru": "Мы слушаем, пока не поймём, какая это комната и кто в ней живёт. Мы держимся названного дня и исправляем "
    "то, что не получилось, не выясняя, кто виноват.",
    "cs": "Nasloucháme, dokud nepoznáme místnost i lidi, kteří v ní žijí. Dodržíme den, který jsme řekli, a co se "
    "nepovede, napravíme bez hledání viníka.",
    "tr": "Odayı ve orada yaşayanları tanıyana kadar dinleriz. Söylediğimiz günde geliriz; aksayan bir şey olursa "
    "kimin hatası olduğunu sormadan düzeltiriz.",
}
_NOW = {
    "en": "We make furniture for one room and for the people who live in it. We ask until we understand what they "
    "need, we say what we can do and by which day, and we keep to it. When something goes wrong, we say so first and "
    "put it right.",
    "bg": "Правим мебели за една определена стая и за хората, които живеят в нея. Питаме, докато разберем какво им е "
    "нужно, казваме какво можем и до кой ден и държим на думата си. Ако нещо се обърка, първи се обаждаме и го "
    "поправяме.",
    "ru": "Мы делаем мебель для определённой комнаты и для людей, которые в ней живут. Мы спрашиваем, пока не поймём, "
    "что им нужно, говорим, что можем сделать и к какому дню, и держим слово. Если что-то пошло не так, мы сами "
    "сообщаем об этом первыми и исправляем.",
    "cs": "Vyrábíme nábytek pro jednu určitou místnost a pro lidi, kteří v ní žijí. Ptáme se, dokud nerozumíme, co "
    "potřebují, řekneme, co umíme a do kterého dne, a slovo dodržíme. Když se něco nepovede, ozveme se jako první a "
    "napravíme to.",
    "tr": "Belirli bir oda ve orada yaşayan insanlar için mobilya yaparız. Neye ihtiyaç duyduklarını anlayana kadar "
    "sorarız, ne yapabileceğimizi ve hangi güne yetiştireceğimizi söyler, sözümüzü tutarız. Bir şey ters giderse önce "
    "biz haber verir ve düzeltiriz.",
}
_EMPTY_COMPETENCE = {
    "en": "Quality furniture at fair prices",
    "bg": "Качествени мебели на достъпни цени",
    "ru": "Качественная мебель по разумным ценам",
    "cs": "Kvalitní nábytek za rozumné ceny",
    "tr": "Uygun fiyata kaliteli mobilya",
}
_COMPETENCES = (
    {
        "en": "Wardrobes and tables fitted to the millimetre into old, uneven rooms",
        "bg": "Гардероби и маси, напаснати до милиметър в стари стаи с криви стени",
        "ru": "Шкафы и столы, подогнанные до миллиметра в старых комнатах с неровными стенами",
        "cs": "Skříně a stoly, které na milimetr sednou i do starých místností s křivými zdmi",
        "tr": "Eski ve duvarları eğri odalara milimetresi milimetresine oturan dolap ve masalar",
    },
    {
        "en": "The same wood again ten years later, because we keep the batch number of every piece",
        "bg": "Същото дърво и след десет години, защото пазим партидния номер на всяка мебел",
        "ru": "То же дерево и через десять лет: мы храним номер партии каждого изделия",
        "cs": "Stejné dřevo i po deseti letech, protože u každého kusu uchováváme číslo šarže",
        "tr": "Her parçanın parti numarasını sakladığımız için on yıl sonra da aynı ahşap",
    },
)
_GRANTED = (
    {
        "en": "A piece that does not fit the room is altered once free of charge, even if the customer measured it.",
        "bg": "Мебел, която не пасва в стаята, преработваме веднъж безплатно, дори ако клиентът сам е мерил.",
        "ru": "Изделие, которое не встало на место, мы один раз переделываем бесплатно, даже если замер делал клиент.",
        "cs": "Kus, který se do místnosti nevejde, jednou zdarma upravíme, i když si zákazník měřil sám.",
        "tr": "Odaya uymayan parçayı, ölçüyü müşteri almış olsa bile bir kez ücretsiz düzeltiriz.",
    },
    {
        "en": "Small furniture from stock may be given back within 60 days.",
        "bg": "Малки мебели от склад приемаме обратно до 60 дни.",
        "ru": "Небольшую мебель со склада можно вернуть в течение 60 дней.",
        "cs": "Drobný nábytek ze skladu lze vrátit do 60 dnů.",
        "tr": "Stoktan alınan küçük mobilyalar 60 gün içinde iade edilebilir.",
    },
    {
        "en": "When we come more than a week late, we assemble free of charge.",
        "bg": "Ако закъснеем с повече от седмица, монтажът е безплатен.",
        "ru": "Если мы опоздали больше чем на неделю, сборка бесплатна.",
        "cs": "Když přijedeme o víc než týden později, montáž je zdarma.",
        "tr": "Bir haftadan fazla gecikirsek montajı ücretsiz yaparız.",
    },
)
_REFUSED = (
    {
        "en": "We do not name a day that we do not believe in just to win an order.",
        "bg": "Не обещаваме срок, в който сами не вярваме, само за да вземем поръчката.",
        "ru": "Мы не называем срок, в который сами не верим, только чтобы получить заказ.",
        "cs": "Neslibujeme termín, kterému sami nevěříme, jen abychom získali zakázku.",
        "tr": "Sırf siparişi almak için kendimizin inanmadığı bir tarih vermeyiz.",
    },
    {
        "en": "We do not sell cheaper to whoever presses hardest. The price list holds for everybody.",
        "bg": "Не правим отстъпка на този, който натиска най-силно. Ценовата листа важи за всички.",
        "ru": "Мы не уступаем в цене тому, кто сильнее давит. Прайс-лист один для всех.",
        "cs": "Neprodáváme levněji tomu, kdo víc tlačí. Ceník platí pro všechny stejně.",
        "tr": "En çok bastırana daha ucuza satmayız. Fiyat listesi herkes için geçerlidir.",
    },
    {
        "en": "We do not copy other makers' pieces.",
        "bg": "Не копираме мебели на други производители.",
        "ru": "Мы не копируем изделия других мастеров.",
        "cs": "Nekopírujeme nábytek jiných výrobců.",
        "tr": "Başka üreticilerin mobilyalarını kopyalamayız.",
    },
)
_PARITY = {
    "en": "No customer makes up more than a tenth of our sales, and no reseller has to buy from us alone. We show how "
    "a price is made up. Bad news is told on the day we learn it.",
    "bg": "Никой клиент не носи повече от една десета от продажбите ни и никой търговски партньор не е длъжен да "
    "купува само от нас. Показваме от какво се състои цената. Лошата новина съобщаваме още в деня, в който я научим.",
    "ru": "Ни на одного клиента не приходится больше десятой части наших продаж, и ни один торговый партнёр не "
    "обязан покупать только у нас. Мы показываем, из чего складывается цена. О плохой новости сообщаем в тот "
    "же день, когда узнали сами.",
    "cs": "Žádný zákazník netvoří víc než desetinu našich tržeb a žádný obchodní partner nemusí nakupovat jen "
    "u nás. Ukazujeme, z čeho se cena skládá. Špatnou zprávu oznámíme ještě ten den, kdy se ji dozvíme.",
    "tr": "Hiçbir müşteri satışlarımızın onda birinden fazlasını oluşturmaz, hiçbir iş ortağı yalnız bizden almak "
    "zorunda değildir. Fiyatın nelerden oluştuğunu gösteririz. Kötü haberi öğrendiğimiz gün veririz.",
}
_CRITERIA = (
    {
        "en": "A joiner and a seller understand it the same way.",
        "bg": "Дърводелецът и продавачът го разбират по един и същ начин.",
        "ru": "Столяр и продавец понимают его одинаково.",
        "cs": "Truhlář i prodavač mu rozumějí stejně.",
        "tr": "Marangoz da satıcı da aynı şeyi anlar.",
    },
    {
        "en": "It says what we do, not what we are.",
        "bg": "Казва какво правим, а не какви сме.",
        "ru": "Оно говорит, что мы делаем, а не какие мы.",
        "cs": "Říká, co děláme, ne jací jsme.",
        "tr": "Nasıl olduğumuzu değil, ne yaptığımızı söyler.",
    },
    {
        "en": "A customer could check whether we keep to it.",
        "bg": "Клиентът може да провери дали го спазваме.",
        "ru": "Клиент может проверить, соблюдаем ли мы его.",
        "cs": "Zákazník si může ověřit, zda ho dodržujeme.",
        "tr": "Müşteri buna uyup uymadığımızı denetleyebilir.",
    },
)
# Employee -> what some of them wrote when they confirmed the newest version.
OWN_WORDS = {
    "E02": "I ask the workshop before I name a day.",
    "E05": "Първо питам кой ще седи на масата, после говоря за цена.",
    "E08": "Сначала спрашиваю, кто будет жить в комнате, и только потом говорю о цене.",
    "E11": "Když něco nevím, zjistím to a ještě ten den zavolám zpátky.",
    "E14": "Müşteri evi anlatırken acele etmem, not alırım.",
    "E16": "Whoever takes the call stays with it until it is settled.",
    "E17": "Ако пратката ще закъснее, аз звъня на клиента, преди той да ми звънне.",
    "E24": "Если мы опаздываем, первым делом звоню клиенту.",
    "E27": "Obal si odvezeme a podlahu po sobě zkontrolujeme.",
    "E35": "Montaj bitmeden evden çıkmam.",
    "E37": "Първо казвам какво ще направим, после търся защо е станало.",
    "E42": "Ако дъската не е хубава, не я режа.",
}


def _parts(said: tuple[dict[str, str], ...]) -> list[dict[str, str]]:
    return [dict(one) for one in said]


FIRST_BODY: dict[str, Any] = {
    "text": _FIRST,
    "competences": _parts((_EMPTY_COMPETENCE,)),
    "targets": ["designers-and-small-hotels"],
    "granted": _parts(_GRANTED[1:2]),
    "refused": [],
    "parity": "",
    "criteria": _parts(_CRITERIA[:1]),
}
NOW_BODY: dict[str, Any] = {
    "text": _NOW,
    "competences": _parts(_COMPETENCES),
    "targets": ["designers-and-small-hotels", "recommended-households"],
    "granted": _parts(_GRANTED),
    "refused": _parts(_REFUSED),
    "parity": _PARITY,
    "criteria": _parts(_CRITERIA),
}


def definition_decisions() -> list[Planted]:
    """Both wordings, and who read which. The company's first sentence is version 1, so they are 2 and 3."""
    found = [Planted(NOUN, KEY, FIRST_BODY, "owner", FIRST_DAYS), Planted(NOUN, KEY, NOW_BODY, "owner", NOW_DAYS)]
    for number in range(1, EMPLOYEES + len(ACCOUNTS) + 1):
        code = f"E{number:02d}"
        if code in NOT_YET:
            continue
        if code not in ACCOUNTS:
            found.append(_read(code, FIRST_VERSION, FIRST_DAYS - 1 - number % 40))
        if code not in ONLY_THE_FIRST:
            found.append(_read(code, NOW_VERSION, NOW_DAYS - 1 - number % 45, OWN_WORDS.get(code, "")))
    return found


def _read(code: str, version: int, days: int, own_words: str = "") -> Planted:
    return Planted(READ, code, {"version": version, "own_words": own_words}, code, days)
