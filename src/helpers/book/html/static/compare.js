// The two documents in two columns: a reader chooses a letter, party, person or topic that both mention, both columns
// scroll to a pair of paragraphs, and the words are marked. Without this file the pairs are a table.
"use strict";

window.compareColumns = (() => {
  const { make, makeButton } = window.pageTools;
  const { root } = window.quotations;
  const KINDS = ["letter", "party", "person", "topic"]; // a letter says most
  const isCalm = matchMedia("(prefers-reduced-motion: reduce)");

  const textOf = ({ segments }) => segments.map((part) => [part].flat()[0]).join("");

  /** Return a text with some of its words marked. */
  function mark(text, places) {
    const parts = [];
    let at = 0;
    for (const [start, end] of places) {
      parts.push(text.slice(at, start), make("mark", {}, text.slice(start, end)));
      at = end;
    }
    return [...parts, text.slice(at)];
  }

  /** Return what both documents mention, by kind: its key and the pairs of paragraphs that mention it. */
  function listShared({ rows }) {
    const found = new Map();
    for (const { ids, shared } of rows) {
      for (const [kind, key] of shared) {
        if (!found.has(kind)) found.set(kind, new Map());
        if (!found.get(kind).has(key)) found.get(kind).set(key, []);
        found.get(kind).get(key).push(ids);
      }
    }
    return found;
  }

  function makeColumn(documentId, title) {
    const lines = window.paragraphs.filter(({ id }) => id.startsWith(`${documentId}-p`));
    const paragraphs = new Map(
      lines.map((line) => {
        const number = make("a", { href: root + line.address, "aria-label": `${title}, ${line.label.split(", ").at(-1)}` }, line.id.replace(/.*-p0*/u, ""));
        return [line.id, { line, words: make("span"), part: make("p", {}, number, " ") }];
      }),
    );
    for (const { part, words } of paragraphs.values()) part.append(words);
    const column = make("div", { class: "compared", role: "region", "aria-label": title, tabindex: "0" }, ...[...paragraphs.values()].map(({ part }) => part));
    return { column, paragraphs, title };
  }

  return (section) => {
    const table = window.explorerTables.parallels;
    const labels = Object.fromEntries(table.asked.find(({ name }) => name === "by").choices.map(([label, kind]) => [kind, label]));
    const shared = listShared(table);
    const columns = table.rows[0].ids.map((id, i) => makeColumn(id.replace(/-p\d+$/u, ""), table.columns[i + 1]));

    const list = make("select", { id: "compare-what" });
    for (const kind of KINDS.filter((kind) => shared.has(kind))) {
      const options = [...shared.get(kind).keys()].map((key) => make("option", { value: JSON.stringify([kind, key]) }, table.names[key] ?? key));
      list.append(make("optgroup", { label: labels[kind] }, ...options));
    }
    const status = make("p", { role: "status" });
    let [pairs, at] = [[], 0];

    function show() {
      const [kind, key] = JSON.parse(list.value);
      pairs = shared.get(kind).get(key);
      at = (at + pairs.length) % pairs.length;
      columns.forEach(({ column, paragraphs }, i) => {
        for (const [id, { line, words, part }] of paragraphs) {
          const isShared = pairs.some((pair) => pair[i] === id);
          words.replaceChildren(...mark(textOf(line), isShared ? (table.places[kind]?.[key]?.[id] ?? []) : []));
          part.classList.toggle("shares", isShared);
          part.classList.toggle("now", pairs[at][i] === id);
        }
        const { part } = paragraphs.get(pairs[at][i]);
        column.scrollTo({ top: part.offsetTop - 8, behavior: isCalm.matches ? "instant" : "smooth" });
      });
      const [one, other] = pairs[at].map((id, i) => `${columns[i].title}, paragraph ${id.replace(/.*-p0*/u, "")}`);
      status.textContent = `Pair ${at + 1} of ${pairs.length}: ${one}, and ${other}.`;
    }

    const step = (by) => () => {
      at += by;
      show();
    };
    list.addEventListener("change", () => {
      at = 0;
      show();
    });
    const form = make("form", { class: "asked", "aria-label": table.title }, make("p", {}, make("label", { for: list.id }, "Both mention"), list));
    form.append(make("p", { class: "compare-steps" }, makeButton("Previous pair", step(-1)), " ", makeButton("Next pair", step(1))));
    form.addEventListener("submit", (event) => event.preventDefault());
    section.querySelector(".built").after(form, status, make("div", { class: "compared-both" }, ...columns.map(({ column }) => column)));
    section.classList.add("is-asked");
    show();
  };
})();
