import { Anchor, Modal, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { setExpired, useExpired } from './expiry';
import { currentSession, sessionQuery } from './session';
import { SignInForm } from './sign-in-form';
import { onOtherTab } from './tabs';

type Client = ReturnType<typeof useQueryClient>;

/** The page goes on as who is signed in now: the same user with what was typed, another one with nothing of it. */
async function follow(client: Client): Promise<void> {
  const before = client.getQueryData(sessionQuery.queryKey);
  const now = await currentSession();
  if (!now) return setExpired(true);
  if (before && before.user !== now.user) return window.location.reload();
  client.setQueryData(sessionQuery.queryKey, now);
  setExpired(false);
  await client.invalidateQueries();
}

/** Over the page when the session has ended: nothing that was typed is lost by signing in again. */
export function ExpiredDialog() {
  const client = useQueryClient();
  useEffect(
    () =>
      onOtherTab(() => {
        // without an answer the next request says how it is
        void follow(client).catch(() => undefined);
      }),
    [client],
  );
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
