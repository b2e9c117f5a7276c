// <form data-passkey="add | show | sign-in"> with a hidden field `credential`, a button [data-passkey-go] (hidden until it is
// possible) and a sentence [data-passkey-says] (hidden) for when it did not work. What to ask the device stands in
// #passkey-options; signing in asks the server for it at the form's own address.
const possible = Boolean(globalThis.PublicKeyCredential && navigator.credentials);

const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

async function asked(form) {
  if (form.dataset.passkey !== "sign-in") return JSON.parse(document.getElementById("passkey-options").textContent);
  const answer = await fetch(form.action, { headers: { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" } });
  if (!answer.ok) throw new Error(answer.status);
  return answer.json();
}

function readable(options) {
  const read = { ...options, challenge: bytes(options.challenge) };
  if (read.user) read.user = { ...read.user, id: bytes(read.user.id) };
  for (const list of ["allowCredentials", "excludeCredentials"]) {
    if (read[list]) read[list] = read[list].map((one) => ({ ...one, id: bytes(one.id) }));
  }
  return read;
}

function sendable(credential) {
  const { response } = credential;
  const parts = { clientDataJSON: text(response.clientDataJSON) };
  for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (response[name]) parts[name] = text(response[name]);
  }
  if (response.getTransports) parts.transports = response.getTransports();
  return {
    id: credential.id, rawId: text(credential.rawId), type: credential.type, response: parts,
    authenticatorAttachment: credential.authenticatorAttachment, clientExtensionResults: credential.getClientExtensionResults(),
  };
}

async function go(form) {
  const says = form.querySelector("[data-passkey-says]");
  if (says) says.hidden = true;
  try {
    const told = await asked(form);
    const made = form.dataset.passkey === "add"
      ? await navigator.credentials.create({ publicKey: readable(told.creation_options.publicKey) })
      : await navigator.credentials.get({ publicKey: readable(told.request_options.publicKey) });
    form.elements.credential.value = JSON.stringify(sendable(made));
    form.submit();
  } catch {
    if (says) says.hidden = false; // the person thought better of it, or the device cannot
  }
}

for (const form of possible ? document.querySelectorAll("form[data-passkey]") : []) {
  const button = form.querySelector("[data-passkey-go]");
  button.hidden = false;
  button.addEventListener("click", (event) => { event.preventDefault(); go(form); });
}
