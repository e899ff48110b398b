"use strict";
const at = (id) => document.getElementById(id);
const form = at("filters");
const WORDS = JSON.parse(form.dataset.words); // what acts and scopes mean
const table = document.querySelector("table");
const cards = [...document.querySelectorAll(".card")].map((node) => {
  const row = JSON.parse(node.dataset.row);
  const text = [row.what, row.sentence, row.title, row.due_text, ...row.parties, ...row.counterparts, ...row.dialogues];
  return { ...row, node, text: text.join(" ").toLowerCase() };
});
const byId = new Map(cards.map((card) => [card.commitment_id, card]));
const FACETS = Object.entries({
  party: "parties", second: "parties", to: "counterparts", act: "act", dialogue: "dialogues", publisher: "publisher", scope: "scope",
}).filter(([name]) => at(name));
const ORDERS = {
  newest: (a, b) => b.published.localeCompare(a.published),
  due: (a, b) => (a.due_end || "9").localeCompare(b.due_end || "9"),
  party: (a, b) => a.parties.join().localeCompare(b.parties.join()),
  act: (a, b) => a.act.localeCompare(b.act),
};
const wide = matchMedia("(min-width: 64rem)");
let chosen = null;
let shown = cards;
let order; // in which the cards lie: moving thousands of them takes a second

const values = (card, key) => [card[key]].flat().filter(Boolean);
const year = (card) => card.due_end.slice(0, 4);

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
    const left = cards.filter((card) => keeps(card, want, words, name));
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

function bars(id, counts, order) {
  const most = Math.max(...counts.values());
  at(id).replaceChildren(...[...counts].sort(order).slice(0, 8).map(([label, count]) => {
    const bar = element("span", "", `bar-of ${label}`);
    bar.style.width = `${(100 * count) / most}%`;
    const item = element("li", "");
    item.append(element("span", `${label}: `), element("b", count), bar);
    return item;
  }));
  if (!counts.size) at(id).append(element("li", "none"));
}

function pairs(card) {
  const who = [...card.parties].sort();
  return who.flatMap((one, i) => who.slice(i + 1).map((other) => `${one} – ${other}`));
}

function draw() {
  const often = (a, b) => b[1] - a[1];
  bars("by-act", tally(shown.map((card) => card.act)), often);
  bars("by-pair", tally(shown.flatMap(pairs)), often);
  bars("by-due", tally(shown.filter((card) => card.due_end).map(year)), (a, b) => a[0].localeCompare(b[0]));
}

function row(card) {
  const cell = (css) => card.node.querySelector(css)?.textContent ?? "";
  const link = element("a", card.what);
  link.href = `#t-${card.commitment_id}`;
  const what = element("td", `${cell(".trigger-word")} `.trimStart(), "what");
  what.append(link);
  const line = element("tr", "");
  const [day] = [...card.node.querySelectorAll(".when div")].filter((div) => div.firstChild.textContent === "Agreed");
  line.append(
    element("td", card.parties.join(", ")), what, element("td", cell("dd.act"), `act ${card.act}`),
    element("td", day?.lastChild.textContent ?? "", "day"), element("td", cell(".due")),
    element("td", card.counterparts.join(", ")), element("td", `${card.title || card.source}, ${card.publisher || "publisher unknown"}`),
  );
  return line;
}

function fillTable() {
  table.tBodies[0].replaceChildren(...shown.map(row));
}

// The state of the page as a link: what is asked, and the commitment whose text is open.
function keepLink(want) {
  const state = new URLSearchParams(want);
  if (chosen) state.set("card", chosen.commitment_id);
  history.replaceState(null, "", `#${state}`);
}

function describe(want) {
  const label = (name) => at(name)?.labels?.[0].firstChild.textContent;
  return Object.entries(want).filter(([name]) => name !== "sort" && label(name)).map(([name, value]) => `${label(name)}: ${value}`).join(" · ");
}

function lay(sort) {
  if (sort === order) return;
  order = sort;
  at("cards").append(...cards.toSorted(ORDERS[sort] ?? (() => 0)).map((card) => card.node));
}

function show() {
  const want = asked();
  const words = wordsOf(want.q);
  shown = cards.filter((card) => keeps(card, want, words)).sort(ORDERS[want.sort] ?? (() => 0));
  const kept = new Set(shown);
  for (const card of cards) card.node.hidden = !kept.has(card);
  lay(want.sort);
  document.documentElement.classList.toggle("as-table", want.view === "table");
  if (want.view === "table") fillTable();
  const sources = new Set(shown.map((card) => card.release_id)).size;
  at("count").textContent = shown.length;
  at("sources").textContent = `in ${sources} ${sources === 1 ? "release" : "releases"}`;
  at("asked").textContent = describe(want);
  at("none").hidden = shown.length > 0 || cards.length === 0;
  recount(want, words);
  draw();
  if (!kept.has(chosen)) choose(wide.matches ? shown[0] : null);
  keepLink(want);
}

// Open the text of a commitment with its sentence in view.
function choose(card) {
  for (const node of document.querySelectorAll(".here")) node.classList.remove("here");
  chosen?.node.removeAttribute("aria-current");
  chosen = card ?? null;
  const sentence = chosen ? [...document.querySelectorAll(`.s-${chosen.commitment_id}`)] : [];
  for (const section of document.querySelectorAll(".release")) section.hidden = !section.contains(sentence[0]);
  document.documentElement.classList.toggle("reading", Boolean(chosen));
  if (!chosen) return;
  chosen.node.setAttribute("aria-current", "true");
  for (const piece of sentence) piece.classList.add("here");
  const texts = at("texts");
  texts.scrollTop += sentence[0].getBoundingClientRect().top - texts.getBoundingClientRect().top - texts.clientHeight / 4;
}

// From the link: "#party=…&card=…" as the page writes it, or "#t-…" into the text.
function restore() {
  const link = decodeURIComponent(location.hash.slice(1));
  const state = new URLSearchParams(link.includes("=") ? location.hash.slice(1) : "");
  form.reset();
  for (const [name, value] of state) if (form.elements[name]) form.elements[name].value = value;
  at("more").open = wide.matches || [...state].some(([name]) => at("more").contains(at(name)));
  show();
  const card = byId.get(state.get("card") ?? link.replace(/^[tc]-/, ""));
  if (card) open(card);
}

function open(card) {
  form.elements.view.value = "";
  choose(card);
  show();
  const { top, bottom } = card.node.getBoundingClientRect();
  const free = wide.matches ? innerHeight : innerHeight / 3; // the text covers the rest of a small screen
  if (top < 0 || bottom > free) card.node.scrollIntoView({ block: wide.matches ? "center" : "start" });
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

form.addEventListener("input", show);
form.addEventListener("reset", () => setTimeout(show));
form.addEventListener("submit", (event) => event.preventDefault());
at("download").addEventListener("click", download);
at("print").addEventListener("click", () => print());
at("close").addEventListener("click", () => { const { node } = chosen; choose(null); keepLink(asked()); node.querySelector("h2 a").focus(); });
at("marks").addEventListener("change", ({ target }) => at("pane").classList.toggle(`no-${target.value}`, !target.checked));
at("commitments").addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='#t-']");
  if (!link) return;
  event.preventDefault();
  open(byId.get(link.hash.slice(3)));
  if (!wide.matches) at("texts").focus();
});
addEventListener("keydown", (event) => { if (event.key === "Escape" && chosen && !wide.matches) at("close").click(); });
addEventListener("hashchange", restore);
addEventListener("beforeprint", fillTable);
document.documentElement.classList.add("live");
fillChoices();
restore();
