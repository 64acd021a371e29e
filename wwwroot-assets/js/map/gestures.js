// Mouse, fingers and keys on the map, told as what they mean.

const clickTolerance = 5;
const arrows = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
const zoomKeys = { '+': 1.5, '=': 1.5, '-': 1 / 1.5, _: 1 / 1.5 };

/**
 * @param element where the gestures are made
 * @param on pan(dx, dy), zoom(x, y, factor), point(x, y, isTouch), leave(), choose(x, y, isTouch), step(dx, dy), fit(), play(), clear()
 */
export function listen(element, on) {
  const pointers = new Map();
  let moved = 0;

  const position = event => {
    const box = element.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };

  element.addEventListener('pointerdown', event => {
    if (event.button !== 0) {
      return;
    }

    element.setPointerCapture(event.pointerId);
    pointers.set(event.pointerId, position(event));
    moved = pointers.size > 1 ? Infinity : 0;
    on.leave();
  });

  element.addEventListener('pointermove', event => {
    const now = position(event);
    const before = pointers.get(event.pointerId);
    if (!before) {
      if (event.pointerType === 'mouse') {
        on.point(...now);
      }

      return;
    }

    if (pointers.size === 2) {
      pinch(event.pointerId, before, now);
    } else {
      moved += Math.hypot(now[0] - before[0], now[1] - before[1]);
      if (moved > clickTolerance) {
        on.pan(now[0] - before[0], now[1] - before[1]);
      } else {
        return;
      }
    }

    pointers.set(event.pointerId, now);
  });

  element.addEventListener('pointerup', event => {
    if (pointers.delete(event.pointerId) && moved <= clickTolerance) {
      on.choose(...position(event), event.pointerType !== 'mouse');
    }
  });
  element.addEventListener('pointercancel', event => pointers.delete(event.pointerId));
  element.addEventListener('pointerleave', () => pointers.size || on.leave());

  element.addEventListener('wheel', event => {
    event.preventDefault();
    const pixels = event.deltaY * [1, 16, 400][event.deltaMode];
    on.zoom(...position(event), Math.exp(-Math.max(-300, Math.min(300, pixels)) * 0.002));
  }, { passive: false });

  element.addEventListener('keydown', event => {
    if (event.ctrlKey || event.metaKey || event.altKey || !act(event)) {
      return;
    }

    event.preventDefault();
  });

  function pinch(id, before, now) {
    const other = [...pointers].find(([key]) => key !== id)[1];
    const [was, is] = [before, now].map(([x, y]) => Math.max(1, Math.hypot(x - other[0], y - other[1])));
    on.pan((now[0] - before[0]) / 2, (now[1] - before[1]) / 2);
    on.zoom((now[0] + other[0]) / 2, (now[1] + other[1]) / 2, is / was);
  }

  function act({ key, shiftKey }) {
    if (arrows[key]) {
      const [dx, dy] = arrows[key];
      shiftKey ? on.pan(-80 * dx, 80 * dy) : on.step(dx, dy);
    } else if (zoomKeys[key]) {
      on.zoom(element.clientWidth / 2, element.clientHeight / 2, zoomKeys[key]);
    } else if (key === '0' || key === 'Home') {
      on.fit();
    } else if (key === 'Enter' || key === ' ') {
      on.play();
    } else if (key === 'Escape') {
      on.clear();
    } else {
      return false;
    }

    return true;
  }
}
