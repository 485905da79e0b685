import { Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import { bodyOf } from '../../../kit/api.ts';
import { useWords } from '../../../kit/language.tsx';
import { api, type Purchase, type RefusedAttempt } from '../../app/api.ts';
import { dayAhead, endOfDayMs, UntilField } from '../../ui/until-field.tsx';
import { FileUntil } from './file-until.tsx';
import { KeyOnce } from './key-once.tsx';
import { MoveDialog } from './move-dialog.tsx';
import { SureDialog } from './sure-dialog.tsx';
import { TermsDialog } from './terms-dialog.tsx';
import { UntilDialog } from './until-dialog.tsx';
import { texts } from './words.ts';

export type Deed = 'extend' | 'correct-end' | 'invoice' | 'terms' | 'key' | 'release' | 'move' | 'revoke' | 'give-back';

interface PurchaseDialogsParts {
  purchase: Purchase;
  attempts: RefusedAttempt[];
  deed: Deed;
  onClose: () => void;
}

/** The dialog of what is to be done. */
export function PurchaseDialogs({ purchase, attempts, deed, onClose }: PurchaseDialogsParts) {
  const words = useWords(texts);
  const path = { params: { path: { id: purchase.id } } };
  switch (deed) {
    case 'extend':
      return <Extend purchase={purchase} onClose={onClose} />;
    case 'correct-end':
      return <CorrectEnd purchase={purchase} onClose={onClose} />;
    case 'invoice':
      return <AwaitInvoice purchase={purchase} onClose={onClose} />;
    case 'terms':
      return <TermsDialog purchase={purchase} onClose={onClose} />;
    case 'move':
      return <MoveDialog purchase={purchase} attempts={attempts} onClose={onClose} />;
    case 'key':
      return <NewKey purchase={purchase} onClose={onClose} />;
    case 'revoke':
      return <Revoke purchase={purchase} onClose={onClose} />;
    case 'release':
      return (
        <SureDialog
          {...{ title: words.release, about: words.releaseAbout, sure: words.releaseSure, said: words.released }}
          work={() => bodyOf(api.POST('/api/purchases/{id}/release', path))}
          onDone={onClose}
          onClose={onClose}
        >
          <FileUntil purchase={purchase} />
        </SureDialog>
      );
    case 'give-back':
      return (
        <SureDialog
          {...{ title: words.giveBack, about: words.giveBackAbout, sure: words.giveBack, said: words.givenBack }}
          work={() => bodyOf(api.POST('/api/purchases/{id}/give-back', path))}
          onDone={onClose}
          onClose={onClose}
        />
      );
  }
}

interface OneParts {
  purchase: Purchase;
  onClose: () => void;
}

/** For a year beyond what is paid, or from now on if that is over. */
function Extend({ purchase: { id, paidUntilMs }, onClose }: OneParts) {
  const words = useWords(texts);
  const fromMs = Math.max(paidUntilMs ?? 0, Date.now());
  return (
    <UntilDialog
      {...{ title: words.extend, about: words.extendAbout, label: words.until, day: dayAhead(365, fromMs) }}
      {...{ afterMs: fromMs, save: words.extend, said: words.extended, onClose }}
      work={(untilMs) =>
        bodyOf(api.POST('/api/purchases/{id}/extend', { params: { path: { id } }, body: { untilMs } }))
      }
    />
  );
}

/** One that was typed too late. */
function CorrectEnd({ purchase: { id, paidUntilMs }, onClose }: OneParts) {
  const words = useWords(texts);
  const [until, setUntil] = useState(() => dayAhead(0, paidUntilMs ?? Date.now()));
  const [reason, setReason] = useState('');
  return (
    <SureDialog
      {...{ title: words.correctEnd, about: words.correctEndAbout, sure: words.correctEnd, said: words.endCorrected }}
      work={() => {
        const body = { untilMs: endOfDayMs(until) ?? 0, reason: reason.trim() };
        return bodyOf(api.POST('/api/purchases/{id}/correct-end', { params: { path: { id } }, body }));
      }}
      isReady={reason.trim() !== '' && endOfDayMs(until) !== undefined}
      onDone={onClose}
      onClose={onClose}
    >
      <UntilField
        label={words.until}
        required
        value={until}
        onChange={({ currentTarget: { value } }) => setUntil(value)}
      />
      <TextInput
        label={words.reason}
        description={words.reasonHint}
        required
        maxLength={500}
        value={reason}
        onChange={({ currentTarget: { value } }) => setReason(value)}
      />
    </SureDialog>
  );
}

function AwaitInvoice({ purchase: { id, paidUntilMs }, onClose }: OneParts) {
  const words = useWords(texts);
  const fromMs = Math.max(paidUntilMs ?? 0, Date.now());
  return (
    <UntilDialog
      {...{ title: words.invoice, about: words.invoiceAbout, label: words.worksUntil, day: dayAhead(14, fromMs) }}
      {...{ afterMs: fromMs, save: words.invoiceSave, said: words.invoiceSaved, onClose }}
      work={(untilMs) =>
        bodyOf(api.POST('/api/purchases/{id}/invoice-pending', { params: { path: { id } }, body: { untilMs } }))
      }
    />
  );
}

function NewKey({ purchase: { id }, onClose }: OneParts) {
  const words = useWords(texts);
  const [key, setKey] = useState<string>();
  if (key) {
    return (
      <Modal opened onClose={onClose} title={words.keyTitle} closeOnClickOutside={false} closeOnEscape={false}>
        <KeyOnce licenceKey={key} onClose={onClose} />
      </Modal>
    );
  }
  return (
    <SureDialog
      {...{ title: words.newKey, about: words.newKeyAbout, sure: words.newKeySure, onClose }}
      work={() => bodyOf(api.POST('/api/purchases/{id}/key', { params: { path: { id } } }))}
      onDone={(issued) => setKey(issued.key)}
    />
  );
}

function Revoke({ purchase, onClose }: OneParts) {
  const words = useWords(texts);
  const [reason, setReason] = useState('');
  return (
    <SureDialog
      {...{ title: words.revoke, about: words.revokeAbout, sure: words.revokeSure, said: words.revoked, onClose }}
      work={() =>
        bodyOf(api.POST('/api/purchases/{id}/revoke', { params: { path: { id: purchase.id } }, body: { reason } }))
      }
      onDone={onClose}
    >
      <FileUntil purchase={purchase} />
      <TextInput
        label={words.reason}
        description={words.reasonHint}
        maxLength={500}
        value={reason}
        onChange={({ currentTarget: { value } }) => setReason(value)}
      />
    </SureDialog>
  );
}
