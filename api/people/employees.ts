import { Type } from 'typebox';
import { nullable } from '../../proto/nullable.ts';
import { userOf } from '../access/access.ts';
import { ownExtensions } from '../journal/visible.ts';
import { ofAccount, route } from '../route.ts';
import type { Api, ApiTools } from '../tools.ts';

const Employee = Type.Object({
  extension: Type.String(),
  /** As amoCRM calls them; null if that is not known. */
  name: nullable(Type.String()),
});

/** Who has which phone in an account; a head is told of their own people. */
export function serveEmployees(app: Api, { peopleOf }: ApiTools): void {
  app.get(
    '/api/accounts/:account/employees',
    route('signed-in', 'listEmployees', { params: ofAccount }, Type.Array(Employee)),
    async (request) => {
      const { account } = request.params;
      const { employees, names } = await peopleOf(account);
      const extensions = ownExtensions(userOf(request)) ?? Object.keys(employees);
      const byNumber = new Intl.Collator('en', { numeric: true });
      return [...extensions].sort(byNumber.compare).map((extension) => {
        const user = Object.hasOwn(employees, extension) ? employees[extension] : undefined;
        return { extension, name: (user !== undefined && names.get(user)) || null };
      });
    },
  );
}
