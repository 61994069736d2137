import { Container, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useEffectEvent } from 'react';
import { asProblem } from '../../api/problem';
import { setExpired } from '../../session/expiry';
import { sessionQuery, signIn } from '../../session/session';
import { SignInForm } from '../../session/sign-in-form';
import { Loading } from '../../states/loading';
import { ProblemAlert } from '../../states/problem-alert';

const CODE = /^#code=(.+)$/;

/** Signs in by name and password, or at once by the one-time code of the link that the terminal prints. */
export function SignInPage() {
  const { back } = useSearch({ from: '/sign-in' });
  const navigate = useNavigate();
  const client = useQueryClient();
  const enter = () => {
    setExpired(false);
    void navigate({ href: back ?? '/', replace: true });
  };
  const byCode = useMutation({
    mutationFn: (code: string) => signIn({ code }),
    onSuccess: (session) => {
      client.setQueryData(sessionQuery.queryKey, session);
      enter();
    },
  });
  const redeem = useEffectEvent(() => {
    const code = CODE.exec(window.location.hash)?.[1];
    if (!code) return;
    // used once: it must not stay in the history
    window.history.replaceState(window.history.state, '', window.location.pathname + window.location.search);
    // its letters stand in an address as they are: one that was bent on the way is refused as any wrong one
    byCode.mutate(code);
  });
  useEffect(() => {
    document.title = 'Sign in · Assay';
    redeem();
  }, []);
  return (
    <Container size={420} py={64} component="main">
      <Stack>
        <Group gap="sm" justify="center">
          <img src="/favicon.svg" alt="" width={36} height={36} />
          <Title order={1} size="h2">
            Sign in to Assay
          </Title>
        </Group>
        <Paper withBorder p="lg" radius="md">
          {byCode.isPending || byCode.isSuccess ? (
            <Loading lines={3} />
          ) : (
            <Stack>
              {byCode.isError && (
                <ProblemAlert problem={asProblem(byCode.error)} title="The link did not sign you in" />
              )}
              <SignInForm onDone={enter} />
            </Stack>
          )}
        </Paper>
        <Text size="sm" c="dimmed" ta="center">
          The first time, open the one-time link that <code>npm start</code> prints.
        </Text>
      </Stack>
    </Container>
  );
}
