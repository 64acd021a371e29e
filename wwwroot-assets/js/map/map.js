// The catalog as a map: ties points, drawing, gestures and songs together.
import { listen } from './gestures.js';
import { Panel } from './panel.js';
import { loadPoints, mainBox, nextPoint, PointGrid, hidden } from './points.js';
import { beginSearch } from './search.js';
import { Songs } from './songs.js';
import { MarkPainter, PointPainter, View } from './view.js';

const root = document.querySelector('[data-map]');
const stage = root.querySelector('.map-stage');
const marksCanvas = root.querySelector('[data-map-marks]');
const listenButton = root.querySelector('[data-map-listen]');
const calm = matchMedia('(prefers-reduced-motion: reduce)');
const [mouseReach, touchReach] = [12, 24];
const dwell = 250;
const flight = 350;
const listenKey = 'musicrec.map.listen';

const panel = new Panel(root, point => choose(point, true));
const marks = { found: [], chosen: -1, similar: [], pointed: -1 };
const filter = new Set();
let points, grid, songs, looks, view, pointPainter, markPainter;
let searchAgain = () => {};
let pointsAreDue = false, frame = 0, dwelling = 0, heardByPointing = false;

const isGroupShown = group => filter.size === 0 || filter.has(group);
const isShown = point => points.group[point] !== hidden && isGroupShown(points.group[point]);

async function load() {
  panel.say(root.dataset.loading.replace('{0}', '0'));
  points = await loadPoints(root.dataset.points, Number(root.dataset.bytes), part =>
    panel.say(root.dataset.loading.replace('{0}', Math.round(100 * part))));
  grid = new PointGrid(points);
  songs = new Songs(root.dataset.base, points.tag, reload);
  looks = points.groups.map(lookOf);
  pointPainter = new PointPainter(root.querySelector('[data-map-points]'), points, looks);
  markPainter = new MarkPainter(marksCanvas, points);
  view = new View(mainBox(points));
  pointPainter.readStyle();
  resize();
  panel.say('');
}

/** The server has another index by now: the same songs elsewhere, and new ones. */
let reloading = false;
async function reload() {
  if (!reloading) {
    reloading = true;
    Object.assign(marks, { found: [], chosen: -1, similar: [], pointed: -1 });
    filter.clear();
    panel.clear();
    await load().then(() => { showFilter(); searchAgain(); }, () => panel.say(root.dataset.failed));
    reloading = false;
  }
}

/** The legend says how a group looks; one that came after the page was made looks like those without a genre. */
function lookOf(key) {
  const legend = [...root.querySelectorAll('[data-group]')];
  const element = (legend.find(button => button.dataset.group === key) ?? legend.at(-1)).querySelector('path');
  return { element, path: element.getAttribute('d') };
}

function resize() {
  const { clientWidth: width, clientHeight: height } = stage;
  if (width && height) {
    view.resize(width, height);
    pointPainter.resize(width, height);
    markPainter.resize(width, height);
    redraw(true);
  }
}

function redraw(all) {
  pointsAreDue ||= all;
  frame ||= requestAnimationFrame(() => {
    frame = 0;
    if (pointsAreDue) {
      pointsAreDue = false;
      root.dataset.visible = pointPainter.draw(view, isGroupShown);
      if (!root.dataset.ready) {
        root.dataset.ready = 'true';
        performance.mark('map-drawn');
      }
    }

    markPainter.draw(view, marks);
  });
}

/** Moves to a place at once, or on a short flight that shows the way. */
function flyTo(x, y, scale) {
  const from = { x: view.x, y: view.y, scale: view.scale };
  const start = performance.now();
  const step = now => {
    const part = calm.matches ? 1 : Math.min(1, (now - start) / flight);
    const eased = 1 - (1 - part) ** 3;
    view.show(from.x + (x - from.x) * eased, from.y + (y - from.y) * eased, from.scale * (scale / from.scale) ** eased);
    redraw(true);
    if (part < 1) {
      requestAnimationFrame(step);
    }
  };
  requestAnimationFrame(step);
}

function bringIntoView(point, closer) {
  const [px, py] = view.pixelOf(points.x[point], points.y[point]);
  const isSeen = px > 40 && py > 40 && px < view.width - 40 && py < view.height - 80;
  if (!isSeen || closer) {
    flyTo(points.x[point], points.y[point], closer ? Math.max(view.scale, 4 * view.fitScale) : view.scale);
  }
}

/** Shows a song beside the map. */
async function choose(point, closer, play = true) {
  marks.chosen = point;
  marks.similar = [];
  heardByPointing = false;
  bringIntoView(point, closer);
  redraw(false);
  const details = await songs.find(point);
  if (!details || marks.chosen !== point) {
    return;
  }

  panel.show(details);
  marks.similar = details.similar.map(({ song }) => song.point);
  redraw(false);
  history.replaceState(null, '', `?song=${details.song.url.split('/').at(-1)}`);
  if (play) {
    panel.play();
  }
}

