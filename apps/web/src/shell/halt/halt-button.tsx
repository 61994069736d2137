import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { may, useSession } from '../../session/session';
import { Icon } from '../icons';
import { HaltDialog } from './halt-dialog';

/** Stops all trading of the user, after a confirmation; for who may trade. The dialog comes with the button: nothing is to be fetched first. */
export function HaltButton() {
  const session = useSession();
  const [opened, { open, close }] = useDisclosure(false);
  if (!may(session, 'trade:write')) return null;
  return (
    <>
      <Button color="red" variant="outline" size="xs" leftSection={<Icon name="halt" size={16} />} onClick={open}>
        Halt trading
      </Button>
      {opened && <HaltDialog onClose={close} />}
    </>
  );
}
