"""Questions and answers: notas that answer the questions of fracties, and letters that answer Kamervragen.

A line with only the word "Antwoord" (or "Vraag 3", "Antwoord op vraag 3 en 4") says where one begins, but such lines get
lost, also in official papers. Where one is missing a paragraph counts as a question when it asks something and an answer
when it does not: a paragraph with a question mark is a question, the paragraphs after it that hold none are its answer. The
fractie is the one named in the question, or else in the title of the section.
"""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from index.layout import LABEL, Line, Paragraph
from index.letter import BlockKind

MARKER = re.compile(
    r"(?:(?P<answer>antwoord(?:en)?)|(?P<question>vra(?:ag|gen)))(?:\s+op)?(?:\s+(?:de\s+)?vra(?:ag|gen))?"
    r"(?P<label>(?:\s*(?:\d{1,3}[a-z]?|,|en|t/m|tot en met|-|–))*)\s*[.:]?",
    re.IGNORECASE,
)
FRACTIE = re.compile(
    r"\b(?:de\s+)?(?:leden|lid|fractieleden|fractie|vragen)\s+van\s+(?:de\s+(?:leden\s+van\s+de\s+)?)?"
    r"(?:fractie\s+van\s+(?:de\s+|het\s+)?)?"
    r"(?P<name>[A-Z]\w*(?:[-/ ](?=[A-Z])\w+)*?)(?:-\s*fractie|\s*-\s*fractie|(?=[\s,.;:)]|$))"
)
PARTIES = frozenset(
    "50PLUS BBB BIJ1 CDA CU ChristenUnie D66 DENK FVD FvD GL GL-PvdA GroenLinks GroenLinks-PvdA JA21 LPF NSC OPNL OSF PVV "
    "PvdA PvdD SGP SP VVD Volt".split()
)
MEMBER_PARTY = re.compile(
    r"\b(?:lid|leden)\s+(?:[A-ZÀ-Þ][\w’'-]*(?:\s+(?:van|de|der|den|el|en))*\s+){1,8}\((?P<name>[A-Z][\w-]*)\)"
)
MIN_MARKERS = 2
NUMBERED = re.compile(r"(?P<label>\d{1,3}(?:, \d{1,3})*(?: en \d{1,3})?)\.?\s+(?=[A-ZÀ-Þ])")
ASKERS = re.compile(
    r"(?:\d{1,3}(?:, \d{1,3})*(?: en \d{1,3})?\.?\s+)?"
    r"(?:De (?:aan het woord zijnde )?(?:fractie)?leden\b|Deze (?:fractie)?leden\b|Het lid [A-Z])"
)
"""How a question starts that says who asks; the number before it is printed in some notas."""
SAME_ASKERS = re.compile(r"\b(?:deze|voornoemde|genoemde) leden\b", re.IGNORECASE)
ASKS = re.compile(r"\?")


@dataclass(frozen=True, slots=True)
class Part:
    """What a paragraph is in the exchange of questions and answers."""

    kind: BlockKind
    fractie: str | None
    pair: int
    label: str | None = None


@dataclass(frozen=True, slots=True)
class Marker:
    """A line that says that a question or an answer begins, with the printed number where it has one."""

    kind: BlockKind
    label: str | None


def marker(line: Line) -> Marker | None:
    """What the line announces, if it holds nothing but an announcement ("Antwoord", "Vraag 3")."""
    match = MARKER.fullmatch(line.text)
    if match is None:
        return None
    label = match["label"].strip() or None
    if match["question"] and label is None:
        return None
    return Marker(BlockKind.ANSWER if match["answer"] else BlockKind.QUESTION, label)


def label(paragraph: Paragraph) -> Marker | None:
    """What the paragraph announces of itself, if it starts with that ("Antwoord: Nee.", "Vraag 3. Kunt u ...")."""
    match = LABEL.match(paragraph.text)
    if match is None:
        return None
    return Marker(BlockKind.ANSWER if match["answer"] else BlockKind.QUESTION, match["label"])


