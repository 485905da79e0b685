/** What is promised of a call with the settings that it begins with. */
export type Told = 'promises-first' | 'cards-at-once';

/** All that this version promises; one that comes later and changes what a call does adds its own. */
export const promisedToday: readonly Told[] = ['promises-first', 'cards-at-once'];
