/** A channel's name in its parts: `TECHNOLOGY/endpoint-suffix`, `Local/exten@context-suffix;half`. */
export interface ChannelName {
  technology: string;
  /** `101` of `PJSIP/101-0000002a`, `trunk-main` of `PJSIP/trunk-main-0000002a`, `104@from-queue` of a Local channel. */
  endpoint: string;
  /** Local channels come in two halves that are one wire: the name they share, and which half this is. */
  pair: string;
  half: '' | '1' | '2';
}

/** Reads a channel's name; the suffix is cut at the last dash, since names of trunks have dashes themselves. */
export function readChannelName(name: string): ChannelName {
  const [pair = '', half = ''] = name.split(/;(?=[12]$)/);
  const slash = pair.indexOf('/');
  if (slash < 0) return { technology: '', endpoint: pair, pair, half: '' };
  const dash = pair.lastIndexOf('-');
  const endpoint = pair.slice(slash + 1, dash > slash ? dash : undefined);
  return { technology: pair.slice(0, slash), endpoint, pair, half: half === '1' || half === '2' ? half : '' };
}

const phoneTechnologies = new Set([
  'PJSIP',
  'SIP',
  'IAX2',
  'DAHDI',
  'SCCP',
  'Skinny',
  'KHOMP',
  'Khomp',
  'Dongle',
  'Quectel',
  'Motif',
  'OOH323',
  'H323',
]);

/** Technologies whose channels lead to a phone or a provider, unlike those that Asterisk makes for itself. */
export function isPhoneTechnology(technology: string): boolean {
  return phoneTechnologies.has(technology);
}

/** Announcers of conferences, text messages, recorders: nobody is at the other end. */
export function isAsterisksOwn({ technology }: ChannelName): boolean {
  return ['CBAnn', 'CBRec', 'Announcer', 'Recorder', 'Message', 'Surrogate', 'MulticastRTP'].includes(technology);
}

/** One of the `&`-separated destinations in the arguments of `Dial`. */
export interface Destination {
  technology: string;
  endpoint: string;
  /** What is dialled through the endpoint, with a provider the outside number; empty if the endpoint itself is meant. */
  number: string;
}

/**
 * Whom `Dial`'s arguments call: `PJSIP/101/sip:101@10.0.0.7:5060`, `PJSIP/89161234567@trunk,30,T`,
 * `SIP/trunk/89161234567`, `PJSIP/trunk/sip:89161234567@host`, `Local/101@from-queue/n&Local/102@from-queue/n`.
 */
export function readDestinations(dialArguments: string): Destination[] {
  const list = dialArguments.split(',')[0] ?? '';
  return list.split('&').flatMap((text) => readDestination(text) ?? []);
}

function readDestination(text: string): Destination | undefined {
  const [technology = '', first = '', ...rest] = text.split('/');
  if (technology === '' || first === '') return undefined;
  if (technology === 'Local') return { technology, endpoint: first, number: '' };
  const at = first.lastIndexOf('@');
  if (at > 0) {
    // IAX2/user:secret@trunk/number against PJSIP/number@trunk
    const number = rest.length > 0 ? rest.join('/') : first.slice(0, at);
    return { technology, endpoint: first.slice(at + 1), number: dialledIn(number) };
  }
  return { technology, endpoint: first, number: dialledIn(rest.join('/')) };
}

function dialledIn(text: string): string {
  const user = text.replace(/^sips?:/, '').split(/[@;]/)[0] ?? '';
  return /^\+?[\d*#]+$/.test(user) ? user : '';
}

/** The last number in a Local channel's extension: `104` of `RG-602-104@from-internal`, of `FMGL-8916…#` the mobile. */
export function numberInLocal(endpoint: string): string {
  const exten = endpoint.split('@')[0] ?? '';
  return exten.match(/\+?\d+/g)?.at(-1) ?? '';
}