function clear() {
  Object.assign(marks, { chosen: -1, similar: [] });
  panel.clear();
  history.replaceState(null, '', location.pathname);
  redraw(false);
}

const pointUnder = (px, py, reach) => grid.nearest(...view.placeOf(px, py), reach / view.scale, isShown);

function pointAt(px, py) {
  const point = pointUnder(px, py, mouseReach);
  if (point !== marks.pointed) {
    pointAway();
    marks.pointed = point;
    marksCanvas.classList.toggle('map-over', point >= 0);
    redraw(false);
    if (point >= 0) {
      dwelling = setTimeout(() => tell(point, px, py), dwell / 3);
    }
  }
}

async function tell(point, px, py) {
  const details = await songs.find(point);
  if (!details || marks.pointed !== point) {
    return;
  }

  panel.pointAt(details, px, py, view.width);
  if (isListening() && point !== marks.chosen) {
    dwelling = setTimeout(async () => {
      panel.load(details.song, details.audio);
      heardByPointing = true;
      if (!await panel.play()) {
        panel.say(root.dataset.noSound);
        setTimeout(() => panel.say(''), 2500);
      }
    }, dwell);
  }
}

/** A finger has no pointer to rest: the name shows where it tapped until the next touch. */
async function nameAt(point, px, py) {
  const details = await songs.find(point);
  if (details && marks.chosen === point) {
    panel.pointAt(details, px, py, view.width);
  }
}

function pointAway() {
  clearTimeout(dwelling);
  panel.pointAway();
  if (heardByPointing) {
    heardByPointing = false;
    panel.audio.pause();
  }

  if (marks.pointed >= 0) {
    marks.pointed = -1;
    redraw(false);
  }
}

function zoom(px, py, factor) {
  pointAway();
  view.zoomAt(px, py, factor);
  redraw(true);
}

const isListening = () => listenButton.getAttribute('aria-pressed') === 'true';

function setListening(on) {
  listenButton.setAttribute('aria-pressed', on);
  try {
    localStorage.setItem(listenKey, on);
  } catch {
    // A browser that keeps nothing: the choice holds for this page.
  }
}

function wasListening() {
  try {
    return localStorage.getItem(listenKey) === 'true';
  } catch {
    return false;
  }
}

function step(dx, dy) {
  const from = marks.chosen >= 0
    ? { x: points.x[marks.chosen], y: points.y[marks.chosen], point: marks.chosen }
    : { x: view.x, y: view.y, point: -1 };
  const point = nextPoint(points, from, dx, dy, isShown);
  if (point >= 0) {
    choose(point, false, false);
  }
}

const onMap = {
  pan: (dx, dy) => { view.pan(dx, dy); redraw(true); },
  zoom,
  point: pointAt,
  leave: pointAway,
  choose: (px, py, isTouch) => {
    const point = pointUnder(px, py, isTouch ? touchReach : mouseReach);
    if (point >= 0) {
      choose(point, false);
      if (isTouch) {
        nameAt(point, px, py);
      }
    }
  },
  step,
  fit: () => flyTo((view.box.left + view.box.right) / 2, (view.box.bottom + view.box.top) / 2, view.fitScale),
  play: () => marks.chosen >= 0 && panel.toggle(),
  clear,
};

function chooseGroup(button) {
  const group = points.groups.indexOf(button.dataset.group);
  filter.delete(group) || filter.add(group);
  showFilter();
}

function showFilter() {
  for (const button of root.querySelectorAll('[data-group]')) {
    button.setAttribute('aria-pressed', filter.has(points.groups.indexOf(button.dataset.group)));
  }

  root.querySelector('[data-map-all]').hidden = filter.size === 0;
  redraw(true);
}

function begin() {
  searchAgain = beginSearch(root, query => songs.search(query), found => {
    marks.found = found;
    redraw(false);
  }, point => {
    stage.scrollIntoView({ block: 'nearest' });
    choose(point, true);
  });
  for (const button of root.querySelectorAll('[data-group]')) {
    button.addEventListener('click', () => chooseGroup(button));
  }

  root.querySelector('[data-map-all]').addEventListener('click', () => { filter.clear(); showFilter(); });
  for (const button of root.querySelectorAll('[data-map-zoom]')) {
    const factor = { in: 1.6, out: 1 / 1.6 }[button.dataset.mapZoom];
    button.addEventListener('click', () => factor ? zoom(view.width / 2, view.height / 2, factor) : onMap.fit());
  }

  setListening(wasListening());
  listenButton.addEventListener('click', () => setListening(!isListening()));
  listen(marksCanvas, onMap);
  new ResizeObserver(resize).observe(stage);
  const restyle = () => { pointPainter.readStyle(); redraw(true); };
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', restyle);
  new MutationObserver(restyle).observe(document.documentElement, { attributeFilter: ['data-theme'] });
  if (root.dataset.song) {
    choose(Number(root.dataset.song), true, false);
  }
}

load().then(begin, () => panel.say(root.dataset.failed));
