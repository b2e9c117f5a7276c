// <listen-aloud for="id"> reads the marked text of an element aloud, in the language of each part.
// A recording (<audio> inside) goes before the browser's voice. Marked: [data-aloud], or the whole element.
// Inside: <button data-listen data-play="Listen" data-pause="Pause" data-on="Go on"><span data-word>Listen</span></button>
const voice = globalThis.speechSynthesis;
const PIECE = 220;

/** Long texts stop some voices half-way: whole sentences in pieces. */
export function pieces(text, longest = PIECE) {
  const out = [];
  for (const sentence of text.replace(/\s+/g, " ").trim().match(/[^.!?؟…]+[.!?؟…]*\s*/g) ?? []) {
    const last = out.at(-1);
    if (last && last.length + sentence.length <= longest) out[out.length - 1] = last + sentence;
    else out.push(sentence);
  }
  return out.map((piece) => piece.trim()).filter(Boolean);
}

class ListenAloud extends HTMLElement {
  connectedCallback() {
    this.button = this.querySelector("[data-listen]");
    this.audio = this.querySelector("audio");
    this.state = "still";
    if (!this.button) return;
    this.dataset.silent = "";
    if (this.audio) { this.removeAttribute("data-silent"); this.followRecording(); }
    else if (voice) { this.hasVoice(); voice.addEventListener?.("voiceschanged", () => this.hasVoice()); }
    this.button.addEventListener("click", () => this.press());
    addEventListener("pagehide", () => voice?.cancel());
  }

  disconnectedCallback() { if (this.state !== "still") voice?.cancel(); }

  // Some browsers name their voices late, some never: only a list without our language hides the button.
  hasVoice() {
    const language = (document.documentElement.lang || "en").split("-")[0];
    const voices = voice.getVoices();
    const able = voices.length === 0 ? !this.dataset.strict : voices.some((one) => one.lang.toLowerCase().startsWith(language));
    this.toggleAttribute("data-silent", !able);
  }

  followRecording() {
    this.audio.addEventListener("play", () => this.say("playing"));
    this.audio.addEventListener("pause", () => this.say(this.audio.ended ? "still" : "paused"));
    this.audio.addEventListener("ended", () => this.say("still"));
  }

  press() {
    if (this.audio) return this.audio.paused ? this.audio.play() : this.audio.pause();
    if (this.state === "playing") { voice.pause(); return this.say("paused"); }
    if (this.state === "paused") { voice.resume(); return this.say("playing"); }
    return this.read();
  }

  read() {
    const whole = document.getElementById(this.getAttribute("for")) ?? document.querySelector("main");
    const marked = whole.querySelectorAll("[data-aloud]");
    const parts = marked.length ? [...marked] : [whole];
    voice.cancel();
    const queue = parts.flatMap((part) => pieces(part.innerText).map((text) => [part, text]));
    queue.forEach(([part, text], number) => voice.speak(this.sentence(part, text, number === queue.length - 1)));
    if (queue.length) this.say("playing");
  }

  sentence(part, text, last) {
    const spoken = new SpeechSynthesisUtterance(text);
    spoken.lang = part.closest("[lang]")?.lang || document.documentElement.lang;
    spoken.rate = 0.92;
    spoken.onstart = () => { part.dataset.said = ""; part.scrollIntoView({ block: "nearest" }); };
    spoken.onend = spoken.onerror = () => { delete part.dataset.said; if (last) this.say("still"); };
    return spoken;
  }

  say(state) {
    this.state = state;
    const { play, pause, on } = this.button.dataset;
    const word = this.button.querySelector("[data-word]") ?? this.button;
    word.textContent = { still: play, playing: pause, paused: on ?? play }[state];
    this.button.dataset.state = state;
  }
}
customElements.define("listen-aloud", ListenAloud);
