import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { Client } from '@temporalio/client';
import type { PayloadCodec } from '@temporalio/common';
import type {
  FastifyBaseLogger,
  FastifyInstance,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify';
import type { Redis } from 'ioredis';
import type { Pool } from 'mysql2/promise';
import type { Logger } from 'pino';
import type { Recordings } from '../activities/recordings/index.ts';
import type { AccountFactsReader } from '../activities/store/account-facts.ts';
import type { Accounts } from '../activities/store/accounts.ts';
import type { AlertDeliveries } from '../activities/store/alert-deliveries.ts';
import type { Backfills } from '../activities/store/backfills.ts';
import type { CallSearch } from '../activities/store/call-search.ts';
import type { Catalogues } from '../activities/store/catalogues.ts';
import type { Clicks } from '../activities/store/clicks.ts';
import type { Comparisons } from '../activities/store/comparisons.ts';
import type { Forgettings } from '../activities/store/forgettings.ts';
import type { HeldBackCalls } from '../activities/store/held-back-calls.ts';
import type { Journal } from '../activities/store/journal.ts';
import type { KnownClients } from '../activities/store/known-clients.ts';
import type { Ledger } from '../activities/store/ledger.ts';
import type { IdentityReader } from '../activities/store/licence/identity.ts';
import type { Licence } from '../activities/store/licence/licence.ts';
import type { LicenceOfCallReader, LicenceOfPbx } from '../activities/store/licence/of-call.ts';
import type { LicenceRequests } from '../activities/store/licence/request.ts';
import type { SeatReader } from '../activities/store/licence/seats.ts';
import type { LiveCalls } from '../activities/store/live-calls.ts';
import type { MissedClients } from '../activities/store/missed-clients.ts';
import type { Pauses } from '../activities/store/pauses.ts';
import type { KnownPbxs, Pbxs } from '../activities/store/pbxs.ts';
import type { PeopleOf } from '../activities/store/people.ts';
import type { Permissions } from '../activities/store/permissions.ts';
import type { RecordingLinks } from '../activities/store/recording-links.ts';
import type { RecordingListens } from '../activities/store/recording-listens.ts';
import type { Reports } from '../activities/store/reports.ts';
import type { Secrets } from '../activities/store/secrets.ts';
import type { SeenExtensions } from '../activities/store/seen-extensions.ts';
import type { SeenNumbers } from '../activities/store/seen-numbers.ts';
import type { Sessions } from '../activities/store/sessions.ts';
import type { SettingsStore } from '../activities/store/settings.ts';
import type { UsedTokens } from '../activities/store/used-tokens.ts';
import type { Users } from '../activities/store/users.ts';
import type { WidgetCards } from '../activities/store/widget-cards.ts';
import type { WidgetPages } from '../activities/store/widget-pages.ts';
import type { PhonesShown } from '../proto/phone.ts';
import type { SettingsSeed } from '../proto/settings-of-call.ts';
import type { AccountActors } from '../runtime/account-actors.ts';
import type { AlertActors } from '../runtime/alert-actors.ts';
import type { BackfillActors } from '../runtime/backfill-actors.ts';
import type { CallActors } from '../runtime/call-actors.ts';
import type { ClickActors } from '../runtime/click-actors.ts';
import type { LicensingConfiguration } from '../runtime/configuration/configuration.ts';
import type { ForgetActors } from '../runtime/forget-actors.ts';
import type { LicenceActor } from '../runtime/licence-actors.ts';
import type { MakeUp } from '../runtime/make-up.ts';
import type { Needs } from '../runtime/monitoring/inspection.ts';
import type { TokenActors } from '../runtime/token-actors.ts';
import type { ApiMetrics } from './metrics.ts';
import type { StandingsReader } from './status/standings.ts';
import type { WidgetIntegration } from './widget/token.ts';

/** Fastify whose routes have the types of their schemas. */
export type Api = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>;

/** What the routes share. */
export interface ApiTools {
  pool: Pool;
  redis: Redis;
  accounts: Accounts;
  secrets: Secrets;
  /** With that of the environment. */
  pbxs: KnownPbxs;
  /** Those that are kept, to change them. */
  pbxStore: Pbxs;
  accountFacts: AccountFactsReader;
  permissions: Permissions;
  pauses: Pauses;
  identity: IdentityReader;
  licence: Licence;
  licenceRequests: LicenceRequests;
  licenceActor: LicenceActor;
  /** What the licence lets be done that begins now on a PBX. */
  licenceOfPbx: LicenceOfPbx;
  licenceOfCall: LicenceOfCallReader;
  /** Who wants a seat of the licence. */
  seats: SeatReader;
  peopleOf: PeopleOf;
  users: Users;
  sessions: Sessions;
  settingsStore: SettingsStore;
  catalogues: Catalogues;
  journal: Journal;
  callSearch: CallSearch;
  seenNumbers: SeenNumbers;
  comparisons: Comparisons;
  seenExtensions: SeenExtensions;
  ledger: Ledger;
  knownClients: KnownClients;
  alertDeliveries: AlertDeliveries;
  liveCalls: LiveCalls;
  reports: Reports;
  missedClients: MissedClients;
  clicks: Clicks;
  usedTokens: UsedTokens;
  widgetPages: WidgetPages;
  widgetCards: WidgetCards;
  backfills: Backfills;
  recordings: Recordings;
  recordingLinks: RecordingLinks;
  recordingListens: RecordingListens;
  standings: StandingsReader;
  /** What this process needs for its work. */
  needs: Needs;
  metrics: ApiMetrics;
  /** By which programs of the operator read `/status`; undefined: only who is signed in does. */
  monitoringToken: string | undefined;
  accountActors: AccountActors;
  alertActors: AlertActors;
  backfillActors: BackfillActors;
  forgettings: Forgettings;
  forgetActors: ForgetActors;
  callActors: CallActors;
  heldBackCalls: HeldBackCalls;
  makeUp: MakeUp;
  clickActors: ClickActors;
  tokenActors: TokenActors;
  temporal: Client;
  payloadCodec: PayloadCodec;
  /** To whoever looks into Temporal. */
  temporalPhones: PhonesShown;
  /** A caller whom the dialplan asks about hears nothing meanwhile: who is not found by then is not found. */
  routingWithinMs: number;
  logger: Logger;
  /** The amoCRM address of the environment: a stand-in lives at no host of amoCRM. */
  ownUrl: string | undefined;
  /** What the environment has for it; undefined: nothing, it is connected in the browser. */
  ownAccess: 'token' | 'integration' | undefined;
  /** The integration that the environment names beside a long-lived token: by its secret amoCRM signs for our widget. */
  ownWidget: { accountId: string; integration: WidgetIntegration } | undefined;
  licensing: LicensingConfiguration;
  /** Where browsers reach the API, without a final slash. */
  publicUrl: string;
  /** Addresses and networks, beside this machine, whose word on who asks is believed. */
  trustedProxies: readonly string[];
  /** Where the Temporal UI shows our namespace, without a final slash; undefined: nobody has said where it is. */
  temporalUi: string | undefined;
  /** That of the environment, which says itself what it is. */
  ownPbxId: string | undefined;
  /** What holds in an account for which nothing was ever set. */
  seed: SettingsSeed;
}
