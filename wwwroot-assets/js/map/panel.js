// The chosen song beside the map, its sound, and the note at the pointer.
import { listSongs } from './songs.js';

export class Panel {
  constructor(root, onChoose) {
    this.root = root;
    this.onChoose = onChoose;
    this.audio = root.querySelector('[data-map-audio]');
    this.tip = root.querySelector('[data-map-tip]');
    this.message = root.querySelector('[data-map-message]');
    this.find = name => root.querySelector(`[data-map-${name}]`);
  }

  show({ song, audio, similar }) {
    this.find('none').hidden = true;
    this.find('details').hidden = false;
    this.find('title').textContent = song.title;
    this.find('title').href = song.url;
    this.find('artist').textContent = song.artist;
    this.find('genre').textContent = song.genre;
    this.load(song, audio);
    listSongs(this.find('similar'), similar.map(({ song: near, similarity }) => ({ song: near, note: similarity })), this.onChoose);
  }

  clear() {
    this.find('none').hidden = false;
    this.find('details').hidden = true;
    this.audio.pause();
  }

  load(song, audio) {
    if (this.audio.getAttribute('src') !== audio) {
      this.root.querySelector('[data-player-error]').hidden = true;
      this.audio.src = audio;
      this.audio.setAttribute('aria-label', this.root.dataset.player.replace('{0}', `${song.artist} – ${song.title}`));
    }
  }

  /** Plays, if the browser lets us; false if it wants a click first. */
  async play() {
    try {
      await this.audio.play();
      return true;
    } catch (error) {
      // A song that cannot be played says so beside the player; one that was cut off by the next is no fault.
      return error.name !== 'NotAllowedError';
    }
  }

  toggle() {
    this.audio.paused ? this.play() : this.audio.pause();
  }

  pointAt({ song }, x, y, width) {
    const name = document.createElement('strong');
    name.textContent = song.title;
    this.tip.replaceChildren(name, `${song.artist} · ${song.genre}`);
    this.tip.hidden = false;
    const left = Math.max(4, Math.min(x + 14, width - this.tip.offsetWidth - 4));
    const top = y > this.tip.offsetHeight + 20 ? y - this.tip.offsetHeight - 14 : y + 18;
    this.tip.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
  }

  pointAway() {
    this.tip.hidden = true;
  }

  say(text) {
    this.message.textContent = text;
  }
}
