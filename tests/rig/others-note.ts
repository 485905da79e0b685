import type { Installation } from './installation.ts';

/** What another product leaves in amoCRM of a call. */

interface Note {
  duration: number;
  responsible: number;
  createdAtSeconds: number;
}

/** As a product does that chooses the entity by itself. */
export async function leaveNote(
  { amocrm }: Installation,
  entityType: string,
  entityId: number,
  note: Note,
): Promise<void> {
  const answer = await fetch(`${amocrm.url}/api/v4/${entityType}/${entityId}/notes`, {
    method: 'POST',
    headers: { authorization: `Bearer ${amocrm.token}`, 'content-type': 'application/json' },
    body: JSON.stringify([
      {
        note_type: 'call_in',
        params: { uniq: 'theirs', duration: note.duration, source: 'Another PBX', link: 'https://example.com/a.mp3' },
        ...{ created_by: note.responsible, responsible_user_id: note.responsible, created_at: note.createdAtSeconds },
      },
    ]),
  });
  expect(answer.status).toBe(200);
}
