"""The report of a run as Markdown: the figures, and every question that did not go well."""

from eval.dutch import decimal, percentage, percentage_range
from eval.measures import BY_NAME, Bucket
from eval.report import BUCKET_TEXTS, GROUPED, WAYS, bucket_counts, judge_text, members, shown, whole, whole_range, why
from eval.run import Run
from eval.show import TITLES, described
from eval.summary import MEDIAN_WORDS


def report_markdown(run: Run) -> str:
    """The same figures as Markdown, with every question that is not good."""
    gold = run.manifest["gold"]
    lines = [
        f"# Meting van {_plain(gold['name'])}",
        "",
        f"{gold['questions']} vragen, sha256 `{gold['sha256'][:12]}`; {_plain(described(run))}",
        *(f"\n> {_plain(warning)}" for warning in run.warnings),
        "",
        "| Uitkomst | Vragen | |",
        "|---|---:|---|",
        *(f"| {bucket} | {count} | {BUCKET_TEXTS[bucket]} |" for bucket, count in bucket_counts(run)),
    ]
    for group, title in TITLES.items():
        lines += ["", f"## {title}", "", "| Maat | Waarde | 95 %-interval | Vragen |", "|---|---:|---:|---:|"]
        for measure in shown(run, group):
            figure = run.summary.measures[measure.name]
            lines.append(f"| {measure.label} | {percentage(figure.value)} | {percentage_range(figure)} | {figure.count} |")
        if group == "antwoorden":
            words = run.summary.measures[MEDIAN_WORDS]
            lines.append(f"| woorden per antwoord (mediaan) | {whole(words.value)} | {whole_range(words)} | {words.count} |")
    times = [f"{p}e percentiel {decimal(f.value)} ms" for p, f in run.latency.percentiles.items() if f.value is not None]
    if times:
        lines += ["", f"Tijd per vraag: {', '.join(times)}."]
    if judge_text(run):
        lines += ["", judge_text(run)]
    for way, heading in WAYS.items():
        if run.summary.groups[way]:
            lines += _markdown_groups(run, way, heading)
    lines += ["", "## Vragen die niet goed gingen"]
    for question, answer, score in zip(run.gold.questions, run.answers, run.scores, strict=True):
        if score.bucket is not Bucket.RIGHT:
            reasons = " ".join(why(question, answer, score))
            lines += [
                "",
                f"### {_plain(question.id)}: {_plain(question.question)}",
                "",
                f"- {score.bucket}. {_plain(reasons)}",
                f"- Antwoord: {_plain(str(answer['answer']))}",
                f"- Voorbeeld: {_plain(question.answer)}",
            ]
    return "\n".join(lines) + "\n"


def _markdown_groups(run: Run, way: str, heading: str) -> list[str]:
    head = " | ".join(BY_NAME[name].label for name in GROUPED)
    lines = ["", f"## {heading}", "", f"| | Vragen | {head} |", "|---|---:|" + "---:|" * len(GROUPED)]
    for group, figures in run.summary.groups[way].items():
        cells = " | ".join(percentage(figures[name].value) for name in GROUPED)
        lines.append(f"| {_plain(group)} | {members(run, way, group)} | {cells} |")
    return lines


def _plain(text: str) -> str:
    """Text on one line in which Markdown and HTML mean nothing."""
    joined = " ".join(text.split())
    return "".join(f"\\{char}" if char in "\\`*_{}[]<>()#|~!" else char for char in joined)
