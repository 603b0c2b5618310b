"""Polarity: does a statement deny what its source affirms, or the reverse?

No parser is shipped, so the check works on clauses. Every content word gets a sign in each text: minus when an odd number of
negations stands in its clause ("niet", "geen", "nooit"), plus otherwise. A word of an opposite pair ("verlaagd" for
"verhoogd") counts, against its opposite, as that opposite with the sign turned. Then the words that both texts share, and
that are denied in at least one of them, vote: more votes for different signs than for equal ones is a contradiction. Voting
makes it harmless that a paraphrase moves words to another clause.
"""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from index import analyze
from index.stem import stem

NEGATION = re.compile(
    r"\b(?:niet|geen|nooit|noch|zonder|niemand|niets|nergens|nauwelijks|evenmin|geenszins|behalve|uitgezonderd"
    r"|met\s+uitzondering\s+van|not|no|never)\b",
    re.IGNORECASE,
)
NO_NEGATION = re.compile(r"\bniet\s+(?:alleen|slechts|zozeer|in\s+het\s+minst)\b|\bniet\s+eerder\s+dan\b", re.IGNORECASE)
NO_LONGER = re.compile(r"\b(niet|geen)\s+(?:langer|meer)\b", re.IGNORECASE)
WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’-]\w+)*")
CONJUNCTIONS = frozenset("doordat omdat als dat of om wanneer zodat".split())
PARTICLES = frozenset("mee toe af op uit aan in over door om tegen bij voor".split())
CLAUSE = re.compile(
    r"([;:!?()]|\.(?=\s|$)|,\s+maar\b|,(?=\s)|\s[–-]\s"
    r"|\bmaar\b|(?<!niet )\b(?:terwijl|omdat|doordat|zodat|hoewel|tenzij|waarvan|waardoor|zolang|want)\b"
    r"|\ben\s+(?=(?:niet|geen|nog|er|ik|wij|we|zij|hij|dit)\b)|(?=\b(?:behalve|uitgezonderd|met\s+uitzondering\s+van)\b))",
    re.IGNORECASE,
)
APART = (
    (re.compile(r"\bwij(?:st|zen|s)\b(?=[^.;:]*\baf\b)", re.IGNORECASE), "afwijzen"),
    (re.compile(r"\bneem(?:t)?\b(?=[^.;:]*\baf\b)", re.IGNORECASE), "afnemen"),
    (re.compile(r"\bneem(?:t)?\b(?=[^.;:]*\btoe\b)", re.IGNORECASE), "toenemen"),
    (re.compile(r"\bziet\b(?=[^.;:]*\baf\b)|\bzie\b(?=[^.;:]*\baf\b)", re.IGNORECASE), "afzien"),
    (re.compile(r"\bzeg(?:t)?\b(?=[^.;:]*\bop\b)", re.IGNORECASE), "opzeggen"),
    (re.compile(r"\bzeg(?:t)?\b(?=[^.;:]*\btoe\b)", re.IGNORECASE), "toezeggen"),
    (re.compile(r"\bstem(?:t|men|de|den)\b(?=[^.;:]*\btegen\b)", re.IGNORECASE), "tegenstemmen"),
)
"""Separable verbs whose halves stand apart, and the word that stands for them."""

OPPOSITES = (
    ("stijgen stijgt stijging steeg stegen gestegen toenemen toename toegenomen verhogen verhoogt verhoogd verhoogde "
     "verhoging "
     "groeien groeit groei gegroeid opgehoogd omhoog meer hoger hogere groter grotere langer langere eerder sneller "
     "uitbreiden "
     "uitgebreid uitbreiding uitbreidt vergroot verruimd",
     "dalen daalt daling daalde daalden gedaald afnemen afname afgenomen verlagen verlaagt verlaagd verlaagde verlaging "
     "krimpen "
     "krimpt krimp gekrompen omlaag minder lager lagere kleiner kleinere korter kortere later trager langzamer inkrimpen "
     "ingekrompen inkrimping verkleind beperkt"),
    ("steunen steunt steun gesteund steunde steunden voorstander instemmen ingestemd akkoord",
     "afwijzen afgewezen afwijzing tegenstemmen tegenstander tegenstanders verwerpen"),
    ("aangenomen aanvaard goedgekeurd", "verworpen afgekeurd"),
    ("toekennen toegekend toekenning toegekende", "afwijzen afgewezen afwijzing geweigerd ingetrokken"),
    ("positief positieve gunstig gunstige", "negatief negatieve ongunstig ongunstige"),
    ("open opengegaan geopend opening openen opent opengaan", "dicht gesloten sluiting sluiten gesloten dichtgegaan "
                                                              "dichtgaan"),
    ("beginnen begint begonnen start starten gestart aanvang",
     "stoppen stopt gestopt eindigen eindigt geeindigd beeindigen beeindigd staken gestaakt"),
    ("verlengen verlengt verlengd verlenging voortzetten voortgezet",
     "beeindigen beeindigd opzeggen opgezegd verkort verkorten ingekort stopgezet"),
    ("juist juiste correct", "onjuist onjuiste incorrect onterecht"),
    ("mogelijk mogelijke haalbaar", "onmogelijk onmogelijke onhaalbaar"),
    ("voldoende toereikend genoeg", "onvoldoende ontoereikend"),
    ("toestaan toegestaan", "verbieden verboden verbod"),
    ("duidelijk", "onduidelijk"), ("veilig", "onveilig"), ("bekend", "onbekend"), ("verplicht verplichte", "vrijwillig "
                                                                                                           "vrijwillige"),
    ("minimaal tenminste minstens", "maximaal hoogstens hooguit"),
    ("behouden blijft openblijft handhaven gehandhaafd", "vervallen vervalt geschrapt afgeschaft"),
)  # fmt: skip
EMPTY = frozenset(
    "euro miljoen miljard mln mld procent jaar jaren maand maanden weken dagen mee toe af op uit nog wel ook reeds al "
    "alsnog "
    "inmiddels daaraan daarvan hierover hiervan daarover waar waarbij worden wordt zal zou kan kunnen wil willen moet "
    "moeten "
    "heeft hebben hadden waren geweest nu thans momenteel".split()
)


