// Every page: plays a list in a row. The queue stays in this window while its visitor goes from page to page; the sound goes on where it was.

const Key = "musicrec.queue";
const bar = document.querySelector("[data-player-bar]");
const part = (name) => bar.querySelector(`[data-bar-${name}]`);
const sound = new Audio();
sound.preload = "auto";
let queue = null;
let seeking = false;
let failures = 0;
let saying = 0;
let asking = false;

function read() {
  try {
    const stored = JSON.parse(sessionStorage.getItem(Key));
    return stored?.songs?.length > 0 ? stored : null;
  } catch {
    return null;
  }
}

function store() {
  if (queue) {
    // Before its length is known, a sound stands at 0 wherever it is to go on.
    queue.time = sound.readyState > 0 ? sound.currentTime : queue.time;
    sessionStorage.setItem(Key, JSON.stringify(queue));
  } else {
    sessionStorage.removeItem(Key);
  }
}

/** The songs of a list of the page, in its order. */
function songsOf(list) {
  return [...list.querySelectorAll("[data-song]")].map((item) => ({
    id: item.dataset.song,
    title: item.dataset.title,
    artist: item.dataset.artist,
    page: item.querySelector(".song-title").getAttribute("href"),
    sound: item.querySelector("audio").getAttribute("src"),
    cover: item.querySelector("img.cover")?.getAttribute("src") ?? null,
  }));
}

function clock(seconds) {
  const whole = Math.round(seconds) || 0;
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

function open(index, time) {
  queue.index = index;
  queue.time = time;
  const song = queue.songs[index];
  sound.src = song.sound;
  describe(song);
  store();
  extend();
}

/** Near the end of a list that is to go on: more songs, like its last ones, none of them twice. */
async function extend() {
  const asked = queue;
  if (!asked.more || asking || asked.index < asked.songs.length - 2) {
    return;
  }
  asking = true;
  try {
    const address = new URL(asked.more, location.href);
    for (const song of asked.songs.slice(-3)) {
      address.searchParams.append("like", song.id);
    }
    const answer = await fetch(address);
    if (!answer.ok) {
      return;
    }
    const list = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-queue]");
    const known = new Set(asked.songs.map((song) => song.id));
    const found = list ? songsOf(list).filter((song) => !known.has(song.id)) : [];
    asked.songs.push(...found);
    if (found.length === 0) {
      asked.more = null;
    }
    if (queue === asked) {
      describe(asked.songs[asked.index]);
      store();
    }
  } catch {
    // Not now: the next song asks again.
  } finally {
    asking = false;
  }
}

function describe(song) {
  bar.hidden = false;
  part("title").textContent = song.title;
  part("title").href = song.page;
  part("artist").textContent = song.artist;
  part("place").textContent = `${queue.index + 1} / ${queue.songs.length}`;
  part("previous").disabled = queue.index === 0;
  part("next").disabled = queue.index === queue.songs.length - 1;
  for (const item of document.querySelectorAll("[data-song]")) {
    item.toggleAttribute("data-playing", item.dataset.song === song.id);
  }
  if (navigator.mediaSession) {
    navigator.mediaSession.metadata = new MediaMetadata({
      title: song.title, artist: song.artist, artwork: song.cover ? [{ src: new URL(song.cover, location.href).href }] : [],
    });
  }
}

async function play() {
  for (const other of document.querySelectorAll("audio")) {
    other.pause();
  }
  queue.isPlaying = true;
  try {
    await sound.play();
    failures = 0;
  } catch (error) {
    // The browser wants a touch first: the button is there. A sound that cannot be played is dealt with where it fails.
    if (error.name === "NotAllowedError") {
      pause();
    }
  }
}

function pause() {
  queue.isPlaying = false;
  sound.pause();
  showState();
  store();
}

function toggle() {
  if (sound.paused) {
    play();
  } else {
    pause();
  }
}

function goTo(index) {
  if (index >= 0 && index < queue.songs.length) {
    open(index, 0);
    play();
  }
}

function close() {
  sound.pause();
  sound.removeAttribute("src");
  queue = null;
  bar.hidden = true;
  store();
  for (const item of document.querySelectorAll("[data-playing]")) {
    item.removeAttribute("data-playing");
  }
}

function showState() {
  const button = part("toggle");
  button.setAttribute("aria-label", sound.paused ? bar.dataset.textPlay : bar.dataset.textPause);
  bar.toggleAttribute("data-is-playing", !sound.paused);
  if (navigator.mediaSession) {
    navigator.mediaSession.playbackState = sound.paused ? "paused" : "playing";
  }
}

