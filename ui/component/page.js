// Names the page's language and replaces the few English words that Streamlit's widgets offer no option for.

let watching = false;

export default function ({ data }) {
  document.documentElement.lang = "nl";
  if (watching) return;
  watching = true;
  const words = JSON.parse(data.words);
  const limit = /^(?:Limit )?(\d+)(?:\.\d+)?\s?MB per file(?: [•·] (.*))?$/;

  const dutch = (text) => {
    const trimmed = text.trim();
    const found = limit.exec(trimmed);
    if (found) return `Hoogstens ${found[1]} MB per bestand${found[2] ? ` · ${found[2]}` : ""}`;
    return Object.hasOwn(words, trimmed) ? words[trimmed] : null;
  };
  const translate = (root) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const to = dutch(node.data);
      if (to && (node.parentElement.closest("button") || !node.parentElement.closest("[data-testid=stMarkdownContainer], [data-testid=stHtml]"))) node.data = to;
    }
    for (const node of root.querySelectorAll("[aria-label], [title], [placeholder], [alt]")) {
      for (const name of ["aria-label", "title", "placeholder", "alt"]) {
        const to = dutch(node.getAttribute(name) || "");
        if (to) node.setAttribute(name, to);
      }
    }
  };
  translate(document.body);
  // On a phone the menu lies over the page; once a page is chosen it has to make way.
  document.addEventListener("click", (event) => {
    if (window.innerWidth > 768 || !event.target.closest("[data-testid=stSidebarNavLink]")) return;
    window.setTimeout(() => document.querySelector("[data-testid=stSidebarCollapseButton] button")?.click(), 200);
  });
  new MutationObserver((changes) => {
    for (const change of changes) for (const node of change.addedNodes) if (node.nodeType === 1) translate(node);
  }).observe(document.body, { childList: true, subtree: true });
}
