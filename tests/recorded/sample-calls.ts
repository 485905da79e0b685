import type { Call, Conversation } from '../../proto/call.ts';

/** Calls as the interpreter tells them, for tests of what is decided about them. */

export const conversation = (extension: string, changes: Partial<Conversation> = {}): Conversation => ({
  extension,
  uniqueid: `1.${extension}`,
  cameBy: 'direct',
  result: null,
  answeredOn: null,
  requestedAtMs: 1000,
  acceptedAtMs: null,
  endedAtMs: null,
  talkSeconds: 0,
  ...changes,
});

/** Two phones ring. */
export const ringing: Call = {
  pbxId: 'main',
  linkedid: '1795417935.10',
  direction: 'inbound',
  externalNumber: '79161234567',
  did: '74951230001',
  trunk: 'mtt',
  callerExtension: null,
  calledExtension: null,
  startedAtMs: 1_795_417_935_400,
  answeredAtMs: null,
  endedAtMs: null,
  conversations: [conversation('101'), conversation('102')],
  firstRinging: ['101', '102'],
  rang: ['101', '102'],
  transfers: [],
  answeredBy: null,
  lastTalker: null,
  answeredOn: null,
  pickedUp: false,
  waitSeconds: 0,
  talkSeconds: 0,
  heldSeconds: 0,
  outsideTalkSeconds: 0,
  result: null,
  hangupBy: null,
  hangupExtension: null,
  clickToCall: null,
  ivr: null,
  consultation: false,
  recordingFile: null,
  doubts: [],
};
/** 102 took it, 101 rang too. */
export const answered: Call = {
  ...ringing,
  answeredAtMs: 1_795_417_940_400,
  endedAtMs: 1_795_417_982_000,
  conversations: [
    conversation('101', { endedAtMs: 1 }),
    conversation('102', { acceptedAtMs: 1, endedAtMs: 2, talkSeconds: 41.6 }),
  ],
  answeredBy: '102',
  lastTalker: '102',
  waitSeconds: 5,
  talkSeconds: 41.6,
  result: 'answered',
  hangupBy: 'external',
};
/** Nobody took it. */
export const missed: Call = {
  ...answered,
  answeredAtMs: null,
  answeredBy: null,
  lastTalker: null,
  result: 'missed',
  talkSeconds: 0,
};
