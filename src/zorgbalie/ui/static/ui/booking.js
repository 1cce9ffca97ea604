// How long a time is still kept. The page says until when; this counts, and says it once aloud at one minute.
"use strict";

(() => {
  const note = document.querySelector("[data-hold]");
  const status = document.querySelector("[data-hold-status]");
  if (!note || !status) return;
  const ends = Date.now() + Number(note.dataset.hold) * 1000;
  const written = note.textContent.trim().replace(/\.$/, "");
  const english = document.documentElement.lang === "en";
  let said = "";
  const say = (text) => {
    if (said === text) return;
    said = text;
    status.textContent = text;
  };
  const show = () => {
    const left = Math.ceil((ends - Date.now()) / 1000);
    if (left <= 0) {
      note.textContent = note.dataset.holdOver;
      say(note.dataset.holdOver);
      return;
    }
    const minutes = Math.ceil(left / 60);
    const rest = english ? `${minutes} min left` : `nog ${minutes} min.`;
    note.textContent = `${written} (${rest})`;
    if (left <= 60) say(note.dataset.holdSoon);
    setTimeout(show, 1000);
  };
  show();
})();
