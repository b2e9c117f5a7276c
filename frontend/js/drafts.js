// <form data-draft="key" data-draft-url="/…"> saves itself from the first keystroke.
// Beside it: <p role="status" data-draft-state data-saving="…" data-saved="…" data-waiting="…" data-out="…"></p>
const PAUSE = 700;
const AGAIN = 8000;

class Draft {
  constructor(form) {
    this.form = form;
    this.state = form.querySelector("[data-draft-state]");
    this.timer = 0;
    this.changed = false;
    form.addEventListener("input", () => this.later(PAUSE));
    form.addEventListener("submit", () => { this.changed = false; clearTimeout(this.timer); });
    addEventListener("online", () => this.changed && this.save());
    addEventListener("pagehide", () => this.changed && this.save(true));
    document.addEventListener("visibilitychange", () => document.hidden && this.changed && this.save(true));
  }

  later(pause) {
    this.changed = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), pause);
  }

  body() {
    const data = new FormData(this.form);
    for (const [name, value] of [...data]) if (typeof value !== "string") data.delete(name);
    data.set("draft", this.form.dataset.draft);
    return new URLSearchParams(data);
  }

  async save(leaving = false) {
    clearTimeout(this.timer);
    this.changed = false;
    this.say("saving");
    try {
      const answer = await fetch(this.form.dataset.draftUrl, {
        method: "POST", body: this.body(), keepalive: leaving, credentials: "same-origin",
        headers: { "X-CSRFToken": this.form.elements.csrfmiddlewaretoken?.value ?? "", "X-Draft": "1" },
      });
      if (answer.status === 401 || answer.status === 403) { this.say("out"); return; }
      if (!answer.ok) throw new Error(answer.status);
      if (!this.changed) this.say("saved");
    } catch {
      this.say("waiting");
      this.later(AGAIN);
    }
  }

  say(state) {
    if (!this.state || this.state.dataset.state === state) return;
    this.state.dataset.state = state;
    this.state.textContent = this.state.dataset[state] ?? "";
  }
}

const known = new WeakSet();
function start(root) {
  for (const form of root.querySelectorAll?.("form[data-draft][data-draft-url]") ?? []) {
    if (known.has(form)) continue;
    known.add(form);
    new Draft(form);
  }
}
start(document);
document.addEventListener("htmx:after:swap", () => start(document));
