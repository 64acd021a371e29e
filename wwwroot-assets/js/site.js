// Every page: one player at a time, a word when a player fails, times in the visitor's own time zone.

function pauseOthers(event) {
  for (const player of document.querySelectorAll("audio")) {
    if (player !== event.target) {
      player.pause();
    }
  }
}

function showPlayerError(event) {
  const message = event.target.parentElement?.querySelector("[data-player-error]");
  if (event.target instanceof HTMLAudioElement && message) {
    message.hidden = false;
  }
}

function localiseTimes() {
  const format = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "long", timeStyle: "short" });
  for (const element of document.querySelectorAll("time[data-local]")) {
    element.textContent = format.format(new Date(element.dateTime));
  }
}

// Media events do not bubble, but they can be captured.
document.addEventListener("play", pauseOthers, true);
document.addEventListener("error", showPlayerError, true);
localiseTimes();
