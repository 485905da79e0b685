import { sleep } from '@temporalio/workflow';

/** Goes by the name of our workflow, and decides otherwise. */
export async function call(): Promise<void> {
  await sleep('1 hour');
}
