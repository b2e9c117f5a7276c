// Small acts on buttons: data-act = copy | print | share | leave | dialog. A button with `hidden` shows itself when the act is possible.
const LEAVING = "__Host-leaving";
const able = {
  copy: () => Boolean(navigator.clipboard), print: () => true, share: () => Boolean(navigator.share), leave: () => true, dialog: () => true,
};

const acts = {
  async copy(button) {
    await navigator.clipboard.writeText(button.dataset.text ?? document.getElementById(button.dataset.from)?.innerText ?? location.href);
    sayOn(button, button.dataset.done);
  },
  print() { print(); },
  async share(button) {
    try { await navigator.share({ title: document.title, text: button.dataset.text, url: button.dataset.url ?? location.href }); }
    catch { /* the person thought better of it */ }
  },
  leave(button) { leave(button); },
  dialog(button) { document.getElementById(button.dataset.opens)?.showModal(); },
};

// At once: the page is empty before anything is asked of the network. Then signed out, and a page elsewhere takes its place in
// the history; if that one does not come, an empty page without a name stands there. The wish to leave waits in a cookie until the
// server heard it: without a connection it goes with whatever is asked next, and that is answered to nobody (middleware.Leaving).
function leave(door) {
  document.title = door.dataset.title ?? "";
  document.body.replaceChildren();
  history.replaceState(null, "", "/");
  sessionStorage.clear(); // nothing that was half typed waits in this tab
  document.cookie = `${LEAVING}=1; Path=/; Secure; SameSite=Lax; Max-Age=2592000`;
  const out = () => fetch(door.href, { keepalive: true, redirect: "manual" }).catch(() => {});
  addEventListener("online", out);
  out();
  location.replace(door.dataset.away);
}

// A page that the browser kept whole comes back by Back, and the wish was not heard yet.
addEventListener("pageshow", (event) => {
  if (!event.persisted || !document.cookie.includes(LEAVING)) return;
  document.body.replaceChildren();
  location.reload();
});

function sayOn(button, word) {
  const place = button.querySelector("[data-word]");
  if (!place || !word) return;
  const before = place.textContent;
  place.textContent = word;
  place.setAttribute("role", "status");
  setTimeout(() => { place.textContent = before; }, 2500);
}

function reveal() {
  for (const button of document.querySelectorAll("[data-act][hidden]")) if (able[button.dataset.act]?.()) button.hidden = false;
}
reveal();
document.addEventListener("htmx:after:swap", reveal);
document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-act]");
  if (!button || !able[button.dataset.act]?.() || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  acts[button.dataset.act](button);
});

// Escape twice leaves a page that somebody else should not see over one's shoulder.
let last = 0;
document.addEventListener("keydown", (event) => {
  const door = document.querySelector("[data-act=leave]");
  if (event.key !== "Escape" || !door || document.querySelector("dialog[open]")) return;
  if (event.timeStamp - last < 900) { event.preventDefault(); leave(door); } // else Escape would stop the page that comes
  last = event.timeStamp;
});

// Menus close by Escape and by a touch elsewhere.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && document.querySelector("details.menu[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
document.addEventListener("click", (event) => {
  if (event.target.matches?.("dialog.sheet")) event.target.close();
});
