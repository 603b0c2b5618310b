"""Names in a question that the letters quoted for it do not know.

Who asks what Philips paid, and gets a quote of a letter about Siemens, was misled, however alike the subject is. A name is
known where it stands anywhere in one of those letters, in any form that rag/names.py knows as the same name, or in other
words that the lexicon or the letters have for it ("EU" for "Brussel"), and where it is a word of the letters, misspelt. Over
single passages kept apart from training, with every name known that the lexicon has other words for, one was unknown for 13
of 867 right answers, and for 168 of 985 questions without one.
"""

from collections.abc import Callable, Iterable

from index import analyze
from rag import names
from rag.lexicon import SAME
from rag.question import own_words
from rag.weigh import Weighing

LEAST = 6
"""Letters of a name that is looked for as the opening of a longer word."""


def unknown(weighing: Weighing, passages: Iterable[str], letters: Callable[[], Iterable[str]]) -> tuple[str, ...]:
    """The names in the question's own words that stand neither in the `passages` quoted from nor in the whole `letters`,
    which are looked at only where the former do not know all."""
    asked = own_words(weighing.question.text)
    missing = _missing(weighing, asked, " ".join(passages))
    return _missing(weighing, asked, " ".join(letters())) if missing else ()


def _missing(weighing: Weighing, asked: str, told: str) -> tuple[str, ...]:
    opening = {name for name, opens in names.capitalised(asked) if opens}
    found = [name for name in names.missing(asked, told) if name not in opening]
    if not found:
        return ()
    words = names.words(told)
    other = {
        word
        for match in weighing.expansion.matches
        if any(a.relation in SAME and words.issuperset(analyze.every_token(a.text)) for a in match.alternatives)
        for word in match.phrase.split()
    }
    excused = other | weighing.misspelt.keys()
    return tuple(
        name
        for name in found
        if excused.isdisjoint({*names.parts(name), analyze.fold(name)}) and not _in_a_compound(analyze.fold(name), words)
    )


def _in_a_compound(name: str, words: Iterable[str]) -> bool:
    """Whether one of `words` opens with `name`, its plural ending left out ("Patriots", "Patriotraketten")."""
    single = name.removesuffix("s")
    return len(single) >= LEAST and any(word.startswith(single) for word in words)
