// Practice questions: right or wrong at once, and why. The results stay in this browser.
// Without this file a question is a list with folded answers.
"use strict";

{
  const KEPT = "sino-soviet-split-practice";
  const end = document.querySelector(".practice-end");
  const page = end.dataset.page;
  const questions = [...document.querySelectorAll(".practice-question")];

  /** Return the results of all pages; the browser may refuse storage, as in a private window. */
  function load() {
    try {
      return JSON.parse(localStorage.getItem(KEPT)) || {};
    } catch {
      return {};
    }
  }

  let results = load()[page] || {};

  /** Store the results of this page, or keep them until the reader leaves it. */
  function keep(changed) {
    results = changed;
    try {
      localStorage.setItem(KEPT, JSON.stringify({ ...load(), [page]: results }));
    } catch {}
    count();
  }

  function count() {
    const right = questions.filter(({ dataset }) => results[dataset.name] === "right").length;
    end.querySelector("strong").textContent = `${right} of ${questions.length} right`;
  }

  function make(tag, attributes, ...content) {
    const made = document.createElement(tag);
    for (const name in attributes) made.setAttribute(name, attributes[name]);
    made.append(...content);
    return made;
  }

  const button = (type, words) => make("button", { type }, words);
  const words = (item) => (item.querySelector("p") ?? item).textContent.trim();
  const copy = (node) => [...node.cloneNode(true).childNodes];
  const label = (item, ...fields) => item.replaceChildren(make("label", {}, ...fields));
  const content = (item) => make("span", {}, ...(item.querySelector("p") ?? item).childNodes);
  const plain = (text) => text.toLowerCase().replace(/’/g, "'");

  // Each kind makes its fields and returns a function that judges them. It returns true, the paragraphs that
  // say what is wrong, or a text if there is nothing to judge yet.

  const choices = (type) => ({ items, key, why, name }) => {
    const boxes = items.map((item) => {
      const box = make("input", { type, name });
      label(item, box, content(item));
      return box;
    });
    return () => {
      const chosen = boxes.flatMap((box, n) => (box.checked ? [n] : []));
      if (!chosen.length) return "Choose an answer first.";
      const bad = chosen.filter((n) => !key.includes(n));
      if (bad.length) return bad.map(why);
      return chosen.length === key.length || ["What you chose is right, but something is missing."];
    };
  };

  function order({ items, key, why, say }) {
    const list = items[0].parentElement;
    const names = items.map(words);
    const now = () => [...list.children].map((item) => items.indexOf(item));
    items.forEach((item, n) => {
      const buttons = { up: "↑", down: "↓" };
      const move = (where) => {
        if (where === "up") item.previousElementSibling?.before(item);
        else item.nextElementSibling?.after(item);
        buttons[where].focus(); // moving it took the focus away
        say(`${names[n]}: now number ${now().indexOf(n) + 1} of ${items.length}.`);
      };
      for (const where in buttons) {
        const mover = button("button", buttons[where]);
        mover.setAttribute("aria-label", `Move ${where}: ${names[n]}`);
        mover.addEventListener("click", () => move(where));
        mover.addEventListener("keydown", (event) => {
          const towards = { ArrowUp: "up", ArrowDown: "down" }[event.key];
          if (!towards) return;
          event.preventDefault();
          move(towards);
        });
        buttons[where] = mover;
      }
      item.replaceChildren(buttons.up, buttons.down, content(item));
    });
    list.closest("form").addEventListener("reset", () => list.append(...items));
    return () => {
      const given = now();
      const first = given.findIndex((n, place) => n !== key[place]);
      return first < 0 || [`Number ${first + 1} in your list comes later: ${names[given[first]]}.`, why(key.indexOf(given[first]))];
    };
  }

  function match({ items, key, node }) {
    const rights = [...node.querySelectorAll(".practice-rights > li")].map(words);
    for (const part of node.querySelectorAll(".practice-rights, .practice-from")) part.hidden = true;
    const selects = items.map((item) => {
      const select = make("select", {}, make("option", { value: "" }, "Choose"));
      select.append(...rights.map((right, n) => make("option", { value: n }, right)));
      label(item, content(item), select);
      return select;
    });
    return () => {
      if (selects.some((select) => !select.value)) return "Choose one for each first.";
      const bad = items.filter((_, n) => Number(selects[n].value) !== key[n]);
      const again = bad.map((item) => item.querySelector("span").textContent).join("; ");
      return !bad.length || [`${items.length - bad.length} of ${items.length} are right. Look again at: ${again}.`];
    };
  }

  function quote({ key, hint, how, legend }) {
    const area = make("textarea", { rows: 3, "aria-labelledby": legend.id });
    how.after(area);
    return async () => {
      if (!area.value.trim()) return "Write the words first.";
      try {
        await window.quotations.ready();
      } catch {
        return "No quotation can be checked now.";
      }
      const found = window.quotations.verify(area.value);
      if (found.status !== "verbatim") return [found.explanation, hint()];
      const fits = ({ id, text }) =>
        key[id] && (!key[id].length || key[id].some((word) => plain(text).includes(plain(word))));
      return found.paragraphs.some(fits) || ["The words are in the document, but they answer another question.", hint()];
    };
  }

  function number({ node, key, hint, legend }) {
    const field = make("input", { inputmode: "decimal", size: 8, "aria-labelledby": legend.id });
    node.querySelector(".practice-unit").prepend(field, " ");
    return () => {
      const written = field.value.replace(/,(?=\d{3}\b)/g, "").replace(",", ".").match(/-?\d*\.?\d+/g) ?? [];
      if (written.length !== 1) return "Write one number, in digits.";
      return Math.abs(written[0] - key) <= (Number.isInteger(key) ? 0 : Math.abs(key) / 100) || [hint()];
    };
  }

  const KINDS = { choose: choices("radio"), several: choices("checkbox"), order, match, quote, number };

  function ask(node) {
    const answers = node.querySelector("details");
    const [asked, how] = node.querySelectorAll(".practice-ask, .practice-how");
    const legend = make("legend", { id: `${node.id}-asked` }, ...asked.childNodes);
    const fields = make("fieldset", {}, legend);
    const said = make("div", { role: "status", class: "practice-said" });
    const check = button("submit", "Check");
    const show = button("button", "Show the answer");
    const form = make("form", {}, fields, make("p", { class: "practice-tools" }, check, show), said);
    asked.remove();
    fields.append(...[...node.children].filter((part) => part !== answers));
    node.prepend(form);

    const say = (...paragraphs) => said.replaceChildren(...paragraphs.map((one) => make("p", {}, ...[one].flat())));
    const reasons = answers.querySelectorAll(".practice-why");
    const judge = KINDS[node.dataset.kind]({
      node, how, legend, say,
      name: node.id,
      key: JSON.parse(node.dataset.key),
      items: [...node.querySelectorAll(".practice-offered > li")],
      why: (n) => copy(reasons[n]),
      hint: () => copy(node.querySelector(".practice-hint")),
    });

    function settle(result) {
      const isOver = result === "right" || result === "shown";
      said.className = `practice-said ${result}`;
      answers.hidden = !isOver;
      answers.open = show.hidden = fields.disabled = isOver;
      check.textContent = isOver ? "Answer it again" : result ? "Check again" : "Check";
      if (result) keep({ ...results, [node.dataset.name]: result });
    }

    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      if (fields.disabled) {
        settle("");
        say();
        form.reset();
        return fields.elements[0].focus();
      }
      const judged = await judge();
      if (typeof judged === "string") return say(judged);
      settle(judged === true ? "right" : "wrong");
      if (judged === true) say([make("strong", {}, "Right."), " The reasons are below."]);
      else say([make("strong", {}, "Not right yet.")], ...judged);
    });
    show.addEventListener("click", () => {
      check.focus(); // the pressed button disappears
      settle("shown");
      say("The answer is below.");
    });
    settle("");
    if (results[node.dataset.name] === "right") how.append(" You had this right last time.");
  }

  questions.forEach(ask);
  count();
  end.hidden = false;
  end.querySelector("button").addEventListener("click", () => keep({}));

  // On paper the answers come last.
  const folded = questions.map((node) => [node, node.querySelector("details")]);
  addEventListener("beforeprint", () => {
    for (const [, answers] of folded) document.querySelector(".practice-key").append(answers);
  });
  addEventListener("afterprint", () => {
    for (const [node, answers] of folded) node.append(answers);
  });
}
