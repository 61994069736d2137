import { Group, Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { formatNumber } from '../../format/number';
import { inWords } from '../../format/words';
import { QueryView } from '../../states/query-view';
import { StatusBadge } from '../../states/status-badge';
import { healthQuery, SERVICE_NAMES, type ServiceName } from './overview-queries';

function Service({ name }: { name: ServiceName }) {
  const health = useQuery(healthQuery(name));
  return (
    <Paper withBorder p="md">
      <Stack gap={6}>
        <Group justify="space-between">
          <Title order={3} size="h6">
            {inWords(name)}
          </Title>
          {health.data && <StatusBadge status={health.data.status} />}
        </Group>
        <QueryView query={health} lines={2}>
          {({ checks }) => (
            <Stack gap={2}>
              {Object.entries(checks).map(([check, { status, backend, latency_ms: latency }]) => (
                <Group key={check} justify="space-between" wrap="nowrap">
                  <Text size="sm">
                    {inWords(check)} ({backend})
                  </Text>
                  <Text size="sm" className="figure" c={status === 'ok' ? 'dimmed' : undefined}>
                    {status === 'ok' ? (latency === null ? 'ok' : `${formatNumber(latency, 3)} ms`) : inWords(status)}
                  </Text>
                </Group>
              ))}
            </Stack>
          )}
        </QueryView>
      </Stack>
    </Paper>
  );
}

/** How the services and what they stand on are. */
export function Services() {
  return (
    <SimpleGrid cols={{ base: 1, sm: 3 }}>
      {SERVICE_NAMES.map((name) => (
        <Service key={name} name={name} />
      ))}
    </SimpleGrid>
  );
}
