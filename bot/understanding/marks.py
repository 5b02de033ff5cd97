"""A text with each number and date replaced by a mark ⟦letter index⟧, for patterns to match."""

from __future__ import annotations

from datetime import date

from bot.understanding.corrections import taken_back
from bot.understanding.days import Day, days
from bot.understanding.numbers import Quantity, quantities

LETTERS = {
    "people": "P",
    "count": "C",
    "money": "M",
    "percent": "R",
    "age": "A",
    "months": "T",
    "days": "Y",
    "plain": "N",
}


def mark(text: str, as_of: date) -> tuple[str, str, list[Quantity], list[Day]]:
    """The text and its marked form, slips taken out of both; its numbers and its dates."""
    while True:
        dates = days(text, as_of)
        numbers = quantities(text, [(day.start, day.end) for day in dates])
        marked, origin = _marked(text, numbers, dates)
        slips = taken_back(marked)
        if not slips:
            return text, marked, numbers, dates
        for start, end in reversed(slips):
            text = text[: origin[start]] + text[origin[end] :]


def _marked(text: str, numbers: list[Quantity], dates: list[Day]) -> tuple[str, list[int]]:
    """The marked text, and for each of its places (and its end) the place in the text."""
    marks = [(d.start, d.end, f"⟦D{i}⟧") for i, d in enumerate(dates)]
    marks += [(q.start, q.end, f"⟦{LETTERS[q.kind]}{i}⟧") for i, q in enumerate(numbers)]
    pieces: list[str] = []
    origin: list[int] = []
    place = 0
    for start, end, label in sorted(marks):
        pieces += [text[place:start], label]
        origin += [*range(place, start), *[start] * len(label)]
        place = end
    pieces.append(text[place:])
    origin += [*range(place, len(text) + 1)]
    return "".join(pieces), origin
