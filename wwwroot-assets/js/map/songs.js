// What the server knows of the songs behind the points: asked for when a visitor points, kept for the next time.

const mostKept = 500;

export class Songs {
  #kept = new Map();

  /** @param base address of the map; @param onStale called when the server has another map by now */
  constructor(base, tag, onStale) {
    this.address = `${base}/${encodeURIComponent(tag)}`;
    this.onStale = onStale;
  }

  /** The song of a point with its neighbours; null if it is gone. */
  find(point) {
    if (!this.#kept.has(point)) {
      if (this.#kept.size >= mostKept) {
        this.#kept.delete(this.#kept.keys().next().value);
      }

      this.#kept.set(point, this.#askAgainLater(point));
    }

    return this.#kept.get(point);
  }

  /** Songs that fit a query, and how many there are in all. */
  async search(query) {
    return this.#ask(`search?${new URLSearchParams({ query })}`);
  }

  /** Only what the server knows is kept: a song, or that it is gone. */
  async #askAgainLater(point) {
    try {
      return await this.#ask(`songs/${point}`);
    } catch {
      this.#kept.delete(point);
      return null;
    }
  }

  async #ask(path) {
    const answer = await fetch(`${this.address}/${path}`, { headers: { Accept: 'application/json' } });
    if (answer.status === 410) {
      return null;
    }

    if (answer.status === 404) {
      this.onStale();
    }

    if (!answer.ok) {
      throw new Error(`${answer.status}`);
    }

    return answer.json();
  }
}

/** A list of buttons, one for each song. */
export function listSongs(list, songs, onChoose) {
  list.replaceChildren(...songs.map(({ song, note }) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.append(song.title, Object.assign(document.createElement('span'), { textContent: [song.artist, song.genre, note].filter(Boolean).join(' · ') }));
    button.addEventListener('click', () => onChoose(song.point));
    const item = document.createElement('li');
    item.append(button);
    return item;
  }));
}
