// The agenda of the desk: it brings itself up to date, and an appointment can be dragged to a free place. Both work
// without it: by loading the page again, and from the page of the appointment.
// Asking is no work: it does not keep the session alive, and it stops while the page cannot be seen.
"use strict";

(() => {
  const board = document.querySelector("[data-agenda]");
  if (!board) return;
  const EVERY = 20000;
  const status = document.querySelector("[data-agenda-status]");
  const all = (selector) => [...board.querySelectorAll(selector)];
  let stopped = false;
  let dragged = null;

  const ask = async (address) => {
    if (stopped) return null;
    try {
      // The header asks for a plain refusal when the session is over, not for the page to sign in.
      const answer = await fetch(address, { credentials: "same-origin", headers: { "HX-Request": "true" } });
      if (answer.status >= 400 && answer.status < 500) stopped = true;
      return answer.ok && !answer.redirected ? answer : null;
    } catch (error) {
      return null; // no connection: the next time tries again
    }
  };

  const prepare = () => {
    all("[data-move]").forEach((one) => { one.draggable = true; });
    // The name in it is a link, which would be dragged instead.
    all("[data-move] a").forEach((link) => { link.draggable = false; });
  };

  // Who is at a button or drags something is not disturbed: the next time comes soon.
  const isBusy = () => dragged || board.contains(document.activeElement) && document.activeElement.matches("button, a");

  const refresh = async () => {
    if (document.hidden || isBusy()) return;
    const found = await ask(board.dataset.stampHref);
    if (!found) return;
    const { stamp } = await found.json();
    if (stamp === board.querySelector("[data-stamp]").dataset.stamp) return;
    const part = await ask(board.dataset.agenda);
    if (!part || isBusy()) return;
    const table = board.querySelector(".zb-agenda");
    const at = table && [table.scrollLeft, table.scrollTop];
    board.innerHTML = await part.text();
    const fresh = board.querySelector(".zb-agenda");
    if (at && fresh) [fresh.scrollLeft, fresh.scrollTop] = at;
    prepare();
    status.textContent = status.dataset.changed;
  };

  const rest = () => {
    dragged?.classList.remove("zb-agenda__one--dragged");
    dragged = null;
    all(".zb-agenda__cell--fits, .zb-agenda__cell--over").forEach((one) => one.classList.remove("zb-agenda__cell--fits", "zb-agenda__cell--over"));
  };
  const placeOf = (event) => {
    const place = dragged && event.target.closest("[data-drop]");
    return place && place.dataset.kinds.split(" ").includes(dragged.dataset.kind) ? place : null;
  };
  board.addEventListener("dragstart", (event) => {
    const one = event.target.closest?.("[data-move]");
    if (!one) return;
    dragged = one;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", "");
    one.classList.add("zb-agenda__one--dragged");
    all("[data-drop]").forEach((place) => {
      place.classList.toggle("zb-agenda__cell--fits", place.dataset.kinds.split(" ").includes(one.dataset.kind));
    });
  });
  board.addEventListener("dragover", (event) => {
    const place = placeOf(event);
    all(".zb-agenda__cell--over").forEach((one) => { if (one !== place) one.classList.remove("zb-agenda__cell--over"); });
    if (!place) return;
    event.preventDefault();
    place.classList.add("zb-agenda__cell--over");
  });
  board.addEventListener("drop", (event) => {
    const place = placeOf(event);
    if (!place) return;
    event.preventDefault();
    // The next page asks whether it is sure: until then the appointment stays where it is.
    location.assign(`${dragged.dataset.move}?${place.dataset.drop}`);
  });
  board.addEventListener("dragend", rest);

  prepare();
  board.querySelector(".zb-agenda__row--now")?.scrollIntoView({ block: "nearest" });
  setInterval(refresh, EVERY);
  document.addEventListener("visibilitychange", refresh);
})();
