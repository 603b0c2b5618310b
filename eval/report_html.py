"""The report of a run as one HTML page that carries its own style, script and pictures and forbids itself any request.

Everything that comes from letters, questions or answers is escaped where it is put in, and put in once. Without its script
the questions still open and close. Colours are roles (eval/report.css), so that the page is light or dark as its reader is.
"""

import base64
import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

from eval import plots
from eval.bootstrap import Interval
from eval.dutch import decimal, percentage, percentage_range
from eval.excerpt import excerpts, line_distance, tidied
from eval.gold import GoldQuestion
from eval.measures import BY_NAME, Bucket, Score
from eval.report import (
    BUCKET_TEXTS,
    GROUPED,
    STEP_TEXTS,
    WAYS,
    bucket_counts,
    capital,
    judge_text,
    members,
    shown,
    whole,
    whole_range,
    why,
)
from eval.run import Run
from eval.show import TITLES, described
from eval.spans import clipped, offers, overlap
from eval.summary import MEDIAN_WORDS

HERE = Path(__file__).parent
HEADLINES = ("right", "evidence_recall_5", "citation_precision", "verbatim", "refusal_f1")
SHOWN_PASSAGES = 10
TextOf = Callable[[str], str | None]


def report_html(run: Run, text_of: TextOf) -> str:
    """The whole page."""
    script = (HERE / "report.js").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    policy = (
        f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )
    gold = run.manifest["gold"]
    title = f"Meting van {gold['name']}"
    return "\n".join(
        [
            "<!doctype html>",
            '<html lang="nl"><head><meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escape(title)}</title>",
            f"<style>{(HERE / 'report.css').read_text(encoding='utf-8')}</style></head><body>",
            f'<header class="top"><div><h1>{escape(title)}</h1>{_meta(run)}</div></header><main>',
            *(f'<p class="card warn" role="note">{escape(warning)}</p>' for warning in run.warnings),
            _outcome(run),
            _headlines(run),
            _plots(run),
            _figures(run),
            *(_groups(run, way, heading) for way, heading in WAYS.items()),
            _questions(run, text_of),
            _footer(run),
            f"</main><script>{script}</script></body></html>",
            "",
        ]
    )


def _meta(run: Run) -> str:
    gold, time = run.manifest["gold"], run.manifest.get("time", {})
    parts = [
        f"{gold['questions']} vragen over {len(run.gold.letters)} brieven",
        *described(run).split(", "),
        str(time.get("finished", time.get("started", "")))[:10],
    ]
    return '<p class="meta">' + "".join(f"<span>{escape(part)}</span>" for part in parts if part) + "</p>"


def _css_class(bucket: Bucket) -> str:
    return bucket.replace(" ", "-")


def _outcome(run: Run) -> str:
    counts = bucket_counts(run)
    stack = "".join(
        f'<i class="{_css_class(bucket)}" style="flex:{count}" title="{bucket}: {count}"></i>'
        for bucket, count in counts
        if count
    )
    legend = "".join(
        f'<li class="{_css_class(bucket)}"><span class="dot"></span><b>{count}</b> {bucket}'
        f'<br><span class="soft">{BUCKET_TEXTS[bucket]}</span></li>'
        for bucket, count in counts
    )
    return (
        f'<section class="card outcome"><h2 style="margin-top:0">Uitkomst van {len(run.scores)} vragen</h2>'
        f'<div class="stack" aria-hidden="true">{stack}</div><ul class="legend grid">{legend}</ul></section>'
    )


def _headlines(run: Run) -> str:
    tiles = []
    for name in HEADLINES:
        measure, figure = BY_NAME[name], run.summary.measures[name]
        tiles.append(
            f'<div class="card tile"><h3>{escape(capital(measure.label))}</h3>'
            f'<span class="big">{percentage(figure.value)}</span><span class="range">{_range_text(figure)}</span></div>'
        )
    return (
        f'<div class="grid tiles">{"".join(tiles)}</div><p class="soft">Met andere vragen van dezelfde soort zou het '
        "cijfer met 95 % zekerheid tussen de genoemde grenzen liggen.</p>"
    )


