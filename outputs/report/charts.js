// What the shown commitments come to, each chart with its numbers in words; a bar asks for what it counts.
const MOST_BARS = 8;
const MOST_LINES = 10;
const LEAST_LATE = 3; // of them, where so many are overdue
const BETWEEN = "\n"; // in no name

// Each of `keys` is one value or several for the choices called `names`.
function bars(id, keys, names, joint = "") {
  const counts = tally(keys.map((key) => key.join(BETWEEN)));
  const most = Math.max(...counts.values());
  const first = [...counts].sort((a, b) => b[1] - a[1]).slice(0, MOST_BARS);
  at(id).replaceChildren(...first.map(([key, count]) => {
    const asks = key.split(BETWEEN);
    const button = element("button", "", "bar-line");
    button.type = "button";
    const bar = element("span", "", `bar-of ${WORDS[key] ? key : ""}`);
    bar.style.width = `${(100 * count) / most}%`;
    button.append(element("span", `${asks.join(joint)}${WORDS[key] ? ` (${WORDS[key]})` : ""}: `), element("b", count), bar);
    button.addEventListener("click", () => { names.forEach((name, i) => { at(name).value = asks[i]; }); show(); });
    const item = element("li", "");
    item.append(button);
    return item;
  }));
  if (!counts.size) at(id).append(element("li", "none"));
  if (counts.size > MOST_BARS) at(id).append(element("li", `and ${counts.size - MOST_BARS} more`, "meta"));
}

function pairs(card) {
  const who = [...card.parties].sort();
  return who.flatMap((one, i) => who.slice(i + 1).map((other) => [one, other]));
}

// Lines of a time axis in whole years, with a stroke for today; `day`, `mark` and `label` tell each in words.
function timeline(id, lines) {
  const days = lines.flatMap((line) => [line.first, line.last]).sort();
  const from = Number(days.at(0)?.slice(0, 4));
  const to = Number(days.at(-1)?.slice(0, 4)) + 1;
  const place = (day) => (100 * (Date.parse(day) - Date.UTC(from, 0))) / (Date.UTC(to, 0) - Date.UTC(from, 0));
  const step = Math.ceil((to - from) / 6);
  const axis = element("li", "", "years");
  axis.ariaHidden = "true";
  const scale = element("span", "", "track");
  for (let year = from; year < to; year += step) {
    const tick = element("span", year);
    tick.style.left = `${place(`${year}-01-01`)}%`;
    scale.append(tick);
  }
  axis.append(scale);
  at(id).replaceChildren(...(lines.length ? [axis] : [element("li", "none")]), ...lines.map((line) => {
    const item = element("li", "");
    const track = element("span", "", "track");
    const dot = element("i", "", line.shape);
    dot.style.left = `${place(line.first)}%`;
    dot.style.width = `${place(line.last) - place(line.first)}%`;
    track.append(dot);
    const label = element("span", line.who, "label");
    const what = element(line.link ? "a" : "span", line.what);
    if (line.link) what.href = line.link;
    label.append(what);
    item.append(element("span", line.day, "day"), element("b", line.mark), label, track);
    return item;
  }));
  const now = place(data.as_of);
  at(id).style.setProperty("--now", now >= 0 && now <= 100 ? now / 100 : -1);
}

function drawDue() {
  const dated = shown.filter((card) => card.due_end && card.outcome !== "kept").sort(ORDERS.due);
  const late = dated.filter((card) => card.outcome === "overdue");
  const ahead = dated.filter((card) => card.due_end >= data.as_of);
  const last = late.slice(-Math.max(LEAST_LATE, MOST_LINES - ahead.length));
  const lines = [...last, ...ahead].slice(0, MOST_LINES).map((card) => ({
    first: card.due_start || card.due_end, last: card.due_end, day: card.due, link: linkOf(card),
    mark: card.outcome || "open", shape: card.outcome === "overdue" ? "late" : "ahead",
    who: `${card.parties.join(", ")}: `, what: card.what,
  }));
  const part = ahead.length + late.length > lines.length ? ", of which the nearest are here" : "";
  at("due-note").textContent = `${ahead.length} ahead and ${late.length} overdue${part}, as of ${data.today}, the day of the newest release. Overdue: the day has passed, and no release tells that it was done.`;
  timeline("due", lines);
}

// Of the dialogue that is asked for, else of the one of which something is known on most days.
function drawLife(want) {
  const named = new Set(shown.flatMap((card) => card.dialogues));
  const told = data.events.filter((event) => named.has(event.dialogue));
  const days = [...told.map((event) => `${event.first} ${event.dialogue}`), ...shown.flatMap((card) => card.dialogues.map((name) => `${card.agreed_on} ${name}`))];
  const [most] = [...tally([...new Set(days)].map((day) => day.slice(day.indexOf(" ") + 1)))].sort((a, b) => b[1] - a[1]);
  const name = want.dialogue ?? most?.[0];
  const happened = told.filter((event) => event.dialogue === name).map((event) => ({
    ...event, mark: event.event, who: "", what: event.text, shape: event.event === "scheduled" ? "ahead" : "done",
  }));
  const promised = shown.filter((card) => card.dialogues.includes(name) && card.agreed_on.length === 10).map((card) => ({
    first: card.agreed_on, last: card.agreed_on, day: card.agreed, mark: card.act, link: linkOf(card),
    who: `${card.parties.join(", ")}: `, what: card.what, shape: "said",
  }));
  const lines = [...happened, ...promised].sort((a, b) => a.last.localeCompare(b.last));
  at("g-life").textContent = name ? `The life of: ${name}` : "A dialogue's life";
  const part = lines.length > MOST_LINES ? `The last ${MOST_LINES} of ${lines.length}: what` : "What";
  at("life-note").textContent = name ? `${part} was undertaken about it, and what happened to it. Another: choose it in the filter.` : "";
  timeline("life", lines.slice(-MOST_LINES));
}

function draw(want) {
  bars("by-pair", shown.flatMap(pairs), ["party", "second"], " – ");
  bars("by-to", shown.flatMap((card) => card.parties.flatMap((party) => card.counterparts.map((to) => [party, to]))), ["party", "to"], " → ");
  bars("by-act", shown.map((card) => [card.act]), ["act"]);
  drawDue();
  drawLife(want);
}
