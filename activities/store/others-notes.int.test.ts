import { displacedByAnother, standsByAnother } from '../../proto/others-words.ts';
import { createStoreDatabase, type Database } from '../../tests/rig/databases.ts';
import { journalEntry } from '../../tests/rig/journal-entry.ts';
import { createJournal } from './journal.ts';
import { createOthersNotes } from './others-notes.ts';

let database: Database;
beforeAll(async () => {
  database = await createStoreDatabase();
});
afterAll(() => database.drop());

const noteId = 7;
const theirs = {
  ...{ noteId, entityType: 'contacts', entityId: 3, durationSeconds: 60, responsible: 504141 },
  ...{ status: null, result: null, source: 'Another', link: null, createdAtSeconds: 1_795_597_200 },
};

describe('a call whose record turns out to be that of another', () => {
  let linkedids: [string, string];
  let made = 0;
  const reasonOf = async (linkedid: string) =>
    (await createJournal(database.pool).read('main', linkedid))?.registration;
  const tell = (linkedid: string, reason = standsByAnother(theirs)) =>
    createJournal(database.pool).write(journalEntry({ linkedid }, { state: 'not-sent', reason }));
  const match = (linkedid: string, misfit: number) =>
    createOthersNotes(database.pool).match({ accountId: `acme-${made}`, pbxId: 'main', linkedid }, [
      { noteId, misfit },
    ]);
  beforeEach(() => {
    made++;
    linkedids = [`1795597200.${made}`, `1795597300.${made}`];
  });

  it.each([
    ['before that', ['tell', 'displace']],
    ['after that', ['displace', 'tell']],
  ])('is not said to stand in amoCRM, if it was told %s', async (_, order) => {
    const [first, second] = linkedids;
    await match(first, 40);
    for (const step of order) await (step === 'tell' ? tell(first) : match(second, 0));
    expect(await reasonOf(first)).toEqual({ state: 'not-sent', reason: displacedByAnother });
  });

  it('keeps another reason that it was not sent for', async () => {
    const [first, second] = linkedids;
    await match(first, 40);
    await tell(first, 'The settings ask for nothing.');
    await match(second, 0);
    expect(await reasonOf(first)).toEqual({ state: 'not-sent', reason: 'The settings ask for nothing.' });
  });
});
