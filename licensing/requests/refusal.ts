import type { Static } from 'typebox';
import type { LicensingRefusal } from '../../proto/licence/wire.ts';

type Code = Static<typeof LicensingRefusal>;

/** What an installation asked for and does not get. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: Code;

  constructor(code: Code) {
    super(code);
    this.code = code;
  }
}
