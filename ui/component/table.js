// A table that can be sorted, searched and opened from the keyboard. Data comes from ui/component/table.py; every text goes
// in through textContent. Sent to Python: trigger "pick" (the id of a row).

const memory = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".table");
  const signature = JSON.stringify(data);
  const old = memory.get(root);
  if (old && old.signature === signature) return;
  const state = old && old.id === data.id ? old : { column: data.sort, down: data.down, query: "", only: {} };
  Object.assign(state, { signature, id: data.id });
  memory.set(root, state);
  draw(root, data, state, setTriggerValue);
}

function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  for (const child of children.flat(Infinity)) if (child !== null && child !== undefined) node.append(child);
  return node;
}

function draw(root, data, state, send) {
  const body = make("tbody");
  const heads = data.columns.map((column, index) =>
    make(
      "th",
      { scope: "col", class: column.kind },
      make(
        "button",
        {
          type: "button",
          onclick: () => {
            state.down = state.column === index ? !state.down : column.kind === "number";
            state.column = index;
            fill();
          },
        },
        column.label,
        make("span", { "aria-hidden": "true", class: "arrow" }),
      ),
    ),
  );
  const count = make("p", { class: "count", role: "status" });
  const input = make("input", {
    type: "search",
    "aria-label": data.search,
    placeholder: data.search,
    autocomplete: "off",
    oninput: (event) => {
      state.query = event.target.value;
      fill();
    },
  });
  input.value = state.query;

  const choosers = data.columns.flatMap((column, index) => {
    const values = [...new Set(data.rows.map((row) => row.cells[index].text))].filter(Boolean).sort((a, b) => a.localeCompare(b, "nl"));
    if (!column.choose || values.length < 2) return [];
    const select = make(
      "select",
      {
        "aria-label": `Alleen met deze ${column.label.toLowerCase()}`,
        onchange: (event) => {
          state.only[index] = event.target.value;
          fill();
        },
      },
      make("option", { value: "" }, `${column.label}: alle`),
      values.map((value) => make("option", { value }, value)),
    );
    select.value = state.only[index] || "";
    return [select];
  });

  function fill() {
    const words = state.query.toLowerCase().split(/\s+/).filter(Boolean);
    const chosen = Object.entries(state.only).filter(([, value]) => value);
    const rows = data.rows.filter(
      (row) => words.every((word) => row.find.includes(word)) && chosen.every(([index, value]) => row.cells[index].text === value),
    );
    if (state.column !== null) {
      const key = (row) => row.cells[state.column].sort;
      rows.sort((a, b) => {
        const [x, y] = [key(a), key(b)];
        if (x === y) return 0;
        if (x === null) return 1; // what is unknown stands last, whichever way is up
        if (y === null) return -1;
        const order = typeof x === "number" ? x - y : String(x).localeCompare(String(y), "nl", { numeric: true });
        return state.down ? -order : order;
      });
    }
    heads.forEach((head, index) => {
      if (index === state.column) head.setAttribute("aria-sort", state.down ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    });
    body.replaceChildren(
      ...rows.map((row) =>
        make(
          "tr",
          { class: row.tone || null },
          row.cells.map((cell, index) =>
            make(
              index === 0 ? "th" : "td",
              { class: data.columns[index].kind, scope: index === 0 ? "row" : null, "data-label": data.columns[index].label },
              index === 0 && data.pick
                ? make("button", { type: "button", class: "open", onclick: () => send("pick", row.id) }, cell.text)
                : cell.text,
            ),
          ),
        ),
      ),
    );
    count.textContent = rows.length === data.rows.length ? `${rows.length} ${data.noun}` : `${rows.length} van ${data.rows.length} ${data.noun}`;
  }

  root.replaceChildren(
    make("div", { class: "top" }, data.rows.length > 5 ? [input, choosers] : null, count),
    make(
      "div",
      { class: "scroll", tabindex: "0", role: "region", "aria-label": data.caption },
      make("table", {}, make("caption", { class: "unseen" }, data.caption), make("thead", {}, make("tr", {}, heads)), body),
    ),
  );
  fill();
}
