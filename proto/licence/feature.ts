import { type Static, Type } from 'typebox';

/** What a licence switches, each by itself; what each means for a call and for a page is said in gate.ts. */
export const Feature = Type.Enum([
  /** The card while the phone rings. */
  'cards',
  /** The record of a call in the client's history. */
  'registration',
  /** Contacts, leads, tasks, tags, stages, responsible. */
  'crm-changes',
  'click-to-call',
  'routing',
  'recordings',
  'backfill',
  'hooks',
  /** Of an installation, more PBXs than one. */
  'several-pbxs',
]);
export type Feature = Static<typeof Feature>;

export const allFeatures: readonly Feature[] = Feature.enum;

/** What is left without a permit: for so many employees, whom the settings name. */
export const restrictedMode: { seats: number; features: readonly Feature[] } = {
  seats: 2,
  features: ['cards', 'registration'],
};
