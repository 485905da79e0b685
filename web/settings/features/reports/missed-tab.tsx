import { Anchor, Group, Stack, Text } from '@mantine/core';
import { Link } from 'wouter';
import { utcMsToPbxTime } from '../../../../proto/pbx-time.ts';
import { useWords } from '../../../kit/language.tsx';
import { Moment } from '../../../kit/moment.tsx';
import { Asked } from '../../../kit/query.tsx';
import { type Account, addressOf } from '../../app/account.ts';
import { readablePhone } from '../../ui/phone.ts';
import { type Person, personName, usePeople } from '../employees/people.ts';
import { callAddress } from '../journal/calls.ts';
import { countColumn, lengthColumn } from './columns.ts';
import type { Period } from './period.ts';
import { type Column, ReportTable } from './report-table.tsx';
import { type MissedReport, useMissedReport } from './reports.ts';
import { SpreadTable } from './spread-table.tsx';
import { type Texts, texts } from './words.ts';

type MissedClient = MissedReport['clients'][number];

/** Clients whom nobody has called back, and how soon others were. */
export function MissedTab({ account, period }: { account: Account; period: Period }) {
  const words = useWords(texts);
  const people = usePeople(account.id).data;
  return (
    <Asked query={useMissedReport(account.id, period)}>
      {(report) => (
        <Stack gap="xl">
          <div>
            <ReportTable
              title={words.missedTitle}
              about={words.missedAbout}
              columns={clientColumns(words, account, report.zone, people)}
              rows={report.clients}
              keyOf={({ phone }) => phone}
              file={`not-called-back-${period.from}-${period.to}`}
              none={words.noneMissed}
            />
            {report.waiting > report.clients.length && (
              <Text size="sm">{words.onlySome(report.clients.length, report.waiting)}</Text>
            )}
          </div>
          <CallingBack report={report} period={period} />
        </Stack>
      )}
    </Asked>
  );
}

function CallingBack({ report, period }: { report: MissedReport; period: Period }) {
  const words = useWords(texts);
  const rows = [
    { label: words.calledInVain, count: report.all },
    { label: words.calledBack, count: report.calledBack },
    { label: words.calledAgain, count: report.calledAgain },
    { label: words.notYet, count: report.waiting },
  ];
  return (
    <>
      <ReportTable
        title={words.backTitle}
        about={words.backAbout}
        columns={[
          { title: words.figure, cell: ({ label }) => label },
          countColumn<(typeof rows)[number]>(words.cases, ({ count }) => count),
        ]}
        rows={rows}
        keyOf={({ label }) => label}
        file={`called-back-${period.from}-${period.to}`}
        none={words.noCalls}
      />
      <SpreadTable
        title={words.timeToBack}
        rows={[{ label: words.calledBack, spread: report.timeToCallBack }]}
        file={`time-to-call-back-${period.from}-${period.to}`}
      />
    </>
  );
}

function clientColumns(
  words: Texts,
  account: Account,
  zone: string,
  people: readonly Person[] | undefined,
): Column<MissedClient>[] {
  return [
    { title: words.client, cell: ({ client }) => client?.name ?? '' },
    { title: words.phone, cell: ({ phone }) => phone, show: ({ phone }) => readablePhone(phone) },
    {
      title: words.lastAt,
      cell: ({ lastAtMs }) => utcMsToPbxTime(lastAtMs, zone),
      show: ({ lastAtMs }) => <Moment atMs={lastAtMs} isShort zone={zone} />,
    },
    countColumn(words.times, ({ times }) => times),
    lengthColumn(words, words.waited, ({ last }) => last?.waitSeconds ?? null),
    { title: words.did, cell: ({ last }) => last?.did ?? '', show: ({ last }) => last?.did && readablePhone(last.did) },
    { title: words.rang, cell: ({ last }) => (last?.rang ?? []).map((one) => personName(one, people)).join(', ') },
    countColumn(words.attempts, ({ attempts }) => attempts),
    {
      title: words.links,
      cell: ({ client }) => (client ? amocrmAddress(account, client) : ''),
      show: (row) => <Links row={row} account={account} />,
    },
  ];
}

const amocrmAddress = ({ baseUrl }: Account, { entityType, entityId }: { entityType: string; entityId: number }) =>
  `${baseUrl}/${entityType}/detail/${entityId}`;

function Links({ row: { phone, client, last }, account }: { row: MissedClient; account: Account }) {
  const words = useWords(texts);
  const list = `${addressOf(account.id, 'journal')}?phone=${phone}`;
  const call = last && callAddress(account.id, { pbx: last.pbxId, linkedid: last.linkedid }, `phone=${phone}`);
  return (
    <Group gap="xs" wrap="nowrap">
      <Anchor component={Link} href={call ?? list} size="sm">
        {words.inJournal}
      </Anchor>
      {client && (
        <Anchor href={amocrmAddress(account, client)} target="_blank" rel="noreferrer" size="sm">
          {words.inAmocrm}
        </Anchor>
      )}
    </Group>
  );
}