def _range_text(figure: Interval) -> str:
    if figure.low is None or figure.high is None:
        return "niet te meten"
    return f"tussen {decimal(100 * figure.low)} en {decimal(100 * figure.high)} %"


def _plots(run: Run) -> str:
    by_kind = {kind: figures["right"] for kind, figures in run.summary.groups["kind"].items()}
    found_by_kind = {kind: figures["evidence_recall_5"] for kind, figures in run.summary.groups["kind"].items()}
    probabilities = [float(answer["answerable_probability"]) for answer in run.answers]
    pictures = (
        ("Hoeveel bewijs wordt gevonden?", "Hoe meer passages de lezer ziet, hoe meer bewijs. De band is het 95 %-interval.",
         plots.recall_curve(run.scores)),
        ("Weigeren", "Wat eerder of later weigeren zou opleveren. Linksboven is het best; de stippellijn is raden.",
         plots.refusal_curve(run.scores, probabilities)),
        ("Goede antwoorden per soort vraag", "Met het 95 %-interval; tussen haakjes het aantal vragen.",
         plots.bars(by_kind, "right", "Goede antwoorden per soort vraag")),
        ("Bewijs in de eerste 5 passages, per soort vraag", "Met het 95 %-interval; tussen haakjes het aantal vragen.",
         plots.bars(found_by_kind, "found", "Bewijs in de eerste 5 passages per soort vraag")),
        ("Tijd per vraag", "Welk deel van de vragen binnen hoeveel milliseconden is beantwoord.",
         plots.latency_curve(run.timings)),
    )  # fmt: skip
    figures = "".join(
        f'<figure class="card"><h3>{escape(title)}</h3><figcaption>{escape(text)}</figcaption>{picture}</figure>'
        for title, text, picture in pictures
        if picture is not None
    )
    return f'<h2>In beeld</h2><div class="grid wide">{figures}{_steps(run)}</div>'


def _steps(run: Run) -> str:
    rows = [
        f'<tr><th scope="row">{escape(capital(step))}</th><td>{escape(text)}</td>'
        f'<td class="n">{sum(score.step is step for score in run.scores)}</td></tr>'
        for step, text in STEP_TEXTS.items()
        if any(score.step is step for score in run.scores)
    ]
    if not rows:
        return ""
    return _table(["stap", "wat er misging", "#vragen"], rows, "Waar gaat het mis?")


def _table(head: Sequence[str], rows: Iterable[str], caption: str = "") -> str:
    """A table in a card; a heading that starts with # is that of a column of numbers."""
    cells = "".join(
        f'<th scope="col"{" class=n" if cell[:1] == "#" else ""}>{escape(cell.removeprefix("#"))}</th>' for cell in head
    )
    title = f"<caption>{escape(caption)}</caption>" if caption else ""
    return (
        f'<div class="card scroll"><table>{title}<thead><tr>{cells}</tr></thead><tbody>{"".join(rows)}</tbody></table></div>'
    )


FIGURE_HEAD = ("maat", "#waarde", "#95 %-interval", "#vragen")


def _figures(run: Run) -> str:
    tables = []
    for group, title in TITLES.items():
        rows = []
        for measure in shown(run, group):
            figure = run.summary.measures[measure.name]
            value, span = percentage(figure.value), percentage_range(figure)
            rows.append(_figure_row(measure.label, measure.definition, value, span, figure.count))
        if group == "antwoorden":
            words = run.summary.measures[MEDIAN_WORDS]
            label, text = "woorden per antwoord", "De mediaan, zonder bronverwijzingen."
            rows.append(_figure_row(label, text, whole(words.value), whole_range(words), words.count))
        tables.append(_table(FIGURE_HEAD, rows, title))
    times = [
        _figure_row(f"{p}e percentiel", "", f"{decimal(f.value)} ms", f"{decimal(f.low)} tot {decimal(f.high)}", f.count)
        for p, f in run.latency.percentiles.items()
        if f.value is not None and f.low is not None and f.high is not None
    ]
    if times:
        tables.append(_table(FIGURE_HEAD, times, "Tijd per vraag"))
    judge = judge_text(run)
    note = f'<p class="soft">{escape(judge)}</p>' if judge else ""
    return f'<h2>Alle cijfers</h2><div class="tables">{"".join(tables)}</div>{note}'


