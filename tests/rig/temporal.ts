import { Connection } from '@temporalio/client';
import pino from 'pino';
import { connectTemporal } from '../../runtime/temporal.ts';
import { servers } from './servers.ts';

/** To the Temporal of the tests, with a namespace that is made ready as our processes do it; to be closed by whoever asked. */
export const connectNamespace = (namespace: string): Promise<Connection> =>
  connectTemporal(
    { temporalAddress: servers.temporalAddress, temporalNamespace: namespace },
    (address) => Connection.connect({ address }),
    pino({ level: 'silent' }),
    new AbortController().signal,
  );
