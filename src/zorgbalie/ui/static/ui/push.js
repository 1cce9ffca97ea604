// Switches signs on in this browser (Web Push). The page works without: then it says that it cannot be done here.
"use strict";

(() => {
  const form = document.querySelector("form[data-push]");
  if (!form) return;
  const said = form.querySelector("[data-push-said]");
  const none = document.querySelector("[data-push-none]");
  const say = (text) => {
    said.textContent = text;
  };
  // Safari on a telephone has it only after the page was put on the home screen.
  const isApplePhone = /iPhone|iPad|iPod/.test(navigator.userAgent);
  if (!("serviceWorker" in navigator) || !("PushManager" in window) || !("Notification" in window)) {
    if (isApplePhone && none) none.textContent = form.dataset.pushInstall;
    return;
  }
  form.hidden = false;
  if (none) none.hidden = true;

  const bytes = (text) => {
    const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, (one) => one.charCodeAt(0));
  };
  const device = () => {
    const agent = navigator.userAgent;
    const kinds = [["iPhone", "iPhone"], ["iPad", "iPad"], ["Android", "Android"], ["Windows", "Windows"], ["Mac", "Mac"]];
    const browsers = [["Edg/", "Edge"], ["Firefox/", "Firefox"], ["Chrome/", "Chrome"], ["Safari/", "Safari"]];
    const find = (list) => (list.find(([mark]) => agent.includes(mark)) || ["", ""])[1];
    return [find(browsers), find(kinds)].filter(Boolean).join(", ") || "browser";
  };

  const switchOn = async () => {
    if ((await Notification.requestPermission()) !== "granted") {
      say(form.dataset.pushDenied);
      return;
    }
    const worker = `${form.dataset.pushWorker}?taal=${document.documentElement.lang === "en" ? "en" : "nl"}`;
    const registration = await navigator.serviceWorker.register(worker);
    const options = { userVisibleOnly: true, applicationServerKey: bytes(form.dataset.push) };
    // The worker has to run before the browser may subscribe.
    const active = registration.active ? registration : await started(registration);
    const subscription = await active.pushManager.subscribe(options);
    const body = new FormData(form);
    body.set("address", subscription.endpoint);
    body.set("device", device());
    const answer = await fetch(form.action, { method: "POST", body, credentials: "same-origin" });
    if (answer.ok) {
      location.reload();
      return;
    }
    await subscription.unsubscribe();
    say((await answer.json()).said || form.dataset.pushFailed);
  };

  const started = (registration) =>
    new Promise((resolve) => {
      const worker = registration.installing || registration.waiting;
      worker.addEventListener("statechange", () => {
        if (worker.state === "activated") resolve(registration);
      });
    });

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    switchOn().catch(() => say(form.dataset.pushFailed));
  });
})();
