import type { Figures } from '../../../../proto/report.ts';
import { clock } from '../../../kit/duration.ts';
import type { Column } from './report-table.tsx';
import type { Texts } from './words.ts';

export const lengthOf = (seconds: number | null): string => (seconds === null ? '—' : clock(seconds));

export const countColumn = <R>(title: string, count: (row: R) => number): Column<R> => ({
  title,
  cell: count,
  isNumber: true,
});

/** A length of time: seconds in a file, `1:05` on the page; a dash where there is none. */
export const lengthColumn = <R>(words: Texts, title: string, seconds: (row: R) => number | null): Column<R> => ({
  title,
  fileTitle: `${title}, ${words.seconds}`,
  cell: seconds,
  show: (row) => lengthOf(seconds(row)),
  isNumber: true,
});

/** What is told of any number of calls. */
export function figureColumns<R extends Figures>(words: Texts): Column<R>[] {
  return [...inboundColumns<R>(words), ...outboundColumns<R>(words)];
}

export const inboundColumns = <R extends Figures>(words: Texts): Column<R>[] => [
  countColumn(words.inbound, ({ inbound }) => inbound),
  countColumn(words.answered, ({ answered }) => answered),
  countColumn(words.missed, ({ missed }) => missed),
  lengthColumn(words, words.waitAverage, ({ waitAverage }) => waitAverage),
  lengthColumn(words, words.waitLongest, ({ waitLongest }) => waitLongest),
];

const outboundColumns = <R extends Figures>(words: Texts): Column<R>[] => [
  countColumn(words.outbound, ({ outbound }) => outbound),
  countColumn(words.reached, ({ reached }) => reached),
  lengthColumn(words, words.talk, ({ talkSeconds }) => talkSeconds),
];
