// Tells in plain words when a passkey was not made or not used; the page shows its own sentence.
"use strict";

(() => {
  const trouble = document.getElementById("zb-passkey-trouble");
  const show = () => { if (trouble) trouble.hidden = false; };
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    show();
  });
})();
