// What part of the map is seen, and how it is drawn.
import { hidden } from './points.js';

const mostDrawnAsShapes = 4000;
const mostPixelRatio = 2;
const closest = 400;

/** The window on the plane: middle, and how many pixels a unit of it has. */
export class View {
  constructor(box) {
    this.box = box;
    this.width = this.height = 1;
  }

  resize(width, height) {
    const seen = this.scale ? { x: this.x, y: this.y, zoom: this.scale / this.fitScale } : null;
    this.width = width;
    this.height = height;
    this.fitScale = Math.min(width / (this.box.right - this.box.left), height / (this.box.top - this.box.bottom));
    this.fit();
    if (seen) {
      this.show(seen.x, seen.y, this.fitScale * seen.zoom);
    }
  }

  fit() {
    this.show((this.box.left + this.box.right) / 2, (this.box.bottom + this.box.top) / 2, this.fitScale);
  }

  show(x, y, scale) {
    this.scale = Math.min(closest * this.fitScale, Math.max(0.4 * this.fitScale, scale));
    this.x = Math.min(32767, Math.max(-32767, x));
    this.y = Math.min(32767, Math.max(-32767, y));
  }

  /** Zooms so that what lies under a pixel stays there. */
  zoomAt(px, py, factor) {
    const [x, y] = this.placeOf(px, py);
    this.show(this.x, this.y, this.scale * factor);
    const [newX, newY] = this.placeOf(px, py);
    this.show(this.x + x - newX, this.y + y - newY, this.scale);
  }

  pan(dx, dy) {
    this.show(this.x - dx / this.scale, this.y + dy / this.scale, this.scale);
  }

  placeOf(px, py) {
    return [this.x + (px - this.width / 2) / this.scale, this.y - (py - this.height / 2) / this.scale];
  }

  pixelOf(x, y) {
    return [this.width / 2 + (x - this.x) * this.scale, this.height / 2 - (y - this.y) * this.scale];
  }
}

/** Draws the points: many as dots straight into the pixels, few as the shapes of their groups. */
export class PointPainter {
  constructor(canvas, points, looks) {
    this.canvas = canvas;
    this.context = canvas.getContext('2d');
    this.points = points;
    this.looks = looks;
    this.visible = new Uint32Array(points.count);
    this.lastVisible = points.count;
  }

  resize(width, height) {
    this.ratio = Math.min(mostPixelRatio, window.devicePixelRatio || 1);
    this.canvas.width = Math.round(width * this.ratio);
    this.canvas.height = Math.round(height * this.ratio);
    this.image = this.context.createImageData(this.canvas.width, this.canvas.height);
    this.pixels = new Uint32Array(this.image.data.buffer);
  }

  /** Colours as the page's style says now; a style sheet can change them with the scheme. */
  readStyle() {
    this.faint = pixelColour(getComputedStyle(this.canvas).color);
    for (const look of this.looks) {
      look.css = getComputedStyle(look.element).fill;
      look.pixel = pixelColour(look.css);
      look.sprite = null;
    }
  }

  /** Draws what the view shows; groups that are left out stay faint behind the others. */
  draw(view, isGroupShown) {
    const count = this.collect(view);
    const size = Math.min(15, Math.max(2, 0.55 * Math.sqrt((view.width * view.height) / Math.max(30, count))));
    this.pixels.fill(0);
    const dots = count > mostDrawnAsShapes;
    this.stamp(view, count, Math.round((dots ? size : size / 2) * this.ratio), dots, isGroupShown);
    this.context.putImageData(this.image, 0, 0);
    if (!dots) {
      this.drawShapes(view, count, size, isGroupShown);
    }

    return count;
  }

  collect(view) {
    const { x, y, group, count } = this.points;
    const margin = 8 / view.scale;
    const [left, top] = view.placeOf(0, 0);
    const [right, bottom] = view.placeOf(view.width, view.height);
    const [fromX, toX, fromY, toY] = [left - margin, right + margin, bottom - margin, top + margin];
    let found = 0;
    for (let i = 0; i < count; i++) {
      if (x[i] >= fromX && x[i] <= toX && y[i] >= fromY && y[i] <= toY && group[i] !== hidden) {
        this.visible[found++] = i;
      }
    }

    return found;
  }

