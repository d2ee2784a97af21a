"""What columns are called in exports of call centres, process logs, surveys and customer lists.

Laid out as in ``regulars.imports.synonyms``: a line a language, the more specific name first.
"""

from __future__ import annotations

CONTACTS: dict[str, str] = {
    "occurred": """
        complete timestamp, time timestamp, event time, event date, contact date, call date, call time, visit date,
          complaint date, date received, received at, opened at, created date, created at, date created,
          start time, start timestamp, start date, timestamp, date time, date, time, created, opened, tweet created
        дата на контакт, дата на обаждане, дата на посещение, дата на жалба, дата и час, дата/час, дата, получена на
        дата обращения, дата звонка, дата визита, дата жалобы, дата и время, дата создания, время, дата
        datum kontaktu, datum hovoru, datum návštěvy, datum stížnosti, datum reklamace, datum a čas, datum, čas
        görüşme tarihi, arama tarihi, ziyaret tarihi, şikayet tarihi, başvuru tarihi, tarih saat, tarih
    """,
    "kind": """
        contact type, interaction type, contact kind, contact reason, event type, type of contact, kind, type
        вид контакт, тип контакт, вид, тип
        тип обращения, вид обращения, тип контакта, вид, тип
        typ kontaktu, druh kontaktu, typ, druh
        görüşme türü, temas türü, iletişim türü, tür, tip
    """,
    "step": """
        concept name, activity, activity name, event name, process step, step, event, task
        дейност, стъпка, етап
        действие, операция, этап, шаг
        aktivita, činnost, krok
        aktivite, adım, işlem, faaliyet
    """,
    "initiated_by": """
        initiated by, direction, call direction
        инициатор, посока
        инициатор, направление
        iniciátor, směr
        başlatan, yön
    """,
    "outcome": """
        outcome, result, resolution, disposition, company response to consumer, status, call status
        резултат, изход, решение, статус
        результат, решение, итог, статус
        výsledek, řešení, stav
        sonuç, çözüm, durum
    """,
    "thread": """
        case concept name, case id, case no, ticket id, ticket no, complaint id, request id, request no,
          dossier id, complaint dossier id, conversation id, thread id, unique key, order id, order no, case, ticket,
          thread, tweet id
        номер на случай, номер на сигнал, номер на заявка, заявка №, сигнал №, преписка, случай
        номер обращения, номер заявки, номер заказа, обращение, заявка, id обращения
        číslo případu, číslo požadavku, číslo reklamace, číslo tiketu, případ, požadavek
        talep no, başvuru no, şikayet no, kayıt no, sipariş no, talep
    """,
    "text": """
        consumer complaint narrative, complaint text, message text, description, descriptor, message, text, notes,
          note, comment, comments, summary, complaint topic en, complaint topic, issue
        описание, текст, съобщение, бележки, бележка, коментар
        описание, текст, сообщение, текст обращения, комментарий, примечание
        popis, text, zpráva, poznámka, komentář
        açıklama, metin, mesaj, not, yorum, şikayet metni
    """,
    "wait_seconds": """
        wait seconds, wait time, waiting time, queue time, wait, time in queue
        време за чакане, изчакване
        время ожидания, ожидание
        doba čekání, čekání
        bekleme süresi, bekleme
    """,
    "duration_seconds": """
        duration seconds, call duration, talk time, handling time, duration
        продължителност, времетраене
        длительность, продолжительность
        doba trvání, délka hovoru, trvání
        süre, görüşme süresi, arama süresi
    """,
    "due": """
        due date, promised date, deadline, due, sla due
        краен срок, срок
        крайний срок, срок
        termín, lhůta
        termin, son tarih
    """,
    "amount": """
        amount, refund amount, compensation, value
        сума
        сумма
        částka
        tutar
    """,
    "cost": """
        cost, handling cost
        разход, разходи
        затраты, расход
        náklady
        maliyet
    """,
}

