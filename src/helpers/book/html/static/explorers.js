// Explorers on pages, without Python: a form in place of the built answer, and a new answer for every question.
// The answers are those of helpers.explorers, and tests run one table of cases through both. Rows, labels and
// sentences come from paragraphs.js; only the concordance is computed here (helpers.text.concordance).
"use strict";

window.explorers = (() => {
  const { make, makeButton } = window.pageTools;
  const { ready, root } = window.quotations;

  // --- tables as helpers.html makes them ---

  const SIGNS = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;" };
  const escape = (text) => String(text).replace(/[&<>"']/gu, (sign) => SIGNS[sign]);
  const nameParagraph = (id) => `<code class="paragraph">${escape(id)}</code>`;
  const count = (n, noun) => `${n.toLocaleString("en-US")} ${noun}${n === 1 ? "" : "s"}`;

  function makeTable(caption, columns, rows, { css = "", classes = [], first }) {
    const head = columns.map((name) => `<th scope="col">${escape(name)}</th>`).join("");
    const cell = (html, i) => {
      if (!i) return `<th scope="row">${html}</th>`;
      const label = html ? ` data-label="${escape(columns[i])}"` : "";
      return classes[i] ? `<td class="${classes[i]}"${label}>${html}</td>` : `<td${label}>${html}</td>`;
    };
    const body = rows.map((cells) => `<tr>${cells.map(cell).join("")}</tr>`);
    const table = (name, part) =>
      [
        `<div class="table-scroll" role="region" aria-label="${name}" tabindex="0">`,
        css ? `<table class="${css}">` : "<table>",
        `<caption>${name}</caption>`,
        `<thead>\n<tr>${head}</tr>\n</thead>`,
        "<tbody>",
        ...part,
        "</tbody>\n</table>\n</div>",
      ].join("\n");
    const name = escape(caption);
    if (body.length <= first + 2) return table(name, body);
    const rest = table(`${name}, continued`, body.slice(first));
    const summary = `<details class="more"><summary>Show all ${body.length}</summary>`;
    return `${table(name, body.slice(0, first))}${summary}\n${rest}</details>`;
  }

  // --- the concordance ---

  const UNSPACED =
    "\\u3005-\\u3007\\u3040-\\u30ff\\u31f0-\\u31ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff" +
    "\\u{20000}-\\u{323af}\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff";
  const RUN = `(?![${UNSPACED}])[\\p{L}\\p{N}]`;
  const RUNS = new RegExp(`(?:${RUN})+|[${UNSPACED}]+`, "gu");
  const JOINERS = "'’‘ʼ`´‐‑-";

  /** A place where a word may begin or end; the possessive 's is not part of a word. */
  function edge(joiners) {
    const [joiner, apostrophe] = [`[${joiners}]`, `[${joiners.replace(/[‐‑-]+$/u, "")}]`];
    return (
      `(?:(?<!${RUN})(?<!${RUN}${joiner})|(?<!${RUN})(?!${RUN})` +
      `|(?<=${RUN})(?!${RUN}|(?!${apostrophe}[sS](?!${RUN}))${joiner}${RUN}))`
    );
  }

  const EDGE = new RegExp(edge("'-"), "uy");
  const EDGE_AS_IT_STANDS = edge(JOINERS);
  const isEdge = (pattern, text, at) => {
    pattern.lastIndex = at;
    return pattern.test(text);
  };

  /** Return where a term of plain words occurs in a paragraph. */
  function findWords(text, sought, isWhole) {
    const plain = window.quotations.compare(text);
    const characters = [...plain.text].map((char, i) => ("'-".includes(char) && !JOINERS.includes(text.slice(plain.starts[i], plain.ends[i])) ? " " : char));
    const seen = characters.join("");
    const found = [];
    for (let at = plain.text.indexOf(sought); at >= 0; ) {
      const end = at + sought.length;
      const is = !isWhole || (isEdge(EDGE, seen, at) && isEdge(EDGE, seen, end));
      if (is) found.push([plain.starts[at], plain.ends[end - 1]]);
      at = plain.text.indexOf(sought, is ? end : at + 1);
    }
    return found;
  }

  const PART = "[\\p{L}\\p{N}_]";
  const OPEN = { "*": `${PART}*(?:['’‐‑-]${PART}+)*`, "'": "['’]", "’": "['’]", " ": "\\s+" };

  /** Return where a term with asterisks occurs in a paragraph. */
  function findOpen(text, term, flags) {
    const pattern = [...term].map((char) => OPEN[char] ?? char.replace(/[\\^$.*+?()[\]{}|/]/u, "\\$&")).join("");
    const [open, start] = [new RegExp(`(?:${pattern})${EDGE_AS_IT_STANDS}`, `${flags}g`), new RegExp(EDGE_AS_IT_STANDS, "uy")];
    const found = [];
    for (let match = open.exec(text); match; match = open.exec(text)) {
      const end = match.index + match[0].length;
      const is = match[0] && isEdge(start, text, match.index);
      if (is) found.push([match.index, end]);
      open.lastIndex = is ? end : match.index + 1;
    }
    return found;
  }

  const hasRun = (text) => text.match(RUNS) !== null;
  const letters = (text) => text.normalize("NFKC").match(/[\p{L}\p{N}]/gu)?.join("") ?? "";

  /** Cut the words around a term: at most `window` characters, and no word but one that is longer. */
  function cut(text, start, end, window) {
    let [left, right] = [Math.max(start - window, 0), Math.min(end + window, text.length)];
    const spaces = [...text.matchAll(/\s/gu)].map((space) => space.index);
    const [first, last] = [spaces.find((at) => at >= left - 1) + 1, spaces.findLast((at) => at <= right)];
    if (left > 0 && first < start) left = first;
    if (right < text.length && last > end) right = last;
    return { left: text.slice(left, start), node: text.slice(start, end), right: text.slice(end, right) };
  }

  const ORDERS = { left: (words) => words.reverse(), right: (words) => words };

  function inOrder(lines, sort) {
    const keys = new Map(lines.map((line) => [line, ORDERS[sort](line[sort].toLowerCase().match(RUNS) ?? [])]));
    const compare = (one, other) => {
      const [a, b] = [keys.get(one), keys.get(other)];
      const i = a.findIndex((word, n) => word !== b[n]);
      if (i < 0) return a.length - b.length;
      return b[i] === undefined || a[i] > b[i] ? 1 : -1;
    };
    return lines.sort(compare);
  }

  function concord({ told }, { term, document_id, sort, window: size, case_sensitive }) {
    const sought = window.quotations.compare(term).text;
    if (!sought) throw Error(told);
    const isOpen = term.includes("*") && hasRun(term);
    const lines = [];
    for (const { id, segments } of window.paragraphs) {
      if (!/-p\d+$/u.test(id) || !(document_id === "both" || id.startsWith(`${document_id}-`))) continue;
      const text = segments.map((part) => [part].flat()[0]).join("");
      const found = isOpen ? findOpen(text, term, case_sensitive ? "u" : "iu") : findWords(text, sought, hasRun(sought));
      for (const [start, end] of found) {
        if (case_sensitive && !isOpen && letters(text.slice(start, end)) !== letters(term)) continue;
        lines.push({ id, ...cut(text, start, end, size) });
      }
    }
    return sort ? inOrder(lines, sort) : lines;
  }

  // --- what each explorer answers: a sentence and the rows of its table ---

  const has = (row, asked) => Object.keys(row.has).every((name) => ["all", ...row.has[name]].includes(asked[name]));

  const ANSWERS = {
    concordance: {
      caption: ({ term }) => `Where ${term} occurs`,
      style: { css: "kwic", classes: ["", "kwic-left", "kwic-node", "kwic-right"] },
      find: concord,
      count: (lines) => `${count(lines.length, "line")} in ${count(new Set(lines.map(({ id }) => id)).size, "paragraph")}.`,
      cells: ({ id, left, node, right }) => [nameParagraph(id), ...[left, node, right].map(escape)],
    },
    chronology: {
      caption: () => "Events",
      find({ rows, told }, asked) {
        const { since, until } = asked;
        if (until < since) throw Error(told.replace("{since}", since).replace("{until}", until));
        return rows.filter((row) => row.years[0] <= until && row.years[1] >= since && has(row, asked));
      },
      count: (events) => `${count(events.length, "event")}.`,
      cells: ({ cells }, i) => [i + 1, ...cells],
    },
    letters: {
      caption: ({ title }) => title,
      find: ({ rows }, asked) => rows.filter((row) => has(row, asked)),
      count: (found) => `${count(found.length, "row")}, one for each letter or message.`,
      cells: ({ cells }) => cells,
    },
    parallels: {
      caption: () => "Paragraphs side by side",
      find({ rows, told }, { by, min_shared, paragraph_id }) {
        if (!by.length) throw Error(told);
        return rows
          .filter(({ ids }) => ["any", ids[0]].includes(paragraph_id))
          .map(({ ids, shared }) => ({ ids, shared: shared.filter(([kind]) => by.includes(kind)) }))
          .filter(({ shared }) => shared.length >= min_shared)
          .sort((one, other) => other.shared.length - one.shared.length);
      },
      count: (pairs) => `${count(pairs.length, "pair")} of paragraphs.`,
      cells({ ids, shared }, _i, { names }) {
        const text = (id) => window.paragraphs.find((line) => line.id === id).segments.map((part) => [part].flat()[0]).join("");
        const both = ids.map((id) => `${nameParagraph(id)}<br>${escape(text(id))}`);
        return [shared.map(([, key]) => escape(names[key] ?? key)).join(", "), ...both];
      },
    },
  };

  function check(table, asked) {
    for (const { name, label, kind, limits: [low, high] } of table.asked) {
      if (kind !== "number") continue;
      if (!Number.isInteger(asked[name])) throw Error(`${label}: it is a whole number.`);
      if (asked[name] < low || asked[name] > high) {
        throw Error(`${label}: it is a number from ${low} to ${high}, not ${asked[name]}.`);
      }
    }
  }

  /** Return the sentence and the table with which an explorer answers. */
  function answer(name, asked) {
    const [table, { caption, style, find, count: say, cells }] = [window.explorerTables[name], ANSWERS[name]];
    let [rows, message] = [[], ""];
    try {
      check(table, asked);
      rows = find(table, asked);
      message = say(rows);
    } catch (error) {
      message = error.message;
    }
    const lines = rows.map((row, i) => cells(row, i, table));
    return { message, html: makeTable(caption({ ...table, ...asked }), table.columns, lines, { ...style, first: table.first }) };
  }

  // --- the form ---

  function linkParagraphs(part) {
    for (const code of part.querySelectorAll("code.paragraph")) {
      const line = window.paragraphs.find(({ id }) => id === code.textContent);
      if (!line?.address) continue;
      const link = make("a", { href: root + line.address });
      code.replaceWith(link);
      link.append(code);
    }
  }

  let made = 0;

  /** Return a control with its label, and functions to read and to set its value. */
  function makeControl({ name, label, kind, choices, limits: [low, high] }) {
    const id = `explorer-${++made}-${name}`;
    const labeled = (control) => make("p", {}, make("label", { for: id }, label), control);
    if (kind === "several") {
      const boxes = choices.map(([text, value]) => [value, make("input", { type: "checkbox" }), text]);
      const part = make("fieldset", {}, make("legend", {}, label), ...boxes.map(([, box, text]) => make("label", {}, box, text)));
      const read = () => boxes.filter(([, box]) => box.checked).map(([value]) => value);
      return { name, part, read, set: (values) => boxes.forEach(([value, box]) => (box.checked = values.includes(value))) };
    }
    if (kind === "flag") {
      const box = make("input", { type: "checkbox" });
      return { name, part: make("p", {}, make("label", {}, box, label)), read: () => box.checked, set: (value) => (box.checked = value) };
    }
    if (kind === "one") {
      const list = make("select", { id }, ...choices.map(([text, value]) => make("option", { value }, text)));
      return { name, part: labeled(list), read: () => list.value, set: (value) => (list.value = value) };
    }
    const isNumber = kind === "number";
    const given = isNumber ? { type: "number", min: low, max: high, step: 1 } : { type: "text", autocomplete: "off", spellcheck: "false" };
    const field = make("input", { id, ...given });
    return { name, part: labeled(field), read: () => (isNumber ? field.valueAsNumber : field.value), set: (value) => (field.value = value) };
  }

  /** Put a form in place of the built answer, which stays for paper. */
  function enhance(section) {
    const [name, built] = [section.dataset.explorer, JSON.parse(section.dataset.asked)];
    const { asked, title } = window.explorerTables[name];
    const controls = asked.map(makeControl);
    const status = make("p", { role: "status" });
    const place = make("div", { class: "asked-answer" });
    const fill = (values) => controls.forEach(({ name, set }) => set(values[name]));
    const read = () => Object.fromEntries(controls.map(({ name, read }) => [name, read()]));
    const first = JSON.stringify(Object.fromEntries(asked.map(({ name }) => [name, built[name]])));

    function show() {
      const now = read();
      const { message, html } = answer(name, now);
      status.textContent = message;
      place.innerHTML = html; // escaped, as in Python
      linkParagraphs(place);
      // The picture was drawn for the first question.
      section.classList.toggle("changed", JSON.stringify(now) !== first);
    }

    const again = makeButton("Start again", () => {
      fill(built);
      show();
    });
    const form = make("form", { class: "asked", "aria-label": title }, ...controls.map(({ part }) => part), make("p", {}, again));
    let wait;
    form.addEventListener("input", () => {
      clearTimeout(wait);
      wait = setTimeout(show, 250);
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      clearTimeout(wait);
      show();
    });
    form.noValidate = true; // the status says what is wrong
    const parts = section.querySelectorAll(":scope > .built");
    parts[0].after(form, status);
    parts[1].after(place);
    fill(built);
    show();
    section.classList.add("is-asked");
  }

  /** Enhance an explorer when it comes near; until then, nothing is fetched. */
  const watcher = new IntersectionObserver(
    (seen) => {
      for (const { target, isIntersecting } of seen) {
        if (!isIntersecting) continue;
        watcher.unobserve(target);
        const begin = target.closest(".tag_two-columns") ? window.compareColumns : enhance;
        ready().then(() => target.dataset.explorer in ANSWERS && !JSON.parse(target.dataset.asked).regex && begin(target));
      }
    },
    { rootMargin: "400px" },
  );
  const watch = (part) => part.querySelectorAll("section.explorer[data-explorer]:not(.is-asked)").forEach((one) => watcher.observe(one));
  watch(document);
  // A cell that is run in place gives a new one.
  for (const output of document.querySelectorAll(".cell")) new MutationObserver(() => watch(output)).observe(output, { childList: true, subtree: true });

  return { answer };
})();
