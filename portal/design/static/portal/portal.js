/* Everything here is extra: each page works without it. */
(() => {
  "use strict";
  const root = document.documentElement;
  const one = (selector) => document.querySelector(selector);
  const all = (selector) => [...document.querySelectorAll(selector)];
  const isWide = () => matchMedia("(width >= 60rem)").matches;
  const texts = root.lang === "en"
    ? { left: "# characters left", over: "# characters too many" }
    : { left: "Nog # tekens", over: "# tekens te veel" };

  one("[data-error-summary]")?.focus();

  // Light or dark: a cookie, so that the server sets it and nothing flashes.
  all("[data-colour-button]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => {
      const system = matchMedia("(prefers-color-scheme: dark)").matches ? "donker" : "licht";
      const next = (root.dataset.colourMode || system) === "donker" ? "licht" : "donker";
      root.dataset.colourMode = next;
      document.cookie = `kleurstand=${next};path=/;max-age=31536000;samesite=lax`;
    });
  });

  // Leave quickly: blank at once, then away, with nothing behind the back button.
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
      clearTimeout(timer);
      presses = event.key === "Shift" ? presses + 1 : 0;
      timer = setTimeout(() => { presses = 0; }, 5000);
      if (presses === 3) leave();
    });
    addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  }

  // Filters answer at once where the results stand beside them.
  all("form[data-self-submitting]").forEach((form) => form.addEventListener("change", () => {
    if (isWide()) form.requestSubmit();
  }));

  all("[data-print]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => print());
  });

  // Copying needs https; without it the button stays away.
  if (navigator.clipboard) all("[data-copy]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.dataset.copy);
      const text = button.querySelector("[data-copy-text]");
      if (text) text.textContent = text.dataset.copyText;
    });
  });

  // Room left: always seen, told to a screen reader only when somebody stops typing.
  all("[data-count]").forEach((area) => {
    const seen = document.createElement("p"), told = document.createElement("p");
    seen.className = "portal-char-count";
    seen.ariaHidden = "true";
    told.className = "portal-hidden";
    told.role = "status";
    area.after(seen, told);
    let timer;
    const show = () => {
      const left = area.maxLength - area.value.length;
      seen.textContent = texts[left < 0 ? "over" : "left"].replace("#", Math.abs(left).toLocaleString(root.lang));
      clearTimeout(timer);
      timer = setTimeout(() => { told.textContent = left < 200 ? seen.textContent : ""; }, 1000);
    };
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
        const asked = input.value;
        const answer = await fetch(`${input.dataset.suggestions}?q=${encodeURIComponent(asked)}`).catch(() => null);
        if (!answer?.ok || asked !== input.value) return;
        const { suggestions } = await answer.json();
        list.replaceChildren(...suggestions.map((text) => new Option("", text)));
      }, 200);
    });
  });

  if ("serviceWorker" in navigator && root.dataset.sw) navigator.serviceWorker.register(root.dataset.sw);
})();
