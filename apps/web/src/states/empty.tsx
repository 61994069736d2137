import { Group, Paper, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

interface Props {
  title: string;
  /** What it would show, and how to come by it. */
  children: ReactNode;
  action?: ReactNode;
}

/** Where there is nothing yet: says what will stand here and what to do for it. */
export function Empty({ title, children, action }: Props) {
  return (
    <Paper withBorder p="xl" radius="md">
      <Stack align="center" gap="xs">
        <Title order={3} size="h4">
          {title}
        </Title>
        <Text c="dimmed" ta="center" maw={520} component="div">
          {children}
        </Text>
        {action && <Group mt="xs">{action}</Group>}
      </Stack>
    </Paper>
  );
}
