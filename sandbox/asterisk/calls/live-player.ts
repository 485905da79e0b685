import { setTimeout as sleep } from 'node:timers/promises';
import { chooseClient, oneOf } from '../../pbx/automatic-choice.ts';
import type { CallPlayer } from '../../pbx/create-player-server.ts';
import type { OfficeLines } from '../phones/office-lines.ts';
import { hangUpAfter } from './manners.ts';
import { Stage, scenarios } from './scenarios.ts';

const callEveryMs = 8_000;
const longestTalkMs = 120_000;
const longestCallMs = 180_000;
/** A laptop's phones are few. */
const maximumPlaying = 20;

/** Makes calls on the real PBX: those that are asked for, and in automatic mode one every few seconds. */
export class LivePlayer implements CallPlayer {
  readonly scenarios = Object.entries(scenarios).map(([name, { description }]) => ({ name, description }));
  readonly #lines: OfficeLines;
  readonly #say: (message: string) => void;
  readonly #playing = new Set<Promise<void>>();
  #timer: NodeJS.Timeout | undefined;

  constructor(lines: OfficeLines, say: (message: string) => void) {
    this.#lines = lines;
    this.#say = say;
  }

  get playing(): number {
    return this.#playing.size;
  }

  get isAutomatic(): boolean {
    return this.#timer !== undefined;
  }

  play(name: string): boolean {
    const scenario = scenarios[name];
    if (!scenario) return false;
    return this.#keep(name, () => scenario.play(new Stage(this.#lines, chooseClient(Math.random))));
  }

  /** Whoever is called answers by their manners. @param from an extension, or a client's number */
  call(from: string, to: string): boolean {
    return this.#keep(`${from} calls ${to}`, () => {
      const phone = this.#lines.phones.get(from);
      const call = phone ? phone.call(to) : this.#lines.trunk.call(to, { number: from });
      return hangUpAfter(call, longestTalkMs);
    });
  }

  setAutomatic(on: boolean): void {
    if (on === this.isAutomatic) return;
    clearInterval(this.#timer);
    this.#timer = on ? setInterval(() => this.#playAny(), callEveryMs) : undefined;
    if (on) this.#playAny();
  }

  #playAny(): void {
    const chosen = oneOf(this.scenarios, Math.random);
    if (chosen) this.play(chosen.name);
  }

  #keep(name: string, make: () => Promise<void>): boolean {
    if (this.playing >= maximumPlaying) return false;
    // a call that never comes to its end is not waited for
    const call = Promise.race([make(), sleep(longestCallMs, undefined, { ref: false })])
      .catch((error: Error) => this.#say(`${name}: ${error.message}`))
      .finally(() => this.#playing.delete(call));
    this.#playing.add(call);
    return true;
  }
}