def _figure_row(label: str, definition: str, value: str, span: str, count: int) -> str:
    note = f"<small>{escape(definition)}</small>" if definition else ""
    return (
        f'<tr><th scope="row">{escape(label)}{note}</th><td class="n">{value}</td><td class="n">{span}</td>'
        f'<td class="n">{count}</td></tr>'
    )


def _groups(run: Run, way: str, heading: str) -> str:
    groups = run.summary.groups[way]
    if not groups:
        return ""
    rows = [
        f'<tr><th scope="row">{escape(group)}</th><td class="n">{members(run, way, group)}</td>'
        + "".join(_group_cell(figures[name]) for name in GROUPED)
        + "</tr>"
        for group, figures in groups.items()
    ]
    return f"<h2>{heading}</h2>" + _table(["groep", "#vragen", *(f"#{BY_NAME[name].label}" for name in GROUPED)], rows)


def _group_cell(figure: Interval) -> str:
    return f'<td class="n">{percentage(figure.value)}<small>{percentage_range(figure)}</small></td>'


def _questions(run: Run, text_of: TextOf) -> str:
    texts: dict[str, str | None] = {}

    def text(letter: str) -> str | None:
        if letter not in texts:
            texts[letter] = text_of(letter)
        return texts[letter]

    rows = [
        _question(question, answer, score, text)
        for question, answer, score in zip(run.gold.questions, run.answers, run.scores, strict=True)
    ]
    buckets = [bucket for bucket, count in bucket_counts(run) if count]
    steps = [step for step in STEP_TEXTS if any(score.step is step for score in run.scores)]
    kinds = sorted({score.kind for score in run.scores})
    filters = (
        '<form class="filters" id="filters" hidden><label class="grow">Zoek'
        '<input id="words" type="search" autocomplete="off"></label>'
        + _select("bucket", "Uitkomst", buckets)
        + _select("kind", "Soort vraag", kinds)
        + _select("step", "Misgegaan bij", steps)
        + '<button type="reset">Wis filters</button><button type="button" id="open">Open of sluit alles</button></form>'
    )
    return (
        f'<h2 id="vragen">Alle vragen</h2>{filters}<p class="count" id="count" role="status">{len(rows)} vragen</p>'
        '<p class="key">In de brieven: <mark class="gold">bewijs volgens het vragenbestand</mark>, '
        '<mark class="cited">aangehaald door de assistent</mark>, <mark class="gold cited">allebei</mark>.</p>'
        + "".join(rows)
    )


def _select(name: str, label: str, values: Iterable[str]) -> str:
    options = "".join(f'<option value="{escape(value)}">{escape(value)}</option>' for value in values)
    return f'<label>{label}<select id="{name}"><option value="">alle</option>{options}</select></label>'


def _question(question: GoldQuestion, answer: Mapping[str, Any], score: Score, text_of: TextOf) -> str:
    summary = (
        f'<summary><span class="badge">{score.bucket}</span><span class="text">{escape(question.question)}</span>'
        f'<span class="kind">{question.kind}, {escape(question.id)}</span></summary>'
    )
    answers = (
        f'<div class="pair"><div><h3>Antwoord van de assistent</h3><p class="answer">{escape(str(answer["answer"]))}</p>'
        f'</div><div><h3>Voorbeeldantwoord</h3><p class="answer">{escape(question.answer)}</p></div></div>'
    )
    body = [
        *(f"<p>Eerder gevraagd: {escape(turn.question)}</p>" for turn in question.turns),
        answers,
        _why(question, answer, score),
        _evidence(question, score),
        _letters(question, answer, text_of),
        _passages(question, answer),
    ]
    return (
        f'<details class="q {_css_class(score.bucket)}" data-bucket="{score.bucket}" data-kind="{score.kind}" '
        f'data-step="{escape(score.step)}">{summary}<div class="body">{"".join(body)}</div></details>'
    )


