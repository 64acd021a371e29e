// Keeps the administrator's overview up to date: numbers as they come, whole parts when there are others. The page is complete without it.
const pollInterval = 3000;
const root = document.querySelector('[data-live]');
let shape = root.dataset.shape;
let exchanging = false;

function showNumbers(snapshot) {
  for (const field of root.querySelectorAll('[data-field]')) {
    const value = field.dataset.field.split('.').reduce((part, name) => part?.[name], snapshot);
    if (value !== undefined && field.textContent !== String(value)) {
      field.textContent = value;
    }
  }

  const bar = root.querySelector('[data-bar="run"]');
  if (bar && snapshot.run) {
    [bar.max, bar.value] = [Math.max(1, snapshot.run.total), snapshot.run.finished];
  }

  for (const work of snapshot.works) {
    const progress = root.querySelector(`[data-work="${work.key}"]`);
    if (progress) {
      [progress.max, progress.value] = [Math.max(1, work.total), work.done];
      root.querySelector(`[data-work-share="${work.key}"]`).textContent = work.total > 0 ? `${(100 * work.done / work.total).toFixed(1)} %` : '';
    }
  }
}

/** Takes over the parts of the page as the server makes them now; what the visitor is using stays until the next time. */
async function exchangeParts() {
  const answer = await fetch(location.href, { cache: 'no-store' });
  if (!answer.ok || answer.redirected) {
    return location.reload();
  }

  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const fresh = page.querySelectorAll('[data-part]');
  let complete = true;
  for (const [number, part] of [...root.querySelectorAll('[data-part]')].entries()) {
    if (part.contains(document.activeElement) && part.querySelector(':focus-visible')) {
      complete = false;
    } else {
      part.replaceWith(fresh[number]);
    }
  }

  if (complete) {
    shape = page.querySelector('[data-live]').dataset.shape;
  }
}

async function show(snapshot) {
  showNumbers(snapshot);
  if (snapshot.shape !== shape && !exchanging) {
    exchanging = true;
    try {
      await exchangeParts();
    } catch {
      // The server may be restarting: the next numbers bring us here again.
    } finally {
      exchanging = false;
    }
  }
}

async function poll() {
  try {
    const answer = await fetch(root.dataset.now, { headers: { Accept: 'application/json' }, cache: 'no-store' });
    if (answer.redirected || answer.status === 401) {
      return location.reload();
    }

    if (answer.ok) {
      await show(await answer.json());
    }
  } catch {
    // Away for a moment.
  }

  setTimeout(poll, pollInterval);
}

function follow() {
  const events = new EventSource(root.dataset.stream);
  events.addEventListener('message', event => show(JSON.parse(event.data)));
  events.addEventListener('error', () => {
    // Between two streams the browser connects again by itself; one that it gave up is asked for number by number.
    if (events.readyState === EventSource.CLOSED) {
      poll();
    }
  });
}

'EventSource' in window ? follow() : poll();
