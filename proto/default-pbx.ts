import type { PbxDescription } from './pbx.ts';

/** Phones are named by their extension of 2 to 6 digits. */
export const defaultExtensionPattern = '^\\d{2,6}$';

/**
 * FreePBX and plain Asterisk alike: phones are named by their extension of 2 to 6 digits, trunks by anything else.
 * Contexts: FreePBX's (`from-pstn`, `from-trunk`, `from-internal`) and those of Asterisk's sample configuration.
 */
export function defaultPbx(id: string, timezone: string): PbxDescription {
  return {
    id,
    timezone,
    country: 'RU',
    extensions: [],
    extensionPattern: defaultExtensionPattern,
    trunkPrefixes: [],
    inboundContexts: ['from-pstn', 'from-trunk', 'from-did', 'from-zaptel', 'from-dahdi', 'from-external', 'public'],
    internalContexts: ['from-internal', 'default-internal', 'internal'],
    outboundPrefixes: [],
    ownCallerIds: [],
    dids: {},
    groups: {},
    queues: {},
    pickupCodes: ['*8', '**'],
    parkingExtensions: ['70', '700'],
    mobiles: {},
  };
}
