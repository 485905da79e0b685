import type { Call } from '../../proto/call.ts';
import type { Bar } from '../../workflows/call/interpret/index.ts';

const columns = 60;
const signs: Record<Bar['doing'], string> = { calling: '─', ringing: '░', talking: '█', 'on hold': '▒' };

/** One line per person: a time axis on which ringing, talking and holding are drawn. */
export function drawBars(bars: readonly Bar[], call: Call): string[] {
  const endMs = call.endedAtMs ?? Math.max(...bars.map((bar) => bar.toMs ?? bar.fromMs));
  const lengthMs = Math.max(1, endMs - call.startedAtMs);
  const at = (ms: number) => Math.min(columns, Math.max(0, Math.round(((ms - call.startedAtMs) / lengthMs) * columns)));
  const people = Map.groupBy(bars, (bar) => bar.who);
  const widest = Math.max(...[...people.keys()].map((who) => who.length));
  const lines = [...people].map(([who, own]) => {
    const line = new Array<string>(columns).fill(' ');
    for (const bar of own) {
      const from = Math.min(columns - 1, at(bar.fromMs));
      line.fill(signs[bar.doing], from, Math.max(from + 1, at(bar.toMs ?? endMs)));
    }
    return `  ${who.padEnd(widest)} │${line.join('')}│ ${wordsOf(own, call)}`;
  });
  const scale = `0${`${(lengthMs / 1000).toFixed(1)} s`.padStart(columns - 1)}`;
  return [`  ${' '.repeat(widest)}  ${scale}`, ...lines, `  ${legend()}`];
}

function wordsOf(bars: readonly Bar[], call: Call): string {
  const seconds = (ms: number) => ((ms - call.startedAtMs) / 1000).toFixed(1);
  return bars
    .map(({ doing, fromMs, toMs }) => `${doing} ${seconds(fromMs)}–${toMs === null ? '' : seconds(toMs)}`)
    .join(', ');
}

function legend(): string {
  return Object.entries(signs)
    .map(([doing, sign]) => `${sign} ${doing}`)
    .join('   ');
}
