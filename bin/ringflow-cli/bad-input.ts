/** What the person who gave the input has to mend; its message is the one line they see. */
export class BadInput extends Error {}
