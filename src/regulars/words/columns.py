"""The columns of the measures that are made of words."""

from __future__ import annotations

from regulars.measures.estimates import estimate_columns
from regulars.measures.registry import Column

COLUMNS = (
    Column("rank", "int", "1 for the theme that most texts of the whole company speak of; the last row is 'other'"),
    Column("theme", "string", "Id of the theme: language and leading words; 'other': texts that no theme fits"),
    Column("name", "string", "The name that people gave, else its three leading words as customers wrote them"),
    Column("language", "string", "Language of its texts; several where themes were merged"),
    Column("words", "string", "Leading words as customers wrote them"),
    Column("texts", "int", "Texts that speak of it; a text may speak of several themes"),
    *estimate_columns("share", "share", "Share of texts in its language that speak of it", counted="Texts"),
    *estimate_columns("score", "float", "Mean score given with these texts, 0-100", counted="Scores", prefixed=True),
    *estimate_columns(
        "negative_share",
        "share",
        "Share of these texts that are negative, by their own score or else by the model of the measure sentiment",
        counted="Texts whose feeling is known",
        prefixed=True,
    ),
    *estimate_columns(
        "recent_share", "share", "Share among texts of the recent 90 days", counted="Recent texts", prefixed=True
    ),
    Column("change", "float", "recent_share less the share before", "share"),
    Column("change_low", "float", "Lower end of its 95% interval, adjusted for the number of themes", "share"),
    Column("change_high", "float", "Upper end of its 95% interval, adjusted for the number of themes", "share"),
    Column("change_reason", "string", "Why the change is unknown; empty where it is known"),
    Column("real_change", "boolean", "The interval of the change leaves out 0"),
    Column("new", "boolean", "A real rise from at most a quarter of the recent share"),
    Column("stability", "share", "How well the theme comes back in random parts of the texts; null: kept by people"),
    Column("named", "boolean", "People gave the name"),
    Column("pinned", "boolean", "People keep the theme"),
    Column("quotes", "json", "Up to three typical texts, unlike each other, with personal data masked"),
)

MEMBER_COLUMNS = (
    Column("interaction_id", "key", "The interaction that the text belongs to"),
    Column("question", "string", "The question it answers; empty for the interaction's own text"),
    Column("theme", "string", "Id of a theme that the text speaks of, or 'other'"),
    Column("language", "string", "Language of the text; null where it has no letters"),
    Column("strength", "float", "How typical the text is of the theme; 0 for 'other'"),
    Column("negative", "share", "Probability that the text is negative; 1 or 0 by its own score; null where unknown"),
    Column("feeling", "string", "negative, neutral or positive; null where unknown"),
)

SENTIMENT_COLUMNS = (
    Column("group", "string", "Language, or letters, of the texts that share a model"),
    *estimate_columns("accuracy", "share", "Share of scored texts told rightly, by cross-validation", counted="Texts"),
    Column("majority", "share", "What always saying the most frequent class reaches"),
    Column("macro_f1", "share", "Mean of the F1 of all classes, by cross-validation"),
    Column("brier", "float", "Mean squared error of the probabilities, summed over classes"),
    Column("brier_majority", "float", "The same of saying only how frequent each class is"),
    Column("calibration_error", "share", "Mean distance between how sure the model is and how often it is right"),
    Column("classes", "string", "Classes and the number of texts of each"),
    Column("used", "boolean", "The model learned something, so it tells of texts without a score"),
)
