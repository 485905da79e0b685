import { chooseCall } from './automatic-choice.ts';
import type { CallPlayer } from './create-player-server.ts';
import { freshCall } from './fresh-call.ts';
import { playCall, type WriteRow } from './play-call.ts';
import type { Recording } from './recording.ts';
import { nextSerial } from './serial.ts';

export interface PlayerOptions {
  recordings: Map<string, Recording>;
  write: WriteRow;
  /** IANA zone in which the PBX writes its times. */
  timezone: string;
  /** Time between the beginnings of automatic calls. */
  callEveryMs: number;
  /** Numbers from 0 up to 1. */
  random?: () => number;
}

/** So that a database that hangs doesn't pile calls up for ever. */
const maximumPlaying = 300;

/** Plays recorded calls at their real pace: those that are asked for, and in automatic mode one every few seconds. */
export class Player implements CallPlayer {
  readonly #options: PlayerOptions;
  readonly #stop = new AbortController();
  readonly #playing = new Set<Promise<void>>();
  #timer: NodeJS.Timeout | undefined;

  constructor(options: PlayerOptions) {
    this.#options = options;
  }

  get scenarios(): { name: string; description: string }[] {
    const recordings = [...this.#options.recordings.values()];
    return recordings.map(({ scenario, description }) => ({ name: scenario, description }));
  }

  get playing(): number {
    return this.#playing.size;
  }

  get isAutomatic(): boolean {
    return this.#timer !== undefined;
  }

  play(name: string): boolean {
    const recording = this.#options.recordings.get(name);
    return recording !== undefined && this.#play(recording);
  }

  #play(recording: Recording, clientNumber?: string): boolean {
    if (this.playing >= maximumPlaying || this.#stop.signal.aborted) return false;
    const { write, timezone } = this.#options;
    const freshness = {
      startedAtMs: Date.now(),
      timezone,
      serial: nextSerial(),
      ...(clientNumber && { clientNumber }),
    };
    const call = playCall(write, freshCall(recording, freshness), { signal: this.#stop.signal })
      .catch((error: unknown) => {
        if (!this.#stop.signal.aborted) throw error;
      })
      .finally(() => this.#playing.delete(call));
    this.#playing.add(call);
    return true;
  }

  /** Switches automatic calls on, of which the first begins at once, or off; calls that go on are played to their end. */
  setAutomatic(on: boolean): void {
    if (on === this.isAutomatic) return;
    clearInterval(this.#timer);
    this.#timer = on ? setInterval(() => this.#playAny(), this.#options.callEveryMs) : undefined;
    if (on) this.#playAny();
  }

  /** Ends at once: calls that go on stay half-written, as when a PBX dies. Resolves when no row is under way. */
  async stop(): Promise<void> {
    this.setAutomatic(false);
    this.#stop.abort();
    await Promise.allSettled(this.#playing);
  }

  #playAny(): void {
    const { recordings, random = Math.random } = this.#options;
    const chosen = chooseCall(recordings, random);
    if (chosen) this.#play(chosen.recording, chosen.clientNumber);
  }
}
