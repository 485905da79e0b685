import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';

/** By these a person finds calls in the Temporal UI, e.g. `CallResult = 'missed' AND Extension = '101'`. */
export const searchAttributes = {
  pbx: defineSearchAttributeKey('Pbx', SearchAttributeType.KEYWORD),
  /** All employees whose phones took part. */
  extension: defineSearchAttributeKey('Extension', SearchAttributeType.KEYWORD_LIST),
  direction: defineSearchAttributeKey('CallDirection', SearchAttributeType.KEYWORD),
  /** `ringing`, `talking`, `ended`, `closed`, `needs attention`, `joined`. */
  state: defineSearchAttributeKey('CallState', SearchAttributeType.KEYWORD),
  result: defineSearchAttributeKey('CallResult', SearchAttributeType.KEYWORD),
};
