// Keeps progress and learning curve of a running training up to date; the page is complete without it.
const interval = 700;
const section = document.querySelector('[data-training]');
const isRunning = element => element?.dataset.state === 'Running';

async function update() {
  const answer = await fetch('/admin/model/training', { cache: 'no-store' });
  if (!answer.ok || answer.redirected) {
    return location.reload();
  }

  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const live = page.querySelector('[data-live]');
  if (!isRunning(live)) {
    return location.reload();
  }

  section.querySelector('[data-live]').replaceWith(live);
  setTimeout(poll, interval);
}

function poll() {
  // The server may be restarting: the next answer says what became of the training.
  update().catch(() => setTimeout(poll, interval));
}

if (isRunning(section?.querySelector('[data-live]'))) {
  setTimeout(poll, interval);
}