function showTime() {
  const length = Number.isFinite(sound.duration) ? sound.duration : 0;
  part("time").textContent = clock(sound.currentTime);
  part("length").textContent = clock(length);
  const seek = part("seek");
  seek.max = Math.max(1, Math.floor(length));
  if (!seeking) {
    seek.value = sound.currentTime;
  }
  seek.setAttribute("aria-valuetext", `${clock(sound.currentTime)} / ${clock(length)}`);
}

/** Long enough to be read, also when the next song plays already. */
function say(message) {
  part("status").textContent = message;
  clearTimeout(saying);
  saying = setTimeout(() => { part("status").textContent = ""; }, 6000);
}

/** A song that is gone is passed over, but not a whole list of them. */
function onFailure() {
  if (!queue || !sound.hasAttribute("src")) {
    return;
  }
  say(bar.dataset.textFailed);
  failures++;
  if (queue.isPlaying && failures < 3 && queue.index < queue.songs.length - 1) {
    goTo(queue.index + 1);
  } else {
    pause();
  }
}

function onEnd() {
  if (queue.index < queue.songs.length - 1) {
    goTo(queue.index + 1);
  } else {
    pause();
  }
}

/** Space and arrows, unless what has the focus needs them itself or a key is held with them. */
function onKey(event) {
  if (!queue || event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) {
    return;
  }
  const keys = { " ": toggle, ArrowRight: () => goTo(queue.index + 1), ArrowLeft: () => goTo(queue.index - 1) };
  const writes = "input, select, textarea, audio, video, [contenteditable], [tabindex='0']";
  const pressed = event.key === " " ? `${writes}, a, button, summary` : writes;
  if (keys[event.key] && !event.target.closest?.(pressed)) {
    event.preventDefault();
    keys[event.key]();
  }
}

/** Plays a list; with an address for more songs, beyond its end. */
function start(list, more = null) {
  queue = { songs: songsOf(list), index: 0, time: 0, isPlaying: true, more };
  goTo(0);
}

/** Goes on with what the window plays. */
function resume() {
  queue = read();
  if (!queue) {
    close();
    return;
  }
  open(queue.index, queue.time);
  showState();
  if (queue.isPlaying) {
    play();
  }
}

function offerLists() {
  for (const button of document.querySelectorAll("[data-play-all]")) {
    const list = document.querySelector("[data-queue]");
    button.hidden = false;
    button.addEventListener("click", () => start(list));
    if (button.dataset.playAll === "now") {
      // Once: a reload or the way back goes on with what plays.
      const address = new URL(location.href);
      address.searchParams.delete("play");
      history.replaceState(history.state, "", address);
      for (const seed of ["like", "unlike", "upload"]) {
        address.searchParams.delete(seed);
      }
      start(list, address.pathname + address.search);
    }
  }
}

sound.addEventListener("play", showState);
sound.addEventListener("pause", showState);
sound.addEventListener("ended", onEnd);
sound.addEventListener("error", onFailure);
sound.addEventListener("loadedmetadata", () => {
  if (queue.time > 0) {
    sound.currentTime = queue.time;
  }
  showTime();
});
sound.addEventListener("timeupdate", showTime);
part("toggle").addEventListener("click", toggle);
part("previous").addEventListener("click", () => goTo(queue.index - 1));
part("next").addEventListener("click", () => goTo(queue.index + 1));
part("close").addEventListener("click", close);
part("seek").addEventListener("input", () => { seeking = true; part("time").textContent = clock(part("seek").value); });
part("seek").addEventListener("change", () => { seeking = false; sound.currentTime = part("seek").value; });
document.addEventListener("keydown", onKey);
document.addEventListener("play", () => { if (queue && !sound.paused) { pause(); } }, true);
addEventListener("pagehide", () => {
  store();
  sound.pause();
});
addEventListener("pageshow", (event) => {
  // Back to a page that was kept as it was: what played on another one meanwhile counts.
  if (event.persisted) {
    resume();
  }
});
if (navigator.mediaSession) {
  const actions = { play, pause, previoustrack: () => goTo(queue.index - 1), nexttrack: () => goTo(queue.index + 1), seekto: (details) => { sound.currentTime = details.seekTime; } };
  for (const [action, handle] of Object.entries(actions)) {
    navigator.mediaSession.setActionHandler(action, (details) => queue && handle(details));
  }
}

resume();
offerLists();
