import { Anchor, Modal, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { setExpired, useExpired } from './expiry';
import { SignInForm } from './sign-in-form';

/** Over the page when the session has ended: nothing that was typed is lost by signing in again. */
export function ExpiredDialog() {
  const client = useQueryClient();
  const done = () => {
    setExpired(false);
    void client.invalidateQueries();
  };
  return (
    <Modal
      opened={useExpired()}
      onClose={() => undefined}
      withCloseButton={false}
      closeOnEscape={false}
      // above any other dialog, which keeps what was typed
      zIndex={400}
      title="The session has ended"
    >
      <Stack>
        <Text size="sm">Sign in again to go on where you were. What you have typed in the page stays.</Text>
        <SignInForm onDone={done} />
        <Text size="sm">
          Without a password: open the new one-time link that the terminal prints, or go to{' '}
          <Anchor href="/sign-in">the sign-in page</Anchor>.
        </Text>
      </Stack>
    </Modal>
  );
}
