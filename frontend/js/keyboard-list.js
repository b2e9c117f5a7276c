// <keyboard-list> around a list: j and k move, Enter opens, ? shows the letters; every [data-key] link or button in the row (or page) has its letter.
// Letters are ignored while typing, with Ctrl, Alt or Meta, and when switched off by <button data-keys-switch> (kept on this device).
const OFF = "kring-keys-off";
const FIELDS = "input, textarea, select, [contenteditable]";

function isOff() {
  try { return localStorage.getItem(OFF) === "1"; } catch { return false; }
}

function showHelp() {
  const help = document.querySelector("details[data-keys]");
  if (!help) return false;
  help.open = !help.open;
  const summary = help.querySelector("summary");
  summary.focus();
  summary.scrollIntoView({ block: "center" });
  return true;
}

class KeyboardList extends HTMLElement {
  connectedCallback() {
    this.listener = (event) => this.key(event);
    document.addEventListener("keydown", this.listener);
    for (const button of document.querySelectorAll("[data-keys-switch]")) this.prepareSwitch(button);
  }

  disconnectedCallback() { document.removeEventListener("keydown", this.listener); }

  get rows() { return [...this.querySelectorAll("[data-row]")].filter((row) => row.offsetParent); }

  get here() { return this.querySelector("[data-list-here]"); }

  key(event) {
    if (isOff() || event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return;
    if (event.target.closest?.(FIELDS) || document.querySelector("dialog[open]")) return;
    const done = this.act(event.key, event.target);
    if (done) event.preventDefault();
  }

  act(key, target) {
    if (key === "j" || key === "k") return this.move(key === "j" ? 1 : -1);
    if (key === "?") return showHelp();
    if (key === "Enter") {
      if (target.closest?.("a, button, summary")) return false;
      const opens = this.here?.querySelector("[data-open-row], a");
      opens?.click();
      return Boolean(opens);
    }
    const escaped = CSS.escape(key);
    const does = this.here?.querySelector(`[data-key="${escaped}"]`) ?? document.querySelector(`[data-key-page="${escaped}"]`);
    does?.click();
    return Boolean(does);
  }

  move(step) {
    const rows = this.rows;
    if (!rows.length) return false;
    const now = rows.indexOf(this.here);
    const next = rows[Math.min(rows.length - 1, Math.max(0, now < 0 ? 0 : now + step))];
    this.here?.removeAttribute("data-list-here");
    next.setAttribute("data-list-here", "");
    (next.querySelector("[data-open-row], a, button") ?? next).focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
    return true;
  }

  prepareSwitch(button) {
    const show = () => button.setAttribute("aria-pressed", String(!isOff()));
    button.hidden = false;
    show();
    button.addEventListener("click", () => {
      try { localStorage.setItem(OFF, isOff() ? "0" : "1"); } catch { /* a private window keeps nothing */ }
      show();
    });
  }
}
customElements.define("keyboard-list", KeyboardList);
