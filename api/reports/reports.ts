import { Type } from 'typebox';
import { nullable } from '../../proto/nullable.ts';
import { phoneKey } from '../../proto/phone.ts';
import { addFigures, EmployeeFigures, Figures, noFigures, Spread, spreadOf } from '../../proto/report.ts';

import { ofAccount, route } from '../route.ts';
import type { Api, ApiTools } from '../tools.ts';
import { querystring, scopeOf } from './scope.ts';

const Count = Type.Integer();
const Zone = { zone: Type.String() };
const OverallFigures = Type.Object({
  ...{ inbound: Count, answered: Count, missed: Count, missedHidden: Count, outbound: Count, reached: Count },
  ...{ internal: Count, talkSeconds: Type.Integer(), waitAnswered: Spread, waitMissed: Spread },
});
const CallsReport = Type.Object({
  ...Zone,
  all: OverallFigures,
  byDay: Type.Array(Type.Object({ day: Type.String(), ...Figures.properties })),
  byHour: Type.Array(Type.Object({ hour: Type.Integer(), ...Figures.properties })),
});
const DidsReport = Type.Object({
  ...Zone,
  byDid: Type.Array(Type.Object({ did: nullable(Type.String()), ...Figures.properties })),
});
const EmployeesReport = Type.Object({ ...Zone, byEmployee: Type.Array(EmployeeFigures) });

const ClientInAmocrm = Type.Object({ entityType: Type.String(), entityId: Type.Integer(), name: Type.String() });
const MissedClient = Type.Object({
  phone: Type.String(),
  client: nullable(ClientInAmocrm),
  /** How many calls nobody has answered since somebody has talked with them last. */
  times: Count,
  firstEndedAtMs: Type.Integer(),
  lastAtMs: Type.Integer(),
  /** How often they were called since, in vain. */
  attempts: Count,
  /** Of the last of these calls; null: it is not in the journal any more. */
  last: nullable(
    Type.Object({
      ...{ pbxId: Type.String(), linkedid: Type.String(), did: nullable(Type.String()) },
      ...{ waitSeconds: Type.Integer(), rang: Type.Array(Type.String()) },
    }),
  ),
});
const MissedReport = Type.Object({
  ...Zone,
  /** Clients who called in vain, each time until somebody talked with them. */
  all: Count,
  /** Talked with in a call of ours, in another one of theirs, not yet. */
  calledBack: Count,
  calledAgain: Count,
  waiting: Count,
  timeToCallBack: Spread,
  /** Who waits, the latest first; at most so many as are shown. */
  clients: Type.Array(MissedClient),
});

/** More nobody calls back from a list. */
const mostClients = 500;

const schema = { params: ofAccount, querystring };

/** Figures about an account's calls; a head gets those of the calls of their own people. */
export function serveReports(app: Api, tools: ApiTools): void {
  const { reports } = tools;

  app.get(
    '/api/accounts/:account/reports/calls',
    route('signed-in', 'reportCalls', schema, CallsReport),
    async (request) => {
      const { scope, zone, days } = await scopeOf(request, request.params.account, request.query, tools);
      const [all, hours] = await Promise.all([reports.calls(scope), reports.byTime(scope, zone)]);
      const together = (some: readonly Figures[]): Figures => whole(some.reduce(addFigures, noFigures));
      const byDay = Map.groupBy(hours, ({ day }) => day);
      const byHour = Map.groupBy(hours, ({ hour }) => hour);
      return {
        ...{ zone, all },
        byDay: days.map((day) => ({ day, ...together(byDay.get(day) ?? []) })),
        byHour: Array.from({ length: 24 }, (_, hour) => ({ hour, ...together(byHour.get(hour) ?? []) })),
      };
    },
  );

  app.get(
    '/api/accounts/:account/reports/dids',
    route('signed-in', 'reportDids', schema, DidsReport),
    async (request) => {
      const { scope, zone } = await scopeOf(request, request.params.account, request.query, tools);
      return { zone, byDid: (await reports.byDid(scope)).map((row) => ({ ...row, ...whole(row) })) };
    },
  );

  app.get(
    '/api/accounts/:account/reports/employees',
    route('signed-in', 'reportEmployees', schema, EmployeesReport),
    async (request) => {
      const { scope, zone } = await scopeOf(request, request.params.account, request.query, tools);
      const byNumber = new Intl.Collator('en', { numeric: true });
      const byEmployee = await reports.byEmployee(scope);
      return { zone, byEmployee: byEmployee.toSorted((a, b) => byNumber.compare(a.extension, b.extension)) };
    },
  );

  serveMissed(app, tools);
}

function serveMissed(app: Api, tools: ApiTools): void {
  const { missedClients } = tools;
  app.get(
    '/api/accounts/:account/reports/missed',
    route('signed-in', 'reportMissed', schema, MissedReport),
    async (request) => {
      const { account } = request.params;
      const { scope, accountPbxIds, zone } = await scopeOf(request, account, request.query, tools);
      const all = await missedClients.find(scope, accountPbxIds);
      const back = all.filter(({ talkedBy }) => talkedBy === 'us');
      const waiting = all.filter(({ talkedAtMs }) => talkedAtMs === null).toSorted((a, b) => b.lastAtMs - a.lastAtMs);
      const shown = waiting.slice(0, mostClients);
      const [last, attempts, known] = await Promise.all([
        missedClients.lastCalls(scope.pbxIds, shown),
        missedClients.attempts(accountPbxIds, shown),
        missedClients.known(
          account,
          shown.map(({ phone }) => phone),
        ),
      ]);
      return {
        ...{ zone, all: all.length, calledBack: back.length, waiting: waiting.length },
        calledAgain: all.length - back.length - waiting.length,
        timeToCallBack: spreadOf(back.map((one) => ({ seconds: secondsUntilTalk(one), count: 1 }))),
        clients: shown.map(({ phone, times, firstEndedAtMs, lastAtMs }) => ({
          ...{ phone, times, firstEndedAtMs, lastAtMs },
          attempts: attempts.get(phone) ?? 0,
          last: last.get(phone) ?? null,
          client: known.get(phoneKey(phone)) ?? null,
        })),
      };
    },
  );
}

const secondsUntilTalk = ({ talkedAtMs, firstEndedAtMs }: { talkedAtMs: number | null; firstEndedAtMs: number }) =>
  Math.max(0, Math.round(((talkedAtMs ?? 0) - firstEndedAtMs) / 1000));

const whole = (figures: Figures): Figures => ({
  ...figures,
  waitAverage: figures.waitAverage === null ? null : Math.round(figures.waitAverage),
});
