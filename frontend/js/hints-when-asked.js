// The guide of words comes with the first letter somebody writes, never with the page. A family's own words stay as they are.
document.addEventListener("input", (event) => {
  if (!event.target.id || document.body.classList.contains("family")) return;
  const place = document.querySelector(`word-hints[for="${CSS.escape(event.target.id)}"]`);
  if (place) import(place.dataset.module).catch(() => { /* without a network one writes without hints */ });
});
