// Away from a page with mistakes, or one that came by sending ([data-by-sending]), and back again: the page is asked for anew, instead of asking whether to send
// again, and the words are still there. They stay with this tab's way back, where the browser would keep them too:
// for whoever typed them. When somebody else is here by then, they are gone, also those the browser kept itself;
// and on a device that is left to others they are gone for everybody.
const FIELD = "textarea, select, input:not([type=hidden], [type=password], [type=file], [autocomplete=one-time-code])";
const whose = document.body.dataset.whose ?? "";
const before = history.state;
const mine = before?.whose === undefined || (whose !== "" && before.whose === whose);

function fields() {
  const forms = [...document.querySelectorAll("main form[method=post i]")].filter((form) => form.autocomplete !== "off");
  return forms.flatMap((form) => [...form.querySelectorAll(FIELD)]).filter((field) => field.name && field.autocomplete !== "off");
}

const ticked = (field) => ["checkbox", "radio"].includes(field.type);
const key = (field) => (ticked(field) ? `${field.name}=${field.value}` : field.name);

function remember(words) {
  history.replaceState({ ...before, whose, words }, "", location.href);
}

function empty() {
  for (const form of document.querySelectorAll("main form")) form.reset();
}

function putBack(words) {
  for (const field of fields()) {
    if (!(key(field) in words)) continue;
    if (ticked(field)) field.checked = words[key(field)];
    else if (!field.value) field.value = words[key(field)];
  }
}

if (!mine) {
  remember();
  empty();
  addEventListener("pageshow", empty, { once: true }); // where the browser fills in late
} else if (document.querySelector("[data-focus-me], [data-by-sending]")) {
  remember(whose ? Object.fromEntries(fields().map((field) => [key(field), ticked(field) ? field.checked : field.value])) : undefined);
} else if (before?.words) {
  putBack(before.words);
} else if (document.querySelector(`main form :is(${FIELD})`)) {
  remember();
}
