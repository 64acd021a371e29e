// Finding songs on the map while a visitor types.
import { listSongs } from './songs.js';

const pause = 250;
const nothing = { total: 0, songs: [] };

/**
 * @param root the map
 * @param ask query to { total, songs }
 * @param onFound takes the points of the found songs; @param onChoose takes the one that was chosen
 * @returns searches once more: the points have other numbers by now
 */
export function beginSearch(root, ask, onFound, onChoose) {
  const query = root.querySelector('#query');
  const count = root.querySelector('[data-map-count]');
  const list = root.querySelector('[data-map-results]');
  let [waiting, asked] = [0, 0];

  const search = async () => {
    clearTimeout(waiting);
    const number = ++asked;
    const words = query.value.trim();
    const { total, songs } = words ? await ask(words).catch(() => nothing) : nothing;

    // A slow answer to fewer letters does not replace a later one.
    if (number === asked) {
      count.textContent = !words ? '' : total ? root.dataset.found.replace('{0}', total.toLocaleString()) : root.dataset.foundNone;
      listSongs(list, songs.map(song => ({ song })), onChoose);
      onFound(songs.map(song => song.point));
    }
  };

  query.addEventListener('input', () => {
    clearTimeout(waiting);
    waiting = setTimeout(search, pause);
  });
  query.form.addEventListener('submit', event => {
    event.preventDefault();
    search();
  });
  return search;
}
