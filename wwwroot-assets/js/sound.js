// The pages of one song: the waveform is a slider that shows and sets where its player is, and so are the pictures with time along them.

const SVG = "http://www.w3.org/2000/svg";

function clock(seconds) {
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

function addPlayhead(area) {
  const svg = document.createElementNS(SVG, "svg");
  const line = document.createElementNS(SVG, "line");
  svg.setAttribute("class", "playhead");
  svg.setAttribute("aria-hidden", "true");
  line.setAttribute("y2", "100%");
  svg.append(line);
  area.append(svg);
  return line;
}

function follow(wave) {
  const player = [...document.querySelectorAll("audio")].find((audio) => audio.getAttribute("src") === wave.dataset.sound);
  if (!player) {
    return;
  }

  const seconds = Number(wave.dataset.seconds);
  const slider = wave.querySelector("[data-seek]");
  const played = wave.querySelector("[data-played]");
  const columns = wave.querySelector("svg").viewBox.baseVal.width;
  const areas = [...document.querySelectorAll("[data-timeline]")];
  const playheads = areas.map(addPlayhead);

  function show() {
    const now = Math.min(player.currentTime, seconds);
    slider.value = now;
    slider.setAttribute("aria-valuetext", `${clock(now)} / ${clock(seconds)}`);
    played.setAttribute("width", (columns * now) / seconds);
    for (const line of playheads) {
      line.setAttribute("x1", `${(100 * now) / seconds}%`);
      line.setAttribute("x2", `${(100 * now) / seconds}%`);
    }
  }

  function showWhilePlaying() {
    show();
    if (!player.paused) {
      requestAnimationFrame(showWhilePlaying);
    }
  }

  function listenFrom(position) {
    player.currentTime = position;
    player.play().catch(() => {});
  }

  // By keyboard the slider only moves the place; who presses the picture wants to hear it.
  slider.addEventListener("input", () => {
    player.currentTime = Number(slider.value);
    show();
  });
  slider.addEventListener("pointerup", () => listenFrom(Number(slider.value)));
  for (const area of areas) {
    area.setAttribute("data-live", "");
    area.addEventListener("click", (event) => {
      const box = area.getBoundingClientRect();
      listenFrom(((event.clientX - box.left) / box.width) * seconds);
    });
  }

  player.addEventListener("play", showWhilePlaying);
  for (const name of ["timeupdate", "seeked"]) {
    player.addEventListener(name, show);
  }

  slider.hidden = false;
  wave.querySelector("[data-still]").hidden = true;
  wave.querySelector("[data-live]").hidden = false;
  show();
}

document.querySelectorAll("[data-sound]").forEach(follow);
