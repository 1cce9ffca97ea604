// Numbers of the desk that keep themselves up to date, and who else is at a question. Pages work without it.
// Asking is no work: it does not keep the session alive, and it stops while the page cannot be seen.
"use strict";

(() => {
  const numbers = document.currentScript.dataset.href;
  const NUMBERS = 25000;
  const SIGN = 15000;
  const TYPING = 4000;
  const all = (selector) => [...document.querySelectorAll(selector)];
  let stopped = false;

  const ask = async (address, body) => {
    if (stopped) return null;
    try {
      const method = body ? "POST" : "GET";
      // The header asks for a plain refusal when the session is over, not for the page to sign in.
      const answer = await fetch(address, { method, body, credentials: "same-origin", headers: { "HX-Request": "true" } });
      if (answer.status >= 400 && answer.status < 500) stopped = true;
      return answer.ok && !answer.redirected ? await answer.json() : null;
    } catch (error) {
      return null; // no connection: the next time tries again
    }
  };

  const badge = (place, count) => {
    if ((place.textContent.match(/\d+/) || ["0"])[0] === String(count)) return;
    place.replaceChildren();
    if (!count) return;
    const mark = document.createElement("span");
    mark.className = "nl-number-badge zb-count";
    mark.textContent = count;
    place.append(mark);
  };

  const refresh = async () => {
    if (document.hidden) return;
    const found = await ask(numbers);
    if (!found) return;
    all("[data-live]").forEach((place) => {
      if (place.dataset.live in found.counts) badge(place, found.counts[place.dataset.live]);
    });
    all("[data-here]").forEach((place) => { place.textContent = found.here[place.dataset.here] || ""; });
    all("[data-fresh]").forEach((note) => { note.hidden = note.dataset.fresh === String(found.counts.waiting); });
  };

  // At a question: tell colleagues of being there and of typing, and hear of them.
  const place = document.querySelector("[data-presence]");
  const field = place && document.querySelector(place.dataset.field);
  let typedAt = 0;
  let toldAt = 0;
  const form = (values) => {
    const body = new FormData();
    body.set("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]").value);
    Object.entries(values).forEach(([name, value]) => body.set(name, value));
    return body;
  };
  const say = (selector, text) => {
    const spot = place.querySelector(selector);
    if (spot.textContent !== text) spot.textContent = text;
    spot.hidden = !text;
  };
  const sign = async () => {
    if (document.hidden) return;
    const types = Date.now() - typedAt < SIGN;
    toldAt = Date.now();
    const found = await ask(place.dataset.presence, form({ typt: types ? "1" : "0", versie: place.dataset.version }));
    if (!found) return;
    say("[data-colleagues]", found.here);
    say("[data-changed]", found.changed);
  };
  if (place) {
    field?.addEventListener("input", () => {
      typedAt = Date.now();
      if (typedAt - toldAt > TYPING) sign();
    });
    window.addEventListener("pagehide", () => {
      if (!stopped) navigator.sendBeacon?.(place.dataset.presence, form({ weg: "1" }));
    });
    setInterval(sign, SIGN);
    sign();
  }

  setInterval(refresh, NUMBERS);
  document.addEventListener("visibilitychange", () => {
    refresh();
    if (place) sign();
  });
  refresh();
})();
