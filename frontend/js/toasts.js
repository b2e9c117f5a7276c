// Messages one may close. A toast without an undo goes by itself after a while, never while someone is on it.
const LONG_ENOUGH = 9000;

function watchToast(toast) {
  if (toast.dataset.watched !== undefined) return;
  toast.dataset.watched = "";
  toast.querySelector("[data-close]")?.removeAttribute("hidden");
  if (toast.querySelector("form, a")) return;
  let timer = 0;
  const wait = () => { clearTimeout(timer); timer = setTimeout(() => toast.remove(), LONG_ENOUGH); };
  for (const hold of ["pointerenter", "focusin"]) toast.addEventListener(hold, () => clearTimeout(timer));
  for (const free of ["pointerleave", "focusout"]) toast.addEventListener(free, wait);
  wait();
}

const all = () => document.querySelectorAll(".toast").forEach(watchToast);
all();
document.addEventListener("htmx:after:swap", all);
document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-close]");
  if (button) (button.closest(".toast, .message") ?? button.closest("dialog"))?.[button.closest("dialog") ? "close" : "remove"]?.();
});
