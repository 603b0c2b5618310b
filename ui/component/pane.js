// The answer beside the letter. Data comes from ui/letter_view.py; every text goes in through textContent, nothing is
// fetched, and a click on a source is answered here, without the server.
//
// data.mode: "answer" (answer left, letters right), "letter" (a letter alone) or "review" (one source, judged with keys).
// Sent to Python: trigger "turn" (number of an earlier exchange), trigger "verdict" ("good" | "wrong" | "doubt" | "next" |
// "previous").

const memory = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".pane");
  const signature = JSON.stringify(data);
  const old = memory.get(root);
  if (old && old.signature === signature) return;
  const fresh = !old || old.id !== data.id;
  const state = {
    signature,
    id: data.id,
    chosen: fresh ? data.chosen : old.state.chosen,
    tab: fresh ? null : old.state.tab,
    query: fresh ? data.query || "" : old.state.query,
    hit: 0,
    from: null,
  };
  memory.set(root, { signature, id: data.id, state });
  new Pane(root, data, state, setTriggerValue).draw(fresh);
}

function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined) continue;
    node.append(typeof child === "object" ? child : document.createTextNode(String(child)));
  }
  return node;
}

class Pane {
  constructor(root, data, state, send) {
    Object.assign(this, { root, data, state, send });
    this.sources = data.answer ? data.answer.sources.filter((source) => source.known) : [];
    if (this.state.chosen === null || this.state.chosen === undefined) {
      this.state.chosen = data.mode === "letter" ? (data.marked ? 1 : null) : this.sources.length ? this.sources[0].n : null;
    }
    this.live = make("p", { class: "unseen", "aria-live": "polite", role: "status" });
  }

  draw(fresh) {
    this.root.className = `pane ${this.data.mode}`;
    this.root.replaceChildren(
      ...[this.data.mode === "letter" ? null : this.left(), this.data.letters.length ? this.right() : null, this.live].filter(Boolean),
    );
    this.root.onkeydown = (event) => this.key(event);
    this.showTab(this.tabOfChosen(), false);
    if (fresh) requestAnimationFrame(() => this.reveal(false));
    if (this.data.mode === "review" && !this.typing()) this.root.focus({ preventScroll: true });
  }

  typing() {
    const active = document.activeElement;
    return Boolean(active && /^(INPUT|TEXTAREA|SELECT)$/.test(active.tagName));
  }

  // ---- the answer

  left() {
    const answer = this.data.answer;
    const parts = [];
    if (this.data.earlier && this.data.earlier.length > 1) parts.push(this.turns());
    if (answer) {
      parts.push(make("h2", { class: "question" }, answer.question));
      if (answer.standalone) {
        parts.push(make("p", { class: "standalone" }, make("span", { class: "label" }, "Gezocht op "), answer.standalone));
      }
      if (answer.filters.length) {
        parts.push(
          make(
            "ul",
            { class: "chips", "aria-label": "Beperkt tot" },
            answer.filters.map((chip) =>
              make("li", { title: chip.source === "question" ? "Uit uw vraag gehaald" : "Door u gekozen" }, chip.words),
            ),
          ),
        );
      }
      parts.push(answer.refusal ? this.refusal(answer.refusal) : this.statements(answer));
      if (answer.warnings.length) {
        parts.push(make("div", { class: "warnings" }, answer.warnings.map((line) => make("p", {}, "Let op: ", line))));
      }
      if (answer.sources.length) parts.push(this.sourceList(answer));
      if (this.data.mode === "answer") parts.push(this.foot(answer));
    }
    return make("section", { class: "answer-side", "aria-label": "Antwoord" }, parts);
  }

  turns() {
    return make(
      "nav",
      { class: "turns", "aria-label": "Vragen in dit gesprek" },
      make(
        "ol",
        {},
        this.data.earlier.map((turn) =>
          make(
            "li",
            {},
            make(
              "button",
              {
                type: "button",
                "aria-current": turn.number === this.data.turn ? "true" : null,
                onclick: () => this.send("turn", turn.number),
              },
              turn.question,
            ),
          ),
        ),
      ),
    );
  }

