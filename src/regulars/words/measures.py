"""The measures that are made of words: themes, theme_texts and sentiment.

They are registered here and not among the families of ``regulars.measures``, which may import nothing but Ibis, numpy
and scipy. ``regulars.measures.find`` knows them once the workspace is imported.
"""

from __future__ import annotations

from collections.abc import Mapping

from regulars.measures.registry import Columns, Measure, Outcome, register
from regulars.measures.scope import Scope
from regulars.words import reading
from regulars.words.columns import COLUMNS, MEMBER_COLUMNS, SENTIMENT_COLUMNS

_READ = {"texts": reading.texts, "counted": reading.counted, "decisions": reading.decided}


def _themes(tables: Mapping[str, Columns], scope: Scope) -> Outcome:
    from regulars.words.figures import theme_figures  # noqa: PLC0415  the libraries of words take a second

    return theme_figures(tables, scope)


def _members(tables: Mapping[str, Columns], scope: Scope) -> Outcome:
    from regulars.words.figures import theme_members  # noqa: PLC0415  the libraries of words take a second

    return theme_members(tables, scope)


def _sentiment(tables: Mapping[str, Columns], scope: Scope) -> Outcome:
    from regulars.words.accuracies import model_accuracies  # noqa: PLC0415  the libraries of words take a second

    return model_accuracies(tables, scope)


_HOW = (
    "Texts of each language by themselves: lemmas without stop words, words and pairs of words weighted by tf-idf, "
    "non-negative factorization. The number of themes is the one of which most come back in random parts of the texts. "
    "A text speaks of a theme that explains at least a quarter of it and one of whose leading words it uses. "
)

THEMES = register(
    Measure(
        name="themes",
        question="What do customers write about, and how do they feel about it?",
        grain="one row per theme, most spoken of first, and one for 'other'; themes are those of all texts up to "
        "as_of, while the period, where and by choose the texts that are counted",
        columns=COLUMNS,
        formula=_HOW + "Names, merges and pins are decisions of people (noun themes) and hold in every later run. "
        "Shares: Wilson; scores: Student; change: Newcombe, at a level adjusted for the number of themes (Bonferroni). "
        "The interval of negative_share does not hold the error of the model.",
        source="Lee and Seung (1999), Nature 401; Greene, O'Callaghan and Cunningham (2014), ECML PKDD; Newcombe "
        "(1998), Statistics in Medicine 17",
        expressions=_READ,
        newest="all",
        statistics=_themes,
        order_by=("rank",),
    )
)

THEME_TEXTS = register(
    Measure(
        name="theme_texts",
        question="Which text speaks of which theme?",
        grain="one row per text and theme that it speaks of, or 'other'",
        columns=MEMBER_COLUMNS,
        formula=_HOW,
        source="As of the measure themes",
        expressions=_READ,
        newest="all",
        statistics=_members,
        order_by=("interaction_id", "question", "theme"),
    )
)

SENTIMENT = register(
    Measure(
        name="sentiment",
        question="How well can it be told from a text alone whether the customer is glad?",
        grain="one row per language with 200 scored texts, or per kind of letters for the others",
        columns=SENTIMENT_COLUMNS,
        formula="Learned from the company's own texts that came with a score: NPS 0-6 negative, 9-10 positive; on "
        "other scales the lower 40% and the upper 25%. Two linear support vector machines over n-grams of characters "
        "and words, one of them scaled by how unevenly an n-gram falls between classes; logistic calibration; all "
        "figures by five-fold cross-validation.",
        source="Wang and Manning (2012), ACL; Platt (1999), Advances in Large Margin Classifiers",
        expressions=_READ,
        newest="all",
        statistics=_sentiment,
        order_by=("group",),
    )
)
