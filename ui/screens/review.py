"""Controleren: judge citations one by one, beside their letter."""

from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from eval.gold import KINDS, UNANSWERABLE
from index.errors import KamerbriefError
from ui import component, review, state
from ui.choices import choices_of
from ui.gold_form import GOLD_FILE, gold_question, keep
from ui.render import escape_markdown
from ui.review import VERDICTS, Item, Judgement, Verdict
from ui.run_folders import load_run, run_names

if TYPE_CHECKING:
    from rag.assistant import Assistant

CONVERSATION = "Dit gesprek"


def draw() -> None:
    session = state.session()
    st.title("Controleren")
    assistant, problem = state.assistant_or_none()
    if problem is not None:
        st.error(problem)
    if assistant is None:
        st.info("Er zijn nog geen brieven. Voeg eerst brieven toe op de pagina Brieven.")
        return
    folder = Path()
    names = run_names(folder)
    what, who = st.columns(2)
    chosen = what.selectbox("Wat wilt u controleren?", [CONVERSATION, *names], key="review_what")
    reviewer = who.text_input("Uw naam of initialen", key="reviewer", max_chars=60, autocomplete="off")
    if chosen == CONVERSATION:
        answers = [(str(n + 1), answer) for n, answer in enumerate(session.conversation.answers)]
        file = review.conversation_file(folder, session.token)
    else:
        try:
            run = load_run(folder, chosen)
        except KamerbriefError as error:
            st.error(str(error))
            return
        answers = [(str(content["id"]), review.stored_answer(content)) for content in run.answers]
        file = review.run_file(folder, chosen)
    items = review.items_of(answers)
    if not items:
        st.info(
            "Dit gesprek heeft nog geen bronnen. Stel eerst een vraag, of kies een evaluatie."
            if chosen == CONVERSATION
            else "Deze evaluatie heeft geen bronnen."
        )
        return
    _review(assistant, items, file, chosen, reviewer.strip() or "onbekend")


def _review(assistant: "Assistant", items: list[Item], file: Path, chosen: str, reviewer: str) -> None:
    judgements = review.read(file)
    mine = {key: judgement for (key, who), judgement in review.latest(judgements).items() if who == reviewer}
    if st.session_state.get("review_of") != (chosen, reviewer):
        st.session_state.review_of = (chosen, reviewer)
        st.session_state.review_at = review.next_open(items, mine, -1)
    at = min(st.session_state.review_at, len(items) - 1)
    item = items[at]
    _tally(items, judgements, reviewer)
    mistake = st.session_state.pop("review_mistake", None)
    if mistake:
        st.error(mistake)

    def step(by: int) -> None:
        st.session_state.review_at = (at + by) % len(items)

    def verdict(given: Verdict) -> None:
        try:
            review.append(file, review.judge(item, given, st.session_state.get(remark_key, ""), reviewer))
        except KamerbriefError as error:
            st.session_state.review_mistake = str(error)
            return
        st.session_state.review_at = review.next_open(items, {*mine, item.key}, at)

    def pressed() -> None:
        sent = st.session_state.review_pane.verdict
        if sent in ("next", "previous"):
            step(1 if sent == "next" else -1)
        elif sent is not None:
            verdict(Verdict(sent))

    before = mine.get(item.key)
    remark_key = f"remark_{item.key}"
    if before is not None and remark_key not in st.session_state:
        st.session_state[remark_key] = before.remark
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.button("Vorige (k)", key="previous", on_click=step, args=(-1,))
        st.button("Volgende (j)", key="next", on_click=step, args=(1,))
        st.button("Goed (g)", key="good", type="primary", icon=":material/check:", on_click=verdict, args=(Verdict.GOOD,))
        st.button("Fout (f)", key="wrong", icon=":material/close:", on_click=verdict, args=(Verdict.WRONG,))
        st.button("Twijfel (t)", key="doubt", icon=":material/question_mark:", on_click=verdict, args=(Verdict.DOUBT,))
        st.text_input("Opmerking", key=remark_key, max_chars=1000, autocomplete="off")
    st.caption(_state_words(item, at, len(items), before))
    names = {info.name for info in assistant.index.letters()}
    letter = assistant.index.letter(item.citation.letter) if item.citation.letter in names else None
    if letter is None and item.citation.letter is not None:
        st.warning(
            f"De brief {escape_markdown(item.citation.letter)} staat niet in deze index; alleen het citaat is te zien."
        )
    titles = choices_of(assistant.index.letters()).title_of
    component.show(component.review_data(item.answer, item.citation, letter, titles), "review_pane", _nothing, pressed)
    st.caption("Toetsen: klik eerst in het antwoord of de brief. g = goed, f = fout, t = twijfel, j = volgende, k = vorige.")
    with st.expander("Maak er een goudvraag van", icon=":material/star:"):
        _to_gold(item)


def _state_words(item: Item, at: int, count: int, before: Judgement | None) -> str:
    words = f"Bron {at + 1} van {count}, vraag {escape_markdown(item.source)}. "
    if before is None:
        return words + "Nog geen oordeel."
    remark = f" Opmerking: {escape_markdown(before.remark)}" if before.remark else ""
    return words + f"Uw oordeel: **{VERDICTS[before.verdict]}**.{remark}"


def _tally(items: list[Item], judgements: list[Judgement], reviewer: str) -> None:
    counts = review.tally(items, judgements, reviewer)
    st.progress(counts.judged / counts.items, text=f"{counts.judged} van {counts.items} bronnen beoordeeld")
    words = [f"{VERDICTS[verdict]}: {count}" for verdict, count in counts.verdicts.items()]
    if counts.shared:
        kappa = "" if counts.kappa is None else f", kappa {counts.kappa:.2f}".replace(".", ",")
        words.append(f"eens met anderen: {counts.agreed} van {counts.shared}{kappa}")
    st.caption(" · ".join(words))


def _to_gold(item: Item) -> None:
    st.write(
        "Een goudvraag is een vraag waarvan het goede antwoord vaststaat. "
        f"De vraag, het antwoord en deze bron komen in {GOLD_FILE}."
    )
    with st.form(f"gold_{item.key}"):
        answer = st.text_area(
            "Het goede antwoord", value=" ".join(s.text for s in item.statements), key=f"answer_{item.key}"
        )
        facts = st.text_input(
            "Wat moet erin staan? Scheid feiten met ; en andere schrijfwijzen met |",
            placeholder="18 miljoen | 18 mln; 2027",
            key=f"facts_{item.key}",
        )
        kind = st.selectbox(
            "Soort vraag", [kind for kind in KINDS if kind not in (UNANSWERABLE, "vervolg")], key=f"kind_{item.key}"
        )
        if st.form_submit_button("Bewaar goudvraag", key=f"keep_{item.key}"):
            try:
                keep(Path(GOLD_FILE), gold_question(item, answer, facts, kind))
            except KamerbriefError as error:
                st.error(str(error))
            else:
                st.success(f"Bewaard in {GOLD_FILE}.")


def _nothing() -> None:
    """A single source has no earlier turns."""


draw()
