import { randomUUID } from 'node:crypto';
import { Connection } from '@temporalio/client';
import { servers } from '../tests/rig/servers.ts';
import { connectNamespace } from '../tests/rig/temporal.ts';
import { searchAttributes } from '../workflows/search-attributes.ts';

const daysOf = async (connection: Connection, namespace: string) => {
  const { config } = await connection.workflowService.describeNamespace({ namespace });
  return Number(config?.workflowExecutionRetentionTtl?.seconds) / 86_400;
};

it('makes the namespace and what calls are found by, also if two processes start at once', async () => {
  const namespace = `empty-${randomUUID()}`;
  const [connection] = await Promise.all([connectNamespace(namespace), connectNamespace(namespace)]);
  expect(await daysOf(connection, namespace)).toBe(30);
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
  expect(Object.keys(customAttributes ?? {})).toEqual(
    expect.arrayContaining(Object.values(searchAttributes).map(({ name }) => name)),
  );
});

it('leaves a namespace as its operator has made it', async () => {
  const namespace = `own-${randomUUID()}`;
  const operator = await Connection.connect({ address: servers.temporalAddress });
  await operator.workflowService.registerNamespace({
    ...{ namespace, workflowExecutionRetentionPeriod: { seconds: (3 * 86_400) as never } },
  });
  expect(await daysOf(await connectNamespace(namespace), namespace)).toBe(3);
});
