"use strict";
// The page of one release: a link into its text opens it there.
function follow() {
  const id = location.hash.slice(1).replace(/^[tc]-/, "");
  document.querySelector("[aria-current]")?.removeAttribute("aria-current");
  const card = document.getElementById(`c-${id}`);
  card?.setAttribute("aria-current", "true");
  card?.scrollIntoView({ block: "nearest" });
  openText(id, document.getElementById("texts"));
}

addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='#t-']");
  if (!link || !matchMedia("(min-width: 64rem)").matches) return; // on a small screen the text lies below
  event.preventDefault();
  history.replaceState(null, "", `#${link.hash.slice(3)}`);
  follow();
});
switchMarks(document.getElementById("pane"));
addEventListener("hashchange", follow);
document.documentElement.classList.add("live");
follow();
