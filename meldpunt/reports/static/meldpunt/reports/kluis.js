/* Counts down until the vault closes; without it the page says how long in words. */
(() => {
  "use strict";
  const place = document.querySelector("[data-seconds-left]");
  if (!place) return;
  const ends = Date.now() + Number(place.dataset.secondsLeft) * 1000;
  const show = () => {
    const left = Math.round((ends - Date.now()) / 1000);
    if (left <= 0) { location.reload(); return; }
    const seconds = String(left % 60).padStart(2, "0");
    place.textContent = `${place.dataset.text} ${Math.floor(left / 60)}:${seconds}`;
    place.classList.toggle("is-ending", left < 120);
  };
  show();
  setInterval(show, 1000);
})();
