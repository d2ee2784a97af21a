"""The ready survey on the seven elements of a company, asked of everybody who works there, without a name.

It has no open question: with a text a colleague could be recognised by how they write.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from regulars.surveys.parts import LANGUAGES, Page, Question, Survey, Texts
from regulars.surveys.ready_words import AGREE, THANKS, page, words

KEY: Final = "seven-elements"
# In the order they are asked; a question's key is its element, a hyphen and a number (measures/people/statements.py).
_STATEMENTS: Final[Mapping[str, tuple[Texts, Texts]]] = {
    "strategy": (
        words(
            "I can say in one sentence what we promise our customers.",
            "Мога да кажа с едно изречение какво обещаваме на клиентите си.",
            "Я могу одной фразой сказать, что мы обещаем своим клиентам.",
            "Umím jednou větou říct, co svým zákazníkům slibujeme.",
            "Müşterilerimize ne söz verdiğimizi tek cümleyle söyleyebilirim.",
        ),
        words(
            "When we must choose, we choose what is good for the customer in the long run.",
            "Когато трябва да избираме, избираме това, което е добро за клиента с времето.",
            "Когда приходится выбирать, мы выбираем то, что лучше для клиента надолго.",
            "Když musíme volit, volíme to, co je pro zákazníka dobré dlouhodobě.",
            "Seçim yapmamız gerektiğinde, uzun vadede müşteri için iyi olanı seçeriz.",
        ),
    ),
    "structure": (
        words(
            "I know which colleague to turn to so that a customer's request is settled.",
            "Знам към кой колега да се обърна, за да се уреди молбата на клиент.",
            "Я знаю, к кому из коллег обратиться, чтобы просьба клиента была выполнена.",
            "Vím, na kterého kolegu se obrátit, aby se požadavek zákazníka vyřešil.",
            "Bir müşterinin isteğinin çözülmesi için hangi çalışma arkadaşıma gideceğimi bilirim.",
        ),
        words(
            "Other departments give me what I need for a customer in time.",
            "Другите отдели ми дават навреме това, което ми трябва за клиента.",
            "Другие отделы вовремя дают мне то, что нужно для клиента.",
            "Ostatní oddělení mi včas dají, co pro zákazníka potřebuji.",
            "Diğer bölümler müşteri için gerekeni bana zamanında verir.",
        ),
    ),
    "systems": (
        words(
            "Our tools show me what I need to know about a customer when I need it.",
            "Нашите програми ми показват каквото трябва да знам за клиента, когато ми трябва.",
            "Наши программы показывают мне нужное о клиенте тогда, когда это нужно.",
            "Naše nástroje mi ukážou, co o zákazníkovi potřebuji vědět, když to potřebuji.",
            "Araçlarımız, müşteriyle ilgili bilmem gerekeni gerektiği anda gösterir.",
        ),
        words(
            "Our rules help me to serve customers and seldom stand in the way.",
            "Правилата ни помагат да обслужвам клиентите и рядко ми пречат.",
            "Наши правила помогают обслуживать клиентов и редко мешают.",
            "Naše pravidla mi pomáhají zákazníky obsloužit a málokdy překážejí.",
            "Kurallarımız müşterilere hizmet etmeme yardım eder, nadiren engel olur.",
        ),
    ),
    "shared-values": (
        words(
            "Here we speak of customers with respect, also when they cannot hear it.",
            "Тук говорим за клиентите с уважение, и когато не ни чуват.",
            "У нас о клиентах говорят с уважением и тогда, когда они не слышат.",
            "Mluvíme u nás o zákaznících s úctou, i když nás neslyší.",
            "Burada müşterilerden, bizi duymadıklarında da saygıyla söz ederiz.",
        ),
        words(
            "Nobody here is blamed for telling of a mistake that a customer met with.",
            "Тук никого не обвиняват, че е казал за грешка, на която клиент е попаднал.",
            "У нас никого не ругают за то, что он рассказал об ошибке, задевшей клиента.",
            "Nikomu se u nás nevyčítá, že řekl o chybě, na kterou zákazník narazil.",
            "Burada kimse, bir müşterinin karşılaştığı hatayı söylediği için suçlanmaz.",
        ),
    ),
    "skills": (
        words(
            "I have learned what I need to serve our customers well.",
            "Знам и мога каквото трябва, за да обслужвам добре клиентите ни.",
            "Я умею всё, что нужно, чтобы хорошо обслуживать наших клиентов.",
            "Umím, co je potřeba, aby byli naši zákazníci dobře obslouženi.",
            "Müşterilerimize iyi hizmet etmek için gerekenleri öğrendim.",
        ),
        words(
            "I use at work what I was taught in trainings.",
            "Използвам в работата това, на което са ме учили на обученията.",
            "Я применяю в работе то, чему учили на обучении.",
            "V práci používám to, co mě naučila školení.",
            "Eğitimlerde öğrendiklerimi işimde kullanıyorum.",
        ),
    ),
    "staff": (
        words(
            "We take on people who like to help others.",
            "Вземаме на работа хора, които обичат да помагат.",
            "Мы берём на работу людей, которым нравится помогать.",
            "Přijímáme lidi, kteří rádi pomáhají druhým.",
            "Başkalarına yardım etmeyi seven insanları işe alırız.",
        ),
        words(
            "Good work for a customer is noticed here and thanked for.",
            "Добрата работа за клиент тук се забелязва и за нея благодарят.",
            "Хорошую работу для клиента у нас замечают и за неё благодарят.",
            "Dobré práce pro zákazníka si tu někdo všimne a poděkuje za ni.",
            "Müşteri için yapılan iyi iş burada fark edilir ve teşekkür edilir.",
        ),
    ),
    "style": (
        words(
            "My superiors show by what they do themselves that customers come first.",
            "Ръководителите ми показват с делата си, че клиентите са на първо място.",
            "Мои руководители сами своими делами показывают, что клиент на первом месте.",
            "Moji nadřízení sami svými činy ukazují, že zákazník je na prvním místě.",
            "Yöneticilerim, müşterinin önce geldiğini kendi yaptıklarıyla gösterir.",
        ),
        words(
            "I may decide on the spot what a customer with a problem needs.",
            "Мога да реша на място какво е нужно на клиент с проблем.",
            "Я могу на месте решить, что нужно клиенту, у которого возникла проблема.",
            "Smím na místě rozhodnout, co zákazník s potížemi potřebuje.",
            "Sorunu olan bir müşteriye ne gerektiğine yerinde karar verebilirim.",
        ),
    ),
}


def _page(element: str, statements: tuple[Texts, Texts]) -> Page:
    return page(
        *(
            Question(f"{element}-{number}", "scale", said, low=1, high=5, ends=AGREE, not_applicable=True)
            for number, said in enumerate(statements, 1)
        )
    )


SEVEN_ELEMENTS: Final = Survey(
    key=KEY,
    title=words(
        "How we work for customers",
        "Как работим за клиентите",
        "Как мы работаем для клиентов",
        "Jak pracujeme pro zákazníky",
        "Müşteriler için nasıl çalışıyoruz",
    ),
    intro=words(
        "Fourteen short statements. Nobody is asked for a name. Results are shown only where at least five answered.",
        "Четиринадесет кратки твърдения. Не питаме за име. Резултати се показват само при поне петима отговорили.",
        "Четырнадцать коротких утверждений. Имени не спрашиваем. Итоги видны, только если ответили хотя бы пятеро.",
        "Čtrnáct krátkých tvrzení. Na jméno se neptáme. Výsledky se ukážou, jen když odpoví aspoň pět lidí.",
        "On dört kısa ifade. Ad sorulmaz. Sonuçlar ancak en az beş kişi yanıtlarsa gösterilir.",
    ),
    audience="employees",
    languages=LANGUAGES,
    thanks=THANKS,
    who_reads=words(
        "Your department and level are kept with your answers, your name is not. Nobody sees single answers.",
        "С отговорите се пазят отделът и нивото Ви, името не. Отделни отговори не вижда никой.",
        "С ответами хранятся отдел и уровень, имя нет. Отдельных ответов не видит никто.",
        "S odpověďmi se ukládá oddělení a úroveň, jméno ne. Jednotlivé odpovědi nevidí nikdo.",
        "Yanıtlarınızla bölümünüz ve düzeyiniz saklanır, adınız saklanmaz. Tek tek yanıtları kimse görmez.",
    ),
    minutes=3,
    pages=tuple(_page(element, statements) for element, statements in _STATEMENTS.items()),
)
