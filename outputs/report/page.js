// One file: the cards and the texts are in it.
let chosen = null;
let order; // in which the cards lie: moving thousands of them takes a second

const linkOf = (card) => `#t-${card.commitment_id}`;

// Open the text of a commitment alone, with its sentence in view.
function choose(card) {
  chosen?.node.removeAttribute("aria-current");
  chosen = card ?? null;
  const mark = chosen && document.querySelector(`.s-${chosen.commitment_id}`);
  for (const section of document.querySelectorAll(".release")) section.hidden = !section.contains(mark);
  document.documentElement.classList.toggle("reading", Boolean(chosen));
  openText(chosen?.commitment_id ?? "", at("texts"));
  chosen?.node.setAttribute("aria-current", "true");
}

function lay(want) {
  const kept = new Set(shown);
  for (const card of cards) card.node.hidden = !kept.has(card);
  if (want.view === "table") table.tBodies[0].replaceChildren(...rows(shown));
  if (want.sort === order) return;
  order = want.sort;
  at("cards").append(...cards.toSorted(ORDERS[order] ?? (() => 0)).map((card) => card.node));
}

// The link keeps what is asked, and the commitment whose text is open.
function settle() {
  if (!shown.includes(chosen)) choose(wide.matches ? shown[0] : null);
  keepLink(chosen ? { card: chosen.commitment_id } : {});
}

// From the link: "#party=…&card=…" as the page writes it, or "#t-…" into the text.
function restore() {
  const link = location.hash.slice(1);
  const state = new URLSearchParams(link.includes("=") ? link : "");
  ask(state);
  show();
  const id = state.get("card") ?? link.replace(/^[tc]-/, "");
  const card = cards.find((one) => one.commitment_id === id);
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

at("close").addEventListener("click", () => { const { node } = chosen; choose(null); keepLink(); node.querySelector("h2 a").focus(); });
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='#t-']");
  if (!link) return;
  event.preventDefault();
  open(cards.find((card) => card.commitment_id === link.hash.slice(3)));
  if (!wide.matches) at("texts").focus();
});
addEventListener("keydown", (event) => { if (event.key === "Escape" && chosen && !wide.matches) at("close").click(); });
switchMarks(at("pane"));
cards = [...document.querySelectorAll(".card")].map((node) => ({ ...searchable(JSON.parse(node.dataset.row)), node }));
begin();
