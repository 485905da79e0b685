import { activityInfo, cancellationSignal } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { Value } from 'typebox/value';
import { faultsInWords } from '../../proto/faults-in-words.ts';
import { type OriginateOutcome, OriginateRequest } from '../../proto/originate.ts';
import { AmiError } from './ami/error.ts';
import { AmiAway, type AmiLink } from './ami/link.ts';
import type { AmiHeaders, AmiMessage } from './ami/message.ts';

export type PbxActivities = ReturnType<typeof createPbxActivities>;

export interface ChannelRequest {
  pbxId: string;
  channelId: string;
}

export interface OutcomeRequest extends ChannelRequest {
  waitMs: number;
}

/** A process that was stopped for a while must not let phones ring for nobody. */
const freshMs = 5_000;

/** What workflows do to one PBX through its AMI. None of these failures may be tried again by itself: a phone might ring twice. */
export function createPbxActivities(
  link: Pick<AmiLink, 'originate' | 'channels' | 'outcomes' | 'standing' | 'untilDown'>,
) {
  return {
    /**
     * Resolves once Asterisk has taken the call; then the first phone begins to ring.
     *
     * @throws ApplicationFailure `PbxAway`, `OriginateInvalid`: nothing was sent; `OriginateRefused`: Asterisk does not
     * make it, with its words; `OriginateUncertain`: sent, and nobody knows
     */
    async originate(request: OriginateRequest): Promise<void> {
      const faults = faultsInWords([...Value.Errors(OriginateRequest, request)]);
      if (faults.length > 0) throw failure('OriginateInvalid', `Nothing was dialled: ${faults.join('; ')}`);
      if (Date.now() - activityInfo().currentAttemptScheduledTimestampMs > freshMs) throw away();
      const answer = await ask(link, request);
      if (answer.Response !== 'Success') throw failure('OriginateRefused', wordsOf(answer));
    },

    /** Whether Asterisk has this channel now. @throws ApplicationFailure `PbxAway`, `ChannelsUnknown` */
    async channelIsThere({ channelId }: ChannelRequest): Promise<boolean> {
      if (link.standing.state !== 'up') throw away();
      if (link.channels.has(channelId)) return true;
      if (link.channels.isWhole) return false;
      throw failure('ChannelsUnknown', 'The user of AMI may not list channels: give it the right "reporting".');
    },

    /** Waits for what becomes of the first phone; `unknown` if the link went down meanwhile or the time is over. */
    async originateOutcome({ channelId, waitMs }: OutcomeRequest): Promise<OriginateOutcome> {
      const giveUp = AbortSignal.any([AbortSignal.timeout(waitMs), link.untilDown(), cancellationSignal()]);
      return (await link.outcomes.of(channelId, giveUp)) ?? { answered: false, reason: 'unknown' };
    },
  };
}

async function ask(link: Pick<AmiLink, 'originate'>, request: OriginateRequest): Promise<AmiMessage> {
  try {
    return await link.originate(request.channelId, headersOf(request));
  } catch (error) {
    if (error instanceof AmiAway) throw away();
    if (error instanceof AmiError) {
      throw failure(
        'OriginateUncertain',
        'The PBX was asked to call, and its answer did not come: it may ring or not.',
      );
    }
    throw error;
  }
}

function headersOf(request: OriginateRequest): AmiHeaders {
  const { channelId, channel, context, exten, callerNumber, callerName, ringMs, variables } = request;
  return {
    ...{ Channel: channel, Context: context, Exten: exten, Priority: '1', Async: 'true' },
    ...{ Timeout: String(ringMs), CallerID: `${callerName ? `"${callerName}" ` : ''}<${callerNumber}>` },
    ...(channel.startsWith('Local/') && { OtherChannelId: idAfter(channelId) }),
    Variable: Object.entries(variables).map(([name, value]) => `${name}=${value}`),
  };
}

/** Of the other half of a Local channel. */
function idAfter(channelId: string): string {
  const [seconds, number = ''] = channelId.split('.');
  return `${seconds}.${BigInt(number) + 1n}`;
}

const away = () => failure('PbxAway', 'There is no connection to the AMI of the PBX now; nothing was dialled.');

const mostWords = 200;

function wordsOf({ Message: message = '' }: AmiMessage): string {
  const words = message.replace(/[^\p{L}\p{N}\p{P}\p{S}]+/gu, ' ').trim();
  return words.slice(0, mostWords) || 'Asterisk does not say why.';
}

function failure(type: string, message: string): ApplicationFailure {
  return ApplicationFailure.nonRetryable(message, type);
}
