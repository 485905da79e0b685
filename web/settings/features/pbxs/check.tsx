import { Button, Stack } from '@mantine/core';
import { Failure } from '../../../kit/failure.tsx';
import { useWords } from '../../../kit/language.tsx';
import { Findings } from './findings.tsx';
import { useCheckPbx } from './pbxs.ts';
import { texts } from './words.ts';

/** Looks whether a PBX is set up as Ringflow needs it, and tells what was found. */
export function Check({ accountId, pbxId }: { accountId: string; pbxId: string }) {
  const words = useWords(texts);
  const check = useCheckPbx(accountId);
  return (
    <Stack gap="xs" align="flex-start">
      <Button size="xs" loading={check.isPending} onClick={() => check.mutate(pbxId)}>
        {words.check}
      </Button>
      {check.isError && <Failure error={check.error} onRetry={() => check.mutate(pbxId)} />}
      {check.data && !check.isPending && <Findings findings={check.data} />}
    </Stack>
  );
}
