import type { AmiTrouble } from '../../../proto/ami.ts';

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