  statements(answer) {
    return make(
      "div",
      { class: "statements" },
      answer.statements.map((statement) =>
        make(
          "div",
          { class: `statement ${statement.support}` },
          make(
            "p",
            { class: "words" },
            statement.lead ? make("span", { class: "lead" }, statement.lead, " ") : null,
            statement.text,
            statement.citations.map((n) => ["\u00a0", this.marker(n)]),
          ),
          make("p", { class: "support" }, make("strong", {}, statement.word), make("span", {}, ` · ${statement.meaning}`)),
        ),
      ),
    );
  }

  marker(n) {
    const source = this.data.answer.sources.find((one) => one.n === n);
    if (!source || !source.known) {
      return make("span", { class: "marker unknown", title: "Onbekende bron" }, `${n}?`);
    }
    return make(
      "a",
      {
        class: "marker",
        href: source.link,
        "data-n": n,
        "aria-label": `Bron ${n}: ${source.line}`,
        title: source.line,
        onclick: (event) => this.follow(event, n),
      },
      String(n),
    );
  }

  follow(event, n) {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return; // a new tab opens the deep link
    event.preventDefault();
    this.state.from = event.currentTarget;
    this.choose(n, true);
  }

  refusal(refusal) {
    const open = (name) => () => {
      this.showTab(name, true);
      this.side.scrollIntoView({ block: "nearest" });
    };
    return make(
      "div",
      { class: "refusal" },
      make("p", { class: "words" }, refusal.text),
      make("p", { class: "support" }, make("strong", {}, "Geen antwoord"), make("span", {}, ` · ${refusal.reason}`)),
      refusal.nearest.length
        ? [
            make("h3", {}, "Het dichtst in de buurt"),
            make(
              "ul",
              { class: "nearest" },
              refusal.nearest.map((one) =>
                make("li", {}, make("button", { type: "button", class: "plain", onclick: open(one.name) }, one.title)),
              ),
            ),
          ]
        : null,
    );
  }

  sourceList(answer) {
    return make(
      "div",
      { class: "sources" },
      make("h3", {}, "Bronnen"),
      make(
        "ol",
        {},
        answer.sources.map((source) =>
          make(
            "li",
            { class: source.known ? "" : "unknown", "data-source": source.n },
            source.known ? this.marker(source.n) : make("span", { class: "marker unknown" }, `${source.n}?`),
            make(
              "div",
              {},
              make("p", { class: "where" }, source.line),
              source.quote ? make("blockquote", {}, source.quote) : null,
              source.ocr ? make("p", { class: "small" }, "Gescande tekst: kan leesfouten hebben.") : null,
            ),
          ),
        ),
      ),
    );
  }

  foot(answer) {
    const said = make("span", { class: "said", role: "status" });
    const copy = (text, done) => async () => {
      said.textContent = (await toClipboard(text())) ? done : "Kopiëren lukte niet in deze browser.";
    };
    return make(
      "div",
      { class: "foot" },
      make(
        "div",
        { class: "buttons" },
        make("button", { type: "button", class: "copy", onclick: copy(() => answer.copy, "Antwoord gekopieerd.") }, "Kopieer antwoord"),
        make(
          "button",
          { type: "button", class: "share", onclick: copy(() => address(answer.share), "Link naar deze vraag gekopieerd.") },
          "Kopieer link naar vraag",
        ),
      ),
      said,
      make("p", { class: "small reader" }, answer.reader),
    );
  }

  // ---- the letter

  right() {
    this.panel = make("div", { class: "paper", tabindex: "0", role: "region", "aria-label": "Brief" });
    this.tabs =
      this.data.letters.length > 1
        ? make(
            "div",
            { class: "tabs", role: "tablist", "aria-label": "Brieven op datum" },
            this.data.letters.map((letter) =>
              make(
                "button",
                {
                  type: "button",
                  role: "tab",
                  "data-tab": letter.name,
                  onclick: () => this.showTab(letter.name, true),
                  onkeydown: (event) => this.tabKey(event),
                },
                make("span", { class: "tab-date" }, letter.date || "zonder datum"),
                make("span", { class: "tab-title" }, letter.short),
              ),
            ),
          )
        : null;
    this.bar = make("div", { class: "bar" });
    this.side = make("section", { class: "letter-side", "aria-label": "De brief" }, this.tabs, this.bar, this.panel);
    return this.side;
  }

