"""What the made-up customers write about, theme by theme, in five languages."""

from __future__ import annotations

# Theme -> language -> sentences, as many in each as PHRASES_EACH of phrases.py.
Sentences = dict[str, tuple[str, str, str]]

THEMES: dict[str, Sentences] = {
    "assembly": {
        "en": (
            "The fitters needed two visits to assemble the wardrobe.",
            "Assembly took all day and the instructions were unclear.",
            "The assembly team left without fixing one shelf.",
        ),
        "bg": (
            "Монтажниците идваха два пъти, за да сглобят гардероба.",
            "Сглобяването отне цял ден, а упътването беше неясно.",
            "Монтажът остана недовършен, един рафт не беше закрепен.",
        ),
        "ru": (
            "Сборщики приезжали дважды, чтобы собрать шкаф.",
            "Сборка заняла целый день, инструкция непонятная.",
            "Сборка осталась незаконченной, одна полка не закреплена.",
        ),
        "cs": (
            "Montéři přijeli dvakrát, než skříň smontovali.",
            "Montáž trvala celý den a návod byl nejasný.",
            "Montáž zůstala nedokončená, jedna police nebyla upevněná.",
        ),
        "tr": (
            "Montaj ekibi dolabı kurmak için iki kez geldi.",
            "Montaj bütün gün sürdü ve kılavuz anlaşılmazdı.",
            "Montaj yarım kaldı, bir raf sabitlenmedi.",
        ),
    },
    "damage": {
        "en": (
            "The table top arrived with a scratch.",
            "A corner of the cabinet was damaged in the packaging.",
            "The drawer front was scratched and badly packed.",
        ),
        "bg": (
            "Плотът на масата пристигна с драскотина.",
            "Единият ъгъл на шкафа беше повреден в опаковката.",
            "Чекмеджето беше надраскано и лошо опаковано.",
        ),
        "ru": (
            "Столешница приехала с царапиной.",
            "Угол шкафа был повреждён в упаковке.",
            "Ящик был поцарапан и плохо упакован.",
        ),
        "cs": (
            "Deska stolu dorazila se škrábancem.",
            "Roh skříňky byl v obalu poškozený.",
            "Zásuvka byla poškrábaná a špatně zabalená.",
        ),
        "tr": (
            "Masanın üst tablası çizik geldi.",
            "Dolabın köşesi ambalajda hasar görmüştü.",
            "Çekmece çizilmişti ve kötü paketlenmişti.",
        ),
    },
    "waiting on the phone": {
        "en": (
            "I waited on the phone for a quarter of an hour.",
            "Nobody picked up the phone in the afternoon.",
            "The phone line was busy and I gave up waiting.",
        ),
        "bg": (
            "Чаках на телефона петнадесет минути.",
            "Никой не вдигна телефона следобед.",
            "Телефонът даваше заето и се отказах да чакам.",
        ),
        "ru": (
            "Ждал на телефоне пятнадцать минут.",
            "Никто не взял телефон после обеда.",
            "Телефон был занят, и я перестал ждать.",
        ),
        "cs": (
            "Čekal jsem na telefonu čtvrt hodiny.",
            "Odpoledne nikdo nezvedl telefon.",
            "Telefon byl obsazený a přestal jsem čekat.",
        ),
        "tr": (
            "Telefonda on beş dakika bekledim.",
            "Öğleden sonra kimse telefonu açmadı.",
            "Telefon hattı meşguldü, beklemekten vazgeçtim.",
        ),
    },
    "good advice": {
        "en": (
            "The consultant gave us good advice on the right wood.",
            "Friendly advice and a patient consultant.",
            "The consultant measured everything and advised us well.",
        ),
        "bg": (
            "Консултантът ни даде добър съвет за дървесината.",
            "Любезен съвет и търпелив консултант.",
            "Консултантът измери всичко и ни посъветва добре.",
        ),
        "ru": (
            "Консультант дал хороший совет по выбору древесины.",
            "Дружелюбный совет и терпеливый консультант.",
            "Консультант всё измерил и дал дельный совет.",
        ),
        "cs": (
            "Poradce nám dobře poradil s výběrem dřeva.",
            "Přátelská rada a trpělivý poradce.",
            "Poradce všechno změřil a dobře poradil.",
        ),
        "tr": (
            "Danışman doğru ahşap için iyi bir tavsiye verdi.",
            "Güler yüzlü tavsiye ve sabırlı bir danışman.",
            "Danışman her şeyi ölçtü ve iyi tavsiye verdi.",
        ),
    },
    "beautiful wood": {
        "en": (
            "The oak is beautiful and solidly made.",
            "Beautiful wood, the chairs are solid.",
            "The wood smells wonderful and the table is solid.",
        ),
        "bg": (
            "Дъбът е красив и здраво изработен.",
            "Красиво дърво, столовете са здрави.",
            "Дървото ухае чудесно, а масата е здрава.",
        ),
        "ru": (
            "Дуб красивый и крепко сделан.",
            "Красивое дерево, стулья крепкие.",
            "Дерево чудесно пахнет, стол крепкий.",
        ),
        "cs": (
            "Dub je krásný a poctivě zpracovaný.",
            "Krásné dřevo, židle jsou pevné.",
            "Dřevo nádherně voní a stůl je pevný.",
        ),
        "tr": (
            "Meşe çok güzel ve sağlam yapılmış.",
            "Güzel ahşap, sandalyeler sağlam.",
            "Ahşap harika kokuyor ve masa sağlam.",
        ),
    },
    "payment link": {
        "en": (
            "The payment link in the e-mail did not work.",
            "I could not pay because the payment link had expired.",
            "The payment link opened an empty page.",
        ),
        "bg": (
            "Връзката за плащане в писмото не работеше.",
            "Не можах да платя, защото връзката за плащане беше изтекла.",
            "Връзката за плащане отвори празна страница.",
        ),
        "ru": (
            "Ссылка на оплату в письме не работала.",
            "Не смог оплатить, потому что ссылка на оплату истекла.",
            "Ссылка на оплату открыла пустую страницу.",
        ),
        "cs": (
            "Odkaz na platbu v e-mailu nefungoval.",
            "Nemohl jsem zaplatit, protože odkaz na platbu vypršel.",
            "Odkaz na platbu otevřel prázdnou stránku.",
        ),
        "tr": (
            "E-postadaki ödeme bağlantısı çalışmadı.",
            "Ödeme bağlantısının süresi dolduğu için ödeyemedim.",
            "Ödeme bağlantısı boş bir sayfa açtı.",
        ),
    },
}
BAD_THEMES = ("assembly", "damage", "waiting on the phone")
GOOD_THEMES = ("good advice", "beautiful wood")
NEW_THEME = "payment link"
