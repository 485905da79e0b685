import type { Call } from '../../proto/call.ts';
import { type AboutClient, type Client, nothingKnown } from '../../proto/client.ts';
import type { CallSettings } from '../../proto/settings.ts';
import { local } from './activities.ts';
import { asksAboutClient, asksWhetherKnown } from './decide/case.ts';
import type { Requests } from './requests.ts';

/** How amoCRM is asked. */
type Ask = (summary: string, question: { phone: string }) => Promise<Client | null>;

/** What is known of the clients of these calls, as far as the rules depend on it. */
export class Acquaintance {
  readonly #settings: CallSettings;
  readonly #requests: Requests;
  readonly #about = new Map<string, AboutClient>();

  constructor(settings: CallSettings, requests: Requests) {
    this.#settings = settings;
    this.#requests = requests;
  }

  of({ externalNumber }: Call): AboutClient {
    return (externalNumber !== null && this.#about.get(externalNumber)) || nothingKnown;
  }

  forget({ externalNumber }: Call): void {
    if (externalNumber !== null) this.#about.delete(externalNumber);
  }

  /** Looks up what needs no question to amoCRM. */
  async learn(calls: readonly Call[]): Promise<void> {
    if (!asksAboutClient(this.#settings)) return;
    const { accountId } = this.#settings;
    for (const { externalNumber: phone } of calls) {
      if (phone === null || this.#about.has(phone)) continue;
      this.#about.set(phone, await local.aboutClient({ accountId, phone }));
    }
  }

  /**
   * What the end of a call must be decided by: amoCRM is asked if nothing is known.
   *
   * @param ask without end if not given
   * @throws if amoCRM does not let itself be asked
   */
  async learnForGood(
    call: Call,
    ask: Ask = (summary, question) => this.#requests.send('askForClient', summary, question),
  ): Promise<AboutClient> {
    const { externalNumber: phone } = call;
    if (phone !== null && !this.of(call).client) this.#about.delete(phone); // they may have been written down meanwhile
    await this.learn([call]);
    const about = this.of(call);
    if (phone === null || about.client !== undefined || !asksWhetherKnown(this.#settings)) return about;
    const client = await ask('Who is it?', { phone });
    this.#about.set(phone, { ...about, client });
    return this.of(call);
  }
}
