import { useWords } from '../../../kit/language.tsx';
import { countColumn, lengthColumn } from './columns.ts';
import { ReportTable } from './report-table.tsx';
import type { Spread } from './reports.ts';
import { texts } from './words.ts';

interface Row {
  label: string;
  spread: Spread;
}

interface SpreadTableParts {
  title: string;
  about?: string;
  rows: readonly Row[];
  file: string;
}

/** How long something took: on average, for nine of ten, at most. */
export function SpreadTable({ title, about, rows, file }: SpreadTableParts) {
  const words = useWords(texts);
  return (
    <ReportTable
      title={title}
      {...(about !== undefined && { about })}
      columns={[
        { title: words.figure, cell: ({ label }) => label },
        countColumn<Row>(words.count, ({ spread }) => spread.count),
        lengthColumn<Row>(words, words.average, ({ spread }) => spread.average),
        lengthColumn<Row>(words, words.p90, ({ spread }) => spread.p90),
        lengthColumn<Row>(words, words.longest, ({ spread }) => spread.longest),
      ]}
      rows={rows}
      keyOf={({ label }) => label}
      file={file}
      none={words.noCalls}
    />
  );
}
