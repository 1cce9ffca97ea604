// Counts the time that a question is open and looked at. Without script the time is typed by hand.
"use strict";

(() => {
  const box = document.querySelector("[data-timer]");
  const field = document.getElementById("id_time_seconds");
  const token = document.getElementById("id_time_token");
  if (!box || !field || !token) return;
  const form = field.form;
  const clock = box.querySelector("[data-timer-clock]");
  const button = box.querySelector("[data-timer-switch]");
  // Two minutes without a key, a press or a movement: nobody is working on it. A long answer is read within that.
  const IDLE = 120000;
  const SAVE_EVERY = 60;
  const MOST = 4 * 60 * 60;
  let counted = Number(field.value) * 1000 || 0;
  let saved = 0;
  let paused = false;
  let active = performance.now();
  let before = performance.now();

  const seconds = () => Math.min(Math.floor(counted / 1000), MOST);
  const show = () => {
    const now = seconds();
    field.value = String(now);
    clock.textContent = `${Math.floor(now / 60)}:${String(now % 60).padStart(2, "0")}`;
  };
  const tick = () => {
    const now = performance.now();
    const counts = !paused && document.visibilityState === "visible" && now - active < IDLE;
    // A computer that slept wakes with a large gap: that time was not spent.
    if (counts) counted += Math.min(now - before, 2000);
    before = now;
    show();
    if (seconds() - saved >= SAVE_EVERY) save();
  };
  const save = () => {
    if (seconds() <= saved) return;
    saved = seconds();
    const body = new FormData();
    body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    body.set("time_token", token.value);
    body.set("time_seconds", String(saved));
    // A beacon leaves also when the page goes; what it brings is never lower than what was kept.
    navigator.sendBeacon(box.dataset.timerHref, body);
  };
  ["pointermove", "pointerdown", "keydown", "scroll", "input"].forEach((name) =>
    document.addEventListener(name, () => { active = performance.now(); }, { passive: true, capture: true }));
  document.addEventListener("visibilitychange", () => {
    active = before = performance.now();
    if (document.visibilityState === "hidden") save();
  });
  window.addEventListener("pagehide", save);
  form.addEventListener("submit", () => { saved = Math.max(saved, seconds()); show(); });
  button.addEventListener("click", () => {
    tick();
    paused = !paused;
    button.setAttribute("aria-pressed", String(paused));
    button.textContent = paused ? box.dataset.timerGo : box.dataset.timerPause;
  });
  box.hidden = false;
  show();
  setInterval(tick, 1000);
})();
