// Shows a sign that something is ready. The message that wakes it is empty: what is shown stands here, and says
// nothing of health, of the practice or of the patient.
"use strict";

const WORDS = {
  nl: { title: "Er staat een bericht voor u klaar", body: "Open het portaal en log in met DigiD." },
  en: { title: "A message is ready for you", body: "Open the portal and sign in with DigiD." },
};
const language = new URL(self.location.href).searchParams.get("taal") === "en" ? "en" : "nl";

self.addEventListener("push", (event) => {
  const words = WORDS[language];
  // One tag: a second sign takes the place of the first.
  event.waitUntil(self.registration.showNotification(words.title, { body: words.body, tag: "zorgbalie", lang: language }));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(self.clients.openWindow("/"));
});
