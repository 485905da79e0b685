import type { CrmStore } from '../crm/crm-store.ts';
import type { NewTag } from '../crm/crm-types.ts';
import type { FieldError } from './problems.ts';
import { notAChoice } from './request-rules.ts';

interface Tagged {
  tags_to_add?: NewTag[];
  tags_to_delete?: NewTag[];
  _embedded?: { tags?: NewTag[] };
}

/** Complaints about ids of tags that entities of this type don't have; a tag is made by its name. */
export function unknownTags(store: CrmStore, type: 'contact' | 'company' | 'lead', item: Tagged): FieldError[] {
  const lists: [path: string, tags: NewTag[]][] = [
    ['tags_to_add', item.tags_to_add ?? []],
    ['tags_to_delete', item.tags_to_delete ?? []],
    ['_embedded.tags', item._embedded?.tags ?? []],
  ];
  return lists.flatMap(([path, tags]) =>
    tags.flatMap(({ id }, index) =>
      id === undefined || store.tags.isKnown(type, id) ? [] : [notAChoice(`${path}.${index}.id`)],
    ),
  );
}
