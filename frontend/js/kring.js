// Everything a page may use. Pages work without it; this only makes them kinder.
import "htmx.org/dist/htmx.esm.min.js";
import "./drafts.js";
import "./listen-aloud.js";
import "./keyboard-list.js";
import "./toasts.js";
import "./small-acts.js";
import "./no-connection.js";
import "./once.js";
import "./typed.js";
import "./coming-back.js";
import "./other-forms.js";
import "./passkeys.js";
import "./hints-when-asked.js";

// After a fragment with mistakes arrives, the summary of mistakes gets the focus, as it does on a whole page.
function focusSummary(root) {
  const summary = root.querySelector?.("[data-focus-me]");
  if (summary) summary.focus();
}
focusSummary(document);
document.addEventListener("htmx:after:swap", (event) => focusSummary(event.detail?.ctx?.target ?? document));
