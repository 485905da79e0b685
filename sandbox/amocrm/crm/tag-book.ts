import type { EntityType, NewTag, Tag } from './crm-types.ts';

const firstTagId = 7000001;

/** The tags of an account; every type of entity has its own, and a new name makes a new tag. */
export class TagBook {
  #tags: (Tag & { of: EntityType })[] = [];
  #nextId = firstTagId;

  isKnown(of: EntityType, id: number): boolean {
    return this.#tags.some((tag) => tag.of === of && tag.id === id);
  }

  /** The tags that a request names, by id or else by name; its ids must have been checked before. */
  tagsOf(of: EntityType, named: readonly NewTag[]): Tag[] {
    return named.map((each) => {
      const known = this.#tags.find((tag) => tag.of === of && isNamed(tag, each)) ?? this.#add(of, each.name ?? '');
      return { id: known.id, name: known.name };
    });
  }

  #add(of: EntityType, name: string): Tag & { of: EntityType } {
    const tag = { of, id: this.#nextId++, name };
    this.#tags.push(tag);
    return tag;
  }
}

/** True if a request means this tag. */
export function isNamed(tag: Tag, { id, name }: NewTag): boolean {
  return id === undefined ? tag.name === name : tag.id === id;
}

/** Both lists together, no tag twice. */
export function withTags(tags: readonly Tag[], more: readonly Tag[]): Tag[] {
  return [...new Map([...tags, ...more].map((tag) => [tag.id, tag])).values()];
}
