import { Anchor, Badge, Button, Card, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'wouter';
import { bodyOf } from '../../../kit/api.ts';
import { useWords } from '../../../kit/language.tsx';
import { Day, Moment } from '../../../kit/moment.tsx';
import { api, type Trial } from '../../app/api.ts';
import { useMay } from '../../app/may.ts';
import { dayAhead } from '../../ui/until-field.tsx';
import { UntilDialog } from '../purchases/until-dialog.tsx';
import { texts } from './words.ts';

/** Trials, each with what can be done about it. @param isOfCustomer it is known whose they are */
export function TrialTable({ trials, isOfCustomer = false }: { trials: Trial[]; isOfCustomer?: boolean }) {
  const words = useWords(texts);
  const mayExtend = useMay()('extend-trial');
  const [extended, setExtended] = useState<Trial>();
  return (
    <Stack gap="xs" component="ul" p={0} my="xs" mx={0} style={{ listStyle: 'none' }}>
      {trials.map((trial) => (
        <Card component="li" key={trial.id} withBorder padding="sm">
          <Group justify="space-between">
            <div>
              <Group gap="xs">
                <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
                  {trial.account}
                </Text>
                <State trial={trial} />
              </Group>
              <Text size="sm">
                {trial.thumbprint === null ? (
                  words.notBegunText
                ) : (
                  <>
                    {words.until} <Day atMs={trial.endsAtMs} />
                    {trial.lastHeardAtMs !== null && (
                      <>
                        {' '}
                        · {words.lastHeard} <Moment atMs={trial.lastHeardAtMs} isShort />
                      </>
                    )}
                  </>
                )}
              </Text>
              {!isOfCustomer && trial.customerId !== null && (
                <Anchor component={Link} href={`/customers/${trial.customerId}`} size="sm">
                  {trial.customer}
                </Anchor>
              )}
            </div>
            {mayExtend && trial.thumbprint !== null && (
              <Button
                size="xs"
                variant="light"
                aria-label={`${words.extend}: ${trial.account}`}
                onClick={() => setExtended(trial)}
              >
                {words.extend}
              </Button>
            )}
          </Group>
        </Card>
      ))}
      {extended && <ExtendTrial trial={extended} onClose={() => setExtended(undefined)} />}
    </Stack>
  );
}

function State({ trial: { thumbprint, endsAtMs } }: { trial: Trial }) {
  const words = useWords(texts);
  if (thumbprint === null) return <Badge color="gray.7">{words.notBegun}</Badge>;
  return endsAtMs > Date.now() ? (
    <Badge color="teal.9">{words.runs}</Badge>
  ) : (
    <Badge color="orange.9">{words.over}</Badge>
  );
}

function ExtendTrial({ trial: { id, endsAtMs }, onClose }: { trial: Trial; onClose: () => void }) {
  const words = useWords(texts);
  return (
    <UntilDialog
      {...{ title: words.extend, about: words.extendAbout, label: words.worksUntil, save: words.extend }}
      {...{ said: words.extended, day: dayAhead(14, Math.max(endsAtMs, Date.now())), afterMs: Date.now(), onClose }}
      work={(untilMs) => bodyOf(api.POST('/api/trials/{id}/extend', { params: { path: { id } }, body: { untilMs } }))}
    />
  );
}
