"""What columns are called in exports of shops, tills and accounts: what every form shares, and orders.

Each line of a field is one language (English, Bulgarian, Russian, Czech, Turkish; a deeper line continues it);
inside a line the more specific name comes first, and wins where a file has both.
"""

from __future__ import annotations

SHARED: dict[str, str] = {
    "customer_id": """
        customer id, customer no, customer number, customer code, client id, client no, client code, user id,
          member id, household id, household key, account id, account no, account number, buyer id, cust id,
          customer unique id, loyalty card, card no, card number, customer, client, household
        клиентски номер, код на клиент, код на клиента, номер на клиент, клиент №, клиент код, ид на клиент,
          контрагент код, булстат, еик, карта №, номер на карта, клиент, контрагент
        код клиента, id клиента, ид клиента, номер клиента, код контрагента, инн контрагента, инн, номер карты,
          карта клиента, id пользователя, контрагент, клиент, покупатель, заказчик
        číslo zákazníka, id zákazníka, kód zákazníka, číslo odběratele, kód odběratele, ičo odběratele, ičo, ič,
          zákazník id, kód partnera, číslo karty, odběratel, zákazník, partner, klient
        müşteri kodu, müşteri no, müşteri numarası, müşteri id, cari kodu, cari kod, cari hesap kodu, üye no,
          üye id, kart no, vergi no, müşteri, cari, cari hesap, alıcı
    """,
    "channel": """
        sales channel, order channel, contact channel, contact channel id, submitted via, channel, source
        канал на продажба, канал, източник
        канал продаж, канал обращения, канал, источник
        prodejní kanál, kanál, zdroj
        satış kanalı, kanal, kaynak
    """,
    "branch": """
        store id, store no, branch id, store name, branch name, shop id, outlet id, store, branch, shop, outlet,
          location name, warehouse
        търговски обект, обект, магазин, филиал, офис, склад
        торговая точка, магазин, филиал, подразделение, офис, склад
        prodejna, pobočka, středisko, obchod, sklad
        mağaza, mağaza kodu, şube, şube adı, depo
    """,
    "department": """
        department name, department, org group, team, agency
        отдел, дирекция
        отдел, департамент
        oddělení, úsek
        departman, bölüm, birim
    """,
    "employee": """
        employee id, employee no, employee name, sales rep, salesperson, sales person, cashier, agent, operator,
          org resource, resource, employee, assigned to, seller, staff
        служител, търговец, касиер, продавач, оператор, търговски представител
        сотрудник, менеджер, продавец, кассир, оператор, ответственный
        zaměstnanec, prodejce, obchodník, pokladní, obchodní zástupce, operátor, vystavil
        personel, satış temsilcisi, satıcı, kasiyer, plasiyer, temsilci, çalışan
    """,
    "touchpoint": """
        touchpoint, touch point, contact point
        допирна точка, точка на контакт
        точка контакта, точка касания
        kontaktní místo, bod kontaktu
        temas noktası
    """,
    "customer_type": """
        customer type, customer segment, client type, customer group, segment, buyer type, account type
        тип клиент, вид клиент, група клиенти, клиентска група, сегмент
        тип клиента, вид клиента, группа клиентов, тип контрагента, сегмент
        typ zákazníka, skupina zákazníků, typ odběratele, segment
        müşteri tipi, müşteri türü, müşteri grubu, cari tipi, segment
    """,
    "acquired_by": """
        acquired by, acquisition channel, acquisition source, how did you hear about us, referral source,
          lead source, utm source
        източник на клиента, откъде научихте за нас
        источник клиента, откуда узнали, источник привлечения
        zdroj zákazníka, odkud o nás víte
        müşteri kaynağı, bizi nereden duydunuz, edinim kanalı
    """,
    "country": """
        customer country, billing country, shipping country, country name, country code, country
        държава, страна
        страна
        země, stát
        ülke
    """,
    "region": """
        customer state, billing province, shipping province, region, state, province, county, borough
        област, регион
        область, регион, край
        kraj, region
        bölge, il
    """,
    "city": """
        customer city, billing city, shipping city, city, town
        град, населено място
        город, населенный пункт
        město, obec
        şehir, ilçe, sehir
    """,
    "name": """
        customer name, client name, full name, buyer name, billing name, account name, contact name, name,
          customer, client
        име на клиент, име на клиента, име и фамилия, трите имена, име, клиент, контрагент
        имя клиента, фио, фио клиента, наименование контрагента, имя, клиент, контрагент, покупатель
        jméno zákazníka, název odběratele, jméno a příjmení, název firmy, název zákazníka,
          zákazník, odběratel
        müşteri adı, ad soyad, adı soyadı, müşteri ünvanı, ünvan, cari adı, cari ünvan, cari ismi, isim,
          müşteri, cari
    """,
    "first_name": """
        first name, given name, forename, billing first name
        собствено име, първо име
        имя
        křestní jméno, jméno
        ad, adı
    """,
    "last_name": """
        last name, surname, family name, billing last name
        фамилно име, фамилия
        фамилия
        příjmení
        soyad, soyadı
    """,
    "email": """
        customer email, email address, e-mail address, billing email, email, e-mail, mail
        имейл, имейл адрес, електронна поща, е-мейл, ел поща
        электронная почта, эл почта, почта, адрес электронной почты, е-mail
        e-mail, emailová adresa, email zákazníka
        e-posta, eposta, e-posta adresi, elektronik posta, mail adresi
    """,
    "phone": """
        phone number, customer phone, mobile phone, billing phone, telephone number, mobile number, telephone,
          phone, mobile, cell phone, tel
        телефонен номер, телефон, мобилен телефон, мобилен, gsm, тел
        номер телефона, телефон, мобильный телефон, мобильный, тел
        telefonní číslo, telefon, mobil, tel
        telefon numarası, telefon, cep telefonu, gsm no, cep
    """,
    "address": """
        street address, billing address, customer address, billing street, shipping address, incident address,
          address, street, address 1
        адрес на клиента, адрес за доставка, адрес
        адрес клиента, адрес доставки, адрес
        adresa, ulice, fakturační adresa, dodací adresa
        adres, müşteri adresi, fatura adresi, teslimat adresi
    """,
}  # fmt: skip

