"use strict";
// The list of questions: filter by words, outcome, kind and step; the list works without this as well.
const byId = (id) => document.getElementById(id);
const rows = Array.from(document.querySelectorAll("details.q"));
const fields = ["bucket", "kind", "step"];
const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const texts = rows.map((row) => fold(row.textContent));

function show() {
  const words = fold(byId("words").value).split(/\s+/).filter(Boolean);
  let count = 0;
  rows.forEach((row, at) => {
    const fits = fields.every((field) => !byId(field).value || row.dataset[field] === byId(field).value)
      && words.every((word) => texts[at].includes(word));
    row.hidden = !fits;
    count += fits;
  });
  byId("count").textContent = `${count} van ${rows.length} vragen`;
}

byId("filters").hidden = false;
["words", ...fields].forEach((id) => byId(id).addEventListener("input", show));
byId("filters").addEventListener("reset", () => setTimeout(show));
byId("filters").addEventListener("submit", (event) => event.preventDefault());
byId("open").addEventListener("click", () => {
  const shown = rows.filter((row) => !row.hidden);
  const open = !shown.every((row) => row.open);
  shown.forEach((row) => { row.open = open; });
});
show();
