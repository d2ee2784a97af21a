"""Stop words: words that say nothing of what a text is about."""

from __future__ import annotations

from functools import cache

# Words on the common lists that customers mean something with: they may name a theme.
_MEANT = {
    "en": "help helped service open opened opening parking change changed changes system room rooms number order "
    "ordered orders ordering site page web home price prices cost early late cold hot fit sent sold buy return "
    "returned part parts case face end side line area group member members office work worked working large long small "
    "big new old best wait waited hours information website click",
    "bg": "време доволен пари цена лесно бързо забавям",
    "ru": "работа деньги время дело дом люди вода дорога голос лицо место машина рука глаз стол дверь друг улица "
    "час минута рубль большой маленький новый старый город товар",
    "cs": "cena peníze čas strana",
    "sk": "cena čas",
    "tr": "fiyat para zaman",
}
# What the common lists lack.
_ALSO = {
    "en": "really just very much would could also even still got get lot thing things way don didn doesn isn wasn ve "
    "ll re im ive dont didnt cant will can one",
    "bg": "много съм са беше бяха бе бъде може има няма само още вече като така това този тази тези който която което "
    "които всичко всички нещо защото обаче мога трябва друг друга друго други някои доста просто изобщо макар супер "
    "съвсем наистина винаги никога все",
    "ru": "очень это который весь свой мочь ещё еще просто вообще также вроде типа rt http https",
    "cs": "být mít velmi hodně moc jen ještě již také taky zatím takže jinak docela trochu vůbec vše všechno celkem "
    "bohužel který tento svůj nějaký žádný každý jiný chtít moci muset nic asi dost nebo snad",
    "sk": "byť mať veľmi len ešte už tiež zatiaľ takže inak celkom trochu vôbec všetko ktorý tento svoj nejaký žiadny "
    "každý iný chcieť môcť musieť nič bol bola bolo boli som sme ste je sú sa si aj ale vždy",
    "tr": "çok bir bu şu da de ve ile için ama fakat gibi kadar daha en hiç her var yok olmak etmek ol et yap iyi "
    "güzel ben sen biz siz mi mı mu mü ki ise değil bence şey sonra önce olarak olan oldu göre bile sadece artık",
}


@cache
def stop_words(language: str) -> frozenset[str]:
    """The stop words of a language, in small letters; only our own or none for a language without a list."""
    import stopwordsiso  # noqa: PLC0415  not before a text is read

    listed = {word.lower() for word in stopwordsiso.stopwords(language)}
    return frozenset((listed - set(_MEANT.get(language, "").split())) | set(_ALSO.get(language, "").split()))
