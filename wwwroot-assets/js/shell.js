// Every page: light or dark without leaving the page, and a kind word when the server cannot be reached.
const form = document.querySelector('[data-theme-form]');

async function choose(button) {
  const fields = new FormData(form, button);
  const answer = await fetch(form.action, { method: 'POST', body: fields, redirect: 'manual' });
  if (answer.type !== 'opaqueredirect') {
    throw new Error(`The choice answered ${answer.status}.`);
  }

  if (button.value === 'system') {
    delete document.documentElement.dataset.theme;
  } else {
    document.documentElement.dataset.theme = button.value;
  }

  for (const other of form.querySelectorAll('button')) {
    other.setAttribute('aria-pressed', other === button);
  }
}

form?.addEventListener('submit', event => {
  event.preventDefault();
  // Without this script the form does the same and loads the page again.
  choose(event.submitter).catch(() => location.reload());
});

navigator.serviceWorker?.register(new URL('../sw.js', import.meta.url)).catch(() => {
  // A browser that keeps nothing, or an address without encryption: the site works without.
});
