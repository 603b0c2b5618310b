"""A run as plain Dutch text for the terminal."""

from eval.dutch import NONE, decimal, percentage, percentage_range, table
from eval.report import judge_text, shown
from eval.run import Run
from eval.summary import MEDIAN_WORDS

TITLES = {
    "zoeken": "Zoeken: staat het bewijs in de gevonden passages?",
    "antwoorden": "Antwoorden",
    "bronnen": "Bronnen",
    "weigeren": "Weigeren",
    "uitkomst": "Uitkomst van alle vragen",
}


def run_text(run: Run) -> str:
    """What `kamerbrief eval run` prints: the figures with their 95 % intervals, and where the files are."""
    summary = run.summary
    gold = run.manifest["gold"]
    lines = [f"{gold['name']}: {gold['questions']} vragen, sha256 {gold['sha256'][:12]}", described(run)]
    for group, title in TITLES.items():
        rows = [["", "", "95 %-interval", "vragen"]]
        for measure in shown(run, group):
            figure = summary.measures[measure.name]
            rows.append([measure.label, percentage(figure.value), percentage_range(figure), str(figure.count)])
        if group == "antwoorden":
            words = summary.measures[MEDIAN_WORDS]
            span = "" if words.low is None or words.high is None else f"{decimal(words.low, 0)} tot {decimal(words.high, 0)}"
            rows.append(
                [
                    "woorden per antwoord (mediaan)",
                    NONE if words.value is None else decimal(words.value, 0),
                    span,
                    str(words.count),
                ]
            )
        lines += ["", title, *("  " + line for line in table(rows, frozenset({1, 2, 3})))]
    times = run.latency.percentiles
    if times[50].value is not None and times[95].value is not None:
        lines += [
            "",
            f"Tijd per vraag: {decimal(times[50].value)} ms (mediaan), {decimal(times[95].value)} ms (95e percentiel).",
        ]
    lines += [judge_text(run)] if judge_text(run) else []
    return "\n".join([*lines, f"Alles staat in {run.folder}."])


def described(run: Run) -> str:
    """One line: which index, reader and embedder the answers came from."""
    manifest = run.manifest
    settings = manifest.get("settings", {})
    parts = [
        f"index: generatie {manifest['index']['generation']}" if "index" in manifest else "",
        f"lezer: {manifest['reader']}" if "reader" in manifest else "",
        f"model: {manifest['model']}" if manifest.get("model") else "",
        f"embedder: {manifest['embedder']}" if "embedder" in manifest else "",
        f"k: {settings['k']}" if "k" in settings else "",
    ]
    return ", ".join(part for part in parts if part)
