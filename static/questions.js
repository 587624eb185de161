// Dragging a question by its handle. The arrows beside it do the same without a pointer.
(() => {
  const ids = list => [...list.children].map(item => item.dataset.question);
  const middle = item => { const box = item.getBoundingClientRect(); return box.top + box.height / 2; };
  const show = () => document.querySelectorAll("[data-grip]").forEach(grip => { grip.hidden = false; });

  const save = list => {
    const form = document.getElementById("order");
    for (const id of ids(list)) {
      const field = document.createElement("input");
      field.type = "hidden"; field.name = "question"; field.value = id;
      form.append(field);
    }
    form.requestSubmit();
  };

  document.addEventListener("pointerdown", down => {
    const grip = down.target.closest("[data-grip]");
    if (!grip || down.button) return;
    const item = grip.closest("li"), list = item.parentElement, before = [...list.children];
    down.preventDefault();
    grip.setPointerCapture(down.pointerId);
    item.classList.add("dragged");

    const move = e => {
      // The others step aside; the dragged one stays in the document, or the pointer would lose it.
      let next;
      while ((next = item.previousElementSibling) && e.clientY < middle(next)) item.after(next);
      while ((next = item.nextElementSibling) && e.clientY > middle(next)) item.before(next);
      const edge = 72;
      if (e.clientY < edge) scrollBy(0, -12);
      if (e.clientY > innerHeight - edge) scrollBy(0, 12);
    };
    const end = keep => {
      grip.removeEventListener("pointermove", move);
      document.removeEventListener("keydown", escape);
      item.classList.remove("dragged");
      if (!keep) list.append(...before);
      else if (ids(list).some((id, place) => id !== before[place].dataset.question)) save(list);
    };
    const escape = e => { if (e.key === "Escape") end(false); };
    grip.addEventListener("pointermove", move);
    grip.addEventListener("pointerup", () => end(true), { once: true });
    grip.addEventListener("pointercancel", () => end(false), { once: true });
    document.addEventListener("keydown", escape);
  });

  document.addEventListener("htmx:afterSettle", show);
  show();
})();
