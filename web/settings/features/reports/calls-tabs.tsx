import { Anchor, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { useLanguage, useWords } from '../../../kit/language.tsx';
import { Asked } from '../../../kit/query.tsx';
import { type Account, addressOf } from '../../app/account.ts';
import { countColumn, figureColumns, lengthOf } from './columns.ts';
import type { Period } from './period.ts';
import { ReportTable } from './report-table.tsx';
import { type CallsReport, useCallsReport } from './reports.ts';
import { SpreadTable } from './spread-table.tsx';
import { texts } from './words.ts';

type Hour = CallsReport['byHour'][number];

interface TabParts {
  account: Account;
  period: Period;
}

function AskedCalls({ account, period, children }: TabParts & { children: (report: CallsReport) => ReactNode }) {
  return <Asked query={useCallsReport(account.id, period)}>{children}</Asked>;
}

/** All calls of the period, and how long clients have waited. */
export function OverviewTab(parts: TabParts) {
  const words = useWords(texts);
  const { account, period } = parts;
  const missed = `${addressOf(account.id, 'journal')}?direction=inbound&result=missed&from=${period.from}T00:00&to=${period.to}T23:59`;
  return (
    <AskedCalls {...parts}>
      {({ all }) => (
        <Stack gap="xl">
          <ReportTable
            title={words.overviewTitle}
            about={words.overviewAbout}
            columns={[
              { title: words.figure, cell: ({ inFile }) => inFile, show: ({ label }) => label },
              {
                title: words.count,
                cell: ({ count }) => count,
                show: ({ shown }) => shown,
                isNumber: true,
              },
            ]}
            rows={overallRows(all, words)}
            keyOf={({ label }) => label}
            file={`calls-${period.from}-${period.to}`}
            none={words.noCalls}
          />
          <Anchor component={Link} href={missed} size="sm">
            {words.missedCalls}
          </Anchor>
          <SpreadTable
            title={words.waitTitle}
            about={words.waitAbout}
            rows={[
              { label: words.waitAnswered, spread: all.waitAnswered },
              { label: words.waitMissed, spread: all.waitMissed },
            ]}
            file={`waiting-${period.from}-${period.to}`}
          />
        </Stack>
      )}
    </AskedCalls>
  );
}

function overallRows(all: CallsReport['all'], words: (typeof texts)['ru']) {
  const row = (label: string, count: number) => ({ label, inFile: label, count, shown: String(count) });
  const talk = { label: words.talk, inFile: `${words.talk}, ${words.seconds}` };
  return [
    row(words.inbound, all.inbound),
    row(words.answered, all.answered),
    row(words.missed, all.missed),
    row(words.hidden, all.missedHidden),
    row(words.outbound, all.outbound),
    row(words.reached, all.reached),
    row(words.internal, all.internal),
    { ...talk, count: all.talkSeconds, shown: lengthOf(all.talkSeconds) },
  ];
}

export function HoursTab(parts: TabParts) {
  const words = useWords(texts);
  const { period } = parts;
  return (
    <AskedCalls {...parts}>
      {({ byHour }) => (
        <ReportTable
          title={words.tabs.hours}
          about={words.timeAbout}
          columns={[
            {
              ...countColumn<Hour>(words.hour, ({ hour }) => hour),
              show: ({ hour }) => `${String(hour).padStart(2, '0')}:00`,
            },
            ...figureColumns<Hour>(words),
          ]}
          rows={byHour}
          keyOf={({ hour }) => hour}
          file={`by-hour-${period.from}-${period.to}`}
          none={words.noCalls}
        />
      )}
    </AskedCalls>
  );
}

export function DaysTab(parts: TabParts) {
  const words = useWords(texts);
  const { language } = useLanguage();
  const { period } = parts;
  const form = new Intl.DateTimeFormat(language, { timeZone: 'UTC', weekday: 'short', day: 'numeric', month: 'short' });
  return (
    <AskedCalls {...parts}>
      {({ byDay }) => (
        <ReportTable
          title={words.tabs.days}
          about={words.timeAbout}
          columns={[
            { title: words.day, cell: ({ day }) => day, show: ({ day }) => form.format(new Date(`${day}T00:00:00Z`)) },
            ...figureColumns<CallsReport['byDay'][number]>(words),
          ]}
          rows={byDay}
          keyOf={({ day }) => day}
          file={`by-day-${period.from}-${period.to}`}
          none={words.noCalls}
        />
      )}
    </AskedCalls>
  );
}