  tabOfChosen() {
    if (this.state.tab) return this.state.tab;
    const source = this.sources.find((one) => one.n === this.state.chosen);
    const first = this.data.letters[0];
    return source && this.letterNamed(source.letter) ? source.letter : first ? first.name : null;
  }

  letterNamed(name) {
    return this.data.letters.find((letter) => letter.name === name);
  }

  showTab(name, byHand) {
    const letter = this.letterNamed(name);
    if (!letter) return;
    this.state.tab = name;
    this.shownLetter = letter;
    if (this.tabs) {
      for (const tab of this.tabs.children) {
        const chosen = tab.dataset.tab === name;
        tab.setAttribute("aria-selected", String(chosen));
        tab.tabIndex = chosen ? 0 : -1;
        if (chosen && byHand) tab.scrollIntoView({ block: "nearest", inline: "nearest" });
      }
    }
    this.drawLetter();
    if (byHand) {
      this.panel.scrollTop = 0;
      const here = this.sources.find((source) => source.letter === name);
      if (here && !this.sources.some((source) => source.n === this.state.chosen && source.letter === name)) this.choose(here.n, false);
      else this.reveal(false);
    }
  }

  tabKey(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const letters = this.data.letters;
    const at = letters.findIndex((letter) => letter.name === this.state.tab);
    const next = letters[(at + step + letters.length) % letters.length];
    this.showTab(next.name, true);
    [...this.tabs.children].find((tab) => tab.dataset.tab === next.name).focus();
  }

  drawLetter() {
    const letter = this.shownLetter;
    this.panel.setAttribute("aria-label", `Brief: ${letter.title}`);
    this.panel.replaceChildren(
      make(
        "header",
        { class: "letter-head" },
        make("h2", {}, letter.title),
        make("dl", {}, letter.facts.map(([label, value]) => make("div", {}, make("dt", {}, label), make("dd", {}, value)))),
        letter.official
          ? make(
              "p",
              {},
              make("a", { href: letter.official, target: "_blank", rel: "noopener noreferrer" }, "Officiële publicatie (nieuw tabblad)"),
            )
          : null,
        letter.ocr
          ? make("p", { class: "notice" }, "Deze brief is van een scan gelezen. De tekst kan leesfouten hebben: vergelijk met het origineel.")
          : null,
        letter.changed
          ? make("p", { class: "notice" }, "Deze brief is veranderd nadat dit antwoord is gegeven. Stel de vraag opnieuw om de passage te zien.")
          : null,
        letter.contradictions.length
          ? make("p", { class: "notice" }, "Deze brief spreekt zichzelf tegen: ", letter.contradictions.join("; "))
          : null,
      ),
      make("div", { class: "sheet", lang: "nl" }, this.blocks(letter)),
    );
    this.drawBar();
  }

  blocks(letter) {
    this.hitCount = 0;
    return letter.blocks.flatMap((block) => [
      ...(block.page ? [make("p", { class: "page" }, `pagina ${block.page}`)] : []),
      this.block(block),
    ]);
  }

  block(block) {
    const tag = block.kind === "heading" ? `h${Math.min(6, 2 + block.level)}` : block.kind === "footnote" ? "aside" : "div";
    const node = make(tag, { class: `block ${block.kind}${block.lines ? " lines" : ""}` });
    if (block.kind === "footnote") node.setAttribute("aria-label", "Voetnoot");
    if (block.who) node.append(make("span", { class: "who" }, block.who));
    const body = block.who ? make("span", { class: "body" }) : node;
    if (block.who) node.append(body);
    const hits = this.hits(block.runs.filter((run) => !run[2]).map((run) => run[0]).join(""));
    let seen = 0; // characters of the block shown so far
    block.runs.forEach(([text, numbers, hidden], index) => {
      // White space at a block's end would be an empty line where lines are kept; hidden, it stays part of the text.
      const end = hidden ? 0 : index === block.runs.length - 1 ? text.trimEnd().length : text.length;
      const nodes = this.cut(text.slice(0, end), seen, hits);
      if (end < text.length) nodes.push(make("span", { hidden: true }, text.slice(end)));
      if (!hidden) seen += text.length;
      if (!numbers.length) {
        body.append(...nodes);
        return;
      }
      body.append(make("mark", { "data-n": numbers.join(" "), tabindex: "-1" }, nodes));
      const next = block.runs[index + 1];
      const ending = numbers.filter((n) => !next || !next[1].includes(n));
      if (ending.length && this.data.mode !== "letter") body.append(make("sup", { class: "number", "aria-hidden": "true" }, ending.join(", ")));
    });
    return node;
  }

