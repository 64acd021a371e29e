// The points of the map: as the server sends them, and found again by where they lie.

export const hidden = 255;

const decoder = new TextDecoder();

/** Reads the server's file of points; tells how much of it is there, 0 to 1. */
export async function loadPoints(url, bytes, onProgress) {
  const answer = await fetch(url);
  if (!answer.ok) {
    throw new Error(`The map answered ${answer.status}.`);
  }

  const parts = [];
  let received = 0;
  const reader = answer.body.getReader();
  for (let step = await reader.read(); !step.done; step = await reader.read()) {
    parts.push(step.value);
    received += step.value.length;
    onProgress(Math.min(1, received / Math.max(1, bytes)));
  }

  return decode(await new Blob(parts).arrayBuffer());
}

function decode(buffer) {
  const headBytes = new DataView(buffer).getUint32(0, true);
  const head = JSON.parse(decoder.decode(new Uint8Array(buffer, 4, headBytes)));
  const { count } = head;
  const start = 4 + headBytes;
  return {
    ...head,
    x: new Int16Array(buffer, start, count),
    y: new Int16Array(buffer, start + 2 * count, count),
    group: new Uint8Array(buffer, start + 4 * count, count),
  };
}

/** The box that holds all but the outermost of the points, with some room around. */
export function mainBox({ x, y, group, count }) {
  const [left, right] = middle(x, group, count);
  const [bottom, top] = middle(y, group, count);
  return { left, right, bottom, top };
}

function middle(places, group, count) {
  const outermost = 0.0025;
  const shown = [];
  for (let i = 0; i < count; i++) {
    if (group[i] !== hidden) {
      shown.push(places[i]);
    }
  }

  const sorted = Int16Array.from(shown).sort();
  const skipped = Math.floor(outermost * sorted.length);
  const [low, high] = sorted.length ? [sorted[skipped], sorted[sorted.length - 1 - skipped]] : [-1, 1];
  const room = Math.max(1, 0.06 * (high - low));
  return [low - room, high + room];
}

/** Points by squares of the plane, so that the nearest one is found without looking at all. */
export class PointGrid {
  static #bits = 7;
  static #side = 1 << PointGrid.#bits;

  constructor({ x, y, count }) {
    this.x = x;
    this.y = y;
    const cells = PointGrid.#side * PointGrid.#side;
    this.starts = new Uint32Array(cells + 1);
    for (let i = 0; i < count; i++) {
      this.starts[PointGrid.#cell(x[i], y[i]) + 1]++;
    }

    for (let cell = 0; cell < cells; cell++) {
      this.starts[cell + 1] += this.starts[cell];
    }

    const next = this.starts.slice();
    this.items = new Uint32Array(count);
    for (let i = 0; i < count; i++) {
      this.items[next[PointGrid.#cell(x[i], y[i])]++] = i;
    }
  }

  static #index(place) {
    return Math.min(PointGrid.#side - 1, Math.max(0, (place + 32768) >> (16 - PointGrid.#bits)));
  }

  static #cell(x, y) {
    return PointGrid.#index(y) * PointGrid.#side + PointGrid.#index(x);
  }

  /** The nearest point within a radius that is shown, or -1. */
  nearest(x, y, radius, isShown) {
    let best = -1;
    let least = radius * radius;
    const [left, right] = [PointGrid.#index(x - radius), PointGrid.#index(x + radius)];
    const [bottom, top] = [PointGrid.#index(y - radius), PointGrid.#index(y + radius)];
    for (let row = bottom; row <= top; row++) {
      const line = row * PointGrid.#side;
      for (let at = this.starts[line + left]; at < this.starts[line + right + 1]; at++) {
        const point = this.items[at];
        const [dx, dy] = [this.x[point] - x, this.y[point] - y];
        const distance = dx * dx + dy * dy;
        if (distance <= least && isShown(point)) {
          least = distance;
          best = point;
        }
      }
    }

    return best;
  }
}

/** The next shown point from a place in a direction ((1, 0) is right, (0, 1) up), or -1. */
export function nextPoint({ x, y, count }, from, directionX, directionY, isShown) {
  let best = -1;
  let least = Infinity;
  for (let i = 0; i < count; i++) {
    const [dx, dy] = [x[i] - from.x, y[i] - from.y];
    const along = dx * directionX + dy * directionY;
    const aside = Math.abs(dx * directionY) + Math.abs(dy * directionX);
    if (along > 0 && aside <= along && i !== from.point) {
      const distance = along + 2 * aside;
      if (distance < least && isShown(i)) {
        least = distance;
        best = i;
      }
    }
  }

  return best;
}
