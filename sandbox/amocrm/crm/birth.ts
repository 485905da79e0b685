/** What an entity gets when it is stored, beyond what was asked for. */
export interface Birth {
  id: number;
  currentUserId: number;
  nowSeconds: number;
}

interface AskedAuthorship {
  created_by?: number;
  updated_by?: number;
  created_at?: number;
  updated_at?: number;
}

/** Who made the entity, and when; the asked-for author and times win. */
export function authorshipOf(asked: AskedAuthorship, { currentUserId, nowSeconds }: Omit<Birth, 'id'>) {
  const createdBy = asked.created_by ?? currentUserId;
  const createdAtSeconds = asked.created_at ?? nowSeconds;
  return {
    createdBy,
    updatedBy: asked.updated_by ?? createdBy,
    createdAtSeconds,
    updatedAtSeconds: asked.updated_at ?? createdAtSeconds,
  };
}

/** Who changed the entity, and when. */
export function changeAuthorshipOf(asked: AskedAuthorship, { currentUserId, nowSeconds }: Omit<Birth, 'id'>) {
  return { updatedBy: asked.updated_by ?? currentUserId, updatedAtSeconds: asked.updated_at ?? nowSeconds };
}
