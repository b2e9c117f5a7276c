// <word-hints for="id"> under a field: a kinder word while one writes, one tap to take it, one to leave the word as it is.
// Comes with the first letter (see hints-when-asked.js). Nothing of what is written leaves this page.
import { find, prepared } from "./finding-words.js";

const BREATH = 200;
const PAUSE = 900;
const guides = new Map();

/** The guide in a language, fetched once a page; nothing where there is none. */
function guideIn(language, lists) {
  if (!guides.has(language)) {
    const asked = fetch(`${lists}${language}.json`, { credentials: "same-origin" })
      .then((answer) => (answer.ok ? answer.json() : [])).then(prepared).catch(() => { guides.delete(language); return []; });
    guides.set(language, asked);
  }
  return guides.get(language);
}

class WordHints extends HTMLElement {
  connectedCallback() {
    this.field = document.getElementById(this.getAttribute("for"));
    if (!this.field || this.place) return;
    [this.hint, this.taken] = this.querySelectorAll("template");
    this.room = this.appendChild(document.createElement("div"));
    this.room.className = "stack tight";
    [this.changed, this.place] = [1, 2].map(() => this.room.appendChild(document.createElement("div")));
    this.left = new Set();
    this.told = new Set();
    this.field.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.look(), BREATH);
    });
    this.field.form?.elements.language?.addEventListener?.("change", () => this.look());
    this.addEventListener("keydown", (event) => event.key === "Escape" && this.shown && this.leave());
    this.look();
  }

  /** The language chosen beside the words, else that of the page. */
  get language() {
    const chosen = this.field.form?.elements.language?.value;
    return ["nl", "fr", "en", "ar"].includes(chosen) ? chosen : chosen ? "" : document.documentElement.lang;
  }

  async look(whole = false) {
    clearTimeout(this.timer);
    const language = this.language;
    if (!language) return this.hide();
    const guide = await guideIn(language, this.dataset.lists);
    const text = this.field.value, caret = this.field.selectionEnd;
    const there = find(text, guide, language).filter((one) => !this.left.has(`${language} ${one.hint.key}`));
    const done = whole ? there : there.filter((one) => one.end !== caret || document.activeElement !== this.field);
    if (done.length < there.length) this.timer = setTimeout(() => this.look(true), PAUSE);
    if (done.length) this.show(done[0], language);
    else if (!there.length) this.hide();
  }

  show(found, language) {
    const written = this.field.value.slice(found.start, found.end), same = this.shown?.hint === found.hint && this.shown.written === written;
    this.shown = { ...found, written, language };
    if (same) return;
    const card = this.put(this.place, this.hint, language, { word: written, kinder: found.instead, why: found.hint.why });
    card.querySelector("[data-take]").addEventListener("click", () => this.take());
    card.querySelector("[data-leave]").addEventListener("click", () => this.leave());
    if (this.told.has(found.hint.key)) return;
    this.told.add(found.hint.key);
    const aloud = this.querySelector("[data-told]");
    aloud.lang = language;
    aloud.textContent = `${aloud.dataset.told}: ${written} – ${found.instead}. ${found.hint.why}`;
  }

  /** A card in its place; the room once taken stays, so that nothing moves under a finger. */
  put(place, template, language, words) {
    const card = template.content.cloneNode(true);
    for (const [name, said] of Object.entries(words)) {
      const span = card.querySelector(`[data-${name}]`);
      span.textContent = said;
      span.lang = language;
      span.dir = "auto";
    }
    place.replaceChildren(card);
    this.room.style.minBlockSize = `${this.room.offsetHeight}px`;
    return place;
  }

  hide() {
    this.shown = null;
    this.place.replaceChildren();
  }

  leave() {
    this.left.add(`${this.shown.language} ${this.shown.hint.key}`);
    this.hide();
    this.field.focus();
    this.look(true);
  }

  take() {
    const { start, end, written, instead, language, hint } = this.shown;
    if (this.field.value.slice(start, end) !== written) return this.look(true);
    this.hide();
    this.write(start, end, instead);
    const card = this.put(this.changed, this.taken, language, { kinder: instead });
    card.querySelector("[data-undo]").addEventListener("click", () => this.back(start, instead, written, `${language} ${hint.key}`));
  }

  back(start, instead, written, key) {
    const place = this.field.value.slice(start, start + instead.length) === instead ? start : this.field.value.indexOf(instead);
    this.left.add(key);
    this.changed.replaceChildren();
    if (place >= 0) this.write(place, place + instead.length, written);
  }

  /** As if it were typed: the device's own undo works too, and a draft is saved. */
  write(start, end, words) {
    this.field.focus();
    this.field.setSelectionRange(start, end);
    if (document.execCommand("insertText", false, words)) return;
    this.field.setRangeText(words, start, end, "end");
    this.field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}
customElements.define("word-hints", WordHints);