  // Where the searched words stand in the text of a block as it is seen: [from, to, number of the hit].
  hits(text) {
    const query = this.state.query.trim();
    if (query.length < 2) return [];
    const words = query.split(/\s+/).map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    return [...text.matchAll(new RegExp(words.join("\\s+"), "giu"))].map((match) => [match.index, match.index + match[0].length, this.hitCount++]);
  }

  // `text`, which begins at `at` in its block, with the parts that are hit wrapped.
  cut(text, at, hits) {
    const nodes = [];
    let done = 0;
    for (const [from, to, number] of hits) {
      const left = Math.max(from - at, done);
      const right = Math.min(to - at, text.length);
      if (left >= right) continue;
      if (left > done) nodes.push(document.createTextNode(text.slice(done, left)));
      nodes.push(make("span", { class: "found", "data-hit": number }, text.slice(left, right)));
      done = right;
    }
    if (done < text.length) nodes.push(document.createTextNode(text.slice(done)));
    return nodes;
  }

  drawBar() {
    const parts = [];
    const here = this.sources;
    if (here.length > 1 && this.data.mode === "answer") {
      const at = here.findIndex((source) => source.n === this.state.chosen);
      const page = at >= 0 && here[at].page ? ` · pagina ${here[at].page}` : "";
      parts.push(
        make(
          "div",
          { class: "steps" },
          make("button", { type: "button", class: "step", "aria-label": "Vorige bron (k)", onclick: () => this.step(-1) }, "‹"),
          make("span", { class: "count" }, at < 0 ? `${here.length} bronnen` : `Bron ${at + 1} van ${here.length}${page}`),
          make("button", { type: "button", class: "step", "aria-label": "Volgende bron (j)", onclick: () => this.step(1) }, "›"),
        ),
      );
    }
    const count = make("span", { class: "count", role: "status" }, this.countWords());
    const input = make("input", {
      type: "search",
      placeholder: "Zoek in deze brief",
      "aria-label": "Zoek in deze brief",
      autocomplete: "off",
      oninput: (event) => {
        this.state.query = event.target.value;
        this.state.hit = 0;
        this.redrawText();
        count.textContent = this.countWords();
        this.showHit();
      },
      onkeydown: (event) => {
        if (event.key === "Enter") {
          event.preventDefault();
          const total = this.hitCount;
          if (total) this.state.hit = (this.state.hit + (event.shiftKey ? total - 1 : 1)) % total;
          this.showHit();
          count.textContent = this.countWords();
        }
        if (event.key === "Escape") {
          event.target.value = "";
          event.target.dispatchEvent(new Event("input"));
        }
        event.stopPropagation();
      },
    });
    input.value = this.state.query;
    const said = make("span", { class: "said", role: "status" });
    if (this.data.mode === "answer") parts.push(make("button", { type: "button", class: "link back", onclick: () => this.back() }, "Naar antwoord"));
    parts.push(make("div", { class: "find" }, input, count));
    parts.push(
      make(
        "button",
        {
          type: "button",
          class: "link",
          onclick: async () => {
            const source = this.sources.find((one) => one.n === this.state.chosen && one.letter === this.shownLetter.name);
            const place = source ? source.link : this.data.mode === "letter" && this.data.marked ? this.data.marked : this.shownLetter.link;
            said.textContent = (await toClipboard(address(place))) ? "Link gekopieerd." : "Kopiëren lukte niet.";
          },
        },
        "Kopieer link",
      ),
      said,
    );
    this.bar.replaceChildren(...parts);
  }

