// What cannot be sent now stays on the page, with its words: nothing leaves, and nothing is kept anywhere else.
const { noConnection, connectionAgain, here, signedOut, signIn } = document.body.dataset;
const PATIENCE = 8000;
const WRITTEN = here ? "textarea, input:not([type=hidden], [type=checkbox], [type=radio], [type=submit])" : "textarea"; // a code is soon typed again
const through = new WeakSet();
let note;

function say(words, form, more) {
  note ??= Object.assign(document.createElement("div"), { className: "toast" });
  note.dataset.watched = ""; // it stays until it is no longer true
  note.replaceChildren(Object.assign(document.createElement("p"), { className: "grow", textContent: words }), ...(more ?? []));
  (form?.closest("dialog") ?? document.getElementById("toasts"))?.append(note);
}

const sayOut = (form, words = signedOut, href = "/sign-in/", textContent = signIn) => say(words, form, [Object.assign(document.createElement("a"), { href, target: "_blank", textContent })]);

// A telephone in a lift says that it is connected. So whoever wrote something is asked first whether it arrives.
const carries = (form) => (form.method === "post" || form.hasAttribute("hx-post")) && [...form.elements].some((one) => one.matches(WRITTEN) && one.value.trim());

async function asks(address, how) {
  return fetch(address, { cache: "no-store", signal: AbortSignal.timeout?.(PATIENCE), ...how });
}

// Why it must stay here: no way out, or nobody who is in; "" when it may leave.
async function stays(form) {
  try {
    if (!here) { await asks(document.querySelector("link[rel=icon]").href, { method: "HEAD" }); return ""; }
    const answer = await asks(here);
    if (!answer.ok) return "";
    const told = await answer.json();
    const word = form.elements.namedItem("csrfmiddlewaretoken");
    if (told.in && word) word.value = told.token; // who signed in anew meanwhile has another
    return told.in ? "" : "out";
  } catch { return "lost"; }
}

// Before anything else hears of it: a draft goes on saving itself, and a second try is not taken for a second click.
// A machine that serves itself answers without any network: what does get through is sent as always.
addEventListener("submit", async (event) => {
  const form = event.target;
  const isThrough = through.delete(form); // once, whatever becomes of the connection meanwhile
  if (isThrough || !noConnection || form.getAttribute("method") === "dialog" || (navigator.onLine && !carries(form))) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const button = event.submitter;
  button?.setAttribute("aria-busy", "true");
  const why = await stays(form);
  button?.removeAttribute("aria-busy");
  if (why === "lost") say(noConnection, form);
  else if (why) sayOut(form);
  if (why) return;
  through.add(form);
  form.requestSubmit(button);
}, true);

// A part of a page that was asked for when nobody is in any more: the page stays as it is, with what was typed on it.
// The answer says in two lines what is missing and what its way is called; without them nobody is in.
document.addEventListener("htmx:before:response", async (event) => {
  const answer = event.detail?.ctx?.response;
  if (!signedOut || answer?.status !== 401) return; // else to where one signs in, as the answer says
  event.preventDefault();
  const form = event.target.closest?.("form"), [words, way] = (await answer.raw.text()).split("\n");
  if (note?.isConnected && note.firstChild.textContent === (words || signedOut)) return; // said once, however often a part asks
  sayOut(form, words || undefined, answer.headers.get("HX-Redirect") ?? undefined, way);
});

// A part of a page that was asked for and never came.
document.addEventListener("htmx:error", (event) => {
  if (noConnection && event.detail?.error instanceof TypeError && !event.detail.ctx?.response) say(noConnection, event.target.closest?.("form"));
});
document.addEventListener("htmx:after:swap", () => navigator.onLine && note?.remove());
addEventListener("submit", () => note?.remove());
addEventListener("online", () => note?.isConnected && say(connectionAgain, note.closest("dialog")?.querySelector("form")));
