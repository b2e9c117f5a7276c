// Where a word of the guide stands in what somebody writes. The twin of src/kring/vision/rules.py: the cases in
// tests/vision/cases.json hold both to the same answers.
const LONGEST_ENDING = 4;
const BETWEEN = /^[ \t\n\r\u00a0\u202f\-\u2010\u2011'\u2019]*$/;
const SAME_LETTERS = { "ى": "ي", "ة": "ه", "ـ": "" };
const BEFORE_ARABIC = [];
for (const also of ["", "و", "ف"]) {
  for (const how of ["", "ب", "ك", "ل"]) for (const the of ["", "ال"]) BEFORE_ARABIC.push(also + how + the);
  BEFORE_ARABIC.push(`${also}لل`);
}

/** A sign as plain small letters; "" for what ends a word; null for what only belongs to the sign before. */
function folded(sign) {
  const plain = sign.normalize("NFKD").replace(/\p{Mn}/gu, "");
  const small = [...plain.toLowerCase()].map((one) => SAME_LETTERS[one] ?? one).join("");
  const letters = small.replace(/[^\p{L}\p{N}]/gu, "");
  return letters || small ? letters : null;
}

export function tokens(text) {
  const found = [];
  let word = "", begun = 0, place = 0;
  for (const sign of `${text} `) {
    const letters = folded(sign);
    if (letters) {
      if (!word) begun = place;
      word += letters;
    } else if (letters === "" && word) {
      found.push({ word, start: begun, end: place });
      word = "";
    }
    place += sign.length;
  }
  return found;
}

export function forms(word) {
  return word.replaceAll("،", ",").split(",").map((part) => part.trim())
    .map((part) => ({ words: tokens(part).map((one) => one.word), goesOn: part.endsWith("*") })).filter((one) => one.words.length);
}

function same(written, word, goesOn, language) {
  return (language === "ar" ? BEFORE_ARABIC : [""]).some((before) => {
    if (!written.startsWith(before)) return false;
    const rest = written.slice(before.length);
    return rest === word || (goesOn && rest.startsWith(word) && rest.length - word.length <= LONGEST_ENDING);
  });
}

function stands(text, there, at, form, language) {
  const last = form.words.length - 1;
  return at + last < there.length && form.words.every((word, step) => {
    const here = there[at + step];
    if (step && !BETWEEN.test(text.slice(there[at + step - 1].end, here.start))) return false;
    return same(here.word, word, form.goesOn && step === last, language);
  });
}

function covered(text, there, expressions, language) {
  const places = new Set();
  there.forEach((_, at) => {
    for (const form of expressions) if (stands(text, there, at, form, language)) form.words.forEach((_, more) => places.add(at + more));
  });
  return places;
}

function asWritten(written, kinder) {
  const first = written.slice(0, 1);
  return first !== first.toLowerCase() ? kinder.slice(0, 1).toUpperCase() + kinder.slice(1) : kinder;
}

/** A guide as it is looked for: its forms read once. */
export const prepared = (hints) => hints.map((hint) => ({ hint, forms: forms(hint.word), unless: forms(hint.unless ?? "") }));

/** Every word of the guide in a text, the longest expression first, none over another. */
export function find(text, guide, language) {
  const there = tokens(text), found = [];
  const spared = new Map(guide.map((one) => [one, covered(text, there, one.unless, language)]));
  for (let at = 0; at < there.length; at += 1) {
    let best = null;
    for (const one of guide) {
      for (const form of one.forms) {
        if (form.words.length <= (best?.length ?? 0) || !stands(text, there, at, form, language)) continue;
        if (form.words.some((_, more) => spared.get(one).has(at + more))) continue;
        best = { length: form.words.length, hint: one.hint };
      }
    }
    if (!best) continue;
    const start = there[at].start, end = there[at + best.length - 1].end;
    found.push({ start, end, hint: best.hint, instead: asWritten(text.slice(start, end), best.hint.kinder) });
    at += best.length - 1;
  }
  return found;
}
