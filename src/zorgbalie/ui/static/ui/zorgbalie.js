// Small conveniences on top of pages that work without them. No framework, no storage of care data
// except text that a form marked data-keep is typing, in this tab only.
"use strict";

(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const KEEP = "zb-keep:";
  const MENUS = "details.zb-menu[open], details.zb-inbox__doctors[open]";

  // Colours: the form works by itself; here it saves the reload.
  all("[data-theme-form]").forEach((form) => {
    form.addEventListener("submit", (event) => {
      const button = event.submitter;
      if (!button || !window.fetch) return;
      event.preventDefault();
      const body = new FormData(form);
      body.set(button.name, button.value);
      fetch(form.action, { method: "POST", body, redirect: "manual", credentials: "same-origin" });
      document.documentElement.dataset.theme = button.value;
      all("button", form).forEach((one) => one.setAttribute("aria-pressed", String(one === button)));
    });
  });

  // Menus close with Escape and with a press outside.
  document.addEventListener("click", (event) => {
    all(MENUS).forEach((menu) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    all(MENUS).forEach((menu) => {
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  });

  // A long menu stands beside the page and scrolls by itself: where one is, is in sight.
  document.querySelector(".zb-rail--wide [aria-current]")?.scrollIntoView({ block: "nearest" });

  // The error summary takes the focus, so that it is read first.
  const errors = document.querySelector("[data-errors]");
  if (errors) errors.focus();

  // One press, one sending, also in parts that htmx brings later. The server refuses a second one too.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("form[data-once]")) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "1";
    // After this tick, so that the pressed button's own name and value are still sent.
    setTimeout(() => all("button[type=submit]", form).forEach((one) => one.setAttribute("aria-disabled", "true")));
  });
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    all("form[data-once]").forEach((form) => {
      delete form.dataset.sent;
      all("button[type=submit]", form).forEach((one) => one.removeAttribute("aria-disabled"));
    });
  });

  // Typed text survives a session that ended. data-keep names the owner; text of another owner is thrown away.
  // Sending forgets it once a page of that session answers: a sign-in page or a lost connection did not take the text.
  const SENT = "zb-sent";
  const sent = sessionStorage.getItem(SENT);
  if (sent) {
    sessionStorage.removeItem(SENT);
    const came = performance.getEntriesByType("navigation")[0]?.type;
    if (document.querySelector("[data-session]") && came !== "back_forward") sessionStorage.removeItem(sent);
  }
  const kept = () => Object.keys(sessionStorage).filter((key) => key.startsWith(KEEP));
  const fields = (form) =>
    all("textarea[name], input[type=text][name], input[type=search][name]", form).filter((one) => one.name !== "csrfmiddlewaretoken");
  all("form[data-keep]").forEach((form) => {
    const owner = form.dataset.keep;
    if (!owner) return;
    kept().filter((key) => !key.startsWith(`${KEEP}${owner}:`)).forEach((key) => sessionStorage.removeItem(key));
    const key = `${KEEP}${owner}:${location.pathname}`;
    try {
      const text = JSON.parse(sessionStorage.getItem(key) || "{}");
      fields(form).forEach((one) => {
        if (!one.value && text[one.name]) one.value = text[one.name];
      });
    } catch (error) {
      sessionStorage.removeItem(key);
    }
    form.addEventListener("input", () => {
      const text = Object.fromEntries(fields(form).map((one) => [one.name, one.value]));
      sessionStorage.setItem(key, JSON.stringify(text));
    });
    form.addEventListener("submit", () => {
      if (sessionStorage.getItem(key)) sessionStorage.setItem(SENT, key);
    });
  });
  all("form[data-signout]").forEach((form) => {
    form.addEventListener("submit", () => [...kept(), SENT].forEach((key) => sessionStorage.removeItem(key)));
  });

  // How much room is left, only near the end (ux 10).
  all("textarea[data-limit]").forEach((area) => {
    const limit = Number(area.dataset.limit);
    const note = document.createElement("p");
    note.className = "zb-limit";
    note.setAttribute("role", "status");
    area.after(note);
    const english = document.documentElement.lang === "en";
    const show = () => {
      const left = limit - area.value.length;
      note.classList.toggle("zb-limit--over", left < 0);
      note.hidden = left > limit * 0.2;
      if (left >= 0) note.textContent = english ? `You have ${left} characters left` : `U kunt nog ${left} tekens typen`;
      else note.textContent = english ? `${-left} characters too many` : `${-left} tekens te veel`;
    };
    area.addEventListener("input", show);
    show();
  });

  // The session: a warning before it ends, and a way to stay.
  const dialog = document.querySelector("[data-session]");
  if (dialog && dialog.showModal) {
    const total = Number(dialog.dataset.seconds) * 1000;
    const warn = Number(dialog.dataset.warn) * 1000;
    const left = dialog.querySelector("[data-left]");
    let ends = Date.now() + total;
    const stay = () => {
      ends = Date.now() + total;
      if (dialog.open) dialog.close();
    };
    // Work in one tab keeps the session of all tabs; the channel carries nothing but "still here".
    const channel = window.BroadcastChannel ? new BroadcastChannel("zb-session") : null;
    const alive = () => channel?.postMessage("alive");
    if (channel) channel.onmessage = stay;
    alive();
    document.addEventListener("htmx:afterRequest", () => { stay(); alive(); });
    const tick = () => {
      const rest = ends - Date.now();
      if (rest <= 0) location.assign(dialog.dataset.ended);
      if (rest > warn) return;
      if (!dialog.open) dialog.showModal();
      // Every ten seconds: a screen reader should not be told each second.
      const seconds = Math.max(0, Math.ceil(rest / 10000) * 10);
      const text = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
      if (left.textContent !== text) left.textContent = text;
    };
    setInterval(tick, 1000);
    dialog.addEventListener("cancel", (event) => event.preventDefault());
    dialog.querySelector("[data-keep-alive]").addEventListener("submit", async (event) => {
      event.preventDefault();
      const form = event.target;
      const answer = await fetch(form.action, { method: "POST", body: new FormData(form), credentials: "same-origin" });
      if (!answer.ok || answer.redirected) location.assign(dialog.dataset.ended);
      stay();
      alive();
    });
  }

  // Print.
  all("[data-print]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  });

  // Read aloud, only with a voice on the device itself: care text must not go to a voice service elsewhere.
  const speech = window.speechSynthesis;
  if (speech) {
    const language = document.documentElement.lang || "nl";
    const voice = (spoken = language) => speech.getVoices().find((one) => one.localService && one.lang.toLowerCase().startsWith(spoken));
    const BLOCKS = "p, li, h1, h2, h3, h4, dt, dd, td, th, caption, figcaption, summary, div, section, article";
    // Not read: what cannot be seen now (a closed explanation), what is only for a screen reader, and buttons.
    const UNREAD = "[popover], [hidden], .zb-hidden, .zb-noprint, svg, button:not(.zb-term__button), [aria-hidden=true], details:not([open]) > :not(summary)";
    // Care text is Dutch, also on an English page: each part is read in its own language.
    const parts = (copy) => {
      const found = [];
      const texts = document.createTreeWalker(copy, NodeFilter.SHOW_TEXT);
      let block = null;
      while (texts.nextNode()) {
        const text = texts.currentNode.data.replace(/\s+/g, " ").trim();
        const parent = texts.currentNode.parentElement;
        if (!text) continue;
        const spoken = parent.closest("[lang]")?.lang || language;
        const here = parent.closest(BLOCKS);
        // A heading or a cell has no full stop: without one it would run on into what follows.
        if (found.length && here !== block && !/[.!?:;,]$/.test(found.at(-1).text)) found.at(-1).text += ".";
        block = here;
        if (found.at(-1)?.spoken === spoken) found.at(-1).text += ` ${text}`;
        else found.push({ spoken, text });
      }
      return found;
    };
    const offer = () => all("[data-read]").forEach((button) => { button.hidden = !voice(); });
    offer();
    speech.addEventListener?.("voiceschanged", offer);
    all("[data-read]").forEach((button) => {
      const label = button.querySelector(".nl-button__label");
      const start = label.textContent;
      const rest = () => { label.textContent = start; button.setAttribute("aria-pressed", "false"); };
      button.addEventListener("click", () => {
        if (speech.speaking) { speech.cancel(); rest(); return; }
        const copy = document.getElementById(button.dataset.read).cloneNode(true);
        all(UNREAD, copy).forEach((one) => one.remove());
        const spoken = parts(copy).map((part) => {
          const words = new SpeechSynthesisUtterance(part.text);
          words.voice = voice(part.spoken) || voice();
          words.lang = words.voice.lang;
          words.rate = 0.9;
          return words;
        });
        if (!spoken.length) return;
        spoken.at(-1).onend = rest;
        label.textContent = button.dataset.stopLabel;
        button.setAttribute("aria-pressed", "true");
        spoken.forEach((words) => speech.speak(words));
      });
    });
    window.addEventListener("pagehide", () => speech.cancel());
  }

  // Leave quickly: this page does not stay in the history. Shift three times does the same.
  const leave = document.querySelector("[data-leave]");
  if (leave) {
    const go = (event) => {
      event?.preventDefault();
      document.body.hidden = true;
      location.replace(leave.href);
    };
    leave.addEventListener("click", go);
    let presses = [];
    document.addEventListener("keyup", (event) => {
      presses = event.key === "Shift" ? [...presses, Date.now()].slice(-3) : [];
      if (presses.length === 3 && presses[2] - presses[0] < 3000) go();
    });
  }

  // Desk: j and k walk the list, / searches, ? lists the keys, other letters press their visible button or go to their
  // field, in the row at hand first. Can be switched off (WCAG 2.1.4).
  const keySwitch = document.querySelector("[data-keys-switch]");
  if (keySwitch) {
    keySwitch.checked = localStorage.getItem("zb-keys") !== "off";
    keySwitch.addEventListener("change", () => localStorage.setItem("zb-keys", keySwitch.checked ? "on" : "off"));
    // Back in a list after an act: on with the row it was about.
    const row = location.hash ? document.getElementById(location.hash.slice(1)) : null;
    if (row?.closest("[data-keys]")) row.focus();
    const press = (one) => {
      one.click();
      // What opens is gone into: the first thing to choose.
      if (one.tagName === "SUMMARY" && one.parentElement.open) one.parentElement.querySelector("button, input, a")?.focus();
    };
    // data-key-map names, per key, what on this page it presses or goes to; the first that is there counts.
    const mapped = (key) => all("[data-key-map]").map((map) => {
      const found = document.querySelector(JSON.parse(map.dataset.keyMap)[key] || "#none");
      return found?.matches("input, select, textarea, button, a, summary") ? found : found?.querySelector("input, select, textarea, button, a, summary");
    }).find(Boolean);
    const use = (one) => {
      // What is folded away is unfolded first.
      for (let fold = one.closest("details:not([open])"); fold; fold = fold.parentElement.closest("details:not([open])")) {
        if (one.tagName !== "SUMMARY" || one.parentElement !== fold) fold.open = true;
      }
      if (one.matches("input:not([type=checkbox]):not([type=submit]), select, textarea")) one.focus();
      else press(one);
    };
    const typing = (target) => target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");
    const move = (step) => {
      const links = all("[data-keys] tbody tr, [data-keys] > li").map((row) => row.querySelector("a, button, input[type=checkbox]")).filter(Boolean);
      if (!links.length) return;
      const here = links.findIndex((one) => one.closest("tr, li").contains(document.activeElement));
      links[Math.min(links.length - 1, Math.max(0, here + step))].focus();
    };
    document.addEventListener("keydown", (event) => {
      if (!keySwitch.checked || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
      if (document.querySelector("dialog[open]")) return;
      const button = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
      const at = document.activeElement?.closest("[data-keys] tr, [data-keys] > li");
      const inRow = at?.querySelector(`[data-row-key="${CSS.escape(event.key)}"]`);
      const walks = document.querySelector("[data-keys]");
      if (event.key === "j" && walks) move(1);
      else if (event.key === "k" && walks) move(-1);
      else if (event.key === "/") (document.querySelector("[data-search-here] input") || document.querySelector(".zb-desk__search input"))?.focus();
      else if (event.key === "?") press(keySwitch.closest("details").querySelector("summary"));
      else if (inRow) press(inRow);
      else if (button) button.click();
      else if (mapped(event.key)) use(mapped(event.key));
      else return;
      event.preventDefault();
    });
  }
})();
