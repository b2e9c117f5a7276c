// One form of a page is sent while another on it is half written: its words wait in this tab for the very next page of ours. There they are
// taken out, whatever page it is, and put back only for whoever wrote them, in the same form, where nothing else was written meanwhile.
import { fieldsOf, forms, key, ticked, whose } from "./coming-back.js";

const PLACE = "kring.half";
const ANEW = ["csrfmiddlewaretoken", "made"]; // another on each page
const now = (field) => (ticked(field) ? field.checked : field.value);

function asItCame(field) {
  if (ticked(field)) return field.defaultChecked;
  if (!field.options) return field.defaultValue;
  return ([...field.options].find((one) => one.defaultSelected) ?? field.options[0])?.value;
}

// Which form it is: where it goes, and what it carries unseen. Two that look the same are left alone.
function mark(form) {
  const unseen = [...form.querySelectorAll("input[type=hidden]")].filter((one) => !ANEW.includes(one.name));
  return JSON.stringify([form.getAttribute("action") || location.pathname, ...unseen.map((one) => [one.name, one.value])]);
}

function byMark() {
  const all = forms().map((form) => [mark(form), form]);
  return all.filter(([name]) => all.filter(([other]) => other === name).length === 1);
}

function halfWritten(form) {
  const written = fieldsOf(form).filter((field) => !field.multiple && now(field) !== asItCame(field));
  return Object.fromEntries(written.map((field) => [key(field), [now(field), asItCame(field)]]));
}

function take() {
  try {
    const told = JSON.parse(sessionStorage.getItem(PLACE));
    sessionStorage.removeItem(PLACE);
    return told?.whose === whose && whose ? told.words : {};
  } catch { return {}; }
}

function putBack(words) {
  for (const [name, form] of byMark()) {
    const back = fieldsOf(form).filter((field) => words[name]?.[key(field)]?.[1] === now(field));
    for (const field of back) {
      const [written] = words[name][key(field)];
      if (ticked(field)) field.checked = written;
      else field.value = written;
    }
    if (back.length) form.closest("details")?.setAttribute("open", "");
  }
}

addEventListener("submit", (event) => {
  const sent = event.target;
  if (!whose || event.defaultPrevented || sent.target || sent.getAttribute("method") === "dialog") return;
  const words = Object.fromEntries(byMark().filter(([, form]) => form !== sent).map(([name, form]) => [name, halfWritten(form)]));
  const some = Object.values(words).some((one) => Object.keys(one).length);
  try { if (some) sessionStorage.setItem(PLACE, JSON.stringify({ whose, words })); } catch { /* a browser that keeps nothing */ }
});

putBack(take());
