"""Whatever encoding a shop's program wrote, its customers' words come out as they were typed."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from regulars.errors import FileUnreadable
from regulars.imports.encoding import find_encoding
from regulars.imports.reading import open_file
from tests.real_data import real_data

REVIEWS = {
    "bulgarian": ("reviews_bg_cinexio/reviews_bg_cinexio.parquet", "text"),
    "czech": ("reviews_cz_alza/reviews.parquet", "text"),
    "turkish": ("reviews_tr_store/tr_store_reviews.parquet", "Görüş"),
    "russian": ("tweets_ru_banks_telco/banks.parquet", "text"),
    "slovak": ("reviews_sk_services/reviews_sk_services.parquet", "text"),
}
WRITTEN_IN = [
    ("bulgarian", "cp1251"),
    ("bulgarian", "koi8_r"),
    ("russian", "cp1251"),
    ("russian", "koi8_r"),
    ("czech", "cp1250"),
    ("czech", "iso8859_2"),
    ("slovak", "cp1250"),
    ("slovak", "iso8859_2"),
    ("turkish", "cp1254"),
    *((language, codec) for language in REVIEWS for codec in ("utf-8", "utf-8-sig", "utf-16", "utf-16-be")),
]


def expressible(language: str, codec: str) -> list[str]:
    """Reviews of a language that the encoding can write, one line each."""
    name, column = REVIEWS[language]
    texts = pl.read_parquet(real_data(name))[column].drop_nulls().to_list()
    lines = (" ".join(text.split()) for text in texts)
    return [line for line in lines if line and line.encode(codec, "ignore").decode(codec) == line]


def write(folder: Path, reviews: list[str], codec: str) -> Path:
    path = folder / "reviews.csv"
    frame = pl.DataFrame({"number": range(len(reviews)), "review": reviews})
    mark = "\ufeff" if codec == "utf-16-be" else ""
    path.write_bytes((mark + frame.write_csv(separator=";")).encode(codec))
    return path


def read(path: Path) -> list[str]:
    return pl.concat([batch.cells for batch in open_file(path).batches()])["review"].to_list()


@pytest.mark.parametrize(("language", "codec"), WRITTEN_IN)
def test_reviews_come_back_as_the_customers_wrote_them(language: str, codec: str, tmp_path: Path) -> None:
    reviews = expressible(language, codec)
    assert read(write(tmp_path, reviews, codec)) == reviews


@pytest.mark.parametrize(("language", "codec"), [pair for pair in WRITTEN_IN if not pair[1].startswith("utf")])
def test_thirty_reviews_are_enough_to_tell_the_encoding(language: str, codec: str, tmp_path: Path) -> None:
    reviews = [review for review in expressible(language, codec) if not review.isascii()]
    for start in range(0, min(len(reviews), 600) - 30, 60):
        thirty = reviews[start : start + 30]
        assert read(write(tmp_path, thirty, codec)) == thirty


WORDS = {
    "cp1252": "Un café crème pour la fête à Orléans, déjà payé; très bon goût|Größe paßt, schöne Farbe, für Ömer Köln",
    "cp1250": "Zażółć gęślą jaźń; płaszcz jest ładny, dziękuję|Az árvíztűrő tükörfúrógép nagyon jó, köszönöm szépen",
    "iso8859_2": "Proszę o szybką wysyłkę, książka była świetna i ciężka|Příliš žluťoučký kůň úpěl ďábelské ódy",
}


@pytest.mark.parametrize("codec", WORDS)
def test_a_handful_of_words_is_read_right_in_other_languages_too(codec: str) -> None:
    for words in WORDS[codec].split("|"):
        written = words.encode(codec)
        assert written.decode(find_encoding(written, [written]).name) == words


def test_a_pound_sign_among_plain_english_is_not_taken_for_a_polish_letter() -> None:
    written = b"PURSE PINK \xa35 OFF\nGIFT CARD \xa3 20\nCAF\xc9 SIGN, cr\xe8me\n" * 20
    assert "£5 OFF" in written.decode(find_encoding(written, [written]).name)


def test_one_accent_after_a_hundred_thousand_plain_lines_is_still_seen(tmp_path: Path) -> None:
    path = tmp_path / "late.csv"
    path.write_bytes(b"number;review\n" + b"1;good service\n" * 100_000 + "2;schöne Größe, für mich".encode("cp1252"))
    assert read(path)[-1] == "schöne Größe, für mich"


def test_undecodable_bytes_cost_their_own_row_only(tmp_path: Path) -> None:
    path = tmp_path / "orders.csv"
    rows = [f"{number},Čeněk Dvořák".encode() for number in range(50)]
    rows[20] = b"20,bad \xff\xfe byte"
    path.write_bytes(b"number,review\n" + b"\n".join(rows))
    (batch,) = open_file(path).batches()
    assert batch.cells.height == 49
    (broken,) = batch.broken
    assert broken.line == 22
    assert "0xff" in broken.reason
    assert "'review'" in broken.reason
    assert broken.cells == ("20", "bad \ufffd\ufffd byte")


def test_a_named_encoding_overrides_what_is_found(tmp_path: Path) -> None:
    path = tmp_path / "short.csv"
    path.write_bytes("number,review\n1,ж".encode("koi8_r"))
    (batch,) = open_file(path, encoding="koi8-r").batches()
    assert batch.cells["review"].to_list() == ["ж"]


def test_an_encoding_nobody_knows_is_refused_with_the_ones_there_are(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a,b\n1,2\n")
    with pytest.raises(FileUnreadable, match="cp1251"):
        open_file(path, encoding="klingon")


def test_too_little_to_judge_by_is_said(tmp_path: Path) -> None:
    path = tmp_path / "short.csv"
    path.write_bytes(b"number,review\n1,\xe8\n")
    assert any("name the encoding yourself" in note for note in open_file(path).format.notes)