def fractie_in(text: str) -> str | None:
    """The fractie named first in `text` ("de leden van de BBB-fractie" gives "BBB")."""
    for match in FRACTIE.finditer(text):
        whole = match[0].casefold()
        if "fractie" in whole or match["name"] in PARTIES:
            return match["name"].removesuffix("-fractie")
    member = MEMBER_PARTY.search(text)
    return member["name"] if member and member["name"] in PARTIES else None


def is_exchange(markers: Sequence[Marker], titles: Sequence[str]) -> bool:
    """Whether a letter with these marker lines and section titles is made of questions and answers."""
    answers = sum(found.kind is BlockKind.ANSWER for found in markers)
    return (
        answers >= MIN_MARKERS
        or (answers >= 1 and any(fractie_in(title) for title in titles))
        or (answers >= 1 and len(markers) > 1)
    )


def parts(paragraphs: Sequence[Paragraph], headings: Collection[int], markers: dict[int, Marker]) -> dict[int, Part]:
    """What each paragraph is; `markers` are those that stand right before the paragraph with that index.

    Paragraphs before the first question (an introduction) are left out, as are headings.
    """
    kinds = _kinds(paragraphs, headings, markers)
    found: dict[int, Part] = {}
    fractie: str | None = None
    own: str | None = None
    asked: str | None = None
    pair = 0
    former: BlockKind | None = None
    label: str | None = None
    for i, paragraph in enumerate(paragraphs):
        if i in headings:
            fractie = fractie_in(paragraph.text) or fractie
            former = None
            continue
        kind = kinds.get(i)
        if kind is None:
            former = None
            member = MEMBER_PARTY.search(paragraph.text)
            if not pair and member is not None and member["name"] in PARTIES:
                fractie = fractie or member["name"]
            continue
        if kind is BlockKind.QUESTION:
            if former is not BlockKind.QUESTION:
                pair += 1
                own = None
            named = fractie_in(paragraph.text)
            if named is None and own is None and SAME_ASKERS.search(paragraph.text):
                named = asked
            own = named or own
            asked = own or asked
        numbered = NUMBERED.match(paragraph.text) if kind is BlockKind.QUESTION else None
        if i in markers:
            label = markers[i].label
        elif numbered:
            label = numbered["label"]
        elif former is not kind:
            label = None
        if pair:
            found[i] = Part(kind, own or fractie, pair, label)
        former = kind
    return found


def _kinds(paragraphs: Sequence[Paragraph], headings: Collection[int], markers: dict[int, Marker]) -> dict[int, BlockKind]:
    """Question or answer for every paragraph from the first question on."""
    announcing = Counter(found.kind for found in markers.values())
    told = announcing[BlockKind.QUESTION] >= 0.5 * announcing[BlockKind.ANSWER]
    kinds: dict[int, BlockKind] = {}
    state: BlockKind | None = None
    announced = False
    for i, paragraph in enumerate(paragraphs):
        if i in headings:
            state, announced = None, False
            continue
        if i in markers:
            state, announced = markers[i].kind, True
        elif (
            (not told and ASKERS.match(paragraph.text))
            or (i + 1 in markers and markers[i + 1].kind is BlockKind.ANSWER and not told)
            or (
                ASKS.search(paragraph.text)
                and not told
                and not (announced and state is BlockKind.ANSWER and _quotes(paragraph.text))
            )
        ):
            state, announced = BlockKind.QUESTION, False
        elif state is BlockKind.QUESTION and not announced:
            state = BlockKind.ANSWER
        if state is not None:
            kinds[i] = state
    return kinds


def _quotes(text: str) -> bool:
    """Whether the only question marks in `text` stand inside a quotation: an answer may quote the question."""
    return not ASKS.search(re.sub(r"[“‘\"][^“”‘’\"]*[”’\"]", "", text))
