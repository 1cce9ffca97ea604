// Putting a standard answer or a link in the text at the cursor. Without this the same buttons work through the server.
"use strict";

(() => {
  const area = document.getElementById("id_answer");
  const picker = document.getElementById("kiezer");
  if (!area || !picker) return;
  // Who never was in the text goes on at its end.
  let was = false;
  area.addEventListener("focus", () => { was = true; });

  const put = (text, whole) => {
    const end = area.value.length;
    const from = whole ? 0 : was ? area.selectionStart : end;
    const to = whole ? end : was ? area.selectionEnd : end;
    const joined = !whole && from > 0 && !/\s$/.test(area.value.slice(0, from)) ? `\n${text}` : text;
    area.focus();
    area.setSelectionRange(from, to);
    // Through the browser's own typing, so that undo (Ctrl+Z) brings back what stood there.
    if (!document.execCommand("insertText", false, joined)) {
      area.setRangeText(joined, from, to, "end");
      area.dispatchEvent(new Event("input", { bubbles: true }));
    }
  };

  picker.addEventListener("click", (event) => {
    const button = event.target.closest("button[name=invoegen], button[name=vervangen]");
    if (!button) return;
    event.preventDefault();
    put(button.value, button.name === "vervangen");
    picker.replaceChildren();
  });
  picker.addEventListener("keydown", (event) => {
    const choices = [...picker.querySelectorAll("button[name=invoegen]")];
    const at = choices.findIndex((one) => one.closest("li").contains(event.target));
    if (event.key === "Escape") {
      picker.replaceChildren();
      area.focus();
    } else if (event.target.matches("input") && (event.key === "Enter" || event.key === "ArrowDown")) {
      event.preventDefault(); // Enter in the search field may not send the answer
      choices[0]?.focus();
    } else if (at >= 0 && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      choices[Math.min(choices.length - 1, Math.max(0, at + (event.key === "ArrowDown" ? 1 : -1)))].focus();
    }
  });
})();
