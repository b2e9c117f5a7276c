// What cannot be sent now stays on the page, with its words: nothing leaves, and nothing is kept anywhere else.
const { noConnection, connectionAgain } = document.body.dataset;
const through = new WeakSet();
let note;

function say(words, form) {
  note ??= Object.assign(document.createElement("div"), { className: "toast" });
  note.dataset.watched = ""; // it stays until it is no longer true
  note.replaceChildren(Object.assign(document.createElement("p"), { className: "grow", textContent: words }));
  (form?.closest("dialog") ?? document.getElementById("toasts"))?.append(note);
}

// Before anything else hears of it: a draft goes on saving itself, and a second try is not taken for a second click.
// A machine that serves itself answers without any network: what does get through is sent as always.
addEventListener("submit", async (event) => {
  const form = event.target;
  const isThrough = through.delete(form); // once, whatever becomes of the connection meanwhile
  if (isThrough || navigator.onLine || !noConnection || form.getAttribute("method") === "dialog") return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const button = event.submitter;
  try { await fetch(document.querySelector("link[rel=icon]").href, { method: "HEAD", cache: "no-store" }); }
  catch { say(noConnection, form); return; }
  through.add(form);
  form.requestSubmit(button);
}, true);

// A part of a page that was asked for and never came.
document.addEventListener("htmx:error", (event) => {
  if (noConnection && event.detail?.error instanceof TypeError && !event.detail.ctx?.response) say(noConnection, event.target.closest?.("form"));
});
document.addEventListener("htmx:after:swap", () => navigator.onLine && note?.remove());
addEventListener("submit", () => note?.remove());
addEventListener("online", () => note?.isConnected && say(connectionAgain, note.closest("dialog")?.querySelector("form")));
