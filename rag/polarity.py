"""Polarity: does a statement deny what its source affirms, or the reverse?

No parser is shipped, so the check works on clauses. Every content word gets a sign in each text: minus when an odd number of
negations stands in its clause ("niet", "geen", "nooit"), plus otherwise. A word of an opposite pair ("verlaagd" for
"verhoogd") counts as its opposite with the sign turned. Then the words that both texts share, and that are denied in at
least one of them, vote: more votes for different signs than for equal ones is a contradiction. Voting makes it harmless that
a paraphrase moves words to another clause.
"""

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache

from index import analyze

NEGATION = re.compile(
    r"\b(?:niet|geen|nooit|noch|zonder|niemand|niets|nergens|nauwelijks|evenmin|geenszins|not|no|never)\b", re.IGNORECASE
)
NO_NEGATION = re.compile(r"\bniet\s+(?:alleen|slechts|zozeer|in\s+het\s+minst)\b|\bniet\s+eerder\s+dan\b", re.IGNORECASE)
CLAUSE = re.compile(
    r"[;:!?()]|\.(?=\s|$)|,(?=\s)|\s[–-]\s"
    r"|\b(?:maar|terwijl|omdat|doordat|zodat|hoewel|tenzij|waarvan|waardoor|zolang|want)\b|\ben\s+(?=(?:niet|geen|nog)\b)",
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
    ("stijgen stijgt stijging steeg stegen gestegen toenemen toename toegenomen verhogen verhoogt verhoogd verhoogde verhoging "
     "groeien groeit groei gegroeid opgehoogd omhoog meer hoger hogere groter grotere langer langere eerder sneller uitbreiden "
     "uitgebreid uitbreiding uitbreidt vergroot verruimd",
     "dalen daalt daling daalde daalden gedaald afnemen afname afgenomen verlagen verlaagt verlaagd verlaagde verlaging krimpen "
     "krimpt krimp gekrompen omlaag minder lager lagere kleiner kleinere korter kortere later trager langzamer inkrimpen "
     "ingekrompen inkrimping verkleind beperkt"),
    ("steunen steunt steun gesteund steunde steunden voorstander instemmen ingestemd akkoord",
     "afwijzen afgewezen afwijzing tegenstemmen tegenstander tegenstanders verwerpen"),
    ("aangenomen aanvaard goedgekeurd", "verworpen afgekeurd"),
    ("toekennen toegekend toekenning toegekende", "afwijzen afgewezen afwijzing geweigerd ingetrokken"),
    ("positief positieve gunstig gunstige", "negatief negatieve ongunstig ongunstige"),
    ("open opengegaan geopend opening openen opent opengaan", "dicht gesloten sluiting sluiten gesloten dichtgegaan dichtgaan"),
    ("beginnen begint begonnen start starten gestart aanvang",
     "stoppen stopt gestopt eindigen eindigt geeindigd beeindigen beeindigd staken gestaakt"),
    ("verlengen verlengt verlengd verlenging voortzetten voortgezet",
     "beeindigen beeindigd opzeggen opgezegd verkort verkorten ingekort stopgezet"),
    ("juist juiste correct", "onjuist onjuiste incorrect onterecht"),
    ("mogelijk mogelijke haalbaar", "onmogelijk onmogelijke onhaalbaar"),
    ("voldoende toereikend genoeg", "onvoldoende ontoereikend"),
    ("toestaan toegestaan", "verbieden verboden verbod"),
    ("duidelijk", "onduidelijk"), ("veilig", "onveilig"), ("bekend", "onbekend"), ("verplicht verplichte", "vrijwillig vrijwillige"),
    ("minimaal tenminste minstens", "maximaal hoogstens hooguit"),
    ("behouden blijft openblijft handhaven gehandhaafd", "vervallen vervalt geschrapt afgeschaft"),
)  # fmt: skip
SIDES: Mapping[str, tuple[tuple[str, bool], ...]] = {}
EMPTY = frozenset(
    "euro miljoen miljard mln mld procent jaar jaren maand maanden weken dagen mee toe af op uit nog wel ook reeds al alsnog "
    "inmiddels daaraan daarvan hierover hiervan daarover waar waarbij worden wordt zal zou kan kunnen wil willen moet moeten "
    "heeft hebben hadden waren geweest nu thans momenteel".split()
)


def _sides() -> dict[str, list[tuple[str, bool]]]:
    sides: dict[str, list[tuple[str, bool]]] = defaultdict(list)
    for number, (plus, minus) in enumerate(OPPOSITES):
        for word in plus.split():
            sides[word].append((f"~{number}", False))
        for word in minus.split():
            sides[word].append((f"~{number}", True))
    return sides


SIDES = {word: tuple(found) for word, found in _sides().items()}
OPPOSITE_VOTES = 2


def contradicts(statement: str, source: str) -> bool:
    """True when `statement` seems to deny what `source` says, or to affirm what it denies."""
    ours, theirs = signs(statement), signs(source)
    agree = differ = 0
    for word in ours.keys() & theirs.keys():
        if True not in ours[word] | theirs[word]:
            continue
        votes = OPPOSITE_VOTES if word.startswith("~") else 1
        if ours[word] & theirs[word]:
            agree += votes
        else:
            differ += votes
    return differ > agree


@lru_cache(maxsize=4096)
def signs(text: str) -> dict[str, frozenset[bool]]:
    """For each content word (as a stem, or "~n" for opposite pair n) the signs it has; True means denied."""
    for pattern, whole in APART:
        text = pattern.sub(whole, text)
    found: dict[str, set[bool]] = defaultdict(set)
    for clause in CLAUSE.split(NO_NEGATION.sub(" ", text)):
        denied = len(NEGATION.findall(re.sub(r"\b(niet|geen)\s+(?:langer|meer)\b", r"\1", clause))) % 2 == 1
        bare = NEGATION.sub(" ", re.sub(r"\b(niet|geen)\s+(?:langer|meer)\b", r"\1", clause))
        for token in analyze.TOKEN.findall(analyze.fold(bare)):
            for pair, turned in SIDES.get(token, ()):
                found[pair].add(denied != turned)
            if token not in SIDES and token not in analyze.STOP_WORDS and token not in EMPTY and not token[0].isdigit():
                found[analyze.stem(token)].add(denied)
    return {word: frozenset(values) for word, values in found.items()}
