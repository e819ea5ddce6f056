// The verdict boxes: this browser stores the reader's answers, and the last chapter lists them.
// Without this file each box is a prompt with lines to write on.
"use strict";

const VERDICTS = "sino-soviet-split-verdicts";
const DATE = { day: "numeric", month: "long", year: "numeric" };

/** Return all answers by chapter; the browser may refuse storage, as in a private window. */
function loadVerdicts() {
  try {
    const kept = JSON.parse(localStorage.getItem(VERDICTS));
    return kept && typeof kept === "object" ? kept : {};
  } catch {
    return {};
  }
}

/** Store all answers, and return whether that worked. */
function saveVerdicts(kept) {
  try {
    if (Object.keys(kept).length) localStorage.setItem(VERDICTS, JSON.stringify(kept));
    else localStorage.removeItem(VERDICTS);
    return true;
  } catch {
    return false;
  }
}

const choiceOf = (form) => form.querySelector("input:checked");
const reasonOf = (form) => form.querySelector("textarea");

/** Show an answer in a form, and on the lines that are printed. */
function showVerdict(form, { choice = "", reason = "" } = {}) {
  for (const radio of form.querySelectorAll("input")) radio.checked = radio.value === choice;
  reasonOf(form).value = reason;
  fillPaper(form);
}

function fillPaper(form) {
  const paper = form.parentElement.querySelector(".verdict-paper");
  for (const item of paper.querySelectorAll("li")) {
    item.classList.toggle("chosen", item.dataset.value === choiceOf(form)?.value);
  }
  paper.querySelector(".verdict-line").textContent = reasonOf(form).value;
}

function keepVerdict(form) {
  const kept = loadVerdicts();
  const answer = {
    choice: choiceOf(form)?.value ?? "",
    reason: reasonOf(form).value.trim(),
    date: new Date().toISOString(),
    page: pageTitle(),
  };
  if (answer.choice || answer.reason) kept[form.dataset.slug] = answer;
  else delete kept[form.dataset.slug];
  const status = form.querySelector(".verdict-status");
  const isLong = answer.reason.length > Number(reasonOf(form).dataset.most);
  const said = isLong ? "Kept in full, though it is longer than asked." : "Kept.";
  status.textContent = saveVerdicts(kept) ? said : "This browser does not keep answers: print the page, or copy your answer.";
  fillPaper(form);
  showRecord();
}

/** Return the title of this page, without the sign of its link. */
function pageTitle() {
  const title = document.querySelector("h1")?.cloneNode(true);
  title?.querySelector(".headerlink")?.remove();
  return title?.textContent.trim() ?? "";
}

/** Return what each choice is called. */
function nameChoices() {
  const items = document.querySelectorAll(".verdict-paper li");
  return Object.fromEntries([...items].map((item) => [item.dataset.value, item.textContent]));
}

/** Show in a box what its reader last chose in another one. */
function showLast(form) {
  const words = nameChoices();
  const others = Object.entries(loadVerdicts())
    .filter(([slug, answer]) => slug !== form.dataset.slug && words[answer?.choice])
    .map(([, answer]) => answer)
    .sort((a, b) => String(a.date).localeCompare(String(b.date)));
  const last = others.at(-1);
  const place = form.querySelector(".verdict-last");
  place.hidden = !last;
  if (last) place.textContent = `Last time you chose: ${words[last.choice]}${last.page ? ` (${last.page})` : ""}`;
}

/** Write the answers of all chapters into the list of the last one. */
function showRecord() {
  const record = document.querySelector(".verdict-record");
  if (!record) return;
  const kept = loadVerdicts();
  const words = nameChoices();
  for (const item of record.querySelectorAll("li")) {
    const answer = kept[item.dataset.slug];
    const place = item.querySelector(".verdict-answer");
    place.replaceChildren();
    if (!answer) {
      place.append("not answered yet");
      continue;
    }
    const said = document.createElement("strong");
    said.textContent = words[answer.choice] ?? "No choice yet";
    const date = new Date(answer.date);
    place.append(said, Number.isNaN(date.valueOf()) ? "" : `, ${date.toLocaleDateString("en-US", DATE)}`);
    if (answer.reason) {
      const reason = document.createElement("span");
      reason.className = "verdict-reason";
      reason.textContent = answer.reason;
      place.append(reason);
    }
  }
}

for (const form of document.querySelectorAll(".verdict-form")) {
  form.hidden = false;
  form.parentElement.classList.add("answerable");
  showVerdict(form, loadVerdicts()[form.dataset.slug]);
  showLast(form);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("change", () => keepVerdict(form));
  // A reader who leaves the page while writing loses nothing.
  reasonOf(form).addEventListener("input", () => keepVerdict(form));
}

const record = document.querySelector(".verdict-record");
if (record) {
  record.querySelector(".verdict-tools").hidden = false;
  record.querySelector(".verdict-kept").textContent = "Each answer has the date on which you last changed it.";
  record.querySelector(".verdict-print").addEventListener("click", () => print());
  record.querySelector(".verdict-erase").addEventListener("click", () => {
    if (!confirm("Erase your answers of all chapters from this browser?")) return;
    saveVerdicts({});
    document.querySelectorAll(".verdict-form").forEach((form) => {
      showVerdict(form);
      showLast(form);
    });
    showRecord();
  });
  // An answer that was changed in another tab is shown here too.
  addEventListener("storage", showRecord);
  showRecord();
}