  countWords() {
    if (this.state.query.trim().length < 2) return "";
    const total = this.hitCount;
    return total ? `${this.state.hit + 1} van ${total}` : "niet gevonden";
  }

  redrawText() {
    this.panel.querySelector(".sheet").replaceChildren(...this.blocks(this.shownLetter));
    this.colour();
  }

  showHit() {
    for (const part of this.panel.querySelectorAll(".found")) part.classList.toggle("now", part.dataset.hit === String(this.state.hit));
    const now = this.panel.querySelector(".found.now");
    if (now) this.scrollTo(now);
  }

  // ---- choosing a source

  choose(n, focus) {
    const source = this.sources.find((one) => one.n === n);
    if (!source) return;
    this.state.chosen = n;
    if (!this.letterNamed(source.letter)) {
      this.colour();
      this.live.textContent = `De brief van bron ${n} is niet meer in te zien.`;
      return;
    }
    if (this.state.tab !== source.letter || !this.shownLetter) {
      this.state.tab = source.letter;
      this.showTab(source.letter, false);
    } else {
      this.drawBar();
    }
    this.reveal(focus);
    this.live.textContent = `Bron ${n} staat in beeld: ${source.line}`;
  }

  step(by) {
    if (!this.sources.length) return;
    const at = this.sources.findIndex((source) => source.n === this.state.chosen);
    const next = this.sources[(at + by + this.sources.length) % this.sources.length];
    this.choose(next.n, false);
  }

  colour() {
    for (const mark of this.panel ? this.panel.querySelectorAll("mark") : []) {
      mark.classList.toggle("chosen", mark.dataset.n.split(" ").includes(String(this.state.chosen)));
    }
    for (const marker of this.root.querySelectorAll(".answer-side a.marker")) {
      const chosen = marker.dataset.n === String(this.state.chosen);
      marker.classList.toggle("chosen", chosen);
      if (chosen) marker.setAttribute("aria-current", "true");
      else marker.removeAttribute("aria-current");
    }
  }

  reveal(focus) {
    if (!this.panel) return;
    this.colour();
    const mark = this.panel.querySelector("mark.chosen");
    if (!mark) return;
    this.scrollTo(mark);
    if (focus) {
      mark.focus({ preventScroll: true });
      const narrow = getComputedStyle(this.root).getPropertyValue("--narrow").trim() === "1";
      if (narrow) this.side.scrollIntoView({ block: "start" });
    }
  }

  scrollTo(node) {
    const box = this.panel.getBoundingClientRect();
    const spot = node.getBoundingClientRect();
    this.panel.scrollTop += spot.top - box.top - Math.max(24, box.height * 0.28);
  }

  key(event) {
    const target = event.composedPath()[0];
    if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|TEXTAREA)$/.test(target.tagName)) return;
    if (this.data.mode === "review") {
      const verdict = { g: "good", f: "wrong", t: "doubt", j: "next", k: "previous" }[event.key.toLowerCase()];
      if (verdict) {
        event.preventDefault();
        this.send("verdict", verdict);
      }
      return;
    }
    if (this.data.mode !== "answer") return;
    if (event.key === "j") this.step(1);
    else if (event.key === "k") this.step(-1);
    else if (event.key === "Escape") this.back();
    else return;
    event.preventDefault();
  }

  // To the link that was followed, else to the top of the answer.
  back() {
    const link = this.state.from && this.state.from.isConnected ? this.state.from : this.root.querySelector("a.marker");
    if (link) link.focus({ preventScroll: true });
    (link || this.root).scrollIntoView({ block: "center" });
  }
}

function address(query) {
  const here = new URL("./", window.location.href);
  here.search = query;
  return here.href;
}

async function toClipboard(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Outside https and localhost there is no clipboard interface; the old way still works there.
    const area = make("textarea", { style: "position:fixed;opacity:0", "aria-hidden": "true" });
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  }
}
