// Keeps the notice about the demo catalog up to date while its songs are being made.

const interval = 2000;
const notice = document.querySelector("[data-demo-progress]");

function show({ made, total, isRunning, waitsForRoom }) {
  const { text, waiting, done } = notice.dataset;
  notice.querySelector("[data-demo-text]").textContent =
    isRunning ? (waitsForRoom ? waiting : text).replace("{0}", made).replace("{1}", total) : done;
  const bar = notice.querySelector("progress");
  bar.max = Math.max(total, 1);
  bar.value = made;
  bar.hidden = !isRunning;
  notice.querySelector("[data-demo-link]").hidden = isRunning;
}

async function poll() {
  try {
    const response = await fetch(notice.dataset.url, { headers: { Accept: "application/json" } });
    if (response.ok) {
      const progress = await response.json();
      show(progress);
      if (!progress.isRunning) {
        return;
      }
    }
  } catch {
    // The server may be restarting: the next round tries again.
  }

  setTimeout(poll, interval);
}

if (notice) {
  setTimeout(poll, interval);
}
