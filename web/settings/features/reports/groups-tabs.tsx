import type { EmployeeFigures, Figures } from '../../../../proto/report.ts';
import { useWords } from '../../../kit/language.tsx';
import { Asked } from '../../../kit/query.tsx';
import type { Account } from '../../app/account.ts';
import { readablePhone } from '../../ui/phone.ts';
import { personName, usePeople } from '../employees/people.ts';
import { countColumn, inboundColumns, lengthColumn } from './columns.ts';
import type { Period } from './period.ts';
import { ReportTable } from './report-table.tsx';
import { useDidsReport, useEmployeesReport } from './reports.ts';
import { texts } from './words.ts';

type Did = Figures & { did: string | null };

interface TabParts {
  account: Account;
  period: Period;
}

export function EmployeesTab({ account, period }: TabParts) {
  const words = useWords(texts);
  const people = usePeople(account.id).data;
  return (
    <Asked query={useEmployeesReport(account.id, period)}>
      {({ byEmployee }) => (
        <ReportTable
          title={words.tabs.employees}
          about={words.employeesAbout}
          columns={[
            { title: words.employee, cell: ({ extension }) => personName(extension, people) },
            countColumn<EmployeeFigures>(words.answered, ({ answered }) => answered),
            countColumn<EmployeeFigures>(words.leftToOthers, ({ leftToOthers }) => leftToOthers),
            countColumn<EmployeeFigures>(words.missedByAll, ({ missed }) => missed),
            countColumn<EmployeeFigures>(words.own, ({ outbound }) => outbound),
            countColumn<EmployeeFigures>(words.reached, ({ reached }) => reached),
            lengthColumn<EmployeeFigures>(words, words.talk, ({ talkSeconds }) => talkSeconds),
            countColumn<EmployeeFigures>(words.internal, ({ internal }) => internal),
          ]}
          rows={byEmployee}
          keyOf={({ extension }) => extension}
          file={`employees-${period.from}-${period.to}`}
          none={words.noCalls}
        />
      )}
    </Asked>
  );
}

export function DidsTab({ account, period }: TabParts) {
  const words = useWords(texts);
  return (
    <Asked query={useDidsReport(account.id, period)}>
      {({ byDid }) => (
        <ReportTable
          title={words.tabs.dids}
          about={words.didsAbout}
          columns={[
            {
              title: words.did,
              cell: ({ did }) => did ?? words.noDid,
              show: ({ did }) => (did === null ? words.noDid : readablePhone(did)),
            },
            ...inboundColumns<Did>(words),
            lengthColumn<Did>(words, words.talk, ({ talkSeconds }) => talkSeconds),
          ]}
          rows={byDid}
          keyOf={({ did }) => did ?? ''}
          file={`numbers-${period.from}-${period.to}`}
          none={words.noCalls}
        />
      )}
    </Asked>
  );
}