def _why(question: GoldQuestion, answer: Mapping[str, Any], score: Score) -> str:
    lines = why(question, answer, score)
    return f'<p class="why">{"<br>".join(escape(line) for line in lines)}</p>' if lines else ""


def _evidence(question: GoldQuestion, score: Score) -> str:
    if not question.evidence:
        return ""
    items = []
    for at, (rank, cited) in enumerate(zip(score.found, score.cited, strict=True), 1):
        where = "niet gevonden" if rank is None else f"gevonden op plaats {rank}"
        items.append(f"deel {at}: {where}, {'aangehaald' if cited else 'niet aangehaald'}")
    return f"<h3>Bewijs</h3><p>{'<br>'.join(items)}</p>"


def _letters(question: GoldQuestion, answer: Mapping[str, Any], text_of: TextOf) -> str:
    gold: dict[str, list[tuple[int, int]]] = {}
    cited: dict[str, list[tuple[int, int]]] = {}
    for place in (place for places in question.evidence for place in places):
        gold.setdefault(place.letter, []).append((place.start, place.end))
    for offer in offers(answer["citations"]):
        if offer is not None:
            cited.setdefault(offer.letter, []).append((offer.start, offer.end))
    parts = []
    for letter in sorted(gold.keys() | cited.keys()):
        text = text_of(letter)
        if text is None:
            parts.append(f"<h3>{escape(letter)}</h3><p>Deze brief zit niet in de index.</p>")
            continue
        distance = line_distance(text)
        for found in excerpts(text, gold.get(letter, []), cited.get(letter, [])):
            pieces = [(tidied(piece.text, distance), piece.gold, piece.cited) for piece in found.pieces]
            before, after = "… " if found.start else "", " …" if found.end < len(text) else ""
            marked = before + "".join(_marked(*piece) for piece in pieces) + after
            parts.append(f'<h3>{escape(letter)}, teken {found.start} tot {found.end}</h3><div class="letter">{marked}</div>')
    return "".join(parts)


def _marked(text: str, gold: bool, cited: bool) -> str:
    classes = " ".join(name for name, on in (("gold", gold), ("cited", cited)) if on)
    return f'<mark class="{classes}">{escape(text)}</mark>' if classes else escape(text)


def _passages(question: GoldQuestion, answer: Mapping[str, Any]) -> str:
    places = [place for pieces in question.evidence for place in pieces]
    items = []
    for passage, offer in zip(answer["passages"][:SHOWN_PASSAGES], offers(answer["passages"]), strict=False):
        hit = offer is not None and any(overlap(clipped(offer), place) for place in places)
        where = f"{passage['letter']} {passage['start']}–{passage['end']}"
        items.append(f"<li{' class=hit' if hit else ''}>{escape(where)}{' (bewijs)' if hit else ''}</li>")
    return f'<h3>Gevonden passages</h3><ol class="passages">{"".join(items)}</ol>' if items else ""


def _footer(run: Run) -> str:
    manifest = escape(json.dumps(run.manifest, ensure_ascii=False, indent=2))
    return (
        "<footer><p>Intervallen: 95 %, bootstrap over de vragen. De maten staan uitgelegd bij elk cijfer en in "
        "docs/evaluation.md.</p>"
        f'<details class="more"><summary>Waarmee deze meting is gemaakt</summary><pre>{manifest}</pre></details></footer>'
    )