def _sides() -> dict[str, tuple[tuple[int, bool], ...]]:
    sides: dict[str, tuple[tuple[int, bool], ...]] = {}
    for number, halves in enumerate(OPPOSITES):
        for minus, words in enumerate(halves):
            for word in words.split():
                sides[word] = (*sides.get(word, ()), (number, bool(minus)))
    return sides


SIDES: Mapping[str, tuple[tuple[int, bool], ...]] = _sides()
"""For each word of an opposite pair the number of the pair and whether it is the second half."""
OPPOSITE_VOTES = 2
SCOPE_VOTES = 2
LEAST_VOTES = 2
FAR_APART = 3
"""Words between two negations; nearer ones cancel out ("niet zonder")."""


@dataclass(frozen=True, slots=True)
class Signs:
    """How a text uses its words: per stem the signs (True: denied), per opposite pair the halves used with their signs.

    `scoped` are the stems that stand right behind a negation and are surely meant by it.
    """

    words: Mapping[str, frozenset[bool]]
    pairs: Mapping[int, frozenset[tuple[bool, bool]]]
    scoped: frozenset[str]


def contradicts(statement: str, source: str) -> bool:
    """True when `statement` seems to deny what `source` says, or to affirm what it denies."""
    ours, theirs = signs(statement), signs(source)
    agree = differ = 0
    for word in ours.words.keys() & theirs.words.keys():
        if True not in ours.words[word] | theirs.words[word]:
            continue
        votes = SCOPE_VOTES if word in ours.scoped | theirs.scoped else 1
        if ours.words[word] & theirs.words[word]:
            agree += votes
        else:
            differ += votes
    for pair in ours.pairs.keys() & theirs.pairs.keys():
        mine, other = ours.pairs[pair], theirs.pairs[pair]
        if {half for half, _ in mine} & {half for half, _ in other}:
            continue  # both use the same half: an ordinary word
        if {half != denied for half, denied in mine} & {half != denied for half, denied in other}:
            agree += OPPOSITE_VOTES
        else:
            differ += OPPOSITE_VOTES
    return differ > agree and differ >= LEAST_VOTES


@lru_cache(maxsize=4096)
def signs(text: str) -> Signs:
    """The signs of the words of `text` (any length)."""
    for pattern, whole in APART:
        text = pattern.sub(whole, text)
    words: dict[str, set[bool]] = defaultdict(set)
    pairs: dict[int, set[tuple[bool, bool]]] = defaultdict(set)
    scoped: set[str] = set()
    pieces = CLAUSE.split(NO_LONGER.sub(r"\1", NO_NEGATION.sub(" ", text)))
    clauses = [part for piece in zip(pieces[::2], [*pieces[1::2], ""], strict=True) for part in _one_denial_each(*piece)]
    for clause, joint in clauses:
        cues = list(NEGATION.finditer(clause))
        denied = len(cues) % 2 == 1
        corrected = denied and "maar" in joint.lower() and cues[-1][0].lower() == "niet"
        last = cues[-1].end() if cues else 0
        corrected = corrected and bool(_content(clause[last:]))  # "stijgen niet maar dalen" denies what stands before
        scoped |= {stem(token) for token in _first_after(clause, last)} if denied else set()
        for start, token in _content(clause):
            # "niet langer A, maar B" denies A; what stands before, and the verb after it, holds for B as well
            values = {denied} if not corrected else {False} if start < last else {True, False}
            if token not in analyze.STOP_WORDS:
                words[stem(token)] |= values
            for pair, half in SIDES.get(token, ()):
                pairs[pair] |= {(half, value) for value in values}
    return Signs(
        {word: frozenset(values) for word, values in words.items()},
        {pair: frozenset(values) for pair, values in pairs.items()},
        frozenset(scoped),
    )


def _one_denial_each(clause: str, joint: str) -> list[tuple[str, str]]:
    """A clause with two negations far apart, as in "geen sprake is van nieuw beleid volgt er geen fiche", in two."""
    cuts = [0]
    cues = list(NEGATION.finditer(clause))
    for before, after in pairwise(cues):
        if len(WORD.findall(clause, before.end(), after.start())) >= FAR_APART:
            cuts.append(after.start())
    bounds = [*cuts, len(clause)]
    parts = [clause[start:end] for start, end in pairwise(bounds)]
    return [(part, "" if number + 1 < len(parts) else joint) for number, part in enumerate(parts)]


def _content(clause: str) -> list[tuple[int, str]]:
    """The folded content words of a clause, each with where it starts."""
    found = []
    for match in WORD.finditer(NEGATION.sub(lambda cue: " " * len(cue[0]), clause)):
        token = analyze.fold(match[0])
        known = token in SIDES or token not in analyze.STOP_WORDS  # "meer" is a stop word and half a pair
        if known and token not in EMPTY and not token[0].isdigit():
            found.append((match.start(), token))
    return found


def _first_after(clause: str, position: int) -> list[str]:
    """The first content word behind `position`, unless half a separable verb ("niet mee") comes first."""
    following = [analyze.fold(match[0]) for match in WORD.finditer(clause, position)]
    content = [token for _, token in _content(clause[position:])]
    if not following or following[0] in PARTICLES | CONJUNCTIONS or not content:
        return []
    return content[:1]