ORDERS: dict[str, str] = {
    "order_id": """
        order id, order no, order number, invoice no, invoice number, invoice id, receipt id, receipt no,
          receipt number, basket id, transaction id, transaction no, bill no, document no, document number,
          sales order, order, invoice
        номер на поръчка, поръчка №, номер на документ, документ №, фактура №, номер на фактура, касов бон №,
          № на документ, док №, бележка №, документ, фактура, поръчка
        номер заказа, номер документа, документ №, номер чека, номер накладной, номер счета, № заказа, заказ,
          документ, чек, накладная, регистратор, номер
        číslo objednávky, číslo dokladu, číslo faktury, doklad číslo, číslo účtenky, objednávka, doklad, faktura,
          variabilní symbol, účtenka
        sipariş no, sipariş numarası, fatura no, fatura numarası, fiş no, belge no, evrak no, sipariş, fatura
    """,
    "occurred": """
        order date, order datetime, order purchase timestamp, purchase date, invoice date, invoice datetime,
          transaction timestamp, transaction date, transaction datetime, sale date, sales date, date of sale,
          receipt date, order created at, order time, created at, date created, document date, posting date,
          order timestamp, date time, timestamp, date, day, created
        дата на поръчка, дата на документа, дата на документ, дата на фактура, дата на продажба, дата на издаване,
          дата и час, дата/час, дата
        дата заказа, дата документа, дата продажи, дата чека, дата покупки, дата отгрузки, дата и время,
          дата создания, период, дата
        datum objednávky, datum vystavení, datum prodeje, datum dokladu, datum účtenky, datum uskutečnění,
          datum a čas, datum, vystaveno
        sipariş tarihi, fatura tarihi, satış tarihi, işlem tarihi, belge tarihi, fiş tarihi, evrak tarihi, tarih
    """,
    "product": """
        product id, product code, sku, stock code, item code, item no, item number, article no, article number,
          item id, product no, upc, ean, barcode, lineitem sku, variant sku, material
        артикулен номер, код на артикул, код на стока, код артикул, арт №, артикул код, баркод, стоков код
        артикул, код товара, код номенклатуры, номенклатура код, штрихкод, id товара, sku
        kód zboží, číslo zboží, kód produktu, katalogové číslo, kód položky, ean, číslo artiklu
        stok kodu, ürün kodu, malzeme kodu, barkod, ürün no, ürün id
    """,
    "product_name": """
        product name, item name, item description, product description, article name, product title,
          description, product, item, article
        име на артикул, наименование на стока, наименование на артикул, наименование, артикул, стока, продукт,
          описание
        номенклатура, наименование товара, товар, название товара, наименование, название, продукт
        název zboží, název produktu, název položky, popis zboží, zboží, produkt, položka, název, popis
        stok adı, ürün adı, malzeme adı, ürün, stok ismi, mal hizmet, açıklama
    """,
    "category": """
        product category, product category name, category name, category, product group, product type,
          product line, item category, group
        категория, група стоки, стокова група, продуктова група, група
        категория, товарная группа, номенклатурная группа, группа товаров, вид номенклатуры, группа
        kategorie, skupina zboží, produktová skupina, skupina
        kategori, ürün grubu, stok grubu, ürün kategorisi, grup
    """,
    "quantity": """
        quantity sold, order quantity, quantity ordered, item quantity, quantity, qty, units sold, items sold,
          units, pieces, pcs, count
        количество, к-во, кол-во, к во, бройки, брой, бр
        количество, кол-во, кол во, шт, количество товара
        množství, počet kusů, počet ks, počet, ks, kusů
        miktar, adet, satış miktarı, mik
    """,
    "unit_price": """
        unit price, price per unit, item price, price each, lineitem price, unit selling price, item cost,
          selling price, sale price, price
        единична цена, ед цена, цена без ддс, продажна цена, цена за бройка, цена
        цена за единицу, цена за ед, цена продажи, цена за шт, цена
        jednotková cena, cena za kus, cena za jednotku, cena za mj, cena/mj, cena mj, cena ks, cena
        birim fiyat, birim fiyatı, satış fiyatı, fiyat, fiyatı
    """,
    "amount": """
        line total, line amount, extended price, total price, net amount, net sales, sales value, sales amount,
          item total, line net, net total, amount, revenue, sales, turnover, subtotal, order amount, order total,
          order value, total amount, invoice amount, grand total, gross amount, total, payment value, spend,
          value, dollars, euros
        сума без ддс, стойност без ддс, обща сума, стойност, нетна сума, оборот, сума, общо без ддс, сума с ддс,
          общо
        сумма без ндс, сумма строки, сумма продажи, стоимость без ндс, выручка, сумма, стоимость, сумма заказа,
          сумма с ндс, итого, всего
        cena celkem bez dph, celkem bez dph, cena bez dph, částka bez dph, cena celkem, celková cena, částka,
          celkem, celkem s dph, tržba, základ
        satır tutarı, net tutar, kdv hariç tutar, toplam tutar, tutar, tutarı, toplam, genel toplam, ciro, satış
          tutarı
    """,
    "cost": """
        line cost, total cost, cost of goods, cost of goods sold, cogs, cost amount, cost
        себестойност, отчетна стойност, сума доставна, стойност доставна
        себестоимость, сумма себестоимости, закупочная сумма
        náklady, náklad celkem, pořizovací cena celkem, nákupní cena celkem
        maliyet, toplam maliyet, maliyet tutarı
    """,
    "unit_cost": """
        unit cost, cost per unit, cost per item, purchase price, cost price, buying price
        доставна цена, единична себестойност, покупна цена, отчетна цена
        закупочная цена, себестоимость единицы, цена закупки
        nákupní cena, pořizovací cena, skladová cena
        birim maliyet, alış fiyatı, maliyet fiyatı
    """,
    "currency": """
        currency code, order currency, currency
        валута
        валюта
        měna
        para birimi, döviz, döviz cinsi
    """,
    "order_kind": """
        order kind, order type, document type, transaction type, order status, financial status, status, type
        вид документ, тип документ, статус на поръчка, вид операция, статус
        вид документа, тип документа, вид операции, статус заказа, статус, хозяйственная операция
        typ dokladu, druh dokladu, stav objednávky, typ pohybu, stav
        belge türü, fatura tipi, fatura türü, sipariş durumu, işlem türü, durum
    """,
    "text": """
        customer note, order note, notes, note, comment, comments, remarks
        забележка, бележки, коментар
        комментарий, примечание
        poznámka, poznámky, komentář
        not, notlar, yorum
    """,
    "due": """
        due date, promised date, order estimated delivery date, estimated delivery date, delivery due date,
          required date, promised delivery
        срок на доставка, срок за доставка, обещана дата, срок
        срок доставки, плановая дата доставки, срок поставки, срок
        termín dodání, požadovaný termín, slíbený termín, termín
        teslim tarihi planlanan, termin tarihi, söz verilen tarih, termin
    """,
    "delivered": """
        delivered at, delivery date, delivered date, order delivered customer date, date delivered, delivered
        дата на доставка, доставено на, доставена на
        дата доставки, доставлено, фактическая дата доставки
        datum dodání, dodáno, doručeno
        teslim tarihi, teslim edildi, teslimat tarihi
    """,
}  # fmt: skip
