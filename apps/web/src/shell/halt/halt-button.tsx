import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { Suspense } from 'react';
import { may, useSession } from '../../session/session';
import { lazyPart } from '../../states/lazy-part';
import { StatusBadge } from '../../states/status-badge';
import { Icon } from '../icons';
import { accountsQuery, isTrading } from './accounts';
import { HaltDialog } from './halt-dialog';
import { heldWords, isHeld } from './held';

const ResumeDialog = lazyPart(() => import('./resume-dialog').then(({ ResumeDialog: dialog }) => dialog));

/**
 * What trading is held back, on every page, with the way back; and the stop of all trading, after a confirmation. The dialog of the stop comes with
 * its button: nothing is to be fetched first. Who may not trade sees the state alone.
 */
export function HaltButton() {
  const session = useSession();
  const { data: accounts = [] } = useQuery({ ...accountsQuery, enabled: may(session, 'trade:read') });
  const [halting, halt] = useDisclosure(false);
  const [resuming, resume] = useDisclosure(false);
  const words = heldWords(accounts);
  if (!may(session, 'trade:write')) return words === null ? null : <StatusBadge status={words} tone="bad" />;
  const isAllHalted = words !== null && !accounts.some(isTrading);
  return (
    <>
      {words !== null && (
        <Button color="red" size="xs" onClick={resume.open} aria-label={`${words}: trade again`}>
          {words}
        </Button>
      )}
      {!isAllHalted && (
        <Button
          color="red"
          variant="outline"
          size="xs"
          leftSection={<Icon name="halt" size={16} />}
          onClick={halt.open}
          aria-label="Halt trading"
        >
          Halt{words === null ? ' trading' : <span className="wide-only">&nbsp;trading</span>}
        </Button>
      )}
      {halting && <HaltDialog onClose={halt.close} />}
      <Suspense>{resuming && <ResumeDialog held={accounts.filter(isHeld)} onClose={resume.close} />}</Suspense>
    </>
  );
}
