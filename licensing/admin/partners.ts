import { Type } from 'typebox';
import { ofId, route } from '../route.ts';
import { addPartner, listPartners, Partner, PartnerDescription, renamePartner } from '../sales/partners.ts';
import type { Server, Tools } from '../tools.ts';
import { admins, byOf, ownPeople } from './by.ts';

export function servePartners(app: Server, tools: Tools): void {
  const Partners = Type.Array(Partner);

  app.get('/api/partners', route(ownPeople, 'listPartners', {}, Partners), () => listPartners(tools.pool));

  app.post('/api/partners', route(admins, 'addPartner', { body: PartnerDescription }, Partners), async (request) => {
    await addPartner(tools, byOf(request), request.body);
    return listPartners(tools.pool);
  });

  app.put(
    '/api/partners/:id',
    route(admins, 'renamePartner', { params: ofId, body: PartnerDescription }, Partners),
    async (request) => {
      await renamePartner(tools, byOf(request), request.params.id, request.body);
      return listPartners(tools.pool);
    },
  );
}
