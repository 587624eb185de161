// Marking words in a letter instead of choosing a sentence from the list: an enhancement.
const form = document.querySelector("[data-passage]");
const letter = document.getElementById("letter-words");
if (form && letter) {
  const [start, end] = [form.elements.start, form.elements.end];
  const chosen = form.querySelector(".chosen"), part = form.querySelector("[data-part]");
  form.querySelector("[data-hint]").hidden = false;
  // The server counts characters, a string of the browser counts halves of some of them.
  const placeOf = (node, offset) => {
    const words = (node.nodeType === 1 ? node : node.parentElement).closest("[data-start]");
    if (!words) return null;
    const before = document.createRange();
    before.setStart(words, 0);
    before.setEnd(node, offset);
    return Number(words.dataset.start) + [...before.toString()].length;
  };
  const show = (from, to, quote) => {
    [start.value, end.value] = [from, to];
    chosen.hidden = !quote;
    part.hidden = Boolean(quote);
    chosen.querySelector("q").textContent = quote.length > 120 ? `${quote.slice(0, 119)}…` : quote;
  };
  const take = () => {
    const selection = getSelection();
    if (selection.isCollapsed || !letter.contains(selection.anchorNode) || !letter.contains(selection.focusNode)) return;
    const range = selection.getRangeAt(0);
    const [from, to] = [placeOf(range.startContainer, range.startOffset), placeOf(range.endContainer, range.endOffset)];
    if (from !== null && to !== null && to > from) show(from, to, selection.toString().trim());
  };
  letter.addEventListener("pointerup", () => setTimeout(take));
  letter.addEventListener("keyup", take);
  chosen.querySelector("button").addEventListener("click", () => { show("", "", ""); part.querySelector("select").focus(); });
}
