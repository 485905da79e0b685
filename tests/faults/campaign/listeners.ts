import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Amocrm } from '../../rig/amocrm.ts';
import { secondsOf } from '../../rig/sound.ts';
import { soundSeconds } from './recordings-folder.ts';

/** People in amoCRM who listen to recordings, whatever else happens. */
export interface Listeners {
  /** How often what was answered: `whole`, the code of a refusal, or how it broke off. */
  answers: ReadonlyMap<string, number>;
  /** Links that played a part as if it was all. */
  truncated: readonly string[];
  /** So many recordings that nobody has listened to yet. */
  hearNew(count: number): Promise<void>;
  /** One after another. @param isOver true once they shall listen no more */
  work(isOver: () => boolean): Promise<void>;
  /** All that anybody has listened to, again. @returns those that can't be heard, and why */
  hearAllAgain(): Promise<string[]>;
}

const everyMs = 3_000;

export function createListeners(amocrm: Pick<Amocrm, 'state'>): Listeners {
  const heard = new Set<string>();
  const answers = new Map<string, number>();
  const truncated: string[] = [];
  const isWhole = createCheck();

  const hear = async (link: string): Promise<string> => {
    heard.add(link);
    const answer = await answerOf(link, isWhole);
    answers.set(answer, (answers.get(answer) ?? 0) + 1);
    if (answer === 'truncated') truncated.push(link);
    return answer;
  };
  const hearNew = async (count: number) => {
    const { calls } = await amocrm.state();
    const fresh = calls.flatMap(({ link }) => (link && !heard.has(link) ? [link] : []));
    await Promise.all(fresh.slice(0, count).map(hear));
  };
  return {
    ...{ answers, truncated, hearNew },
    async work(isOver) {
      while (!isOver()) await Promise.all([hearNew(1), sleep(everyMs)]);
    },
    async hearAllAgain() {
      const silent: string[] = [];
      for (const link of [...heard]) {
        const answer = await hear(link);
        if (answer !== 'whole') silent.push(`can't be heard: ${link}: ${answer}`);
      }
      return silent;
    },
  };
}

async function answerOf(link: string, isWhole: (sound: Buffer) => boolean): Promise<string> {
  const response = await fetch(link).catch(() => undefined);
  if (!response) return 'no api';
  if (response.status !== 200) return codeOf(await response.text());
  const sound = await response.arrayBuffer().catch(() => undefined);
  if (!sound) return 'broken off';
  return isWhole(Buffer.from(sound)) ? 'whole' : 'truncated';
}

function codeOf(body: string): string {
  try {
    return JSON.parse(body).code;
  } catch {
    return body.slice(0, 100);
  }
}

/** All recordings sound alike: most are known by their bytes. */
function createCheck() {
  const known = new Set<string>();
  return (sound: Buffer): boolean => {
    const digest = createHash('sha256').update(sound).digest('hex');
    if (!known.has(digest) && Math.abs(lengthOf(sound) - soundSeconds) > 0.2) return false;
    known.add(digest);
    return true;
  };
}

/** 0 of what is no sound at all. */
function lengthOf(sound: Buffer): number {
  try {
    return secondsOf(sound);
  } catch {
    return 0;
  }
}
