"use strict";
// Which commitments are shown, in which order. A page that has some sets `cards`, and says with `lay`,
// `settle` and `restore` how it shows them.
const at = (id) => document.getElementById(id);
const form = at("filters");
const data = JSON.parse(at("data").textContent);
const WORDS = JSON.parse(form.dataset.words); // what acts, scopes and outcomes mean
const table = document.querySelector("table");
const wide = matchMedia("(min-width: 64rem)");
const FACETS = Object.entries({
  party: "parties", second: "parties", to: "counterparts", act: "act", dialogue: "dialogues", publisher: "publisher", scope: "scope", outcome: "outcome",
}).filter(([name]) => at(name));
const byDay = (a, b) => (a < b ? -1 : Number(a > b));
const ORDERS = {
  newest: (a, b) => byDay(b.published, a.published),
  due: (a, b) => byDay(a.due_end || "9", b.due_end || "9"),
  party: (a, b) => a.parties.join().localeCompare(b.parties.join()),
  act: (a, b) => a.act.localeCompare(b.act),
};
let cards = [];
let shown = [];

function values(card, key) {
  const value = card[key];
  return Array.isArray(value) ? value : [value].filter(Boolean);
}

function searchable(row) {
  const text = [row.what, row.sentence, row.title, row.due_text, ...row.parties, ...row.counterparts, ...row.dialogues];
  return { ...row, text: text.join(" ").toLowerCase() };
}

// What the form asks, without what is left open.
function asked() {
  return Object.fromEntries([...new FormData(form)].filter(([, value]) => value));
}

function within(first, last, from, to) {
  if (!from && !to) return true;
  return Boolean(last) && (!from || last >= from) && (!to || (first || last) <= to);
}

// Single words, and "whole phrases" as one.
function wordsOf(query = "") {
  return (query.toLowerCase().match(/"[^"]+"|[^\s"]+/g) ?? []).map((word) => word.replaceAll('"', ""));
}

function keeps(card, want, words, but) {
  return FACETS.every(([name, key]) => name === but || !want[name] || values(card, key).includes(want[name]))
    && within(card.published, card.published, want.since, want.until)
    && within(card.due_start, card.due_end, want.due_from, want.due_to)
    && words.every((word) => card.text.includes(word));
}

function tally(list) {
  const counts = new Map();
  for (const value of list) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

// Each choice says how many commitments it would leave.
function recount(want, words) {
  for (const [name, key] of FACETS) {
    const left = want[name] ? cards.filter((card) => keeps(card, want, words, name)) : shown;
    const counts = tally(left.flatMap((card) => values(card, key)));
    for (const option of [...at(name).options].slice(1)) {
      const count = counts.get(option.value) ?? 0;
      option.textContent = `${[option.value, WORDS[option.value]].filter(Boolean).join(": ")} (${count})`;
      option.hidden = !count && option.value !== want[name];
    }
  }
}

function fillChoices() {
  for (const [name, key] of FACETS) {
    const known = [...new Set(cards.flatMap((card) => values(card, key)))].sort((a, b) => a.localeCompare(b));
    at(name).append(...known.map((value) => new Option(value, value)));
  }
}

function element(tag, text, css = "") {
  const node = document.createElement(tag);
  node.textContent = text;
  node.className = css;
  return node;
}

// Rows of a table, each release above those of its commitments that follow one another.
function rows(some) {
  return some.flatMap((card, i) => (card.release_id === some[i - 1]?.release_id ? [row(card)] : [sourceRow(card), row(card)]));
}

function sourceRow(card) {
  const line = element("tr", "", "source");
  const cell = element("td", [card.publisher || "publisher unknown", card.day || "no date"].map((text) => ` · ${text}`).join(""));
  cell.colSpan = table.rows[0].cells.length;
  cell.prepend(element("b", card.title || card.source));
  line.append(cell);
  return line;
}

function row(card) {
  const link = element("a", card.what);
  link.href = linkOf(card);
  const what = element("td", `${card.trigger} `.trimStart(), "what");
  what.append(link);
  const line = element("tr", "");
  line.append(
    element("td", card.parties.join(", ")), what, element("td", card.told, `act ${card.act}`),
    element("td", card.agreed, "day"), element("td", [card.due, card.became].filter(Boolean).join("; ")),
    element("td", card.counterparts.join(", ")),
  );
  return line;
}

function describe(want) {
  const label = (name) => at(name)?.labels?.[0].firstChild.textContent;
  return Object.entries(want).filter(([name]) => name !== "sort" && label(name)).map(([name, value]) => `${label(name)}: ${value}`).join(" · ");
}

// The form as a link asks.
function ask(state) {
  form.reset();
  for (const [name, value] of state) if (form.elements[name]) form.elements[name].value = value;
  at("more").open = [...state].some(([name]) => at("more").contains(at(name)));
  at("glance").open = state.has("glance");
}

// The state of the page as a link.
function keepLink(more = {}) {
  const glance = at("glance").open ? { glance: "open" } : {};
  history.replaceState(null, "", `#${new URLSearchParams({ ...asked(), ...glance, ...more })}`);
}

function show() {
  const want = asked();
  const words = wordsOf(want.q);
  shown = cards.filter((card) => keeps(card, want, words)).sort(ORDERS[want.sort] ?? (() => 0));
  document.documentElement.classList.toggle("as-table", want.view === "table");
  lay(want);
  const sources = new Set(shown.map((card) => card.release_id)).size;
  at("count").textContent = shown.length;
  at("sources").textContent = `in ${sources} ${sources === 1 ? "release" : "releases"}`;
  at("asked").textContent = describe(want);
  at("none").hidden = shown.length > 0 || cards.length === 0;
  recount(want, words);
  if (at("glance").open) draw(want);
  settle();
}

// A spreadsheet runs a cell that begins so as a formula.
function csvCell(value) {
  const text = [value ?? ""].flat().join("; ");
  return `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
}

function csv() {
  const columns = JSON.parse(table.dataset.columns);
  const lines = [columns, ...shown.map((card) => columns.map((name) => card[name]))];
  return `\ufeff${lines.map((line) => line.map(csvCell).join(",")).join("\r\n")}\r\n`;
}

function download() {
  const link = element("a", "");
  link.href = URL.createObjectURL(new Blob([csv()], { type: "text/csv" }));
  link.download = "commitments.csv";
  link.click();
  URL.revokeObjectURL(link.href);
}

// Once `cards` are there.
function begin() {
  fillChoices();
  form.addEventListener("input", show);
  form.querySelector("[type=reset]").addEventListener("click", () => setTimeout(show));
  form.addEventListener("submit", (event) => event.preventDefault());
  at("glance").addEventListener("toggle", () => { draw(asked()); settle(); });
  at("download").addEventListener("click", download);
  at("print").addEventListener("click", () => print());
  addEventListener("hashchange", restore);
  addEventListener("beforeprint", () => table.tBodies[0].replaceChildren(...rows(shown)));
  document.documentElement.classList.add("live");
  restore();
}
