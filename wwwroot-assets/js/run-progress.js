// Keeps the numbers of running work up to date; the page is complete without it.
const interval = 2000;
const card = document.querySelector('[data-progress]');

async function update() {
  const answer = await fetch(card.dataset.progress, { headers: { Accept: 'application/json' }, cache: 'no-store' });
  if (!answer.ok || answer.redirected) {
    return location.reload();
  }

  const run = await answer.json();
  if (!run.isRunning) {
    return location.reload();
  }

  for (const field of card.querySelectorAll('[data-field]:not([data-field="bar"])')) {
    field.textContent = run[field.dataset.field];
  }

  const bar = card.querySelector('[data-field="bar"]');
  bar.max = run.total || 1;
  bar.value = run.finished;
  setTimeout(poll, interval);
}

function poll() {
  // The server may be restarting: the run goes on with it, and so do we.
  update().catch(() => setTimeout(poll, interval));
}

if (card) {
  setTimeout(poll, interval);
}
