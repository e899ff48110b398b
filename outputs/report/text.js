// A text with the sentence of a commitment in view.
function openText(id, texts) {
  for (const node of document.querySelectorAll(".here")) node.classList.remove("here");
  const sentence = [...document.querySelectorAll(`.s-${CSS.escape(id)}`)];
  for (const piece of sentence) piece.classList.add("here");
  if (sentence.length) texts.scrollTop += sentence[0].getBoundingClientRect().top - texts.getBoundingClientRect().top - texts.clientHeight / 4;
}

function switchMarks(pane) {
  document.getElementById("marks").addEventListener("change", ({ target }) => pane.classList.toggle(`no-${target.value}`, !target.checked));
}
