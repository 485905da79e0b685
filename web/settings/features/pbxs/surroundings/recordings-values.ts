import { isUsableSource, type RecordingsSource, recordingsForms } from '../../../../../proto/recordings/source.ts';

/** As the form has it: what is typed for one kind stays while another is looked at. */
export interface RecordingsValues {
  kind: 'none' | RecordingsSource['kind'];
  folder: string;
  host: string;
  port: number;
  user: string;
  hostKey: string;
  url: string;
  pbxFolder: string;
  password: string;
  privateKey: string;
  signsInBy: 'password' | 'privateKey';
}

export function valuesOf(source: RecordingsSource | null): RecordingsValues {
  const { host = '', port = 22, folder = '', hostKey = null } = source?.kind === 'sftp' ? source : {};
  return {
    kind: source?.kind ?? 'none',
    folder: source?.kind === 'folder' ? source.folder : folder,
    ...{ host, port, hostKey: hostKey ?? '' },
    user: source && 'user' in source ? (source.user ?? '') : '',
    url: source?.kind === 'http' ? source.url : '',
    pbxFolder: source?.pbxFolder ?? '',
    ...{ password: '', privateKey: '', signsInBy: 'password' },
  };
}

export function sourceOf({
  kind,
  host,
  port,
  user,
  folder,
  hostKey,
  url,
  ...values
}: RecordingsValues): RecordingsSource | null {
  const pbxFolder = values.pbxFolder === '' ? null : values.pbxFolder;
  if (kind === 'folder') return { kind, folder, pbxFolder };
  if (kind === 'sftp') return { kind, host, port, user, folder, hostKey: hostKey === '' ? null : hostKey, pbxFolder };
  return kind === 'http' ? { kind, url, user: user === '' ? null : user, pbxFolder } : null;
}

/** What was typed; undefined: the one that is kept. */
export function secretOf({ kind, signsInBy, password, privateKey }: RecordingsValues): string | undefined {
  const given = kind === 'sftp' && signsInBy === 'privateKey' ? `${privateKey.trim()}\n` : password;
  return given.trim() === '' ? undefined : given;
}

type Field = 'folder' | 'host' | 'user' | 'hostKey' | 'url' | 'pbxFolder';
const needed: Record<RecordingsValues['kind'], Field[]> = {
  ...{ none: [], folder: ['folder'], sftp: ['host', 'user', 'folder'], http: ['url'] },
};
const forms = { ...recordingsForms, pbxFolder: recordingsForms.folder };

/** Whether a field holds what cannot be saved. */
export function isFaulty(values: RecordingsValues, field: Field): boolean {
  const text = values[field];
  if (text === '') return needed[values.kind].includes(field);
  if (!new RegExp(forms[field].pattern, 'u').test(text)) return true;
  const source = field === 'url' && values.kind === 'http' ? sourceOf(values) : null;
  return source !== null && !isUsableSource(source);
}
