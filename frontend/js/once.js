// A second click on a form that is already on its way does nothing. After a while, or after coming back, it may be tried again.
const PATIENCE = 8000;
const sent = new WeakMap();

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method === "get" || event.defaultPrevented || [...form.attributes].some((one) => one.name.startsWith("hx-"))) return;
  const before = sent.get(form);
  if (before && event.timeStamp - before < PATIENCE) { event.preventDefault(); return; }
  sent.set(form, event.timeStamp);
  event.submitter?.setAttribute("aria-busy", "true");
  setTimeout(() => event.submitter?.removeAttribute("aria-busy"), PATIENCE);
});

addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const button of document.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
  for (const form of document.forms) sent.delete(form);
});
