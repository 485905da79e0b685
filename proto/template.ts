import Mustache from 'mustache';

/** What a template may name, each with what stands for it. */
export const templateFields = [
  'phone',
  'client',
  'direction',
  'did',
  'numberName',
  'trunk',
  'queue',
  'extension',
  'callResult',
  'waitedSeconds',
  'talkedSeconds',
] as const;
export type TemplateField = (typeof templateFields)[number];

const longestText = 2_000;
/** A name of a contact or a lead; amoCRM takes no longer one. */
export const longestName = 255;

/**
 * A text of the settings with the fields of a call in it: `{{phone}}`, `{{callResult}}`; sections as Mustache has them:
 * `{{#did}}to {{did}}{{/did}}`. Control characters and halves of characters are left out: amoCRM takes none.
 *
 * @param longest in characters; the rest is cut off
 */
export function renderTemplate(
  template: string,
  fields: Record<TemplateField, string>,
  longest: number = longestText,
): string {
  const text = Mustache.render(template, fields, undefined, { escape: String });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not get through
  const printable = text.replace(/[\u0000-\u0008\u000b-\u001f]/g, '');
  return printable.slice(0, longest).replace(/\p{Surrogate}/gu, ''); // an emoji that the cut goes through
}

/** What is wrong with a template, in words; empty if it can be used. */
export function faultsOfTemplate(template: string): string[] {
  try {
    return unknownNames(Mustache.parse(template)).map(
      (name) => `{{${name}}} is no field; there are ${templateFields.join(', ')}`,
    );
  } catch (error) {
    return [`not a template: ${(error as Error).message}`];
  }
}

type Token = [string, string, number, number, Token[]?, ...unknown[]];

function unknownNames(tokens: unknown): string[] {
  return (tokens as Token[]).flatMap(([type, name, , , inner]) => {
    if (type === 'text') return [];
    const isKnown = name === '.' || (templateFields as readonly string[]).includes(name);
    return [...(isKnown ? [] : [name]), ...(Array.isArray(inner) ? unknownNames(inner) : [])];
  });
}