  /** Faint dots first; the others only if they are too many for shapes. */
  stamp(view, count, size, all, isGroupShown) {
    const shown = this.looks.map((_, group) => isGroupShown(group));
    const { x, y, group } = this.points;
    const { width, height } = this.canvas;
    const scale = view.scale * this.ratio;
    const offsetX = width / 2 - view.x * scale - size / 2;
    const offsetY = height / 2 + view.y * scale - size / 2;
    for (const pass of all ? [false, true] : [false]) {
      if (!pass && shown.every(Boolean)) {
        continue;
      }

      for (let at = 0; at < count; at++) {
        const point = this.visible[at];
        if (shown[group[point]] !== pass) {
          continue;
        }

        const px = Math.round(offsetX + x[point] * scale);
        const py = Math.round(offsetY - y[point] * scale);
        if (px >= 0 && py >= 0 && px + size <= width && py + size <= height) {
          const colour = pass ? this.looks[group[point]].pixel : this.faint;
          for (let row = 0, start = py * width + px; row < size; row++, start += width) {
            for (let end = start + size, to = start; to < end; to++) {
              this.pixels[to] = colour;
            }
          }
        }
      }
    }
  }

  drawShapes(view, count, size, isGroupShown) {
    const side = Math.max(6, size) * this.ratio;
    for (const [number, look] of this.looks.entries()) {
      if (!isGroupShown(number)) {
        continue;
      }

      const sprite = spriteOf(look, side);
      const shift = sprite.width / 2;
      for (let at = 0; at < count; at++) {
        const point = this.visible[at];
        if (this.points.group[point] === number) {
          const [px, py] = view.pixelOf(this.points.x[point], this.points.y[point]);
          this.context.drawImage(sprite, Math.round(px * this.ratio - shift), Math.round(py * this.ratio - shift));
        }
      }
    }
  }
}

/** Draws what belongs to single points: found, chosen with its neighbours, pointed at. */
export class MarkPainter {
  constructor(canvas, points) {
    this.canvas = canvas;
    this.context = canvas.getContext('2d');
    this.points = points;
  }

  resize(width, height) {
    this.ratio = Math.min(mostPixelRatio, window.devicePixelRatio || 1);
    this.canvas.width = Math.round(width * this.ratio);
    this.canvas.height = Math.round(height * this.ratio);
  }

  draw(view, { found, chosen, similar, pointed }) {
    const { context } = this;
    const style = getComputedStyle(this.canvas);
    const [ink, accent] = [style.color, style.caretColor];
    context.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    context.clearRect(0, 0, view.width, view.height);
    for (const point of found) {
      this.ring(view, point, 9, ink, 2);
    }

    for (const point of similar) {
      context.beginPath();
      context.moveTo(...this.pixelOf(view, chosen));
      context.lineTo(...this.pixelOf(view, point));
      context.strokeStyle = accent;
      context.lineWidth = 1.5;
      context.stroke();
      this.ring(view, point, 8, accent, 2);
    }

    if (chosen >= 0) {
      this.ring(view, chosen, 11, accent, 4);
    }

    if (pointed >= 0) {
      this.ring(view, pointed, 10, ink, 2);
    }
  }

  ring(view, point, radius, colour, width) {
    const [x, y] = this.pixelOf(view, point);
    this.context.beginPath();
    this.context.arc(x, y, radius, 0, 2 * Math.PI);
    this.context.strokeStyle = colour;
    this.context.lineWidth = width;
    this.context.stroke();
  }

  pixelOf(view, point) {
    return view.pixelOf(this.points.x[point], this.points.y[point]);
  }
}

/** A group's shape as a picture; made once for each size. */
function spriteOf(look, side) {
  const margin = 2;
  const size = Math.ceil(side) + 2 * margin;
  if (look.sprite?.width === size) {
    return look.sprite;
  }

  look.sprite = document.createElement('canvas');
  look.sprite.width = look.sprite.height = size;
  const context = look.sprite.getContext('2d');
  context.translate(margin, margin);
  context.scale(side / 16, side / 16);
  context.fillStyle = look.css;
  context.fill(new Path2D(look.path));
  return look.sprite;
}

/** A colour as the four bytes of a pixel. */
function pixelColour(css) {
  const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  context.fillStyle = css;
  context.fillRect(0, 0, 1, 1);
  return new Uint32Array(context.getImageData(0, 0, 1, 1).data.buffer)[0];
}
