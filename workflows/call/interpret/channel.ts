import type { PbxDescription } from '../../../proto/pbx.ts';

/** Whose channel it is; `local` is Asterisk's own wire between two channels. */
type ChannelKind = 'extension' | 'trunk' | 'local' | 'other';

export interface Channel {
  kind: ChannelKind;
  /** `101` of `PJSIP/101-0000002a`, `trunk-main` of `PJSIP/trunk-main-0000002a`. */
  endpoint: string;
}

const phoneTechnologies = new Set(['PJSIP', 'SIP', 'IAX2', 'DAHDI', 'SCCP', 'Skinny', 'KHOMP', 'Dongle', 'Quectel']);

/** Reads a channel name, `TECHNOLOGY/endpoint-suffix`: the suffix is cut at the last dash, since trunks' names have dashes. */
export function readChannel(name: string, pbx: PbxDescription): Channel {
  const slash = name.indexOf('/');
  if (slash < 0) return { kind: 'other', endpoint: name };
  const technology = name.slice(0, slash);
  const dash = name.lastIndexOf('-');
  const endpoint = dash > slash ? name.slice(slash + 1, dash) : name.slice(slash + 1);
  if (technology === 'Local') return { kind: 'local', endpoint };
  if (!phoneTechnologies.has(technology)) return { kind: 'other', endpoint };
  return { kind: isExtension(endpoint, pbx) ? 'extension' : 'trunk', endpoint };
}

/** True if `text` is the number of an employee's phone. */
export function isExtension(text: string, pbx: PbxDescription): boolean {
  return new RegExp(pbx.extensionPattern).test(text);
}

/**
 * The outside number in the arguments of `Dial`, e.g. `PJSIP/89161234567@trunk,30,T`, `SIP/trunk/89161234567`,
 * `PJSIP/trunk/sip:89161234567@host`. The dialplan has cut its prefixes off by then.
 */
export function dialledNumber(dialArguments: string): string | undefined {
  const destination = dialArguments.split(',')[0]?.split('&')[0] ?? '';
  const [, first = '', ...rest] = destination.split('/');
  const candidate = rest.length > 0 ? rest.join('/') : first;
  const number = candidate.replace(/^sips?:/, '').split('@')[0] ?? '';
  return /^\+?[\d*#]{3,}$/.test(number) ? number : undefined;
}
