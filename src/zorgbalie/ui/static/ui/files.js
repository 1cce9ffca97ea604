// Photos and files beside a text: each goes up by itself as soon as it is chosen, with progress, and again when the line
// fell away. And the window in which a photo is enlarged and turned. Without this script the same form does the work.
"use strict";

(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const RETRIES = [2000, 5000, 15000];

  all("[data-files]").forEach((box) => {
    const form = box.closest("form");
    const words = box.dataset;
    const list = box.querySelector("[data-files-list]");
    const busy = box.querySelector("[data-files-busy]");
    const status = box.querySelector("[data-files-status]");
    const waiting = [];
    const failed = new Set();
    let current = null;
    let pressed = null;
    let warned = false;
    box.querySelector("[data-files-add]").hidden = true;

    // The button says whether one goes on with files or without.
    const further = form.querySelector("[data-files-further]");
    const put = (html) => {
      list.innerHTML = html;
      const label = further?.querySelector(".nl-button__label");
      if (label) label.textContent = list.querySelector("li") ? further.dataset.filesFurther : further.dataset.filesSkip;
    };
    const token = () => form.querySelector("[name=csrfmiddlewaretoken]").value;
    const button = (text, act) => {
      const one = document.createElement("button");
      one.type = "button";
      one.className = "nl-button nl-button--subtle zb-button--small";
      one.textContent = text;
      one.addEventListener("click", act);
      return one;
    };
    const line = (job) => {
      job.row = document.createElement("li");
      job.row.className = "zb-files__row";
      job.text = document.createElement("span");
      job.bar = document.createElement("progress");
      job.bar.max = 100;
      job.row.append(job.text, job.bar);
      busy.append(job.row);
      show(job, `${job.file.name}: ${words.sending}`);
    };
    const show = (job, text) => { job.text.textContent = text; };
    const leave = (job) => {
      failed.delete(job);
      job.row.remove();
      done();
    };
    const again = (job) => {
      if (!failed.has(job)) return;
      clearTimeout(job.timer);
      failed.delete(job);
      all("button", job.row).forEach((one) => one.remove());
      job.bar.hidden = false;
      show(job, `${job.file.name}: ${words.sending}`);
      waiting.push(job);
      next();
    };
    // Not stored: it stays in sight until it is, or until it is left out.
    const fail = (job, text, retries) => {
      failed.add(job);
      job.bar.hidden = true;
      show(job, text);
      job.row.classList.toggle("zb-files__row--failed", true);
      const buttons = [button(words.forget, () => leave(job))];
      if (retries) buttons.unshift(button(words.again, () => { job.tries = 0; again(job); }));
      job.row.append(...buttons);
      if (retries && job.tries < RETRIES.length) job.timer = setTimeout(() => again(job), RETRIES[job.tries++]);
    };
    window.addEventListener("online", () => [...failed].filter((job) => job.retries).forEach(again));

    const answered = (job, request) => {
      let answer = null;
      try { answer = JSON.parse(request.responseText); } catch (error) { /* a page: not ours to show */ }
      if (answer) {
        put(answer.list);
        if (!answer.refused.length) {
          status.textContent = `${words.stored} ${job.file.name}`;
          return leave(job);
        }
        job.retries = false;
        return fail(job, answer.refused.join(" "), false);
      }
      job.retries = request.status === 0 || request.status >= 500 || request.status === 429;
      fail(job, `${job.file.name}: ${job.retries ? words.failed : words.ended}`, true);
    };
    const send = (job) => {
      const request = new XMLHttpRequest();
      const body = new FormData();
      body.append("csrfmiddlewaretoken", token());
      body.append("attachments", job.file, job.file.name);
      request.open("POST", words.filesPost);
      request.setRequestHeader("X-Zb-Files", "1");
      request.timeout = 300000;
      request.upload.addEventListener("progress", (event) => {
        if (event.lengthComputable) job.bar.value = (event.loaded / event.total) * 100;
      });
      ["load", "error", "timeout", "abort"].forEach((name) => request.addEventListener(name, () => {
        current = null;
        answered(job, request);
        next();
      }));
      request.send(body);
    };
    const next = () => {
      if (current || !waiting.length) return done();
      current = waiting.shift();
      current.row.classList.remove("zb-files__row--failed");
      send(current);
    };
    const done = () => {
      if (current || waiting.length || !pressed || failed.size) return;
      const go = pressed;
      pressed = null;
      form.requestSubmit(go);
    };

    const take = (input) => {
      warned = false;
      [...input.files].forEach((file) => {
        const job = { file, tries: 0, retries: true };
        line(job);
        waiting.push(job);
      });
      input.value = "";
      next();
    };
    all("[data-files-input]", box).forEach((input) => {
      input.addEventListener("change", () => take(input));
      // Chosen before this script ran, on a slow line or machine: nothing would send it.
      if (input.files.length) take(input);
    });

    // Taking one away, without leaving the page.
    list.addEventListener("click", async (event) => {
      const drop = event.target.closest("[data-files-drop]");
      if (!drop) return;
      event.preventDefault();
      const body = new FormData();
      body.append("csrfmiddlewaretoken", token());
      body.append(drop.name, drop.value);
      try {
        const answer = await fetch(words.filesPost, { method: "POST", body, headers: { "X-Zb-Files": "1" }, credentials: "same-origin" });
        put((await answer.json()).list);
        box.querySelector("[data-files-input]").focus();
      } catch (error) {
        status.textContent = words.failed;
      }
    });

    // Before the page's own handler, so that a form that waits does not count as sent.
    form.addEventListener("submit", (event) => {
      if (current || waiting.length) {
        event.preventDefault();
        event.stopPropagation();
        pressed = event.submitter;
        status.textContent = words.wait;
      } else if (failed.size && !warned) {
        event.preventDefault();
        event.stopPropagation();
        warned = true;
        status.textContent = words.left;
        status.scrollIntoView({ block: "center" });
      }
    });
    window.addEventListener("beforeunload", (event) => {
      if (current || waiting.length) event.preventDefault();
    });
  });

  // Photos: a window over the page. The size and the turn are attributes, which the style sheet draws.
  const viewer = document.querySelector("[data-viewer]");
  if (viewer && viewer.showModal) {
    const image = viewer.querySelector("[data-viewer-image]");
    const sheet = viewer.querySelector("[data-viewer-sheet]");
    const MOST = 5;
    let photos = [];
    let at = 0;
    let zoom = 1;
    let turn = 0;
    const draw = () => {
      image.dataset.zoom = zoom;
      image.dataset.turn = turn;
    };
    const look = (number) => {
      at = (number + photos.length) % photos.length;
      zoom = 1;
      turn = 0;
      image.src = photos[at].href;
      image.alt = photos[at].dataset.name || "";
      viewer.querySelector("[data-viewer-name]").textContent = `${image.alt} (${at + 1}/${photos.length})`;
      all("[value=previous], [value=next]", viewer).forEach((one) => { one.hidden = photos.length < 2; });
      draw();
    };
    const acts = {
      larger: () => { zoom = Math.min(MOST, zoom + 1); draw(); },
      smaller: () => { zoom = Math.max(1, zoom - 1); draw(); },
      turn: () => { turn = (turn + 90) % 360; draw(); },
      previous: () => look(at - 1),
      next: () => look(at + 1),
      close: () => viewer.close(),
    };
    const keys = { "+": "larger", "=": "larger", "-": "smaller", r: "turn", ArrowLeft: "previous", ArrowRight: "next" };
    document.addEventListener("click", (event) => {
      const link = event.target.closest("a[data-photo]");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      photos = all("a[data-photo]");
      look(photos.indexOf(link));
      viewer.showModal();
      sheet.focus();
    });
    viewer.addEventListener("click", (event) => {
      const name = event.target.closest("button[name=viewer]")?.value;
      if (name) acts[name]();
      else if (event.target === viewer) viewer.close();
    });
    viewer.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const name = keys[event.key];
      // An enlarged photo is moved with the arrows; at its first size they lead to the next one.
      if (!name || (zoom > 1 && event.key.startsWith("Arrow"))) return;
      event.preventDefault();
      acts[name]();
    });
    viewer.addEventListener("close", () => image.removeAttribute("src"));
  }
})();
