import type { Redis } from 'ioredis';
import type { Pool } from 'mysql2/promise';
import { createLicensingClient } from '../../activities/licensing/client.ts';
import type { LicensingTools as LicensingMeans } from '../../activities/licensing/index.ts';
import type { Accounts } from '../../activities/store/accounts.ts';
import { createCatalogues } from '../../activities/store/catalogues.ts';
import { createIdentity, type IdentityReader } from '../../activities/store/licence/identity.ts';
import { createLicence } from '../../activities/store/licence/licence.ts';
import { createLicenceRecords } from '../../activities/store/licence/record.ts';
import { createLicenceRequests } from '../../activities/store/licence/request.ts';
import { createSeatReader, type SeatReader } from '../../activities/store/licence/seats.ts';
import type { KnownPbxs } from '../../activities/store/pbxs.ts';
import { createPeople, createPeopleMarks } from '../../activities/store/people.ts';
import type { Secrets } from '../../activities/store/secrets.ts';
import { createSettingsStore } from '../../activities/store/settings.ts';
import type { Configuration } from '../../runtime/configuration/configuration.ts';

export interface LicensingTools extends LicensingMeans {
  identity: IdentityReader;
  seats: SeatReader;
}

interface Stores {
  pool: Pool;
  redis: Redis;
  accounts: Accounts;
  secrets: Secrets;
  pbxs: KnownPbxs;
}

/** What a worker needs to keep the licence. @param ownAccountId of the account that the environment names */
export function createLicensingTools(
  { licensing, employees }: Pick<Configuration, 'licensing' | 'employees'>,
  { pool, redis, accounts, secrets, pbxs }: Stores,
  ownAccountId: string | undefined,
): LicensingTools {
  const { url, caFile, rootKey } = licensing;
  const identity = createIdentity(secrets);
  const records = createLicenceRecords(pool, redis, identity);
  const settings = createSettingsStore(pool);
  const peopleOf = createPeople(settings, createCatalogues(pool), { accountId: ownAccountId, employees });
  const seats = createSeatReader(accounts, peopleOf, createPeopleMarks(pool));
  return {
    ...{ identity, records, seats, secrets },
    client: url === undefined ? undefined : createLicensingClient(url, caFile),
    licence: createLicence(records, identity, rootKey),
    requests: createLicenceRequests({ pool, accounts, pbxs, seats, identity, records }),
  };
}
