import { AmocrmError } from './errors.ts';
import { orWithoutLink, refusedLink, type ToldCall } from './recording-link.ts';

const call = { uniq: 'main:1.1', link: 'https://ringflow.example/r/abc' } as ToldCall;
const record = { noteId: 7, entityType: 'contacts', entityId: 12 };
const refusal = (refusedPaths: string[]) =>
  new AmocrmError('ValidationFailed', 'amoCRM does not take this request', { hadNoEffect: true, refusedPaths });

it.each(['link', 'params.link'])(
  'a call is registered without the link that amoCRM refuses (%s), and says so',
  async (path) => {
    const sent: ToldCall[] = [];
    const answer = await orWithoutLink(call, async (told) => {
      sent.push(told);
      if (told.link !== undefined) throw refusal([path]);
      return { ...record, troubles: ['Before'] };
    });
    expect(sent.map(({ link }) => link)).toEqual([call.link, undefined]);
    expect(answer).toEqual({ ...record, troubles: ['Before', refusedLink] });
  },
);

it.each([[['link', 'phone']], [['phone']], [[]]])('a refusal of %j is no matter of the link', async (paths) => {
  const send = jest.fn(async () => Promise.reject(refusal(paths)));
  await expect(orWithoutLink(call, send)).rejects.toThrow('does not take');
  expect(send).toHaveBeenCalledTimes(1);
});
