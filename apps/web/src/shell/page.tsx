import { Group, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

interface Props {
  title: string;
  /** One line that says what the page is for, or what its subject is. */
  lead?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}

/** A page: its heading, its actions, its content. */
export function Page({ title, lead, actions, children }: Props) {
  return (
    <Stack gap="lg">
      <Group justify="space-between" align="flex-start">
        <Stack gap={2} miw={0}>
          <Title order={1} size="h2" className="breaks">
            {title}
          </Title>
          {lead && (
            <Text c="dimmed" component="div" className="breaks">
              {lead}
            </Text>
          )}
        </Stack>
        {actions && <Group gap="xs">{actions}</Group>}
      </Group>
      {children}
    </Stack>
  );
}

/** A part of a page with a heading of its own. */
export function Section({ title, actions, children }: { title: string; actions?: ReactNode; children: ReactNode }) {
  return (
    <Stack gap="sm" component="section" aria-label={title}>
      <Group justify="space-between">
        <Title order={2} size="h4">
          {title}
        </Title>
        {actions && <Group gap="xs">{actions}</Group>}
      </Group>
      {children}
    </Stack>
  );
}
