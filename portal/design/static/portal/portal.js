/* Everything here is extra: each page works without it. */
(() => {
  "use strict";
  const root = document.documentElement;
  const one = (selector) => document.querySelector(selector);
  const all = (selector) => [...document.querySelectorAll(selector)];

  one("[data-error-summary]")?.focus();

  all("[data-colour-button]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => {
      const system = matchMedia("(prefers-color-scheme: dark)").matches ? "donker" : "licht";
      const next = (root.dataset.colourMode || system) === "donker" ? "licht" : "donker";
      root.dataset.colourMode = next;
      document.cookie = `kleurstand=${next};path=/;max-age=31536000;samesite=lax`;
    });
  });

  const exit = one("[data-quick-exit]");
  if (exit) {
    const leave = (event) => {
      event?.preventDefault();
      document.title = "…";
      document.body.replaceChildren();
      location.replace(exit.href);
    };
    exit.addEventListener("click", leave);
    let presses = 0, timer;
    addEventListener("keyup", (event) => {
      if (event.key !== "Shift") { presses = 0; return; }
      clearTimeout(timer);
      timer = setTimeout(() => { presses = 0; }, 5000);
      presses += 1;
      if (presses === 3) leave();
    });
    addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  }

  all("form[data-self-submitting]").forEach((form) => form.addEventListener("change", () => {
    if (matchMedia("(width >= 60rem)").matches) form.requestSubmit();
  }));

  all("[data-print]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => print());
  });

  all("[data-copy]").forEach((button) => {
    if (!navigator.clipboard) return;
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.dataset.copy);
      const text = button.querySelector("[data-copy-text]");
      if (text) text.textContent = text.dataset.copyText;
    });
  });

  all("[data-count]").forEach((area) => {
    const line = document.createElement("p");
    line.className = "portal-char-count";
    line.setAttribute("aria-live", "polite");
    const show = () => { line.textContent = `${area.value.length} / ${area.maxLength}`; };
    area.after(line);
    area.addEventListener("input", show);
    show();
  });

  all("input[data-suggestions]").forEach((input) => {
    const list = document.createElement("datalist");
    list.id = `${input.id}-list`;
    input.setAttribute("list", list.id);
    input.after(list);
    let timer;
    input.addEventListener("input", () => {
      clearTimeout(timer);
      if (input.value.trim().length < 3) return;
      timer = setTimeout(async () => {
        const answer = await fetch(`${input.dataset.suggestions}?q=${encodeURIComponent(input.value)}`);
        if (!answer.ok) return;
        const { suggestions } = await answer.json();
        list.replaceChildren(...suggestions.map((text) => new Option("", text)));
      }, 200);
    });
  });

  if ("serviceWorker" in navigator && root.dataset.sw) navigator.serviceWorker.register(root.dataset.sw);
})();
