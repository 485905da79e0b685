import { setTimeout as sleep } from 'node:timers/promises';
import type { FreshRow } from '../../../sandbox/pbx/fresh-call.ts';
import { playCall } from '../../../sandbox/pbx/play-call.ts';
import { newCall, strangersNumber, write } from '../../rig/calls.ts';
import type { Installation } from '../../rig/installation.ts';
import { type Campaign, randomOf } from './plan.ts';

export interface CampaignCall {
  linkedid: string;
  /** Of the client; ten digits. */
  phone: string;
}

const scenarios = ['in-direct-answered', 'in-direct-no-answer', 'rg-second-answers', 'in-caller-cancel'];
/** Of so many calls one is of a new number: the others call again. */
const callsOfNumber = 3;

/**
 * Calls come in at their pace, whatever else happens.
 *
 * @param isOver true once no more shall come
 * @returns all of them, once their last rows stand in CEL
 */
export async function comeIn(
  house: Installation,
  { seed, seconds, perSecond }: Campaign,
  isOver: () => boolean,
): Promise<CampaignCall[]> {
  const random = randomOf(seed + 1);
  const phones = Array.from({ length: Math.ceil((seconds * perSecond) / callsOfNumber) }, strangersNumber);
  for (const phone of phones) if (random() < 0.5) await house.amocrm.addContact(phone);
  const startedAtMs = performance.now();
  const coming: Promise<CampaignCall>[] = [];
  for (let i = 0; !isOver(); i++) {
    await sleep(Math.max(0, startedAtMs + (i * 1_000) / perSecond - performance.now()));
    const phone = phones[Math.floor(random() * phones.length)] as string;
    coming.push(comeOne(house, scenarios[Math.floor(random() * scenarios.length)] as string, phone));
  }
  return Promise.all(coming);
}

async function comeOne(house: Installation, scenario: string, phone: string): Promise<CampaignCall> {
  const { linkedid, rows } = newCall(scenario, { clientNumber: phone });
  const firstAtMs = rows[0]?.atMs ?? 0;
  const shifted = rows.map((row) => ({ ...row, atMs: row.atMs - firstAtMs }));
  await playCall((row) => untilWritten(house, row), { linkedids: [], rows: shifted });
  return { linkedid, phone };
}

/** A PBX whose database is away writes later. */
async function untilWritten(house: Installation, row: FreshRow): Promise<void> {
  for (;;) {
    try {
      return await write(house, [row]);
    } catch {
      await sleep(100);
    }
  }
}
