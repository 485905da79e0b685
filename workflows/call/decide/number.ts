import type { OurNumber } from '../../../proto/our-number.ts';
import type { Case } from './case.ts';

/** What the settings say of the number that was called; of an unknown DID what they say of its trunk. */
export function numberOf({ call, settings: { numbers = {} } }: Case): OurNumber {
  const keys = [call.did, call.trunk].filter((key) => key !== null);
  const key = keys.find((one) => Object.hasOwn(numbers, one));
  return (key !== undefined && numbers[key]) || {};
}

type Place = Pick<OurNumber, 'pipelineId' | 'statusId' | 'source'> & { tags: string[] };

/** Where a lead stands: as its rule says, else as its number has it. A stage goes with its own pipeline alone. */
export function placeOf(asked: Partial<Place>, of: Case): Place {
  const number = numberOf(of);
  const pipelineId = asked.pipelineId ?? number.pipelineId;
  const statusId = asked.statusId ?? (pipelineId === number.pipelineId ? number.statusId : undefined);
  const source = asked.source ?? number.source;
  return {
    ...(pipelineId !== undefined && { pipelineId }),
    ...(statusId !== undefined && { statusId }),
    ...(source !== undefined && { source }),
    tags: asked.tags?.length ? asked.tags : (number.tags ?? []),
  };
}
