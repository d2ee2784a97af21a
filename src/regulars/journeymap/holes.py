"""What a journey map lacks: fears that nobody answers, stages of which nobody says what customers need, opinions."""

from __future__ import annotations

from regulars.journeymap.parts import Cell, Hole, JourneyMap, Kind, Stage

# The worst first: what keeps a customer away comes before what would be nice to know.
ORDER: tuple[Kind, ...] = ("fear", "barrier", "problem", "need", "criterion")
UNANSWERED: dict[Kind, str] = {
    "fear": "Customers fear “{text}” where they stand at “{stage}”, and nothing answers it.",
    "barrier": "“{text}” stands in the way of customers at “{stage}”, and nothing answers it.",
    "problem": "Customers struggle with “{text}” at “{stage}”, and nothing answers it.",
    "need": "Customers need “{text}” at “{stage}”, and nothing answers it.",
    "criterion": "Customers choose by “{text}” at “{stage}”, and nothing says how we stand there.",
}
NO_NEED = "Nobody has written down what customers need at “{stage}”."
NO_EVIDENCE = "“{text}” at “{stage}” is the company's own opinion so far: no quote, score or measure is attached."


def holes(drawn: JourneyMap) -> list[Hole]:
    """Everything that is missing, the worst first; empty for a whole map."""
    found = [_unanswered(stage, cell) for kind in ORDER for stage, cell in drawn.cells if _lacks(cell, kind)]
    needed = (stage for stage in drawn.stages if not any(cell.kind == "need" for cell in stage.cells))
    found += [Hole("no need", stage, None, NO_NEED.format(stage=stage.name)) for stage in needed]
    opinions = ((stage, cell) for stage, cell in drawn.cells if not cell.evidence)
    found += [
        Hole("no evidence", stage, cell, NO_EVIDENCE.format(text=cell.text, stage=stage.name))
        for stage, cell in opinions
    ]
    return found


def _lacks(cell: Cell, kind: Kind) -> bool:
    return cell.kind == kind and not cell.answer.strip()


def _unanswered(stage: Stage, cell: Cell) -> Hole:
    return Hole("no answer", stage, cell, UNANSWERED[cell.kind].format(text=cell.text, stage=stage.name))
