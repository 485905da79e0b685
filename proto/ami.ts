import { type Static, Type } from 'typebox';

const ofAddress = {
  host: { pattern: '^[\\w.:-]{1,253}$', hint: 'a host name or an address, without a port' },
  user: { pattern: '^[\\x21-\\x5a\\x5c\\x5e-\\x7e]{1,80}$', hint: 'the name in [ ] of manager.conf' },
} as const;
/** No line break, nor anything else that is not seen, comes into what is sent to AMI. */
const secretForm = { pattern: '^[^\\x00-\\x1f\\x7f]{1,200}$', hint: 'the secret of manager.conf' } as const;

/** Where the manager interface (AMI) of a PBX is, and as whom one signs in. */
export const AmiAddress = Type.Object({
  host: Type.String(ofAddress.host),
  port: Type.Integer({ minimum: 1, maximum: 65_535 }),
  user: Type.String(ofAddress.user),
});
export type AmiAddress = Static<typeof AmiAddress>;

export const AmiSecret = Type.String(secretForm);

/** With its secret, which leaves our database only for the PBX. */
export interface AmiAccess extends AmiAddress {
  secret: string;
}

/** Why AMI is not there; `code` is that of the system, `said` what listens there said instead of greeting. */
export type AmiTrouble =
  | { kind: 'unreachable'; code: string }
  /** Something listens and says nothing, or something else than AMI. */
  | { kind: 'silent' }
  | { kind: 'not-ami'; said: string }
  /** The user may not sign in: name, secret, or from where they come. */
  | { kind: 'refused' }
  /** It was AMI, and then the connection ended or an answer did not come in time. */
  | { kind: 'broken' };

/** How what is given should look, with words for it. */
export const amiForms = { ...ofAddress, secret: secretForm } as const;
