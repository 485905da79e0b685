import type { AmocrmAccess } from './access.ts';
import { AmocrmError } from './errors.ts';

/**
 * The same access; whether amoCRM takes it is told whenever that changes. Of a long-lived token nobody else tells it.
 *
 * @param note hears why amoCRM does not take it, in words; empty once it does again
 */
export function toldAccess(access: AmocrmAccess, note: (reason: string) => Promise<void>): AmocrmAccess {
  let told = '';
  const tell = (reason: string): void => {
    if (reason === told) return;
    const before = told;
    told = reason;
    note(reason).catch(() => {
      told = before; // the next answer tells it again
    });
  };
  return {
    current: () => access.current(),
    async renewed(...refused: Parameters<AmocrmAccess['renewed']>) {
      try {
        return await access.renewed(...refused);
      } catch (error) {
        if (error instanceof AmocrmError) tell(error.message);
        throw error;
      }
    },
    taken: () => tell(''),
  };
}
