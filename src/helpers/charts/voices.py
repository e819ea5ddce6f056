"""Draw whose words fill each document."""

import altair as alt
import pandas as pd

from helpers.charts.describe import capitalize, join_names, name_documents, name_entities
from helpers.charts.drawing import (
    StackedChart,
    color_document,
    draw_twice,
    label_rows,
    need_rows,
    title_part,
    write,
)
from helpers.corpus import loaders


def draw_voices(
    speech_acts: pd.DataFrame | None = None, *, sentences: pd.DataFrame | None = None
) -> StackedChart:
    """Draw whose words fill each document: the share of its words by speaker and by kind of report.

    The unit is the sentence: all its words count for the actor whom the coding names.

    Parameters
    ----------
    speech_acts
        What :func:`helpers.load_speech_acts` returns.
    sentences
        What :func:`helpers.load_sentences` returns, for the lengths in words.

    Returns
    -------
    altair.VConcatChart

    Raises
    ------
    ValueError
        If a column or a value is missing, or no speech act has its sentence.

    Examples
    --------
    >>> from helpers import describe_chart
    >>> "Deng Xiaoping, reported" in describe_chart(draw_voices())
    True
    """
    acts = loaders.load_speech_acts() if speech_acts is None else speech_acts
    cut = loaders.load_sentences() if sentences is None else sentences
    need_rows(acts, "speech act", "document_id", "paragraph_id", "n", "actor", "voice")
    need_rows(cut, "sentence", "paragraph_id", "n", "n_words")
    lengths = cut.set_index(["paragraph_id", "n"])["n_words"]
    acts = acts[["document_id", "paragraph_id", "n", "actor", "voice"]]
    joined = acts.join(lengths, on=["paragraph_id", "n"], how="inner")
    shares = joined.groupby(["document_id", "actor", "voice"], as_index=False)["n_words"].sum()
    shares = shares[shares["n_words"] > 0]
    if shares.empty:
        raise ValueError("None of these speech acts has its sentence, with a word, among the sentences.")
    total = shares.groupby("document_id")["n_words"].transform("sum")
    names = name_entities(in_sentence=True) | {"note-taker": "the note-taker"}
    shares = shares.assign(
        share=shares["n_words"] / total,
        document=name_documents(shares["document_id"]),
        who=[names.get(key, str(key)) for key in shares["actor"]],
    )
    shares["row"] = [_name_voice(row.actor, row.who, row.voice) for row in shares.itertuples()]
    shares = shares.sort_values(["document_id", "share"], ascending=[True, False], kind="stable")
    documents = [own for _, own in shares.groupby("document_id", sort=False)]
    table = shares.assign(percent=(100 * shares["share"]).round(1))
    return draw_twice(
        lambda narrow: StackedChart(vconcat=[_draw_bars(own, narrow) for own in documents], spacing=18),
        title=_claim(documents),
        unit="Share of the words of each document, counted by sentence",
        description=_describe(documents),
        table=table[["document", "row", "n_words", "percent"]].set_axis(
            ["Document", "Whose words, and how reported", "Words", "Percent"], axis="columns"
        ),
    )


def _name_voice(actor: str, who: str, voice: str) -> str:
    if actor == voice == "note-taker":
        return who
    kinds = {
        "quoted": f"{who}, in quotation marks",
        "reported": f"{who}, reported",
        "note-taker": f"the note-taker, about {who}",
    }
    return kinds.get(voice, f"{who}, {voice}")


def _draw_bars(own: pd.DataFrame, narrow: bool) -> alt.LayerChart:
    """Return a bar for each voice of one document, with its share at the end."""
    rows = label_rows(own["row"].to_list(), narrow)
    x = alt.X("share:Q", axis=None).scale(domain=[0, 1])
    bars = alt.Chart(own[["row", "share"]]).mark_bar(
        color=color_document(own["document_id"].iloc[0]), height=14
    )
    labels = own.assign(label=own["share"].map("{:.1%}".format))[["row", "share", "label"]]
    return alt.layer(
        bars.encode(x, rows.y), write(labels, x, rows.y, align="left", dx=4), *rows.labels
    ).properties(width=rows.width, height=rows.height, title=title_part(own["document"].iloc[0]))


def _claim(documents: list[pd.DataFrame]) -> str:
    """Say whose words fill the largest part of each document."""
    claims = []
    for own in documents:
        top = own.iloc[0]
        words = {"quoted": "quoted words of", "reported": "reported words of"}.get(
            top["voice"], "words about"
        )
        whose = "the note-taker's own words" if top["actor"] == "note-taker" else f"{words} {top['who']}"
        part = "most" if top["share"] > 0.5 else "the largest part"
        claims.append(f"{whose} fill {part} of {top['document']}")
    return capitalize(join_names(claims))


def _describe(documents: list[pd.DataFrame]) -> str:
    sentences = ["Whose words fill each document, as shares of its words."]
    for own in documents:
        each = [f"{row.row} {row.share:.1%}" for row in own.itertuples()]
        sentences.append(f"{own['document'].iloc[0]}: {', '.join(each)}.")
    sentences.append("Each sentence is counted for one speaker only; how long each man spoke is not known.")
    return " ".join(sentences)