ANSWERS: dict[str, str] = {
    "occurred": """
        answered at, answer date, response date, review answer timestamp, submitted at, submission date,
          completed at, review date, survey date, review creation date, interview date, int date, timestamp,
          date time, date, created at, created, time, tweet created
        дата на отговор, дата на отзив, дата на анкета, дата и час, дата
        дата ответа, дата отзыва, дата опроса, дата и время, отметка времени, дата
        datum odpovědi, datum recenze, datum hodnocení, časové razítko, datum a čas, datum
        yanıt tarihi, yorum tarihi, anket tarihi, zaman damgası, tarih saat, tarih
    """,
    "survey": """
        survey name, survey id, survey, questionnaire, campaign
        анкета, име на анкета, проучване
        опрос, анкета, название опроса
        průzkum, dotazník, anketa
        anket, anket adı
    """,
    "question": """
        question text, question id, question
        въпрос
        вопрос
        otázka
        soru
    """,
    "score": """
        score, nps score, nps, csat, ces, rating, review score, star rating, stars, mark, grade, satisfaction
        оценка, рейтинг, бал, точки
        оценка, рейтинг, балл, баллы
        hodnocení, skóre, známka, počet hvězd
        puan, skor, değerlendirme, yıldız
    """,
    "choice": """
        choice, selected option, answer option, option, sentiment, polarity, label, airline sentiment, recommended
        избор, отговор, настроение, тон
        вариант ответа, выбор, ответ, тональность
        volba, odpověď, možnost, sentiment
        seçenek, seçim, cevap, durum, duygu
    """,
    "text": """
        review text, review comment message, comment text, answer text, verbatim, review body, review, text,
          comment, comments, feedback, message, answer, opinion
        текст на отзива, отзив, текст, коментар, мнение
        текст отзыва, отзыв, текст, комментарий, мнение
        text recenze, recenze, text, komentář, názor
        yorum metni, görüş, yorum, metin, düşünce
    """,
    "language": """
        language, lang
        език
        язык
        jazyk
        dil
    """,
    "weight": """
        weight, sample weight, weighting
        тегло
        вес
        váha
        ağırlık
    """,
    "thread": """
        order id, order no, ticket id, ticket no, case id, tweet id
        номер на поръчка, поръчка
        номер заказа, заказ
        číslo objednávky, objednávka
        sipariş no, sipariş
    """,
}

CUSTOMERS: dict[str, str] = {
    "name": """
        customer name, client name, full name, company name, name, company, customer, client
        име на клиента, име и фамилия, фирма, име, клиент, контрагент
        фио, имя клиента, наименование контрагента, наименование, имя, клиент, контрагент
        jméno a příjmení, název firmy, název, zákazník, odběratel
        ad soyad, müşteri adı, ünvan, müşteri, cari
    """,
    "birthday": """
        date of birth, birth date, birthday, birthdate, dob
        дата на раждане, рождена дата, рожден ден
        дата рождения, день рождения
        datum narození, narozeniny
        doğum tarihi, doğum günü
    """,
    "gender": """
        gender, sex
        пол
        пол
        pohlaví
        cinsiyet
    """,
    "birth_year": """
        year of birth, birth year
        година на раждане
        год рождения
        rok narození
        doğum yılı
    """,
    "consent": """
        marketing consent, accepts marketing, accepts email marketing, consent, opt in, newsletter, gdpr consent
        съгласие, съгласие за маркетинг
        согласие, согласие на рассылку
        souhlas, souhlas s marketingem
        izin, onay, pazarlama izni, kvkk onayı
    """,
    "kind": """
        client kind, record kind
        вид лице
        вид лица
        druh osoby
        kişi türü
    """,
    "contract": """
        contract type, contract kind, contract, tariff plan, subscription plan, plan
        вид договор, договор, абонамент, план
        вид договора, договор, тариф, подписка
        druh smlouvy, smlouva, tarif
        sözleşme türü, sözleşme, tarife, abonelik
    """,
    "contract_from": """
        contract start date, contract start, contract from, subscription start, start date, customer since,
          member since, joined on
        начало на договора, договор от, клиент от
        начало договора, дата договора, договор с, клиент с
        začátek smlouvy, smlouva od, zákazníkem od
        sözleşme başlangıcı, sözleşme tarihi, müşteri olma tarihi
    """,
    "contract_until": """
        contract end date, contract end, contract until, renewal date, bound until
        край на договора, договор до
        конец договора, договор до, окончание договора
        konec smlouvy, smlouva do
        sözleşme bitişi, sözleşme bitiş tarihi
    """,
    "left_on": """
        left on, churn date, churned on, cancellation date, cancelled on, end of subscription, departure date
        напуснал на, дата на напускане, дата на прекратяване
        дата ухода, дата расторжения, ушел
        datum odchodu, datum ukončení, datum výpovědi
        ayrılma tarihi, iptal tarihi
    """,
    "has_left": """
        has left, churned, churn, left, cancelled
        напуснал, прекратен
        ушел, отток, расторгнут
        odešel, ukončeno
        ayrıldı, terk
    """,
    "tenure_months": """
        tenure months, tenure in months, tenure, months with us, months stayed
        месеци с нас, стаж в месеци
        месяцев с нами, срок в месяцах
        počet měsíců, měsíců u nás
        kaç aydır müşteri, ay sayısı
    """,
    "total_charges": """
        total charges, total paid, total charged, lifetime spend
        платено общо, общо платено
        оплачено всего, всего оплачено
        zaplaceno celkem, celkem zaplaceno
        toplam ödenen, ödenen toplam
    """,
}
