// Away from a page with mistakes, or one that came by sending ([data-by-sending]), and back again: the page is asked for anew, instead of asking whether to send
// again, and the words are still there. They stay with this tab's way back, where the browser would keep them too.
const KEPT = "textarea, select, input:not([type=hidden], [type=password], [type=file], [autocomplete=one-time-code])";

function fields() {
  return [...document.querySelectorAll("main form[method=post i]")].flatMap((form) => [...form.querySelectorAll(KEPT)]).filter((field) => field.name);
}

const key = (field) => (["checkbox", "radio"].includes(field.type) ? `${field.name}=${field.value}` : field.name);

if (document.querySelector("[data-focus-me], [data-by-sending]")) {
  const words = Object.fromEntries(fields().map((field) => [key(field), field.type === "checkbox" || field.type === "radio" ? field.checked : field.value]));
  history.replaceState({ ...history.state, words }, "", location.href);
} else if (history.state?.words) {
  const words = history.state.words;
  for (const field of fields()) {
    if (!(key(field) in words)) continue;
    if (field.type === "checkbox" || field.type === "radio") field.checked = words[key(field)];
    else if (!field.value) field.value = words[key(field)];
  }
}
