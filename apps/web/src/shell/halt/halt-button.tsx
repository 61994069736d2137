import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { lazy, Suspense } from 'react';
import { may, useSession } from '../../session/session';
import { Icon } from '../icons';

const HaltDialog = lazy(() => import('./halt-dialog').then((module) => ({ default: module.HaltDialog })));

/** Stops all trading of the user, after a confirmation; for who may trade. */
export function HaltButton() {
  const session = useSession();
  const [opened, { open, close }] = useDisclosure(false);
  if (!may(session, 'trade:write')) return null;
  return (
    <>
      <Button color="red" variant="outline" size="xs" leftSection={<Icon name="halt" size={16} />} onClick={open}>
        Halt trading
      </Button>
      {opened && (
        <Suspense fallback={null}>
          <HaltDialog onClose={close} />
        </Suspense>
      )}
    </>
  );
}
