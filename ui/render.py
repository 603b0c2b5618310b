"""How an Answer looks as text: for the terminal and as Markdown. The app and the command line both show what is made here.

Pure: an Answer in, text out. Letters are untrusted, so control characters (which could move a terminal's cursor or turn text
around) are made visible, and Markdown's own signs are escaped. Quotes stay verbatim; only their line ends are folded to the
width, and on the terminal a very long one is cut with the command that shows the rest.
"""

import re
import textwrap
import unicodedata
from collections.abc import Iterator, Mapping

from rag.answer import Answer, Citation
from ui.words import READERS, REFUSAL, SUPPORT, filter_words, source_line

FOLD_AT = 600
"""Characters of a quote that the terminal shows."""
NEAREST = 3
"""Letters named below a refusal."""

MARKDOWN_SIGNS = re.compile(r"[\\`*_\[\]<>#|~$&]|:(?=[\w+-]+(?:/[\w-]+)?[:\[])|^(?:[-+=]|\d+(?=[.)]))")
SPACE = re.compile(r"\s+")


def printable(text: str) -> str:
    """`text` with control and direction-changing characters made visible as U+FFFD; tabs and line ends stay."""
    return "".join(
        char if char in "\n\t" or (unicodedata.category(char) not in ("Cc", "Cs") and char not in DIRECTION) else "\ufffd"
        for char in text.replace("\r\n", "\n")
    )


DIRECTION = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def one_line(text: str) -> str:
    """`text` on one line: printable, every run of white space a single space."""
    return SPACE.sub(" ", printable(text)).strip()


def escape_markdown(text: str) -> str:
    """`text` such that Markdown (with HTML and LaTeX dollars) shows it as it is, on one line."""
    return MARKDOWN_SIGNS.sub(_escaped, one_line(text))


def _escaped(found: re.Match[str]) -> str:
    sign = found[0]
    # CommonMark reads a backslash before a digit as a backslash: a number that would start a list is parted from its dot.
    return f"{sign}\\" if sign[0].isdigit() else f"\\{sign}"


def nearest_letters(answer: Answer, count: int = NEAREST) -> list[str]:
    """The names of the letters of the best passages, best first, each once."""
    return list(dict.fromkeys(passage.letter for passage in answer.passages))[:count]


def answer_text(answer: Answer, width: int = 80, titles: Mapping[str, str] | None = None) -> str:
    """The answer for a terminal of `width` columns, without a final line end.

    Statements with their support in words, numbered sources with quote, warnings, and which reader answered; for a refusal
    the reason and the nearest letters (`titles` gives their titles by letter name).
    """
    return "\n".join(_answer_lines(answer, max(width, 30), titles or {}))


def _answer_lines(answer: Answer, width: int, titles: Mapping[str, str]) -> Iterator[str]:
    if answer.standalone_question != answer.question:
        yield from _wrap(f"Gezocht op: {answer.standalone_question}", width)
    if answer.filters:
        yield from _wrap("Beperkt tot: " + ", ".join(filter_words(applied) for applied in answer.filters), width)
    if answer.standalone_question != answer.question or answer.filters:
        yield ""
    if answer.refusal is not None:
        yield from _wrap(answer.refusal_text, width)
        yield from _wrap(f"Reden: {REFUSAL[answer.refusal]}.", width)
        if nearest := nearest_letters(answer):
            yield ""
            yield "Deze brieven komen het dichtst in de buurt:"
            for name in nearest:
                yield from _wrap(f"{titles[name]} ({name})" if name in titles else name, width, "- ", "  ")
    for number, statement in enumerate(answer.statements):
        if number:
            yield ""
        marks = "".join(f"[{n}]" for n in statement.citations)
        yield from _wrap(" ".join(part for part in (statement.lead, statement.text, marks) if part), width)
        yield from _wrap(f"({SUPPORT[statement.support]})", width, "  ")
    if answer.citations:
        yield ""
        yield "Bronnen"
        for citation in answer.citations:
            yield from _source_lines(citation, width)
    yield ""
    for warning in answer.warnings:
        yield from _wrap(f"Let op: {warning}", width, later="        ")
    yield from _wrap(reader_line(answer), width)


def reader_line(answer: Answer) -> str:
    """Which reader answered and why."""
    reason = f" ({answer.reader_reason})" if answer.reader_reason else ""
    return f"Lezer: {READERS.get(answer.reader, answer.reader)}{reason}"


def _source_lines(citation: Citation, width: int) -> Iterator[str]:
    indent = " " * (len(f"[{citation.n}]") + 1)
    yield from _wrap(source_line(citation), width, f"[{citation.n}] ", indent)
    if citation.status != "ok" or citation.quote is None:
        return
    ocr = "; gescande tekst, kan leesfouten hebben" if citation.quality == "ocr" else ""
    yield from _wrap(f"{citation.letter}, tekens {citation.start}-{citation.end}{ocr}", width, indent)
    quote = one_line(citation.quote)
    if len(quote) > FOLD_AT:
        cut = textwrap.shorten(quote, FOLD_AT, placeholder=" ...")
        rest = f'Hele citaat: kamerbrief show "{citation.letter}" --start {citation.start} --end {citation.end}'
        yield from _wrap(f"“{cut}”", width, indent)
        yield from _wrap(rest, width, indent)
    else:
        yield from _wrap(f"“{quote}”", width, indent)


def _wrap(text: str, width: int, first: str = "", later: str | None = None) -> list[str]:
    return textwrap.wrap(
        one_line(text),
        width,
        initial_indent=first,
        subsequent_indent=first if later is None else later,
        break_on_hyphens=False,
        break_long_words=False,
    )


def answer_markdown(answer: Answer, titles: Mapping[str, str] | None = None, level: int = 2) -> str:
    """The answer as Markdown with numbered sources; the question is a heading of `level`."""
    titles = titles or {}
    lines = [f"{'#' * level} {escape_markdown(answer.question)}", ""]
    if answer.standalone_question != answer.question:
        lines += [f"Gezocht op: *{escape_markdown(answer.standalone_question)}*", ""]
    if answer.filters:
        lines += ["Beperkt tot: " + ", ".join(escape_markdown(filter_words(f)) for f in answer.filters), ""]
    if answer.refusal is not None:
        lines += [f"**{escape_markdown(answer.refusal_text)}**", "", f"Reden: {REFUSAL[answer.refusal]}.", ""]
        if nearest := nearest_letters(answer):
            lines += ["Deze brieven komen het dichtst in de buurt:", ""]
            lines += [f"- {escape_markdown(titles.get(name, name))}" for name in nearest] + [""]
    for statement in answer.statements:
        marks = "".join(f"\\[{n}\\]" for n in statement.citations)
        text = " ".join(escape_markdown(part) for part in (statement.lead, statement.text) if part)
        lines += [f"{text} {marks}".rstrip() + f" *({SUPPORT[statement.support]})*", ""]
    if answer.citations:
        lines += [f"{'#' * (level + 1)} Bronnen", ""]
        for citation in answer.citations:
            lines += [f"{citation.n}. {escape_markdown(source_line(citation))}"]
            if citation.status == "ok" and citation.quote is not None:
                where = f"{citation.letter}, tekens {citation.start}-{citation.end}"
                lines += [f"   ({escape_markdown(where)})", "", f"   > {escape_markdown(citation.quote)}"]
            lines += [""]
    lines += [f"Let op: {escape_markdown(warning)}\n" for warning in answer.warnings]
    lines += [escape_markdown(reader_line(answer))]
    return "\n".join(lines) + "\n"
