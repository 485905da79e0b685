import { Type } from 'typebox';
import type { AccountSettings } from '../../proto/account-settings.ts';
import { freeId } from '../../proto/free-id.ts';
import { NumberList, type Rule } from '../../proto/rule.ts';
import { untouchedSettings } from '../../proto/untouched-settings.ts';
import { userOf } from '../access/access.ts';
import { ApiError } from '../errors.ts';
import { accountId, nothing, ofAccount, route, strictObject } from '../route.ts';
import type { Api, ApiTools } from '../tools.ts';

const ofList = strictObject({ account: accountId, list: NumberList.properties.id });
const { id, name, numbers } = NumberList.properties;
/** What came of a change: how many numbers are in the list now that were not before, and the other way round. */
const Changed = Type.Object({ added: Type.Integer(), removed: Type.Integer() });
/** A whole list is longer than what others send. */
const bodyLimit = 3_000_000;

/** How often a change is tried when others change lists at the same moment. */
const mostTries = 5;

/**
 * Number lists, one at a time: they are too long to be sent as a section of the settings. Each change is made in what
 * stands then, so those of several people add up.
 */
export function serveNumberLists(app: Api, { settingsStore, accountActors, seed }: ApiTools): void {
  const present = async (account: string) =>
    (await settingsStore.latest(account)) ?? { version: 0, settings: untouchedSettings(seed.language) };

  const change = async (
    account: string,
    author: string,
    changed: (lists: readonly NumberList[], settings: AccountSettings) => NumberList[],
  ): Promise<void> => {
    for (let tries = 1; ; tries++) {
      const { version, settings } = await present(account);
      const sections = { numberLists: changed(settings.numberLists, settings) };
      const outcome = await accountActors.change({ accountId: account, basedOn: version, sections, author });
      if (outcome.outcome === 'saved') return;
      if (outcome.outcome === 'faulty') throw new ApiError(400, 'faulty-settings', outcome.faults);
      if (tries === mostTries) throw new ApiError(409, 'settings-conflict', [outcome.author, ...outcome.sections]);
    }
  };

  const changeNumbers = async (account: string, author: string, list: string, of: (before: string[]) => string[]) => {
    let answer = { added: 0, removed: 0 };
    await change(account, author, (lists) =>
      withList(lists, list, (one) => {
        const after = of(one.numbers);
        const [before, now] = [new Set(one.numbers), new Set(after)];
        answer = { added: countBeside(now, before), removed: countBeside(before, now) };
        return { ...one, numbers: after };
      }),
    );
    return answer;
  };

  app.post(
    '/api/accounts/:account/number-lists',
    route(['admin'], 'addNumberList', { params: ofAccount, body: strictObject({ name }) }, Type.Object({ id })),
    async (request) => {
      const { account } = request.params;
      let made = '';
      await change(account, userOf(request).login, (lists) => {
        made = freeId(request.body.name, 'list', lists);
        return [...lists, { id: made, name: request.body.name, numbers: [] }];
      });
      return { id: made };
    },
  );

  app.get(
    '/api/accounts/:account/number-lists/:list',
    route('signed-in', 'readNumberList', { params: ofList }, NumberList),
    async (request) => {
      const { account, list } = request.params;
      return found((await present(account)).settings.numberLists, list);
    },
  );

  app.put(
    '/api/accounts/:account/number-lists/:list/name',
    route(['admin'], 'renameNumberList', { params: ofList, body: strictObject({ name }) }, nothing),
    async (request, reply) => {
      const { account, list } = request.params;
      await change(account, userOf(request).login, (lists) =>
        withList(lists, list, (one) => ({ ...one, name: request.body.name })),
      );
      return reply.status(204).send(null);
    },
  );

  app.delete(
    '/api/accounts/:account/number-lists/:list',
    route(['admin'], 'removeNumberList', { params: ofList }, nothing),
    async (request, reply) => {
      const { account, list } = request.params;
      await change(account, userOf(request).login, (lists, { rules }) => {
        found(lists, list);
        const using = rules.filter((rule) => names(rule, list));
        if (using.length > 0)
          throw new ApiError(
            409,
            'list-in-use',
            using.map((rule) => rule.name),
          );
        return lists.filter((one) => one.id !== list);
      });
      return reply.status(204).send(null);
    },
  );

  /** Adds some and takes out others. */
  app.patch(
    '/api/accounts/:account/number-lists/:list/numbers',
    {
      ...route(
        ['admin'],
        'changeNumbers',
        { params: ofList, body: strictObject({ add: numbers, remove: numbers }) },
        Changed,
      ),
      bodyLimit,
    },
    async (request) => {
      const { account, list } = request.params;
      const { add, remove } = request.body;
      const gone = new Set(remove);
      return changeNumbers(account, userOf(request).login, list, (before) => [
        ...new Set([...before.filter((number) => !gone.has(number)), ...add]),
      ]);
    },
  );

  /** In place of all that were there. */
  app.put(
    '/api/accounts/:account/number-lists/:list/numbers',
    { ...route(['admin'], 'replaceNumbers', { params: ofList, body: strictObject({ numbers }) }, Changed), bodyLimit },
    async (request) => {
      const { account, list } = request.params;
      return changeNumbers(account, userOf(request).login, list, () => [...new Set(request.body.numbers)]);
    },
  );
}

function countBeside(numbers: ReadonlySet<string>, others: ReadonlySet<string>): number {
  let count = 0;
  for (const number of numbers) if (!others.has(number)) count++;
  return count;
}

function found(lists: readonly NumberList[], id: string): NumberList {
  const list = lists.find((one) => one.id === id);
  if (!list) throw new ApiError(404, 'not-found');
  return list;
}

function withList(lists: readonly NumberList[], id: string, change: (list: NumberList) => NumberList): NumberList[] {
  found(lists, id);
  return lists.map((one) => (one.id === id ? change(one) : one));
}

function names({ when: { inLists = [], notInLists = [] } }: Rule, list: string): boolean {
  return inLists.includes(list) || notInLists.includes(list);
}
