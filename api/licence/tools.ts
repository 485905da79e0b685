import { createLicenceFacts } from '../../activities/store/licence/facts.ts';
import { createIdentity } from '../../activities/store/licence/identity.ts';
import { createLicence } from '../../activities/store/licence/licence.ts';
import { createLicenceOfCall, createLicenceOfPbx } from '../../activities/store/licence/of-call.ts';
import { createLicenceRecords } from '../../activities/store/licence/record.ts';
import { createLicenceRequests } from '../../activities/store/licence/request.ts';
import { createSeatReader } from '../../activities/store/licence/seats.ts';
import { createPeople, createPeopleMarks } from '../../activities/store/people.ts';
import type { LicenceFacts } from '../../proto/state/facts.ts';
import type { Configuration } from '../../runtime/configuration/configuration.ts';
import { createLicenceActor } from '../../runtime/licence-actors.ts';
import type { ApiTools } from '../tools.ts';

type Stores = Pick<
  ApiTools,
  'pool' | 'redis' | 'secrets' | 'accounts' | 'pbxs' | 'settingsStore' | 'catalogues' | 'temporal' | 'seed'
>;

/** What of the tools has to do with the licence. */
export function licenceTools(
  { licensing }: Pick<Configuration, 'licensing'>,
  { pool, redis, secrets, accounts, pbxs, settingsStore, catalogues, temporal, seed }: Stores,
): Pick<
  ApiTools,
  | 'identity'
  | 'licence'
  | 'licenceOfPbx'
  | 'licenceOfCall'
  | 'licenceRequests'
  | 'licenceActor'
  | 'seats'
  | 'peopleOf'
  | 'licensing'
> & { licenceFacts(): Promise<LicenceFacts> } {
  const identity = createIdentity(secrets);
  const records = createLicenceRecords(pool, redis, identity);
  const licence = createLicence(records, identity, licensing.rootKey);
  const peopleOf = createPeople(settingsStore, catalogues, seed);
  const seats = createSeatReader(accounts, peopleOf, createPeopleMarks(pool));
  const licenceOfPbx = createLicenceOfPbx(licence, pbxs);
  return {
    licenceFacts: createLicenceFacts(licence, seats, pbxs, licensing.url !== undefined),
    ...{ identity, licence, peopleOf, seats, licensing },
    licenceOfPbx,
    licenceOfCall: createLicenceOfCall(licenceOfPbx, seats),
    licenceRequests: createLicenceRequests({ pool, accounts, pbxs, seats, identity, records }),
    licenceActor: createLicenceActor(temporal, identity),
  };
}
