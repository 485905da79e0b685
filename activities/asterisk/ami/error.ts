/** `code` is that of the system, `said` what listens there said instead of greeting. */
export type AmiTrouble =
  | { kind: 'unreachable'; code: string }
  /** Something listens and says nothing, or something else than AMI. */
  | { kind: 'silent' }
  | { kind: 'not-ami'; said: string }
  /** The user may not sign in: name, secret, or from where they come. */
  | { kind: 'refused' }
  /** It was AMI, and then the connection ended or an answer did not come in time. */
  | { kind: 'broken' };

const words = {
  ...{ unreachable: 'There is no connection to AMI', silent: 'AMI says nothing', 'not-ami': 'What listens is not AMI' },
  ...{ refused: 'AMI does not let this user in', broken: 'The connection to AMI has ended, or no answer came in time' },
};

/** The manager interface is not there for us. */
export class AmiError extends Error {
  override readonly name = 'AmiError';
  readonly trouble: AmiTrouble;

  constructor(trouble: AmiTrouble) {
    super(`${words[trouble.kind]}${'code' in trouble ? ` (${trouble.code})` : ''}.`);
    this.trouble = trouble;
  }
}
