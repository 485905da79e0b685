import { Alert, Anchor, Button, Card, Group, List, Stack, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link, useParams, useSearch } from 'wouter';
import { useWords } from '../../../kit/language.tsx';
import { Page } from '../../../kit/page.tsx';
import { Asked } from '../../../kit/query.tsx';
import { useUser } from '../../../kit/session/user.ts';
import { type Account, addressOf } from '../../app/account.ts';
import { useSentences } from '../../ui/sentences.ts';
import { BringThese } from '../backfill/bring-these.tsx';
import { BehindIt } from './behind-it.tsx';
import { CallFacts } from './call-facts.tsx';
import { CallPicture } from './call-picture.tsx';
import { CallStory } from './call-story.tsx';
import { callTexts } from './call-words.ts';
import { type CallAnswer, useCall } from './calls.ts';
import { clientOf } from './client.ts';
import { DoAgain, useAgain } from './do-again.tsx';
import { Effects } from './effects.tsx';
import { InAmocrm } from './in-amocrm.tsx';
import { RecordingPart } from './recording-part.tsx';
import { texts } from './words.ts';

/** One call: who talked when, what became of it in amoCRM, and what lies behind it. */
export default function CallPage({ account }: { account: Account }) {
  const words = useWords(texts);
  const { pbx = '', linkedid = '' } = useParams();
  const search = useSearch();
  const name = { pbx: decodeURIComponent(pbx), linkedid: decodeURIComponent(linkedid) };
  const again = useAgain(account.id, name);
  const call = useCall(account.id, name, again.refetchEveryMs);
  const list = addressOf(account.id, 'journal');
  return (
    <>
      <Anchor component={Link} href={search === '' ? list : `${list}?${search}`} size="sm">
        ← {words.title}
      </Anchor>
      <Asked query={call}>{(answer) => <WholeCall account={account} answer={answer} again={again} />}</Asked>
    </>
  );
}

interface WholeCallParts {
  account: Account;
  answer: CallAnswer;
  again: ReturnType<typeof useAgain>;
}

function WholeCall({ account, answer, again }: WholeCallParts) {
  const words = useWords(texts);
  const callWords = useWords(callTexts);
  const say = useSentences();
  const isAdmin = useUser().role === 'admin';
  const { call, registration, effects } = answer;
  const { pbxId: pbx, linkedid } = call;
  const dryRun = `${addressOf(account.id, 'rules')}?${new URLSearchParams({ pbx, linkedid })}`;
  const direction = call.direction === null ? callWords.noDirection : callWords.directions[call.direction];
  return (
    <Page
      title={clientOf(call, callWords)}
      about={`${direction[0]?.toUpperCase()}${direction.slice(1)}`}
      actions={
        <>
          <Button component={Link} href={dryRun} variant="default">
            {words.dryRun}
          </Button>
          {isAdmin && registration.state !== 'registered' && registration.state !== 'pending' && (
            <BringThese account={account} pbxId={pbx} linkedids={[linkedid]} label={words.bring} />
          )}
          {isAdmin && <DoAgain again={again} writtenAtMs={answer.writtenAtMs} />}
        </>
      }
    >
      <CallFacts call={call} registration={registration.state} />
      {call.doubts.length > 0 && (
        <Alert color="yellow" title={words.doubts}>
          <List size="sm">
            {call.doubts.map((doubt) => (
              <List.Item key={doubt}>{say(doubt)}</List.Item>
            ))}
          </List>
        </Alert>
      )}
      <Part title={words.picture}>
        <CallPicture accountId={account.id} call={call} />
        <CallStory call={call} />
      </Part>
      <Part title={words.recording}>
        <RecordingPart accountId={account.id} name={{ pbx, linkedid }} />
      </Part>
      <Part title={words.inAmocrm}>
        <InAmocrm baseUrl={account.baseUrl} registration={registration} />
        <Effects effects={effects} />
      </Part>
      <Part title={words.behindIt}>
        <BehindIt accountId={account.id} answer={answer} />
      </Part>
    </Page>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Card withBorder component="section">
      <Stack gap="md">
        <Group>
          <Title order={3} size="h4">
            {title}
          </Title>
        </Group>
        {children}
      </Stack>
    </Card>
  );
}
