import { inspectionOf, samplesOf } from '../../tests/rig/metrics.ts';
import type { Part } from '../../tests/rig/part.ts';

const metrics = { place: 'ringflow_amocrm_place_wait_seconds', HTTP: 'ringflow_amocrm_request_duration_seconds' };

/** Of the requests that carry cards, since their worker began: seconds and how many, by what they are spent on. */
export type RequestsOfCards = Record<keyof typeof metrics, { seconds: number; count: number }>;

/** As the workers tell them. */
export async function requestsOfCards(workers: readonly Part[]): Promise<RequestsOfCards> {
  const texts = await Promise.all(
    workers.map(async (worker) => (await fetch(`${inspectionOf(worker)}/metrics`)).text()),
  );
  const total = (sample: string) =>
    texts
      .flatMap((text) => [...samplesOf(text, sample)])
      .reduce((all, [labels, value]) => all + (labels.includes('lane="cards"') ? value : 0), 0);
  const of = (metric: string) => ({ seconds: total(`${metric}_sum`), count: total(`${metric}_count`) });
  return { place: of(metrics.place), HTTP: of(metrics.HTTP) };
}

/** Means between two looks, ms. */
export function meansBetween(before: RequestsOfCards, after: RequestsOfCards): Record<string, number | null> {
  const mean = (what: keyof RequestsOfCards) => {
    const count = after[what].count - before[what].count;
    return count === 0 ? null : Math.round(((after[what].seconds - before[what].seconds) * 1_000) / count);
  };
  return { 'place, mean': mean('place'), 'HTTP, mean': mean('HTTP') };
}
