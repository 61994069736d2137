import { Group, Paper, Stack, Text } from '@mantine/core';
import { plural } from '../../format/words';
import { PageLink } from '../../shell/links';
import { Section } from '../../shell/page';
import { StatusBadge } from '../../states/status-badge';
import { Time } from '../../values/time';
import type { Fleet } from './queries';
import { breaksOf } from './words/breaks';

/** Our books beside the venues', and what to do where they differ. */
export function BreaksSection({ fleet }: { fleet: Fleet }) {
  const breaks = breaksOf(fleet.deployments, fleet.leftBehind);
  return (
    <Section title="Reconciliation">
      {breaks.length === 0 && (
        <Text size="sm" c="dimmed">
          Our books and the venues agree, for {plural(fleet.deployments.length, 'deployment')},{' '}
          <Time value={fleet.at} />. They are compared every minute.
        </Text>
      )}
      {breaks.map(({ deployment, ticker, venue, tone, state, what, toDo }) => (
        <Paper key={deployment} withBorder p="sm">
          <Group gap="sm" wrap="nowrap" align="flex-start">
            <StatusBadge status={state} tone={tone} />
            <Stack gap={2}>
              <Text size="sm">
                <PageLink to="/deployments/$id" params={{ id: deployment }} fw={600}>
                  {ticker}
                </PageLink>
                , {venue}: {what}
              </Text>
              <Text size="sm" c="dimmed">
                {toDo}
              </Text>
            </Stack>
          </Group>
        </Paper>
      ))}
    </Section>
  );
}
