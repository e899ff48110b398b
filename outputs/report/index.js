// A site's index: its commitments are data, a part of which is shown at a time; the texts are on other pages.
const PART = 50;
let most = PART;

const linkOf = (card) => `pages/${card.release_id}.html#${card.commitment_id}`;

// A copy of the card whose every part is there, without those that this one lacks.
function cardOf(card) {
  const node = at("card").content.firstElementChild.cloneNode(true);
  const told = {
    ...card, who: card.parties.join(", ") || "Party not told", headline: card.title || card.source,
    by: card.publisher || "publisher unknown", on: card.day || "no date",
  };
  for (const slot of node.querySelectorAll("[data-of]")) {
    slot.textContent = [told[slot.dataset.of]].flat().join(", ");
    if (!slot.textContent) (slot.closest(".when div, .to") ?? slot).remove();
  }
  node.id = `c-${card.commitment_id}`;
  node.classList.add(card.act);
  node.querySelector("dd.act").classList.add(card.act);
  node.querySelector("h2 a").href = linkOf(card);
  return node;
}

function fill() {
  const part = shown.slice(0, most);
  const asTable = form.elements.view.value === "table";
  at("cards").replaceChildren(...(asTable ? [] : part.map(cardOf)));
  table.tBodies[0].replaceChildren(...(asTable ? rows(part) : []));
  at("next").hidden = shown.length <= most;
  at("next").textContent = `Show more: ${part.length} of ${shown.length} are shown`;
}

function lay() {
  most = PART;
  fill();
}

function settle() {
  keepLink();
}

function restore() {
  ask(new URLSearchParams(location.hash.slice(1) || `sort=newest${wide.matches ? "&glance=open" : ""}`));
  show();
}

at("next").addEventListener("click", () => { most += PART; fill(); });
addEventListener("afterprint", fill);
cards = data.rows.map((row) => searchable(Object.fromEntries(data.columns.map((name, i) => [name, data.values[row[i]]]))));
begin();
