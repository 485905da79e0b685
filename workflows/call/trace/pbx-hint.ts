import { defaultPbx } from '../../../proto/default-pbx.ts';
import type { DidTarget, PbxDescription } from '../../../proto/pbx.ts';

/**
 * The PBX's description from what an administrator set beside a recorded call (`pbx_config_hint`). Every part may be
 * missing; what has another form than expected is left out.
 */
export function pbxFromHint(id: string, timezone: string, hint: unknown): PbxDescription {
  const pbx = defaultPbx(id, timezone);
  if (typeof hint !== 'object' || hint === null) return pbx;
  const given = new Map<string, unknown>(Object.entries(hint));
  const parking = new Map<string, unknown>(Object.entries(given.get('parking') ?? {}));
  const pickupCodes = textsOf(given.get('pickup')).map((code) => code.replace(/<.*$/, ''));
  return {
    ...pbx,
    extensions: textsOf(given.get('extensions')),
    trunkPrefixes: textsOf(given.get('trunk_prefixes')),
    inboundContexts: [...new Set([...textsOf([given.get('inbound_context')]), ...pbx.inboundContexts])],
    internalContexts: [...new Set([...textsOf([given.get('internal_context')]), ...pbx.internalContexts])],
    outboundPrefixes: textsOf(given.get('outbound_prefixes')).filter((prefix) => prefix !== ''),
    ownCallerIds: textsOf(given.get('outbound_caller_ids')),
    dids: recordOf(given.get('did_map'), didTarget),
    groups: recordOf(given.get('ring_groups'), textsOf),
    queues: recordOf(given.get('queues'), textsOf),
    pickupCodes: pickupCodes.length > 0 ? pickupCodes.filter((code) => code !== '') : pbx.pickupCodes,
    parkingExtensions: [...new Set([...textsOf([parking.get('park')]), ...pbx.parkingExtensions])],
  };
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}

function recordOf<T>(value: unknown, read: (value: unknown) => T): Record<string, T> {
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return Object.fromEntries(entries.map(([key, one]) => [key, read(one)]));
}

const targetWords: [RegExp, DidTarget['kind']][] = [
  [/^(?:ext|extension)\s+(\d+)/i, 'extension'],
  [/^(?:ring )?group\s+(\d+)/i, 'group'],
  [/^queue\s+(\d+)/i, 'queue'],
  [/^(ivr\S*)/i, 'ivr'],
];

/** `ext 104 (has voicemail)`, `ring group 600 (…)`, `queue 400 (…)`, `ivr-1 (…)`; a bare number is an extension. */
function didTarget(value: unknown): DidTarget {
  const text = String(value).trim();
  if (/^\d+$/.test(text)) return { kind: 'extension', name: text };
  for (const [form, kind] of targetWords) {
    const name = form.exec(text)?.[1];
    if (name !== undefined) return { kind, name };
  }
  return { kind: 'other', name: text };
}
