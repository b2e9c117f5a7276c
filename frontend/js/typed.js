// Words that were typed in a long form and not kept yet: the browser asks before they are lost.
let typed = false;

document.addEventListener("input", (event) => {
  if (event.target.form?.hasAttribute("data-keep-first")) typed = true;
});
addEventListener("submit", () => { typed = false; });
addEventListener("beforeunload", (event) => { if (typed) event.preventDefault(); });
