// What cannot be sent now stays on the page, with its words: nothing leaves, and nothing is kept anywhere else.
const { noConnection, connectionAgain } = document.body.dataset;
let note;

function say(words, form) {
  note ??= Object.assign(document.createElement("div"), { className: "toast" });
  note.dataset.watched = ""; // it stays until it is no longer true
  note.replaceChildren(Object.assign(document.createElement("p"), { className: "grow", textContent: words }));
  (form?.closest("dialog") ?? document.getElementById("toasts"))?.append(note);
}

// Before anything else hears of it: a draft goes on saving itself, and a second try is not taken for a second click.
addEventListener("submit", (event) => {
  if (navigator.onLine || !noConnection || event.target.method === "dialog") return;
  event.preventDefault();
  event.stopImmediatePropagation();
  say(noConnection, event.target);
}, true);

// A part of a page that was asked for and never came.
document.addEventListener("htmx:error", (event) => {
  if (noConnection && event.detail?.error instanceof TypeError) say(noConnection, event.target.closest?.("form"));
});
document.addEventListener("htmx:after:swap", () => navigator.onLine && note?.remove());
addEventListener("submit", () => note?.remove());
addEventListener("online", () => note?.isConnected && say(connectionAgain, note.closest("dialog")?.querySelector("form")));
