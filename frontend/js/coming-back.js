// Away from a page with mistakes, or one that came by sending ([data-by-sending]), and back again: the page is asked for anew, or the one it
// names for that, instead of asking whether to send again, and the words are still there. They stay with this tab's way back, where the browser would keep them too:
// for whoever typed them. When somebody else is here by then, they are gone, also those the browser kept itself;
// and on a device that is left to others they are gone for everybody.
const FIELD = "textarea, select, input:not([type=hidden], [type=password], [type=file], [autocomplete=one-time-code]), input[data-comes-back]";
export const whose = document.body.dataset.whose ?? "";
const before = history.state;
const afterwards = document.querySelector("[data-by-sending]")?.dataset.bySending;
const mine = before?.whose === undefined || (whose !== "" && before.whose === whose);

const kept = (form) => form.autocomplete !== "off";
export const forms = () => [...document.querySelectorAll("main form[method=post i]")].filter(kept);
export const fieldsOf = (form) => [...form.querySelectorAll(FIELD)].filter((field) => field.name && kept(field));
const fields = () => forms().flatMap(fieldsOf);

export const ticked = (field) => ["checkbox", "radio"].includes(field.type);
export const key = (field) => (ticked(field) ? `${field.name}=${field.value}` : field.name);
const wordsIn = (some) => Object.fromEntries(some.map((field) => [key(field), ticked(field) ? field.checked : field.value]));

function remember(words) {
  history.replaceState({ ...history.state, whose, words }, "", afterwards || location.href);
}

function empty() {
  for (const form of document.querySelectorAll("main form")) form.reset();
}

function putBack(words, some) {
  for (const field of some) {
    if (!(key(field) in words)) continue;
    if (ticked(field)) field.checked = words[key(field)];
    else if (!field.value) field.value = words[key(field)];
  }
}

// What is typed from now on is remembered too, a moment later: a browser counts how often it is told.
function goOnRemembering() {
  let timer = 0;
  const now = () => { clearTimeout(timer); timer = 0; remember(wordsIn(fields())); };
  addEventListener("input", () => { timer ||= setTimeout(now, 500); });
  addEventListener("change", now);
}

// The page that stood here came by sending, and cannot be asked for: what led to it is sent again, with the words, in its place.
function sendAgain(words) {
  const form = document.querySelector("main form[data-again]");
  if (!form) return;
  for (const [name, value] of Object.entries(words)) {
    if (value === false) continue;
    const [, named, chosen] = value === true ? /^([^=]*)=(.*)$/s.exec(name) : [name, name, value];
    const place = form.elements.namedItem(named) ?? form.appendChild(Object.assign(document.createElement("input"), { type: "hidden", name: named }));
    place.value = chosen;
  }
  form.submit(); // at once: while a page is still coming, the next takes its place on the way back
}

// A part of a page arrives: htmx writes its own mark over ours, or pushes a new place. Whose the words are, and the words, stay.
document.addEventListener("htmx:before:swap", () => {
  const { words } = history.state ?? {};
  queueMicrotask(() => remember(words)); // after the mark, still before anything of the part stands
});

// By the way back a whole page came as a part: when somebody else is here by then, it is asked for as a page of theirs.
document.addEventListener("htmx:after:swap", () => (document.body.dataset.whose ?? "") === whose || location.reload());

if (!whose) addEventListener("pagehide", empty); // left to others: what was typed goes with the page, before a browser keeps it

if (!mine) {
  remember();
  empty();
  addEventListener("pageshow", empty, { once: true }); // where the browser fills in late
} else if (document.querySelector("[data-focus-me], [data-by-sending]")) {
  remember(whose ? wordsIn(fields()) : undefined);
  if (whose) goOnRemembering();
} else if (before?.words) {
  putBack(before.words, fields());
  sendAgain(before.words);
} else if (document.querySelector(`main form :is(${FIELD})`)) {
  remember();
}
