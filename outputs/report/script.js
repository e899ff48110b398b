"use strict";
const party = document.getElementById("party");
const acts = [...document.querySelectorAll("input[name=act]")];
const cards = [...document.querySelectorAll(".card")];
function filter() {
  const wanted = new Set(acts.filter((box) => box.checked).map((box) => box.value));
  let count = 0;
  for (const card of cards) {
    const bound = !party.value || card.dataset.parties.split(" | ").includes(party.value);
    card.hidden = !(bound && wanted.has(card.dataset.act));
    count += card.hidden ? 0 : 1;
  }
  for (const release of document.querySelectorAll(".release")) {
    const own = [...release.querySelectorAll(".card")];
    release.hidden = own.length > 0 && own.every((card) => card.hidden);
  }
  document.getElementById("count").textContent = count;
}
// A link into a folded text has to unfold it first.
function unfold() {
  const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const folded = target && target.closest("details");
  if (folded) { folded.open = true; target.scrollIntoView(); }
}
document.getElementById("filters").addEventListener("change", filter);
document.getElementById("filters").addEventListener("submit", (event) => event.preventDefault());
addEventListener("hashchange", unfold);
filter();
unfold();
