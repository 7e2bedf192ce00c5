/* Solves a puzzle of ALTCHA, version 2, while the reporter reads. Without it the page asks to wait. */
(() => {
  "use strict";
  const box = document.querySelector("[data-puzzle]");
  if (!box || !window.crypto?.subtle) return;
  const form = box.closest("form");
  const line = box.querySelector("[data-puzzle-line]");
  const field = box.querySelector("[data-puzzle-solution]");
  const bytes = (hex) => Uint8Array.from(hex.match(/../g), (pair) => parseInt(pair, 16));
  const hex = (buffer) =>
    [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, "0")).join("");

  const solve = async ({ parameters, signature }) => {
    const nonce = bytes(parameters.nonce);
    const rule = { name: "PBKDF2", hash: "SHA-256", salt: bytes(parameters.salt), iterations: parameters.cost };
    const guess = new Uint8Array(nonce.length + 4);
    guess.set(nonce);
    for (let counter = 0; ; counter += 1) {
      new DataView(guess.buffer).setUint32(nonce.length, counter);
      const key = await crypto.subtle.importKey("raw", guess, "PBKDF2", false, ["deriveBits"]);
      const derivedKey = hex(await crypto.subtle.deriveBits(rule, key, parameters.keyLength * 8));
      if (derivedKey.startsWith(parameters.keyPrefix)) {
        return btoa(JSON.stringify({ challenge: { parameters, signature }, solution: { counter, derivedKey } }));
      }
    }
  };

  const toWait = line.textContent;
  let waiting = null; // the button that was pressed too early
  let works = true; // otherwise who presses has to wait, as without this script
  line.textContent = box.dataset.working;
  form.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (!works || field.value || (button?.name === "ga" && button.value !== "verder")) return;
    event.preventDefault();
    waiting = button;
  });
  solve(JSON.parse(box.dataset.puzzle)).then((solution) => {
    field.value = solution;
    line.textContent = box.dataset.ready;
    if (waiting) form.requestSubmit(waiting);
  }).catch(() => {
    works = false;
    line.textContent = toWait;
  });
})();
